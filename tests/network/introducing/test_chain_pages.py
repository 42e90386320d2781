"""Who could introduce us: the page, in words, for everybody who sees the area."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.inventory.models import Asset
from residents.models import Consent
from tests.contracts import browser_of, text_of
from tests.factories import make_area, make_association, make_link, make_place, make_user
from tests.network.introducing.rows import agreeing, between, propose_url, url

CONNECT = Consent.Purpose.CONNECT


def plain(response):
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", text_of(response)).split())


@pytest.fixture
def hall(area):
    return make_place(area, "Salen")


@pytest.fixture
def joined(club, library, hall):
    """The library works with the club, which is at home in the hall."""
    make_link(club, library, since="2019-05", strength=3)
    make_link(club, hall, "meets_at")
    return club, library, hall


def test_a_visitor_reads_the_chain_in_words_from_either_end(client, area, joined):
    _club, library, hall = joined
    there = plain(client.get(between(area, library, hall)))
    assert "Biblioteket works with Syklubben" in there
    assert "Syklubben is at home in Salen" in there
    assert "strong" in there
    assert "since May 2019" in there
    back = plain(client.get(between(area, hall, library)))
    assert "Salen is home to Syklubben" in back
    assert "Syklubben works with Biblioteket" in back


def test_two_that_are_tied_are_said_to_be(client, area, joined):
    club, library, _hall = joined
    assert "They are tied already" in plain(client.get(between(area, club, library)))


def test_the_page_asks_for_both_ends_and_keeps_what_is_chosen(client, area, joined):
    _club, library, _hall = joined
    page = client.get(url("chains", area), {"to": str(library.uid), "from_q": "sal"})
    assert page.status_code == 200
    assert re.search(rf'name="to" value="{library.uid}"\s+checked', text_of(page))
    assert 'value="sal"' in text_of(page)


def test_what_alone_was_found_is_chosen_without_a_script(client, area, joined):
    page = plain(client.get(url("chains", area), {"from_q": "bibliotek", "to_q": "salen"}))
    assert "Syklubben is at home in Salen" in page


def test_the_piece_for_scripts_holds_what_was_typed_at_one_end(client, area, joined):
    _club, library, _hall = joined
    found = text_of(client.get(url("chain-ends", area), {"side": "to", "to_q": "biblio"}))
    assert f'name="to" value="{library.uid}"' in found
    assert "<html" not in found
    nothing = client.get(url("chain-ends", area), {"side": "from", "from_q": "xyzzy"})
    assert "Nothing that you can pick is called that." in text_of(nothing)


def test_her_own_assets_are_offered_to_begin_from(area, chair, joined):
    club, library, _hall = joined
    page = browser_of(chair).get(url("chains", area), {"to": str(library.uid)})
    assert page.context["start"].pk == club.pk
    assert "They are tied already" in plain(page)


@pytest.mark.parametrize(
    "query",
    [
        {"from": "nonsense", "to": "nonsense"},
        {"from": "1" * 5000, "to": "00000000-0000-0000-0000-000000000000"},
        {"from_q": "x" * 5000, "to_q": "nul \0 byte"},
        {"from_q": "%_'\"<script>", "to": "", "side": "sideways"},
    ],
)
def test_nonsense_in_the_address_is_a_page_without_chains(client, area, joined, query):
    for name in ("chains", "chain-ends"):
        answer = client.get(url(name, area), query)
        assert answer.status_code == 200
        assert "<script>" not in text_of(answer).split("<main", 1)[-1].split("</main")[0]
    assert not client.get(url("chains", area), query).context["start"]


def test_one_and_the_same_is_no_chain(client, area, club):
    assert "one and the same" in plain(client.get(between(area, club, club)))


def test_where_no_chain_leads_the_closest_are_offered(client, area, hall, library):
    friend = make_association(area, "Stranden")
    make_link(hall, friend)
    make_place(area, "Naboen", latitude=55.6526, longitude=12.5969)
    page = client.get(between(area, library, hall))
    assert "No chain of up to five ties" in plain(page)
    assert [asset.pk for asset in page.context["tied"]] == [friend.pk]
    assert [asset.name for asset in page.context["near"]] == ["Naboen"]
    assert f"?from={library.uid}&amp;to={friend.uid}" in text_of(page)


def test_an_asset_that_is_not_seen_is_neither_end_nor_between(client, area, joined, neighbour):
    club, library, hall = joined
    Asset.objects.filter(pk=club.pk).update(visibility="partners")
    assert "No chain" in plain(client.get(between(area, library, hall)))
    for asset in (club, hall):
        page = client.get(between(area, asset, library))
        assert "Syklubben" not in plain(page)
    assert "Syklubben" not in text_of(client.get(url("chain-ends", area), {"from_q": "sykl"}))


def test_an_asset_of_another_area_is_no_end(client, area, other_area, library):
    elsewhere = make_place(other_area, "Andetsteds")
    page = client.get(between(area, library, elsewhere))
    assert page.context["end"] is None
    assert "Andetsteds" not in plain(page)


# Residents ----------------------------------------------------------------------------------


def test_a_chain_names_a_resident_who_agreed_to_be_suggested(area, neighbour, hall, library):
    bo = agreeing(area, "Bo", CONNECT)
    make_link(bo, hall, "uses")
    make_link(bo, library, "helps")
    page = plain(browser_of(neighbour).get(between(area, hall, library)))
    assert "Salen is used by Bo" in page
    assert "Bo helps out in Biblioteket" in page
    assert "Bo likes to bring people together" in page
    Consent.objects.withdraw(bo, CONNECT)
    page = plain(browser_of(neighbour).get(between(area, hall, library)))
    assert "Bo" not in page.replace("Both", "")
    assert "No chain" in page


def test_a_resident_who_did_not_agree_is_no_end_and_is_not_named(area, neighbour, library):
    bo = agreeing(area, "Bosse")
    make_link(bo, library, "helps")
    for query in ({"to": str(bo.uid)}, {"to_q": "bosse"}):
        page = browser_of(neighbour).get(url("chains", area), {"from": str(library.uid)} | query)
        assert page.context["end"] is None
        assert "Bosse" not in plain(page)
    asked = browser_of(neighbour).get(between(area, library, bo))
    assert "has not chosen to be suggested" in plain(asked)


def test_she_herself_may_be_an_end_and_between(area, chair, hall, library):
    own = agreeing(area, "Bosse", owner=chair)
    make_link(own, library, "helps")
    make_link(own, hall, "uses")
    page = plain(browser_of(chair).get(between(area, own, library)))
    assert "Bosse helps out in Biblioteket" in page
    assert "Salen is used by Bosse" in plain(browser_of(chair).get(between(area, hall, library)))


def test_the_closest_hold_no_resident_who_did_not_agree(area, neighbour, hall, library):
    make_link(agreeing(area, "Bosse"), hall, "uses")
    page = browser_of(neighbour).get(between(area, library, hall))
    assert list(page.context["tied"]) == []
    assert "Bosse" not in plain(page)


# What leads on ------------------------------------------------------------------------------


def test_a_meeting_is_proposed_from_the_page_by_who_may(area, connector, stranger, joined):
    _club, library, hall = joined
    address = propose_url(area, library, hall).replace("&", "&amp;")
    assert address in text_of(browser_of(connector).get(between(area, library, hall)))
    assert address not in text_of(browser_of(stranger).get(between(area, library, hall)))


def test_a_visitor_is_asked_to_sign_in_to_propose(client, area, joined):
    _club, library, hall = joined
    page = plain(client.get(between(area, library, hall)))
    assert "Sign in to propose that they meet" in page


def test_a_meeting_with_a_resident_is_offered_only_if_she_agreed(area, connector, library):
    bo = agreeing(area, "Bo", CONNECT, owner=make_user("resident", area))
    page = browser_of(connector).get(between(area, library, bo))
    assert not page.context["may_propose"]
    Consent.objects.give(bo, [Consent.Purpose.INTRODUCE], language="da", channel="web")
    assert browser_of(connector).get(between(area, library, bo)).context["may_propose"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_are_only_read(client, area, method):
    for name in ("chains", "chain-ends"):
        assert getattr(client, method)(url(name, area)).status_code == 405


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(client, area):
    few, many = area, make_area("mange")
    counts = []
    for place, ways in ((few, 1), (many, 4)):
        start, end = make_association(place), make_association(place)
        for number in range(ways):
            middle = agreeing(place, f"Bo {number}", CONNECT, visibility="public")
            make_link(middle, start, "helps")
            make_link(middle, end, "helps")
        counts.append(queries(client, between(place, start, end)))
    assert counts[0] == counts[1]
