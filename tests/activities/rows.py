"""What the tests of activities are made of."""

from datetime import date, time

from assetmap.activities.models import Activity
from assetmap.inventory.models import Gift

WEDNESDAY = date(2026, 12, 2)


def make_activity(organiser, title="Syklub", first_day=WEDNESDAY, gifts=(), **fields):
    """One that is held every week on Wednesdays, 16 to 18, from 2 December 2026 on."""
    usual = {"begins": time(16), "ends": time(18), "area": organiser.area}
    fields = usual | {"title": title, "first_day": first_day} | fields
    activity = Activity.objects.create(organiser=organiser.asset_ptr, **_plain(fields))
    activity.gifts.set(Gift.objects.filter(code__in=gifts))
    return activity


def _plain(fields):
    """The place as the asset that it is."""
    place = fields.get("place")
    return fields | {"place": place.asset_ptr} if place else fields


def unsaved(**fields):
    """An activity without a database."""
    usual = {"begins": time(16), "ends": time(18), "first_day": WEDNESDAY, "repeats": "weekly"}
    return Activity(**usual | fields)
