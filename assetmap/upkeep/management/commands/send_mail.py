from django.core.management.base import BaseCommand

from assetmap.areas.mail import send_waiting, waiting


class Command(BaseCommand):
    help = "Try again to send the mails that a server did not take: run it every five minutes."

    def handle(self, **options):
        went = send_waiting()
        self.stdout.write(f"mails sent: {went}, waiting: {waiting().count()}")
