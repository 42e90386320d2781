"""What this site exports can come in again: nothing changes where it came from, and elsewhere
it is the same."""

import pytest

from assetmap.inventory.models import Asset, Link
from tests.exchange.importing.running import bring_in, outcomes
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_user,
)

SPOT = {"latitude": 55.653312, "longitude": 12.597123}
SAME = ["name", "layer", "summary", "address", "latitude", "longitude", "search_text"]


@pytest.fixture
def inventory(area):
    house = make_place(area, "Huset", kind="other", capacity=30, wheelchair="yes", **SPOT)
    choir = make_association(
        area, "=Koret", stage="group", founded="2013-05", phone="+45 1234 5678"
    )
    library = make_institution(area, "Biblioteket", kind="other", sector="civil", outreach=True)
    make_place(area, "Haven", kind="garden", summary='Med "anførsel";\nog linjer', **SPOT)
    make_offering(choir, "FG7")
    make_offering(choir, None, text="nodeskrivning", mode="learn")
    make_link(choir, house, "meets_at", since="2013")
    make_link(library, choir, "supports")


@pytest.fixture
def exporter(area):
    user = make_user("coordinator", area)
    user.memberships.update(may_export=True, may_import=True)
    return user


def exported(client, user, form):
    client.force_login(user)
    return b"".join(client.get(f"/urbanplanen/export.{form}"))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_where_it_came_from_nothing_changes(area, inventory, exporter, client, form, language):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    before = list(Asset.objects.order_by("pk").values())
    run = bring_in(area, exporter, exported(client, exporter, form), f"min.{form}")
    assert outcomes(run)[0] == outcomes(run)[3] == 0, list(run.rows.values("name", "problems"))
    assert outcomes(run)[1] == 0, list(run.rows.values("name", "changes"))
    assert list(Asset.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_elsewhere_it_is_the_same(area, other_area, inventory, exporter, client, form):
    run = bring_in(other_area, exporter, exported(client, exporter, form), f"min.{form}")
    assert outcomes(run)[3] == 0

    def told(area):
        return list(Asset.objects.filter(area=area).order_by("name").values(*SAME))

    if form == "xlsx":
        assert told(other_area) == told(area)
        assert Link.objects.filter(source__area=other_area).count() == 2
    names = Asset.objects.filter(area=other_area).values_list("name", flat=True)
    assert set(names) == {"Huset", "=Koret", "Biblioteket", "Haven"}
    kinds = {asset.child.kind for asset in Asset.objects.filter(area=other_area, layer="place")}
    assert kinds == {"other", "garden"}
