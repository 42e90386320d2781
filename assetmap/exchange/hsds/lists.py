"""The collections of the standard: which rows each holds, and how they are written."""

from django.db.models import Avg, Q

from assetmap.areas.models import Address
from assetmap.areas.text import fold
from assetmap.inventory.models import Link

from . import asking, records, rows, terms
from .around import Around, At
from .ids import turned
from .places import location, whole_location


class Collection:
    """Rows that are given page by page, or one by its key.

    root: the site's address. asked: cleaned parameters; a missing one counts as not given.
    """

    form = asking.PageForm

    def __init__(self, root, asked):
        self.root, self.asked = root, asked

    def parts(self):
        """Return the rows as querysets in the order of their keys, or lists, that follow on."""
        raise NotImplementedError

    def one(self, uid):
        """Return the row with a key in a list or queryset, empty if there is none."""
        raise NotImplementedError

    def records(self, found):
        """Write rows, of one part at a time, as records of the standard."""
        raise NotImplementedError

    def searched(self, assets):
        words = self.asked.get("search")
        return assets.search(words) if words else assets


class Organizations(Collection):
    form = asking.OrganizationForm

    def parts(self):
        return [rows.read(self.searched(rows.organizations()))]

    def one(self, uid):
        return rows.read(rows.organizations().filter(uid=uid))

    def records(self, found):
        around = Around(found, self.root)
        if not (self.asked.get("full") or self.asked.get("full_service")):
            return [records.organization(asset, around) for asset in found]
        services = self.asked.get("full_service", False)
        return [records.whole_organization(asset, around, services) for asset in found]


class Services(Collection):
    form = asking.ServiceForm

    def parts(self):
        found = self.chosen(rows.services())
        if since := self.asked["modified_after"]:
            found = found.filter(updated_at__gte=since)
        if self.asked["minimal"]:
            return [found.only("uid", "updated_at").order_by("pk")]
        return [rows.read(found)]

    def chosen(self, found):
        """Those of some organizations that the parameters let through, but for when changed."""
        found = self.searched(found)
        if uid := self.asked["organization_id"]:
            found = found.filter(uid=uid)
        if uid := self.asked["taxonomy_term_id"]:
            found = found.filter(terms.with_term(uid))
        if uid := self.asked["taxonomy_id"]:
            found = found.filter(terms.with_any_of(uid))
        return found

    def one(self, uid):
        return rows.read(rows.services().filter(uid=turned(uid, "service")))

    def records(self, found):
        if self.asked.get("minimal"):
            return [records.minimal_service(asset) for asset in found]
        write = records.whole_service if self.asked.get("full") else records.service
        around = Around(found, self.root)
        return [write(asset, around) for asset in found]


class Locations(Collection):
    form = asking.LocationForm

    def parts(self):
        found = self.searched(rows.locations())
        return [rows.read(found.filter(there(self.asked)))]

    def one(self, uid):
        place = Q(layer__in=rows.PLACES, uid=uid)
        home = Q(layer__in=rows.ORGANIZATIONS, uid=turned(uid, "location"))
        return rows.read(rows.locations().filter(place | home))

    def records(self, found):
        if not self.asked.get("full"):
            return [location(asset) for asset in found]
        around = Around(found, self.root)
        return [whole_location(asset, around) for asset in found]


class ServicesAtLocations(Services):
    """First what organizations do at their own address, then what they do at places."""

    form = asking.ServiceAtLocationForm
    about_services = ("search", "organization_id", "taxonomy_term_id", "taxonomy_id")

    def parts(self):
        home = self.chosen(rows.services()).filter(rows.location_q(), there(self.asked))
        ties = rows.ties().filter(there(self.asked, "target__"))
        if any(self.asked[name] for name in self.about_services):
            ties = ties.filter(source__in=self.chosen(rows.organizations()).values("pk"))
        if since := self.asked["modified_after"]:
            home = home.filter(updated_at__gte=since)
            ends = Q(source__updated_at__gte=since) | Q(target__updated_at__gte=since)
            ties = ties.filter(ends | Q(updated_at__gte=since))
        return [rows.read(home), rows.read_ties(ties)]

    def one(self, uid):
        tied = rows.read_ties(rows.ties().filter(uid=uid))
        home = rows.services().filter(rows.location_q(), uid=turned(uid, "service at home"))
        return list(tied) or rows.read(home)

    def records(self, found):
        ats = [At.tied(row) if isinstance(row, Link) else At.home(row) for row in found]
        around = Around([end for at in ats for end in (at.asset, at.place)], self.root)
        whole = self.asked.get("full")
        write = records.whole_service_at_location if whole else records.service_at_location
        return [write(at, around) for at in ats]


class Taxonomies(Collection):
    def parts(self):
        words = fold(self.asked["search"])
        return [[t for t in terms.taxonomies() if words in fold(f"{t.name} {t.description}")]]

    def one(self, uid):
        return [taxonomy for taxonomy in terms.taxonomies() if taxonomy.id == uid]

    def records(self, found):
        return [row.record() for row in found]


class Terms(Taxonomies):
    form = asking.TermForm

    def parts(self):
        words = fold(self.asked["search"])
        found = [t for t in terms.terms() if words in fold(f"{t.name} {t.description}")]
        if uid := self.asked["taxonomy_id"]:
            found = [term for term in found if term.taxonomy.id == uid]
        if uid := self.asked["parent_id"]:
            found = [term for term in found if term.parent_id == uid]
        return [[term for term in found if not (self.asked["top_only"] and term.parent)]]

    def one(self, uid):
        return [term for term in terms.terms() if term.id == uid]


LISTS = {
    "organizations": Organizations,
    "services": Services,
    "locations": Locations,
    "service_at_locations": ServicesAtLocations,
    "taxonomies": Taxonomies,
    "taxonomy_terms": Terms,
}


def there(asked, prefix=""):
    """Return a Q for assets at the postcode asked for, or near the middle of its addresses."""
    code = asked["postcode"]
    if not code:
        return Q()
    if not asked["proximity"]:
        return Q(**{f"{prefix}address__contains": f"{code} "})
    middle = Address.objects.filter(text__contains=f" {code} ").aggregate(
        latitude=Avg("latitude"), longitude=Avg("longitude")
    )
    if middle["latitude"] is None:
        return Q(pk__in=[])
    near = rows.locations().near(**middle, metres=asked["proximity"])
    return Q(**{f"{prefix}pk__in": near.values("pk")})
