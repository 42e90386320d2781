from django.core.management.base import BaseCommand, CommandError

from assetmap.inventory import derived


class Command(BaseCommand):
    help = "Make the search index and the tallies anew from the assets, or tell if they are right."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit with 1 if they are wrong"
        )

    def handle(self, check, **options):
        if not check:
            derived.rebuild()
            self.stdout.write("The search index and the tallies are made anew.")
        elif derived.is_right():
            self.stdout.write("The search index and the tallies fit the assets.")
        else:
            raise CommandError(
                "The search index or the tallies do not fit the assets."
                " Run this command without --check to make them anew."
            )
