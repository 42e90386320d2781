"""What stands alone is an invitation; a resident who does is never named."""

import pytest

from assetmap.network.measures.structure import structure
from assetmap.network.readings.alone import MOST, loose, single_assets, tell
from tests.factories import make_association, make_place, make_resident
from tests.network.made import clique, islands, made, star

from .called import names, plain


def told(network, but=(), assets=None):
    return tell(loose(network, structure(network)), names(network, but), assets or {})


@pytest.mark.once
def test_where_all_have_a_tie_it_says_so():
    for network in (clique(4), star(3)):
        assert told(network).none == "Nobody: all have a tie."


@pytest.mark.once
def test_an_empty_area_and_a_single_asset_read_sensibly():
    assert told(made(0, [])).none == "Nobody: all have a tie."
    one = told(made(1, []))
    assert [(group.layer, group.number) for group in one.groups] == [("association", 1)]


@pytest.mark.once
@pytest.mark.parametrize(("number", "shown"), [(3, "fewer than 5"), (5, "5")])
def test_residents_without_a_tie_are_counted_and_never_named(number, shown):
    reading = told(made(number, [], ["resident"] * number))
    assert reading.groups == []
    assert reading.neighbours == f"{shown} neighbours have no tie yet. Whom could they meet?"


@pytest.mark.once
def test_islands_are_named_beside_the_largest_part():
    network = made(9, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (6, 7), (7, 8)])
    reading = told(network)
    assert [plain(text) for text in reading.islands] == ["H, G and I"]
    assert reading.more_islands == ""


@pytest.mark.once
def test_of_500_islands_all_count_and_some_are_named():
    reading = told(islands(500))
    assert len(reading.islands) == MOST
    assert plain(reading.islands[0]) == "A and B"
    assert reading.more_islands == "There are 492 more such groups."


@pytest.mark.once
def test_one_small_part_alone_is_the_whole_and_no_island():
    assert told(star(3)).islands == []


@pytest.mark.once
def test_an_island_of_neighbours_who_are_not_named_is_only_counted():
    network = made(8, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (6, 7)], ["resident"] * 8)
    reading = told(network, but={6, 7})
    assert reading.islands == []
    assert reading.more_islands == "1 small group is on its own."


def test_single_assets_are_read_through_the_gate(area, partner, client):
    open_one = make_place(area, "Pladsen")
    hidden = make_association(area, "Skjult", visibility="private")
    resident = make_resident(area, "Rosa", status="active", visibility="public")
    layers = ["place", "association", "resident"]
    network = made(3, [], layers)
    network.keys[:] = [open_one.pk, hidden.pk, resident.pk]
    figures = loose(network, structure(network))
    found = single_assets(figures, area, partner)
    reading = tell(figures, {}, found)
    assert [asset.name for group in reading.groups for asset in group.assets] == ["Pladsen"]


@pytest.mark.once
def test_of_many_single_assets_some_are_read():
    figures = loose(made(900, []), structure(made(900, [])))
    number, keys = figures.single["association"]
    assert (number, len(keys)) == (900, MOST)
    (group,) = tell(figures, {}, {}).groups
    assert group.others == 900
