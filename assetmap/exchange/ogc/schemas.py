"""The shapes of the answers, for the API document."""


def _object(required=(), **properties):
    shape = {"type": "object", "properties": properties}
    return {**shape, "required": list(required)} if required else shape


def _list(of):
    return {"type": "array", "items": of}


def _of(name):
    return {"$ref": f"#/components/schemas/{name}"}


TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 0}
LINKS = _list(_of("link"))
GEOMETRY = {
    **_object(
        ["type", "coordinates"],
        type={
            "type": "string",
            "enum": ["Point", "LineString", "Polygon", "MultiPolygon"],
        },
        coordinates=_list({}),
    ),
    "nullable": True,
}
FEATURE = {
    "type": {"type": "string", "enum": ["Feature"]},
    "id": {"type": "string", "format": "uuid"},
    "geometry": GEOMETRY,
    "links": LINKS,
}

SCHEMAS = {
    "anything": {"type": "object"},
    "exception": _object(["code", "description"], code=TEXT, description=TEXT),
    "link": _object(["href", "rel"], href=TEXT, rel=TEXT, type=TEXT, title=TEXT),
    "landingPage": _object(["links"], title=TEXT, description=TEXT, links=LINKS),
    "confClasses": _object(["conformsTo"], conformsTo=_list(TEXT)),
    "collection": _object(
        ["id", "links"],
        id=TEXT,
        title=TEXT,
        description=TEXT,
        itemType=TEXT,
        extent={"type": "object"},
        crs=_list(TEXT),
        storageCrs=TEXT,
        links=LINKS,
    ),
    "collections": _object(
        ["links", "collections"],
        links=LINKS,
        collections=_list(_of("collection")),
        crs=_list(TEXT),
    ),
    "feature": _object(
        ["type", "geometry", "properties"],
        properties={"type": "object", "nullable": True},
        **FEATURE,
    ),
    "featureCollection": _object(
        ["type", "features"],
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list(_of("feature")),
        links=LINKS,
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=NUMBER,
        numberReturned=NUMBER,
    ),
}


def feature_schema(collection):
    """Return the schema of a collection's feature, with its properties; any may be empty."""
    told = {
        name: {"title": row.title, "nullable": True, "type": row.schema["type"]}
        for name, row in collection.properties.items()
    }
    return _object(["type", "geometry", "properties"], properties=_object(**told), **FEATURE)
