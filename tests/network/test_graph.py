"""What is a vertex and what an edge of an area's network, for whom, and on which day."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.inventory.models import Asset, Link
from assetmap.network.graph import load, stands
from tests import factories

TODAY = "2026-05-17"


def network_of(area, user=None, day=TODAY):
    return load(area, user or factories.make_user("coordinator", area), day)


def ends_of(network, *assets):
    """The ties between some assets, as pairs of their places in the list."""
    places = {asset.pk: number for number, asset in enumerate(assets)}
    return [tuple(places[network.keys[end]] for end in ends) for ends in network.ends]


# Edge cases ----------------------------------------------------------------------------------


def test_an_empty_area_is_an_empty_network(area):
    network = network_of(area)
    assert (len(network), network.ends, network.simple.vcount()) == (0, [], 0)


def test_one_asset_stands_alone(area):
    place = factories.make_place(area)
    network = network_of(area)
    assert (network.keys, network.ends) == ([place.pk], [])
    assert network.ties_of == [[]] and network.between == {}


def test_all_tied_to_all(area):
    assets = [factories.make_association(area) for _number in range(5)]
    for number, one in enumerate(assets):
        for other in assets[:number]:
            factories.make_link(one, other)
    network = network_of(area)
    assert network.simple.density() == 1
    assert all(len(ties) == 4 for ties in network.ties_of)


def test_two_parallel_ties_are_two_and_simply_one_of_the_stronger(area):
    one, other = factories.make_association(area), factories.make_association(area)
    factories.make_link(one, other, "works_with", strength=1)
    factories.make_link(other, one, "supports", strength=3)
    network = network_of(area)
    assert network.graph.ecount() == 2 and network.between == {(0, 1): [0, 1]}
    assert network.simple.es["strength"] == [3]


def test_an_edge_says_what_its_tie_does(area):
    one, other = factories.make_association(area), factories.make_place(area)
    told = {"kind": "uses", "strength": 3, "since": "2013-05", "until": ""}
    link = factories.make_link(one, other, **told)
    network = network_of(area)
    assert network.links == [link.pk] and network.ends == [(0, 1)]
    assert (network.kinds, network.strengths) == (["uses"], [3])
    assert (network.since, network.until, network.years) == (["2013-05"], [""], [2013])
    assert network.other(0, 0) == 1 and network.other(0, 1) == 0


def test_a_tie_without_a_date_is_of_the_year_it_was_written_down_in(area):
    link = factories.make_link(factories.make_place(area), factories.make_place(area), "near")
    assert network_of(area).years == [link.created_at.year]


def test_sectors_are_those_of_institutions_and_civil_society(area):
    factories.make_resident(area)
    factories.make_association(area)
    factories.make_institution(area, sector="private")
    factories.make_place(area)
    assert network_of(area).sectors == ["civil", "civil", "private", ""]


# On which day --------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    ("since", "until", "day", "there"),
    [
        *[("", "", "2026-05-17", True), ("2026-05-17", "", "2026-05-17", True)],
        *[("2026-05-18", "", "2026-05-17", False), ("2026-06", "", "2026-05-17", False)],
        *[("2026", "", "2026-05-17", True), ("2027", "", "2026-05-17", False)],
        *[("", "2026-05-17", "2026-05-17", True), ("", "2026-05-16", "2026-05-17", False)],
        *[("", "2026", "2026-05-17", True), ("", "2025", "2026-05-17", False)],
        *[("2013-05", "", "2013", True), ("2014-05", "", "2013", False)],
        *[("", "2013-05-01", "2013", True), ("", "2012-12-31", "2013", False)],
        ("2001", "2002", "", True),  # ever
    ],
)
def test_a_tie_stands_from_its_first_day_to_its_last(since, until, day, there):
    assert bool(stands(since, until, day)) == there


def test_the_network_is_taken_as_of_a_day(area):
    one, other = factories.make_association(area), factories.make_association(area)
    factories.make_link(one, other, since="2010", until="2013")
    years = {year: len(network_of(area, day=year).ends) for year in ("2009", "2011", "2013")}
    assert years == {"2009": 0, "2011": 1, "2013": 1}
    assert network_of(area).ends == [] and len(network_of(area)) == 2


# For whom ------------------------------------------------------------------------------------


@pytest.fixture
def seen(area):
    """An open association, one for partners, and a neighbour for neighbours, all in a row."""
    assets = [
        factories.make_association(area),
        factories.make_association(area, visibility="partners"),
        factories.make_resident(area, visibility="neighbours"),
    ]
    factories.make_link(assets[0], assets[1])
    factories.make_link(assets[1], assets[2], "supports")
    return assets


@pytest.mark.parametrize(
    ("role", "sees"), [(None, 1), ("resident", 2), ("partner", 3), ("coordinator", 3)]
)
def test_nobody_gets_what_they_may_not_see(area, seen, role, sees):
    user = factories.make_user(role, area) if role else AnonymousUser()
    network = network_of(area, user)
    visible = set(Asset.objects.visible_to(user).values_list("pk", flat=True))
    assert set(network.keys) <= visible and len(network) == sees
    links = set(Link.objects.visible_to(user).values_list("pk", flat=True))
    assert set(network.links) == links


@pytest.mark.parametrize("status", ["archived", "pending", "unconfirmed"])
def test_what_is_not_in_use_is_no_part_of_it(area, status):
    one, other = factories.make_association(area), factories.make_association(area)
    factories.make_link(one, other)
    Asset.objects.filter(pk=other.pk).update(status=status)
    network = network_of(area)
    assert (network.keys, network.ends) == ([one.pk], [])


def test_other_areas_are_no_part_of_it(area, other_area):
    there = [factories.make_place(other_area), factories.make_association(other_area)]
    factories.make_link(there[1], there[0], "uses")
    assert len(network_of(area)) == 0


def test_it_is_read_in_few_queries_however_many_there_are(area, seen, django_assert_num_queries):
    coordinator = factories.make_user("coordinator", area)
    coordinator.roles  # noqa: B018  read before
    for _more in range(5):
        factories.make_link(factories.make_place(area), factories.make_place(area), "near")
    with django_assert_num_queries(2):
        load(area, coordinator, TODAY)
