from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assetmap.exchange.backup.archive import NotRestorable
from assetmap.exchange.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Bring an area back from a file that backup_area wrote, into an empty site or beside "
        "other areas. All of it is written, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--slug", help="another address on the site than the area had")
        parser.add_argument("--dry-run", action="store_true", help="try it, and write nothing")

    def handle(self, *, file, slug, dry_run, **options):
        try:
            restored = restore(file, slug, dry_run)
        except NotRestorable as error:
            raise CommandError(str(error)) from None
        if not restored.is_complete:
            said = "A coordinator took this backup: it has no introductions and recognitions."
            self.stdout.write(said)
        for table, number in sorted(restored.left_out.items()):
            if number:
                self.stdout.write(f"Left out of {table}: {number}, as they open something else.")
        did = "Would restore" if dry_run else "Restored"
        self.stdout.write(f"{did} {restored.numbers.total()} rows at /{restored.slug}/.")
