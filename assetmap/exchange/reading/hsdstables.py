"""The tables of HSDS, gathered from nested JSON or from the files of a data package."""

SHEETS = ("organizations", "locations", "services", "service_at_location")
# where a thing is named inside another: the table it belongs to
NESTED = {
    "organization": "organizations",
    "organizations": "organizations",
    "location": "locations",
    "locations": "locations",
    "service": "services",
    "services": "services",
    "service_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "addresses": "addresses",
    "phones": "phones",
}
ONE = {"organizations": "organization", "locations": "location", "services": "service"}
# members that only one kind of thing has, the telling ones first
SIGNS = {
    "service_at_location": {"service", "service_id"},
    "locations": {"location_type", "latitude", "transportation", "addresses"},
    "services": {"status", "service_at_locations", "eligibility_description", "fees_description"},
    "organizations": {
        "legal_status",
        "tax_status",
        "year_incorporated",
        "organization_identifiers",
        "parent_organization_id",
        "services",
        "locations",
        "website",
    },
}
STRANGE = {"taxonomy", "taxonomy_id", "taxonomy_detail", "version", "term", "code"}


def kind_of(item, name=""):
    """Return the table that a thing with these members belongs to, or ""."""
    if "id" not in item or STRANGE & set(item):
        return ""
    for table, signs in SIGNS.items():
        if signs & set(item):
            return table
    named = (table for table in SIGNS if table.rstrip("s") in name.lower())
    return next(named, "") if "name" in item else ""


class Tables:
    """{table: {id: {column: value}}}; a thing that comes up twice is completed."""

    def __init__(self):
        self.tables = {}
        self.indexes = {}

    def of(self, table):
        return self.tables.get(table, {})

    def add_document(self, value, name):
        """Take in a JSON document: a thing, a list of things, a page, or tables by file name."""
        if isinstance(value, dict) and isinstance(value.get("contents"), list):
            value = value["contents"]
        if isinstance(value, dict) and any(key.endswith(".csv") for key in value):
            for key, rows in value.items():
                self.add_rows(key.removesuffix(".csv"), rows if isinstance(rows, list) else [])
            return
        for item in value if isinstance(value, list) else [value]:
            table = kind_of(item, name) if isinstance(item, dict) else ""
            if table:
                self.add(table, item)

    def add_rows(self, table, rows):
        for row in rows:
            if isinstance(row, dict):
                self.add(NESTED.get(table, table), row)

    def add(self, table, item):
        """Take in a thing and what is nested in it; return its id."""
        key = str(item.get("id") or f"{table}-{len(self.of(table)) + 1}")
        row = self.tables.setdefault(table, {}).setdefault(key, {"id": key})
        for name, value in item.items():
            if isinstance(value, dict):
                self._add_one(table, row, name, value)
            elif isinstance(value, list):
                self._add_many(table, key, name, value)
            elif row.get(name) in (None, ""):
                row[" ".join(name.split())[:200] or "-"] = value
        return key

    def _add_one(self, table, row, name, value):
        if name in NESTED:
            row.setdefault(f"{ONE.get(NESTED[name], name)}_id", self.add(NESTED[name], value))

    def _add_many(self, table, key, name, values):
        if name in NESTED:
            for value in values:
                if isinstance(value, dict):
                    self.add(NESTED[name], {f"{ONE.get(table, table)}_id": key, **value})

    def places_of(self, table, key):
        """Return the ids of the locations of a thing."""
        if table == "locations":
            return [key]
        if table == "organizations":
            return [row["id"] for row in self._under("locations", "organization_id", key)]
        ties = self._under(
            "service_at_location", "service_id" if table == "services" else "id", key
        )
        return list(
            dict.fromkeys(str(tie["location_id"]) for tie in ties if tie.get("location_id"))
        )

    def phones_of(self, table, key):
        rows = self._under("phones", f"{ONE.get(table, table)}_id", key)
        return list(dict.fromkeys(str(row.get("number") or "").strip('" ') for row in rows))

    def addresses_of(self, place):
        return self._under("addresses", "location_id", place)

    def _under(self, table, column, key):
        """Return the rows that hold the key in a column. Not to be asked before all is added."""
        if (table, column) not in self.indexes:
            index = self.indexes[table, column] = {}
            for row in self.of(table).values():
                index.setdefault(str(row.get(column)), []).append(row)
        return self.indexes[table, column].get(key, [])
