"""Characters that no database takes, and others that fool people: in, or out, without a fault."""

import json

import pytest

from assetmap.inventory.models import Asset
from tests.exchange.importing.running import bring_in, outcomes


def geojson(**properties):
    feature = {"type": "Feature", "geometry": None, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, indent=1)


@pytest.mark.parametrize(
    "odd", ["a\0b", "\ud800", "😀 Haven", "\u202eneveH", "a\u0301", "\x07", "x" * 500]
)
def test_odd_characters_are_no_fault(area, coordinator, odd):
    told = {"navn": odd, "type": odd, "id": odd, "note": odd, "evner": odd, odd: odd}
    text = geojson(**told)
    run = bring_in(area, coordinator, text, "odd.geojson")
    assert sum(outcomes(run)) == 1
    assert Asset.objects.count() == outcomes(run)[0]
