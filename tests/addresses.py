"""Every address of the site, with the arguments and queries that could give something away."""

import itertools
import re

from django.urls import URLPattern, get_resolver, reverse

from assetmap.activities.models import Activity
from assetmap.exchange.hsds.ids import turned
from assetmap.exchange.models import Import, Merge
from assetmap.inventory.freshness import signer
from assetmap.inventory.models import Asset, Link
from assetmap.network.models import Meeting, Recognition
from assetmap.partners.models import Contact, Recipe, SavedSearch
from residents.models import Introduction
from tests.world import BOX, HIDDEN_SPOT

# Addresses that are written as regular expressions; the keys that are mailed are made up.
BY_EXPRESSION = {
    "account_confirm_email": {"key": "made-up"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "made-up"},
}
OGC = ["associations", "institutions", "places", "ties", "residents"]
SHOW_NOTHING_ELSE = {"activities:week", "import:import"}
STEPS = ["gifts", "how", "about", "who", "finish", "done", "nonsense"]


def patterns(resolver=None, names=(), route=""):
    """Yield (full name, route) for every address of the site but the administration's."""
    for found in (resolver or get_resolver()).url_patterns:
        path = f"{route}{found.pattern}"
        if isinstance(found, URLPattern):
            yield ":".join([*names, found.name or path]), path
        elif found.app_name != "admin":
            namespace = [found.namespace] if found.namespace else []
            yield from patterns(found, (*names, *namespace), path)


