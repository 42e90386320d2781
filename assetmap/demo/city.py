"""Urbanplanen as open data have it: the area, its addresses, places and organisations."""

import csv
import json
from pathlib import Path

from django.utils import timezone

from assetmap.areas.models import Address, Area
from assetmap.inventory.loader import load_assets, load_links
from assetmap.inventory.models import Link
from institutions.models import Institution
from places.models import Place

DATA = Path(__file__).parent / "data"
SOURCE = "Københavns Kommune (Open Data DK)"
LICENCE = "CC BY 4.0"

PLACE_KINDS = {
    "Almen boligafdeling": Place.Kind.HOUSING,
    "Daginstitution": Place.Kind.DAY_CARE,
    "Legeplads": Place.Kind.PLAYGROUND,
    "Bemandet legeplads": Place.Kind.STAFFED_PLAYGROUND,
}
# Libraries and culture houses are public institutions first, and houses second.
HOUSE_KINDS = {
    "Bibliotek": Institution.Kind.LIBRARY,
    "Kulturhus": Institution.Kind.CULTURE,
}
ORGANISATION_KINDS = {
    "Almen boligorganisation": (Institution.Kind.HOUSING, Institution.Sector.CIVIL),
    "Daginstitution (Kommunal)": (Institution.Kind.DAY_CARE, Institution.Sector.PUBLIC),
    "Daginstitution (Selvejende)": (Institution.Kind.DAY_CARE, Institution.Sector.CIVIL),
}
TIE_KINDS = {"har afdeling": "has_department", "har adresse": "has_site"}


def rows(name):
    """Yield the rows of one of the demo's CSV files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def features(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))["features"]


def make_area():
    return Area.objects.create(
        name="Urbanplanen",
        slug="urbanplanen",
        municipality="København",
        introduction="Urbanplanen på Amager, og hvad der er at trække på her: mennesker, "
        "foreninger, institutioner og steder, og forbindelserne mellem dem.",
        latitude=55.6525,
        longitude=12.5968,
        boundary=features("area.geojson")[0]["geometry"],
        base_map="amager",
        credit="Adresser: © OpenStreetMap-bidragydere 2011, CC BY-SA 2.0. De ligger for sig selv "
        "og bruges kun til at finde et sted på kortet. Steder, boligorganisationer og "
        "daginstitutioner: Data: Københavns Kommune (Open Data DK), CC BY 4.0. Foreningernes "
        "historier er fakta fra et oplæg om bibliotekerne og det boligsociale arbejde, "
        "fortalt på ny. Beboerne er opdigtede, og det står ved hver af dem.",
    )


def load_addresses(area):
    addresses = [
        Address(
            area=area,
            text=f"{row['street']} {row['number']}, {row['postcode']} {row['city']}",
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            official_id=row["official_id"],
        ).prepare()
        for row in rows("addresses.csv")
    ]
    Address.objects.bulk_create(addresses, batch_size=500)


def provenance(source_id):
    return {
        "source": SOURCE,
        "source_id": source_id,
        "licence": LICENCE,
        "confirmed_at": timezone.now(),
    }


def load_city(area):
    """Load places, organisations and their ties; return {source id: asset}."""
    places = _load_places(area)
    assets = places | _load_organisations(area, places)
    load_links(
        Link(
            source=assets[row["fra_id"]],
            target=assets[row["til_id"]],
            kind=TIE_KINDS[row["relation"]],
            data_source=SOURCE,
            licence=LICENCE,
        )
        for row in rows("ties.csv")
    )
    return assets


def _load_places(area):
    outlines = {feature["id"]: feature["geometry"] for feature in features("outlines.geojson")}
    places, houses = [], []
    for row in rows("places.csv"):
        common = _common(area, row) | provenance(row["kilde_id"])
        if row["type"] in HOUSE_KINDS:
            houses.append(Institution(kind=HOUSE_KINDS[row["type"]], **common))
        else:
            outline = outlines.get(row["kilde_id"])
            places.append(Place(kind=PLACE_KINDS[row["type"]], outline=outline, **common))
    loaded = load_assets(Place, places) + load_assets(Institution, houses)
    return {asset.source_id: asset for asset in loaded}


def _common(area, row):
    town = f", {row['postnr']} {row['by']}" if row["adresse"] and row["postnr"] else ""
    return {
        "area": area,
        "name": row["navn"].strip(),
        "summary": row["beskrivelse"].strip(),
        "address": f"{row['adresse'].strip()}{town}",
        "latitude": float(row["lat"]),
        "longitude": float(row["lon"]),
        "website": row["link"],
        "email": row["e_mail"],
    }


def _load_organisations(area, places):
    sites = _single_sites()
    organisations = []
    for row in rows("organisations.csv"):
        kind, sector = ORGANISATION_KINDS[row["type"]]
        organisations.append(
            Institution(
                area=area,
                name=row["navn"],
                kind=kind,
                sector=sector,
                **_where(places.get(sites.get(row["id"]))),
                **provenance(row["id"]),
            )
        )
    return {asset.source_id: asset for asset in load_assets(Institution, organisations)}


def _single_sites():
    """Return {organisation: its only address}; one with several stands nowhere in particular."""
    sites = {}
    for row in rows("ties.csv"):
        if row["relation"] == "har adresse":
            sites.setdefault(row["fra_id"], []).append(row["til_id"])
    return {organisation: found[0] for organisation, found in sites.items() if len(found) == 1}


def _where(place):
    names = ("latitude", "longitude", "address") if place else ()
    return {name: getattr(place, name) for name in names}
