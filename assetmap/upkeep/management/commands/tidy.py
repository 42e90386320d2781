from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assetmap.areas.limits import forget_old_tries, old_tries
from assetmap.areas.mail import send_waiting, waiting
from assetmap.inventory import derived
from assetmap.upkeep.retention import CHORES


class Command(BaseCommand):
    help = "Erase, archive and ask what is due, and send the mail that waits: run it every day."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")

    def handle(self, dry_run, **options):
        self.dry_run = dry_run
        self.failures = 0
        for chore in CHORES:
            self.attempt(chore.name, self.see_to, chore)
        self.attempt("search index", self.tidy_index)
        self.attempt("sessions", self.clear_sessions)
        self.attempt("tries", self.forget_tries)
        self.attempt("mails", self.send_mails)
        if self.failures:
            raise CommandError(f"{self.failures} failed; all the rest is done.")

    def attempt(self, name, do, *args):
        """Do one thing, so that the others are done even if it fails; return what it returns.

        What the error itself says is left out: it could hold somebody's words.
        """
        try:
            return do(*args)
        except Exception as error:
            self.failures += 1
            self.stderr.write(f"{name} failed: {type(error).__name__}")
            return None

    def see_to(self, chore):
        pks = list(chore.due().order_by("pk").values_list("pk", flat=True))
        done = pks
        if not self.dry_run:
            done = [pk for pk in pks if self.attempt(f"{chore.name}: {pk}", chore.see_to, pk)]
        self.tell(chore.name, len(done))

    def tidy_index(self):
        """Let words that were erased just now leave the pages of the index too."""
        if not self.dry_run:
            derived.tidy()

    def clear_sessions(self):
        old = Session.objects.filter(expire_date__lt=timezone.now()).count()
        if not self.dry_run:
            call_command("clearsessions")
        self.tell("unfinished registrations and old sessions, cleared", old)

    def forget_tries(self):
        self.tell("old tries, forgotten", old_tries() if self.dry_run else forget_old_tries())

    def send_mails(self):
        self.tell("mails sent", 0 if self.dry_run else send_waiting())
        self.tell("mails waiting", waiting().count())

    def tell(self, what, number):
        self.stdout.write(f"{what}: {number}")
