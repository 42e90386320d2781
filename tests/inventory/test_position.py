import mercantile
import pytest

from assetmap.inventory.models import Asset
from assetmap.inventory.position import BLOCK_ZOOM, block_of, box_around, cell_of
from tests import factories

HERE = (55.6525, 12.5968)


def test_cell_is_the_quadkey_read_in_base_four():
    tile = mercantile.tile(HERE[1], HERE[0], 24)
    assert mercantile.quadkey(tile) == mercantile.quadkey(
        mercantile.quadkey_to_tile(f"{_base_four(cell_of(*HERE)):0>24}")
    )


def _base_four(number):
    digits = ""
    while number:
        number, digit = divmod(number, 4)
        digits = str(digit) + digits
    return digits


@pytest.mark.parametrize("zoom", [5, 12, 17])
def test_cells_of_one_tile_lie_in_one_range(zoom):
    tile = mercantile.tile(HERE[1], HERE[0], zoom)
    box = mercantile.bounds(tile)
    inside = [
        (box.south + (box.north - box.south) * a, box.west + (box.east - box.west) * b)
        for a in (0.01, 0.5, 0.99)
        for b in (0.01, 0.5, 0.99)
    ]
    shift = 2 * (24 - zoom)
    assert {cell_of(*point) >> shift for point in inside} == {cell_of(*HERE) >> shift}
    assert cell_of(box.north + 0.0001, box.west) >> shift != cell_of(*HERE) >> shift


@pytest.mark.parametrize("latitude", [-90, -85.06, 85.06, 90])
@pytest.mark.parametrize("longitude", [-180, 180])
def test_every_position_on_earth_has_a_cell_and_a_block(latitude, longitude):
    assert 0 <= cell_of(latitude, longitude) < 4**24
    north, east = block_of(latitude, longitude)
    assert -90 < north < 90
    assert -180 < east < 180


def test_all_doors_of_a_block_share_its_centre():
    centre = block_of(*HERE)
    box = mercantile.bounds(mercantile.tile(HERE[1], HERE[0], BLOCK_ZOOM))
    corners = [
        (south, west)
        for south in (box.south + 1e-6, box.north - 1e-6)
        for west in (box.west + 1e-6, box.east - 1e-6)
    ]
    assert {block_of(*corner) for corner in corners} == {centre}
    assert block_of(*centre) == centre
    assert block_of(HERE[0], HERE[1] + 0.01) != centre


def test_box_holds_the_circle():
    west, south, east, north = box_around(*HERE, 1000)
    assert (north - south) * 111_320 == pytest.approx(2000)
    assert (east - west) * 111_320 * 0.5642 == pytest.approx(2000, rel=0.001)


def test_position_and_cell_move_together(area):
    place = factories.make_place(area, latitude=HERE[0], longitude=HERE[1])
    assert place.cell == cell_of(*HERE)
    place.latitude = place.longitude = None
    place.save()
    assert Asset.objects.get().cell is None


def test_near_measures_metres_and_keeps_the_circle(area):
    for name, north, east in (("Here", 0, 0), ("Corner", 0.0008, 0.0014), ("Off", 0.002, 0)):
        factories.make_place(area, name, latitude=HERE[0] + north, longitude=HERE[1] + east)
    factories.make_association(area, "Nowhere")
    near = Asset.objects.near(*HERE, 100).order_by("distance")
    assert [asset.name for asset in near] == ["Here"]
    everything = Asset.objects.near(*HERE).order_by("distance")
    assert [(asset.name, round(asset.distance)) for asset in everything] == [
        *(("Here", 0), ("Corner", 125), ("Off", 223)),
    ]
