import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from assetmap.areas.models import Area
from assetmap.demo.made.load import load_made
from assetmap.demo.made.plan import slug_prefix

MOST = 5_000_000
LARGEST_SEED = 999_999_999


class Command(BaseCommand):
    help = (
        "Fill new areas with made-up assets, to measure and try the site with. "
        "The same seed makes the same rows; areas that are there already are left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--count", type=int, required=True, help="how many assets")
        parser.add_argument("--seed", type=int, default=1, help="what to draw from (1)")
        parser.add_argument(
            "--photos", type=int, default=0, help="how many public places get a photo (none)"
        )

    def handle(self, *, count, seed, photos, **options):
        refuse(count, seed, photos)
        call_command("migrate", verbosity=0, interactive=False)
        refuse_twice(seed)
        self.count, self.started, self.said = count, time.monotonic(), 0
        with_photo = load_made(count, seed, photos, self.tell)
        self.say(f"Made {count} assets in new areas, {slug_prefix(seed)}…; photos: {with_photo}.")

    def tell(self, written):
        """Say how far it is, every 5 %."""
        share = written * 100 // self.count
        if share >= self.said + 5:
            self.said = share
            self.say(f"{share:3} %: {written} assets written")

    def say(self, text):
        self.stdout.write(f"{time.monotonic() - self.started:6.1f} s  {text}")
        self.stdout.flush()


def refuse(count, seed, photos):
    """Refuse numbers that make no sense, with a sentence."""
    if not 1 <= count <= MOST:
        raise CommandError(f"--count must be from 1 to {MOST}, not {count}.")
    if not 0 <= seed <= LARGEST_SEED:
        raise CommandError(f"--seed must be from 0 to {LARGEST_SEED}, not {seed}.")
    if photos < 0:
        raise CommandError(f"--photos must be 0 or more, not {photos}.")


def refuse_twice(seed):
    there = Area.objects.filter(slug__startswith=slug_prefix(seed)).count()
    if there:
        raise CommandError(
            f"The areas of seed {seed} are there already: {there} whose address begins with "
            f"{slug_prefix(seed)}. Nothing is written. Choose another --seed for more."
        )
