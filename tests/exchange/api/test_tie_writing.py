"""Writing ties through the API."""

import pytest

from assetmap.inventory.models import Link
from tests.factories import make_link, make_place, make_resident

from .conftest import refusal

TIES = "/areas/urbanplanen/ties"


def between(source, target, kind="uses", **more):
    return {"source": str(source.uid), "target": str(target.uid), "kind": kind, **more}


@pytest.fixture
def tie(club, garden):
    return make_link(club, garden, "uses")


def test_a_coordinator_adds_a_tie(keeper, coordinator, club, garden):
    sent = between(club, garden, since="2013-05", note="om søndagen", strength=3)
    response = keeper.ask("POST", TIES, sent)
    assert response.status_code == 201
    told = response.json()
    assert {name: told[name] for name in sent} == sent
    assert (told["visibility"], told["until"], told["version"]) == ("public", "", 1)
    assert Link.objects.get().created_by == coordinator


def test_a_tie_that_means_the_same_both_ways_stands_once(keeper, club, garden):
    first, second = sorted((club, garden), key=lambda asset: asset.pk)
    told = keeper.ask("POST", TIES, between(second, first, "works_with")).json()
    assert (told["source"], told["target"]) == (str(first.uid), str(second.uid))
    again = keeper.ask("POST", TIES, between(first, second, "works_with"))
    assert "This tie stands there already." in refusal(again, 422)


@pytest.mark.parametrize(
    ("sent", "about"),
    [
        ({"kind": "knows"}, "kind:"),
        ({"kind": "hates"}, "kind:"),
        ({"since": "i går"}, "since: Write a year"),
        ({"since": "2013", "until": "2012"}, "cannot end before it began"),
        ({"strength": 4}, "strength:"),
        ({"note": "0101011236"}, "note: This looks like it holds a CPR number"),
        ({"visibility": "friends"}, "visibility:"),
        ({"source": "me"}, "source:"),
        ({"target": "0d9a3d9c-2a30-4a35-9d8e-0f6f3a3c1c55"}, "target: There is no such asset"),
        ({"version": 1}, "version:"),
    ],
)
def test_a_tie_that_the_form_would_refuse_is_refused_in_words(keeper, club, garden, sent, about):
    response = keeper.ask("POST", TIES, between(club, garden) | sent)
    assert about in refusal(response, 422)
    assert not Link.objects.exists()


def test_no_tie_goes_to_itself_to_a_resident_or_to_another_area(keeper, area, other_area, club):
    person = make_resident(area, "Cilla", visibility="public")
    for end in (club, person, make_place(other_area)):
        refusal(keeper.ask("POST", TIES, between(club, end)), 422)
    refusal(keeper.ask("POST", TIES, between(person, club, "helps")), 422)
    assert not Link.objects.exists()


def test_a_change_changes_what_it_names_and_nothing_else(keeper, tie):
    before = keeper.get(f"{TIES}/{tie.uid}")
    sent = {"kind": "supports", "until": "2020", "version": 1}
    response = keeper.ask("PATCH", f"{TIES}/{tie.uid}", sent)
    assert response.status_code == 200, response.content
    assert response.json() == before | sent | {"version": 2}


def test_a_change_without_its_version_or_to_nothing_is_refused(keeper, tie):
    path = f"{TIES}/{tie.uid}"
    assert "version" in refusal(keeper.ask("PATCH", path, {"note": "Ny"}), 422)
    assert "source" in refusal(keeper.ask("PATCH", path, {"source": "x", "version": 1}), 422)
    assert "kind:" in refusal(keeper.ask("PATCH", path, {"kind": "knows", "version": 1}), 422)
    tie.refresh_from_db()
    assert (tie.note, tie.kind, tie.version) == ("", "uses", 1)


def test_a_stale_change_is_refused_with_what_stands_there_now(keeper, tie):
    path = f"{TIES}/{tie.uid}"
    keeper.ask("PATCH", path, {"note": "Først"}, if_match='"1"')
    response = keeper.ask("PATCH", path, {"note": "Så"}, if_match='"1"')
    refusal(response, 409)
    assert response.json()["current"]["note"] == "Først"


def test_a_tie_is_taken_away(keeper, tie):
    response = keeper.ask("DELETE", f"{TIES}/{tie.uid}")
    assert (response.status_code, response.content) == (204, b"")
    assert not Link.objects.exists()
    refusal(keeper.ask("DELETE", f"{TIES}/{tie.uid}"), 404)


def test_a_tie_of_a_resident_is_neither_changed_nor_taken_away(keeper, area, garden):
    tie = make_link(make_resident(area, "Cilla", visibility="public"), garden, "helps")
    refusal(keeper.ask("PATCH", f"{TIES}/{tie.uid}", {"note": "x", "version": 1}), 404)
    refusal(keeper.ask("DELETE", f"{TIES}/{tie.uid}"), 404)
    assert Link.objects.count() == 1