def wanted(route):
    """The names of a route's arguments; a regular expression counts as one of its own."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", route)) | ({"regex"} if "^" in route else set())


def arguments(world, name, route):
    """Return every set of arguments worth trying for an address; none if it is not known."""
    slug, layer = world.area.slug, name.split(":")[0]
    assets = Asset.objects.order_by("pk")
    if name == "inventory:photo":
        sizes = ("photo", "photo_small", "nonsense")
        pairs = itertools.product(assets, sizes)
        return [{"area": slug, "uid": asset.uid, "size": size} for asset, size in pairs]
    if name in BY_EXPRESSION:
        return [BY_EXPRESSION[name]]
    if wanted(route) == {"rest"}:
        return [{"rest": "nowhere"}]
    if layer == "ogc" and wanted(route):
        return ogc_features() if "uid" in wanted(route) else [{"name": n} for n in OGC]
    if layer == "hsds":
        return [{"id": key} for key in hsds_keys(name)] if "<str:id>" in route else [{}]
    if layer == "api" and wanted(route):
        return api_rows(world, name)
    if name == "register:step":
        return [{"area": slug, "step": step} for step in STEPS]
    if name == "me:address":
        return [{"area": slug, "token": "forged"}]
    if name == "inventory:still":
        who = world.people["stranger"].pk  # who may change none of them
        tokens = [signer.sign(f"{who}.{asset.uid}") for asset in assets]
        return [{"area": slug, "token": token} for token in ("forged", *tokens)]
    if name == "introductions:ask":
        return [{"area": slug, "uid": a.uid} for a in assets if a.layer == "resident"]
    if name == "merge:undo":
        return [{"area": slug, "pk": merge.pk} for merge in Merge.objects.order_by("pk")]
    if name == "merge:choose":
        return [{"area": slug, "uid": asset.uid} for asset in assets]
    if name == "merge:merge":
        pairs = itertools.pairwise(assets.order_by("layer", "pk"))
        ends = [(one.uid, other.uid) for one, other in pairs]
        return [{"area": slug, "uid": one, "other": other} for one, other in ends]
    if wanted(route) == {"area", "pk"}:
        return [{"area": slug, "pk": row.pk} for row in numbered(name).objects.order_by("pk")]
    if name in ("inventory:link-edit", "inventory:link-delete"):
        return [{"area": slug, "uid": link.uid} for link in Link.objects.order_by("pk")]
    if name == "partners:contact-reply":
        return [{"area": slug, "token": "forged"}]  # the link itself is the right to read
    if layer == "partners" and wanted(route) == {"area", "uid"}:
        rows = Recipe if "recipe" in name else Asset if name.endswith("new") else Contact
        return [{"area": slug, "uid": row.uid} for row in rows.objects.order_by("pk")]
    if layer == "activities" and wanted(route) == {"area", "uid"}:
        return [{"area": slug, "uid": row.uid} for row in Activity.objects.order_by("pk")]
    if layer == "import" and wanted(route) == {"area", "uid"}:
        return [{"area": slug, "uid": run.uid} for run in Import.objects.order_by("pk")]
    if wanted(route) == {"area", "uid"}:
        return [{"area": slug, "uid": a.uid} for a in assets if f"{a.layer}s" == layer]
    return [{"area": slug}] if wanted(route) <= {"area"} else []


def numbered(name):
    """The model whose rows an address names by their number."""
    if name == "partners:search":
        return SavedSearch
    if name.startswith("network:meeting"):
        return Meeting
    return Recognition if name.startswith("network:recognition") else Introduction


def ogc_features():
    """Every row of every collection of the feed for maps, and of what is none."""
    assets = Asset.objects.order_by("pk").values_list("layer", "uid")
    ties = Link.objects.order_by("pk").values_list("uid", flat=True)
    rows = [*((f"{layer}s", uid) for layer, uid in assets), *(("ties", uid) for uid in ties)]
    return [{"name": name, "uid": uid} for name, uid in rows]


def api_rows(world, name):
    """What the API is asked about: all assets and ties where it reads, one where it writes."""
    slug, page = world.area.slug, name.rpartition(":")[2]
    if page == "take-back":
        return [{"pk": 1}]
    if page in ("read-area", "list-assets", "create-asset", "list-ties", "create-tie"):
        return [{"area": slug}]
    rows = Link.objects.all() if page.endswith("tie") else Asset.objects.all()
    if page not in ("read-tie", "read-asset", "list-asset-gifts"):
        rows = rows.order_by("pk")[:1]
    return [{"area": slug, "uid": row.uid} for row in rows]


def hsds_keys(name):
    """The keys under which a collection of HSDS could tell of an asset or a tie."""
    uids = list(Asset.objects.values_list("uid", flat=True))
    keys = {
        "organizations": uids,
        "services": [turned(uid, "service") for uid in uids],
        "locations": [*uids, *(turned(uid, "location") for uid in uids)],
        "service_at_locations": [
            *(turned(uid, "service at home") for uid in uids),
            *Link.objects.values_list("uid", flat=True),
        ],
    }
    return keys.get(name.removeprefix("hsds:").removesuffix("-one"), ["nonsense"])


def addresses(world, with_queries=True):
    """Every address of the site, and those with a query that could give something away.

    Without queries: of those only what a page shows nothing without.
    """
    for name, path in plain_addresses(world):
        yield path
        asked = queries(world, name) if with_queries or name in SHOW_NOTHING_ELSE else []
        yield from (f"{path}?{query}" for query in asked)


def plain_addresses(world):
    """Every address of the site without a query, as (name, path)."""
    for name, route in patterns():
        for values in arguments(world, name, route):
            if name in BY_EXPRESSION:
                yield name, reverse(name, kwargs=values)
            else:
                yield name, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda a: str(values[a[1]]), route)  # noqa: B023


def queries(world, name):
    """The queries that are worth asking of a page."""
    hidden = list(world.hidden.values())
    uids = [asset.uid for asset in hidden]
    spot = f"{HIDDEN_SPOT['latitude']},{HIDDEN_SPOT['longitude']}"
    searches = ["q=qx", "q=resname", "q=rescontact", "q=pendingaddress", "q=tolke", "q=somali"]
    facets = [
        *("layer=resident", "layer=institution", "gift=LA1", "gift=WB5", "gift=FG6", "gift=MH6"),
        *("mode=seeks", "mode=gives&gift=FG6", "language=so", "stage=self_running"),
        *("sector=private", "sort=fresh", f"near={spot}&within=300", f"bbox={BOX}"),
    ]
    around = [f"near={uid}&within=3000" for uid in uids] + [f"linked_to={uid}" for uid in uids]
    if name in ("explore:explore", "explore:everywhere"):
        return [*searches, *facets, *around, "near=pendingaddress 1", "page=2"]
    if name == "explore:suggest":
        return [*searches, "q=xq", "q=rq", "q=qx qx", "q=tolkning", "q=somalisk"]
    if name in ("explore:map", "explore:map-everywhere"):
        near_by = [*around, *facets, "q=qx"]
        zooms = [f"zoom={zoom}&bbox={BOX}" for zoom in (0, 10, 15, 17, 19, 22)]
        picked = [f"selected={uid}&zoom=15" for uid in (*uids, world.institution.uid)]
        picked += [f"selected={world.association.uid}", f"selected={world.resident.uid}"]
        return [*zooms, *picked, *near_by]
    if name in ("export:choose", "export:json", "export:print"):
        return [*around, "layer=resident", "q=qx"]
    if name == "export:embed":
        return ["view=list", *(f"view=list&{query}" for query in around)]
    if name == "export:embed-map":
        return [*around, f"selected={world.institution.uid}", f"selected={world.resident.uid}"]
    if name == "inventory:similar":
        place = "&latitude={latitude}&longitude={longitude}".format(**HIDDEN_SPOT)
        return [f"name={word}{place}" for word in ("xresname", "xpendingplace", "x")]
    if name in ("inventory:link-add", "inventory:link-ends"):
        sources = (world.place.uid, *uids)
        return [f"source={uid}&q={word}" for uid in sources for word in ("qx", "resname")]
    if name == "merge:choose":
        return ["q=qx"]
    if name == "inventory:link-edit":
        return [f"from={world.place.uid}"]
    if name == "import:import":
        return ["show=new", "show=likely"]
    if name == "activities:week":
        return ["week=2026-W49", "week=2026-W49&gift=FG6", "week=2026-W49&language=so"]
    if name == "activities:feed":
        return [f"of={uid}" for uid in (world.place.uid, *uids)]
    if name == "activities:add":
        return [f"organiser={uid}" for uid in (world.institution.uid, *uids)]
    if name.startswith("network:"):
        return network_queries(world, name.partition(":")[2], searches, around)
    if name.startswith("partners:"):
        return partners_queries(world, name.partition(":")[2], uids)
    if name in ("hsds:organizations", "hsds:services", "hsds:locations"):
        return ["full=true&format=ndjson", "search=qx", "search=pendingaddress"]
    if name == "hsds:service_at_locations":
        return ["full=true", *(f"organization_id={uid}" for uid in uids)]
    if name == "api:v1:list-assets":
        return [*searches, *facets, *around]
    if name == "api:v1:list-ties":
        return [f"source={uid}" for uid in uids]
    if name == "ogc:items":
        return ["f=html", f"bbox={BOX}", "area=urbanplanen"]
    if name in ("ogc:landing", "ogc:collection"):
        return ["f=html"]
    if name == "areas:addresses":
        return ["q=qx", "q=hør"]
    if name == "inventory:add":
        return ["layer=resident"]
    return []


def partners_queries(world, page, uids):
    """The queries that are worth asking of a page about partners."""
    end = world.institution.uid
    if page == "finder":
        asked = ["theme=qx", "theme=bees,qx", "role=books", "language=so", "audience=women"]
        return [*asked, "room=on&day=2", *(f"theme=bees&from={uid}" for uid in uids), "from_q=qx"]
    if page == "contact-new":
        return [f"theme=bees&from={uids[0]}&about={uids[-1]}"]
    if page in ("recipes", "recipe-add"):
        return [*(f"with={end}&with={uid}" for uid in uids), "q=qx", f"with={end}&q=qxpriv"]
    if page == "search-save":
        return ["theme=bees"]
    return []


def network_queries(world, page, searches, around):
    """The queries that are worth asking of a page about the network."""
    uids = [asset.uid for asset in (*world.hidden.values(), world.resident)]
    end = world.institution.uid
    if page in ("picture", "picture-data"):
        egos = [f"ego={uid}&steps=2" for uid in (end, *uids)]
        ties = [query for query in around if query.startswith("linked_to")]
        narrow = [*searches[:3], "layer=resident", "gift=FG6", "gift=MH6", *ties]
        return [*narrow, *egos, "year=2013", "size=reach"]
    if page in ("svg", "graphml", "gexf"):
        return [*(f"ego={uid}" for uid in (end, *uids)), "layer=resident", "q=qx"]
    if page == "chains":
        return [*(f"from={end}&to={uid}" for uid in uids), f"from={end}&to_q=qx", "from_q=qxres"]
    if page == "chain-ends":
        return ["from_q=qx", "side=to&to_q=qxresname", f"side=to&to={uids[0]}"]
    if page == "ideas":
        return [f"about={uid}" for uid in uids]
    if page == "propose":
        return [f"one={end}&other={uid}" for uid in uids]
    return []
