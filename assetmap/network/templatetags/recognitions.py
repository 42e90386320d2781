"""Recognitions on pages that are made elsewhere."""

from django import template

from assetmap.inventory.models import Layer

from ..introducing.keeping import WAITS as MEETING_WAITS
from ..models import Recognition
from ..models.recognition import WAITS

register = template.Library()

SHOWN = 20  # the latest


@register.inclusion_tag("network/_recognitions.html")
def recognitions(asset):
    """What neighbours say of a resident and she has accepted, for those who may see her page."""
    if asset.layer != Layer.RESIDENT:
        return {"recognitions": []}
    standing = Recognition.objects.standing().filter(resident=asset.pk)
    return {"recognitions": list(standing.order_by("-answered_at", "-pk")[:SHOWN])}


@register.simple_tag
def recognitions_waiting(resident):
    """Return how many wait for her answer."""
    return Recognition.objects.waiting().filter(resident=resident.pk).count()


@register.simple_tag
def recognitions_to_match(area):
    """Return how many wait for a coordinator to find out whom they are about."""
    return Recognition.objects.waiting().filter(area=area, resident=None).count()


@register.simple_tag
def recognition_days():
    """Return how many days a recognition waits."""
    return WAITS.days


@register.simple_tag
def meeting_days():
    """Return how many days a meeting that was proposed waits."""
    return MEETING_WAITS.days
