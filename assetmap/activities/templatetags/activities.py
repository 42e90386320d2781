"""An asset's activities on its page, and a place's idle hours."""

from django import template

from assetmap.inventory.models import Layer

from ..idle import idle_hours
from ..models.activity import ORGANISERS
from ..recurrence import next_occurrence, today
from ..rights import may_write
from ..seen import seen_in, with_places
from ..views import feed_address
from ..wording import clock, when, whom

register = template.Library()
SHOWN = 20

for said in (when, whom, clock):
    register.filter(said.__name__, said)


@register.inclusion_tag("activities/_on_asset.html", takes_context=True)
def activities(context, asset):
    """What an asset holds, or what happens at it; nothing on a resident's page."""
    if asset.layer == Layer.RESIDENT:
        return {}
    request = context["request"]
    rows = with_places(seen_in(asset.area, request.user).of(asset), asset.area, request.user)
    upcoming = [(row, following) for row in rows if (following := next_occurrence(row, today()))]
    upcoming.sort(key=lambda pair: (pair[1].starts, pair[0].pk))
    return {
        "asset": asset,
        "area": asset.area,
        "upcoming": upcoming[:SHOWN],
        "more": max(0, len(upcoming) - SHOWN),
        "idle": _idle(asset, rows),
        "may_add": asset.layer in ORGANISERS and may_write(request.user, asset),
        "feed": feed_address(request, asset.area, of=asset.uid),
    }


def _idle(asset, rows):
    if asset.layer != Layer.PLACE:
        return []
    return idle_hours(asset.child.opening_hours, rows, today())


@register.simple_tag(takes_context=True)
def activities_to_decide(context, area):
    """How many activities of an area wait for a coordinator, or have words that do."""
    seen = seen_in(area, context["request"].user)
    return seen.to_decide().count()
