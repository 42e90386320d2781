"""Real files, as they are: every row is accounted for, and one list in seven forms is one list."""

import pytest

from assetmap.inventory.models import Asset, Link
from institutions.models import Institution
from places.models import Place
from tests.exchange.importing.running import bring_in, outcomes

FORMS = [
    "steder_kk.csv",
    "steder_kk_excel_da.csv",
    "steder_kk.geojson",
    "steder_kk_mymaps.kml",
    "steder_kk.gpx",
    "steder_kk.umap",
    "urbanplanen_kk.xlsx",
]
OTHERS = {
    "CDD_CommunityAssets.geojson": 54,
    "LANDMARK_YouthCenters.geojson": 5,
    "RECREATION_CommunityGardens.geojson": 14,
    "biblioteker.json": 20,
    "kulturhus.json": 29,
    "legeplads.json": 136,
    "daginstitutioner_amager.geojson": 101,
    "amager-2011-poi.geojson": 403,
    "uk-charities-sample.csv": None,
    "urbanplanen-2011.osm": None,
    "urbanplanen-2011.overpass.json": None,
    "amager-2011.osm.pbf": None,
    "cdata.kml": None,
    "extended_data.kml": None,
    "multigeometry.kml": None,
    "simpledata.kml": None,
    "style_url.kml": None,
    "gpx1.1_with_all_fields.gpx": None,
}


def places(area):
    """What there is, as {name: [position, …]}."""
    found = {}
    rows = Asset.objects.filter(area=area, latitude__isnull=False).order_by("latitude")
    for name, *where in rows.values_list("name", "latitude", "longitude"):
        found.setdefault(name, []).append(tuple(where))
    return found


@pytest.mark.parametrize("form", FORMS[1:])
def test_one_list_in_seven_forms_is_one_list(area, other_area, coordinator, form):
    bring_in(area, coordinator, FORMS[0])
    first = bring_in(other_area, coordinator, form)
    assert places(area) == places(other_area) and first.counts["refused"] == 0
    assert Asset.objects.filter(area=area).count() == 131
    again = bring_in(other_area, coordinator, form)
    assert outcomes(again) == (0, 0, first.counts["new"], 0)


@pytest.mark.parametrize("form", ["steder_kk_mymaps.kml", "steder_kk.umap"])
def test_another_form_of_the_same_list_finds_all_of_it_there(area, coordinator, form):
    bring_in(area, coordinator, FORMS[0])
    run = bring_in(area, coordinator, form)
    assert run.counts["new"] == 0 and Asset.objects.count() == 131


def test_a_workbook_brings_places_organisations_and_their_ties(area, coordinator):
    run = bring_in(area, coordinator, "urbanplanen_kk.xlsx")
    assert outcomes(run) == (131 + 51 + 114, 0, 0, 0)
    assert (Place.objects.count(), Institution.objects.count()) == (126, 56)
    assert Link.objects.count() == 114


def test_ties_come_after_the_lists_that_they_join(area, coordinator):
    bring_in(area, coordinator, "steder_kk.csv")
    bring_in(area, coordinator, "organisationer_kk.csv")
    run = bring_in(area, coordinator, "relationer_kk.csv")
    assert outcomes(run) == (114, 0, 0, 0)
    assert {link.kind for link in Link.objects.all()} == {"has_department", "has_site"}


@pytest.mark.once
@pytest.mark.parametrize("name", OTHERS)
def test_every_row_of_a_real_file_is_accounted_for(area, coordinator, name):
    run = bring_in(area, coordinator, name)
    counts = run.counts
    assert sum(outcomes(run)) == counts["rows"] == OTHERS[name] or OTHERS[name] is None
    assert Asset.objects.count() == counts["new"]
    assert all(row.problems for row in run.rows.filter(outcome="refused"))
