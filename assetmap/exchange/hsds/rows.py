"""Which assets are organizations, services and locations of the Human Services Data Specification.

An organization is an association or an institution. It has one service, what it does, when there
is something to come to: times, a gift, or a place that it keeps to; an idea has none yet. A
location is a place, or the address or position of an organization. Layers not named here stay out.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assetmap.explore.views import AREA_TEXTS
from assetmap.inventory.audience import offering_of_seen_q
from assetmap.inventory.models import Layer, Offering

from ..leaving import EVERYBODY, open_assets, open_links

ORGANIZATIONS = {Layer.ASSOCIATION: "meeting_times", Layer.INSTITUTION: "opening_hours"}
PLACES = {Layer.PLACE: "opening_hours"}
TIMES = ORGANIZATIONS | PLACES  # where a layer keeps when it meets or is open
AT = ("meets_at", "uses", "has_site")  # ties from an organization to where it does what it does
UNREAD = ("outline", "search_name", "search_text", *AREA_TEXTS)


def organizations():
    return open_assets().filter(layer__in=ORGANIZATIONS)


def services():
    """Organizations of which one can come to something."""
    return organizations().filter(_something_to_come_to(), ~_idea())


def locations():
    return open_assets().filter(location_q())


def location_q(prefix=""):
    """Assets that are a location; an organization is one when it is known where it is."""
    somewhere = Q(**{f"{prefix}latitude__isnull": False}) | ~Q(**{f"{prefix}address": ""})
    organization = Q(**{f"{prefix}layer__in": ORGANIZATIONS})
    return Q(**{f"{prefix}layer__in": PLACES}) | organization & somewhere


def ties():
    """Ties that say where an organization does what it does; of several with one place, one.

    Such an organization always has a service.
    """
    found = _places_named()
    before = found.filter(
        source=OuterRef("source"), target=OuterRef("target"), pk__lt=OuterRef("pk")
    )
    return found.exclude(Exists(before))


def _places_named():
    today = str(timezone.localdate())
    goes_on = Q(until__gte=today) | Q(until__in=["", today[:4], today[:7]])
    ends = location_q("target__") & Q(source__layer__in=ORGANIZATIONS) & ~_idea("source__")
    return open_links().filter(goes_on, ends, kind__in=AT).order_by()


def gives():
    """Gifts of open assets that everybody may see."""
    open_rows = Offering.objects.filter(offering_of_seen_q(EVERYBODY), mode__in=Offering.GIVES)
    return open_rows.order_by("asset", "pk")


def _something_to_come_to():
    comes = Q(Exists(gives().order_by().filter(asset=OuterRef("pk"))))
    comes |= Q(Exists(_places_named().filter(source=OuterRef("pk"))))
    for layer, times in ORGANIZATIONS.items():
        comes |= Q(layer=layer) & ~Q(**{f"{layer}__{times}": ""})
    return comes


def _idea(prefix=""):
    return Q(**{f"{prefix}association__stage": "idea"})


def read(assets):
    """Have the rows brought with all that their own records tell, in the order of their keys."""
    return assets.select_related("area", *TIMES).defer(*UNREAD).order_by("pk")


def read_ties(links):
    ends = [f"{end}__{part}" for end in ("source", "target") for part in ("area", *TIMES)]
    unread = [f"{end}__{name}" for end in ("source", "target") for name in UNREAD]
    return links.select_related(*ends).defer(*unread).order_by("pk")
