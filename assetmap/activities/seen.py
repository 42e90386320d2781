"""Activities as somebody may see them, with their places, for pages and feeds alike."""

from django.db.models import Prefetch

from assetmap.inventory.models import Asset, Gift

from .models import Activity


def seen_in(area, user):
    """Return the activities of an area that a user may see, ready to be shown.

    `place` is only to be read through `place_seen`, where it is hidden with the place.
    """
    rows = Activity.objects.visible_to(user).filter(area=area)
    gifts = Prefetch("gifts", Gift.objects.order_by("pk"))
    return rows.select_related("organiser").prefetch_related(gifts)


def with_places(activities, area, user):
    """Return the activities as a list, each with `place_seen`: its place, or None."""
    activities = list(activities)
    seen = Asset.objects.visible_to(user).active().in_bulk({a.place_id for a in activities})
    for activity in activities:
        activity.area = activity.organiser.area = area
        activity.place_seen = seen.get(activity.place_id)
        if activity.place_seen:
            activity.place_seen.area = area
    return activities
