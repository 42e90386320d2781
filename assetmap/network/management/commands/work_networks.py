from django.core.management.base import BaseCommand, CommandError

from assetmap.areas.models import Area, User
from assetmap.network import working
from assetmap.network.audience import eyes_of
from assetmap.network.store import Seen
from assetmap.network.works import WORKS


class Command(BaseCommand):
    help = (
        "Work out all measures of an area's network as one audience sees it, and keep them for "
        "the pages. The site starts this by itself for large areas."
    )

    def add_arguments(self, parser):
        parser.add_argument("area", help="the area's address, such as urbanplanen")
        parser.add_argument(
            "audience", help="visitor, resident, partner, coordinator or user-<key>"
        )
        parser.add_argument("--day", default="", help="as of an ISO date, a year or a month")

    def handle(self, *, area, audience, day, **options):
        found = Area.objects.filter(slug=area).first()
        if found is None:
            raise CommandError(f"There is no area {area}.")
        refuse_unknown(audience, found)
        seen = Seen(found, audience, day)
        with working.beating(seen):
            for work in WORKS.values():
                work(seen)


def refuse_unknown(audience, area):
    try:
        eyes_of(audience, area)
    except (ValueError, User.DoesNotExist):
        raise CommandError(f"There is no audience {audience}.") from None
