"""OGC API Features at /api/ogc/: what everybody may see, as a feed for map programs."""

from django.utils import timezone
from django.utils.translation import gettext as _

from . import documents
from .addresses import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, link
from .asking import STANDARD, answer_crs, askable, read_asked
from .catalogue import collection_of
from .document import DocumentView
from .items import feature, item_of, page_of
from .openapi import openapi
from .refusal import NotThere


class LandingView(DocumentView):
    template_name = "exchange/ogc/landing.html"

    def document(self):
        return documents.landing(self.addresses)

    def context(self, document):
        shown = documents.collections(self.addresses)["collections"]
        here = self.addresses.of("landing")
        return super().context(document) | {"collections": shown, "here": here}


class ApiView(DocumentView):
    """The API document; as a page, what it says in words."""

    media_type = OPENAPI
    template_name = "exchange/ogc/api.html"
    linked = False

    def document(self):
        return openapi(self.addresses)

    def context(self, document):
        """Paths with the names of their parameters, and what those that all share mean."""
        paths = [(path, *_summed_up(says["get"])) for path, says in document["paths"].items()]
        shared = document["components"]["parameters"].values()
        return super().context(document) | {"paths": paths, "shared": shared}


def _summed_up(operation):
    names = [row.get("name") or row["$ref"].split("/")[-1] for row in operation["parameters"]]
    return operation["summary"], names


class ConformanceView(DocumentView):
    template_name = "exchange/ogc/conformance.html"
    linked = False

    def document(self):
        return documents.conformance()


class CollectionsView(DocumentView):
    template_name = "exchange/ogc/collections.html"

    def document(self):
        return documents.collections(self.addresses)


class CollectionMixin:
    """A document about one collection."""

    def get(self, request, name, **kwargs):
        self.collection = collection_of(name)
        return super().get(request, **kwargs)

    def context(self, document):
        return super().context(document) | {"collection": self.collection}


class CollectionView(CollectionMixin, DocumentView):
    template_name = "exchange/ogc/collection.html"

    def document(self):
        return documents.collection(self.collection, self.addresses)


class QueryablesView(CollectionMixin, DocumentView):
    media_type = SCHEMA
    template_name = "exchange/ogc/queryables.html"
    linked = False

    def document(self):
        return documents.queryables(self.collection, self.addresses)


class FeaturesView(CollectionMixin, DocumentView):
    """Features, in the coordinate system that was asked for."""

    media_type = GEOJSON

    def feature(self, row):
        return feature(self.collection, row, self.crs, self.addresses.absolute)

    def _data(self, document):
        response = super()._data(document)
        response["Content-Crs"] = f"<{self.crs.uri}>"
        return response

    def to_collection(self):
        href = self.addresses.of("collection", self.collection.id)
        return link("collection", href, JSON, self.collection.title)


class ItemsView(FeaturesView):
    """A page of a collection's features."""

    template_name = "exchange/ogc/items.html"

    @property
    def parameters(self):
        return [*STANDARD, *askable(self.collection)]

    def document(self):
        asked = read_asked(self.request.GET, self.collection)
        self.crs = asked.crs
        page = page_of(self.collection, asked)
        known = {} if page.matched is None else {"numberMatched": page.matched}
        return {
            "type": "FeatureCollection",
            "features": [self.feature(row) for row in page.rows],
            **known,
            "numberReturned": len(page.rows),
            "links": [*self._next(page), self.to_collection()],
        }

    def _next(self, page):
        here = HTML if self.as_html else GEOJSON
        href = self.addresses.here(after=page.next)
        return [link("next", href, here, _("Next page"))] if page.next else []

    def stamped(self, document):
        return document | {"timeStamp": timezone.now().isoformat()}

    def context(self, document):
        names, known = self.collection.in_table, self.collection.properties
        links = {row["rel"]: row["href"] for row in document["links"]}
        return super().context(document) | {
            "titles": [known[name].title for name in names],
            "rows": [_cells(row, names) for row in document["features"]],
            "links": links,
        }


def _cells(row, names):
    return row["id"], [row["properties"][name] for name in names]


class ItemView(FeaturesView):
    """One feature."""

    parameters = ["f", "crs"]
    template_name = "exchange/ogc/item.html"

    def document(self, uid):
        self.crs = answer_crs(self.request.GET)
        row = item_of(self.collection, uid)
        return self.feature(row) | {"links": [self.to_collection()]}

    def context(self, document):
        told, known = document["properties"], self.collection.properties
        facts = [(known[name].title, known[name].shown(value)) for name, value in told.items()]
        name = told.get("name") or f"{told['source_name']} – {told['target_name']}"
        return super().context(document) | {"facts": facts, "name": name}


class NothingView(DocumentView):
    """Any other address below the feed's."""

    def get(self, request, **kwargs):
        home = self.addresses.of("landing")
        raise NotThere(_("There is nothing at this address. Begin at %s") % home)
