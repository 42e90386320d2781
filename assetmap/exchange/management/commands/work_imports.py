from django.core.management.base import BaseCommand

from assetmap.exchange.importing import runs
from assetmap.exchange.importing.memory import few_collections


class Command(BaseCommand):
    help = (
        "Work on imports of big files that wait for it. The site starts this by itself; run it "
        "every few minutes too, so that an import goes on after the machine was restarted."
    )

    def add_arguments(self, parser):
        parser.add_argument("uid", nargs="?", help="of the one import to work on")

    def handle(self, uid=None, **options):
        few_collections()
        waiting = runs.waiting()
        for run in waiting.filter(uid=uid) if uid else waiting:
            runs.work_here(run)
