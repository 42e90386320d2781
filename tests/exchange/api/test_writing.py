"""Writing assets through the API: for coordinators with a token, by the rules of the forms."""

import pytest

from assetmap.areas.models import Area
from assetmap.inventory.models import Asset
from tests.factories import (
    make_address,
    make_association,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

from .conftest import Program, refusal

ASSETS = "/areas/urbanplanen/assets"
GARDEN = {"layer": "place", "name": "Fælleshaven", "latitude": 55.65, "longitude": 12.59}


def one(asset):
    return f"{ASSETS}/{asset.uid}"


# Adding -----------------------------------------------------------------------------------


def test_a_coordinator_adds_an_asset_with_all_that_belongs_to_it(keeper, coordinator, area):
    sent = GARDEN | {
        **{"kind": "garden", "capacity": 12, "visibility": "partners", "languages": ["da", "so"]},
        "gifts": [{"gift": "FG7"}, {"text": "Høns på lån", "mode": "learn", "note": "fire"}],
    }
    response = keeper.ask("POST", ASSETS, sent)
    assert response.status_code == 201
    told = response.json()
    gifts = told.pop("gifts")
    assert {name: told[name] for name in sent if name != "gifts"} == {
        name: value for name, value in sent.items() if name != "gifts"
    }
    assert [(gift["gift"], gift["mode"]) for gift in gifts] == [("FG7", "can"), (None, "learn")]
    garden = Asset.objects.get(uid=told["uid"])
    assert (garden.area, garden.created_by, garden.status) == (area, coordinator, "active")
    assert "hoens" in garden.search_text


def test_an_asset_is_of_its_layers_usual_kind_unless_it_is_said(keeper, area):
    told = keeper.ask("POST", ASSETS, {"layer": "association", "name": "Klubben"}).json()
    assert (told["stage"], told["visibility"], told["latitude"]) == ("activity", "public", None)


def test_an_address_of_the_area_gives_the_position(keeper, area):
    address = make_address(area)
    sent = {"layer": "place", "name": "Salen", "address": address.text}
    assert keeper.ask("POST", ASSETS, sent).json()["latitude"] == address.latitude


def test_what_may_be_here_already_is_shown_and_added_only_when_said_so(keeper, area):
    garden = make_place(area, "Fælleshaven")
    response = keeper.ask("POST", ASSETS, GARDEN)
    assert "is_new" in refusal(response, 409)
    assert [alike["uid"] for alike in response.json()["likely"]] == [str(garden.uid)]
    assert keeper.ask("POST", ASSETS, GARDEN | {"is_new": True}).status_code == 201
    assert Asset.objects.filter(name="Fælleshaven").count() == 2


def test_a_resident_of_the_same_name_is_not_given_away(keeper, area):
    make_resident(area, "Fælleshaven")
    assert keeper.ask("POST", ASSETS, GARDEN).status_code == 201


@pytest.mark.parametrize(
    ("sent", "about"),
    [
        ({"layer": "resident"}, "layer"),
        ({"layer": None}, "layer"),
        ({"name": ""}, "name:"),
        ({"name": "010190-1234 Bo 0101011236"}, "name: This looks like it holds a CPR number"),
        ({"name": "x" * 151}, "name:"),
        ({"name": "a\x00b"}, "name:"),
        ({"name": 7}, "name:"),
        ({"name": "\ud800"}, "no JSON that can be read"),
        ({"latitude": 91}, "latitude:"),
        ({"latitude": "55"}, "latitude:"),
        ({"latitude": None}, "both latitude and longitude"),
        ({"kind": "castle"}, "kind:"),
        ({"capacity": -1}, "capacity:"),
        ({"email": "bo"}, "email:"),
        ({"website": "javascript:alert(1)"}, "website:"),
        ({"languages": ["xx"]}, "languages:"),
        ({"languages": "da"}, "languages:"),
        ({"owner": 1}, "owner:"),
        ({"status": "archived"}, "status:"),
        ({"gifts": [{"gift": "XX9"}]}, "gift: “XX9” is no code"),
        ({"gifts": [{"gift": "FG7\x00"}]}, "is no code"),
        ({"gifts": [{"gift": "FG7", "text": "Bagning"}]}, "gift: Send either"),
        ({"gifts": [{}]}, "gift: Send either"),
        ({"gifts": [{"text": "0101011236"}]}, "CPR"),
        ({"gifts": [{"gift": "FG7"}, {"gift": "FG7"}]}, "stands there already"),
        ({"gifts": [{"gift": "FG7", "mode": "hates"}]}, "mode:"),
    ],
)
def test_what_the_form_would_refuse_is_refused_in_words(keeper, area, sent, about):
    assert about in refusal(keeper.ask("POST", ASSETS, GARDEN | sent), 422)
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'"x"', b"[" * 100_000, b'{"name": 1e999}']
)
def test_a_body_that_is_no_asset_is_refused_in_words(keeper, area, body):
    response = keeper.client.post(f"/api/v1{ASSETS}", body, content_type="application/json")
    assert refusal(response, 422)


def test_a_body_that_is_too_big_is_refused_in_words(keeper, area, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert "too big" in refusal(keeper.ask("POST", ASSETS, GARDEN | {"summary": "x" * 100}), 413)


# Changing ---------------------------------------------------------------------------------


def test_a_change_changes_what_it_names_and_nothing_else(keeper, area):
    club = make_association(
        area, "Klubben", stage="idea", founded="2013-05", email="a@b.dk", cvr="10150817"
    )
    make_offering(club, "FG7")
    club.milestones.create(date="2012", text="Begyndte")
    club.figures.create(date="2012", measure="Medlemmer", value="12.50")
    club.languages.create(code="da")
    before = keeper.get(one(club))
    response = keeper.ask("PATCH", one(club), {"stage": "group", "phone": "12", "version": 1})
    assert response.status_code == 200
    changed = {"stage": "group", "phone": "12", "version": 2}
    after = response.json()
    for moment in ("updated_at", "confirmed_at"):
        assert after.pop(moment) != before.pop(moment)
    assert after == before | changed
    assert [m.text for m in club.milestones.all()] == ["Begyndte"]
    assert [str(f.value) for f in club.figures.all()] == ["12.50"]


def test_a_field_is_emptied_by_sending_it_empty(keeper, area):
    place = make_place(area, summary="Her", capacity=5, wheelchair="yes")
    place.languages.create(code="da")
    empty = {"summary": "", "capacity": None, "wheelchair": "", "languages": []}
    told = keeper.ask("PATCH", one(place), empty | {"version": 1}).json()
    assert {name: told[name] for name in empty} == empty


def test_the_version_may_stand_in_the_header(keeper, garden):
    for number, header in enumerate(('"1"', "2", 'W/"3"'), 2):
        response = keeper.ask("PATCH", one(garden), {"summary": header}, if_match=header)
        assert response.json()["version"] == number


@pytest.mark.parametrize("header", ["", "x", "*", '"-1"', '"0"', "9" * 5000])
def test_a_header_that_says_no_version_is_refused_in_words(keeper, garden, header):
    response = keeper.ask("PATCH", one(garden), {"summary": "Nyt"}, if_match=header)
    assert "version: Send the version" in refusal(response, 422)


def test_a_stale_change_is_refused_with_what_stands_there_now(keeper, garden):
    keeper.ask("PATCH", one(garden), {"summary": "Først", "version": 1})
    response = keeper.ask("PATCH", one(garden), {"summary": "Så", "version": 1})
    assert "Somebody else changed this" in refusal(response, 409)
    assert response.json()["current"]["summary"] == "Først"
    assert response.json()["current"]["version"] == 2
    assert keeper.ask("PATCH", one(garden), {"summary": "Så", "version": 2}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "about"),
    [
        ({}, "version: Send the version"),
        ({"version": "1"}, "version:"),
        ({"version": 1, "stage": "idea"}, "stage: This layer has no such field"),
        ({"version": 1, "layer": "place"}, "layer:"),
        ({"version": 1, "name": ""}, "name:"),
        ({"version": 1, "name": None}, "name:"),
        ({"version": 1, "summary": "0101011236"}, "summary: This looks like it holds a CPR"),
        ({"version": 1, "latitude": None}, "both latitude and longitude"),
    ],
)
def test_a_change_that_the_form_would_refuse_is_refused_in_words(keeper, garden, sent, about):
    before = keeper.get(one(garden))
    assert about in refusal(keeper.ask("PATCH", one(garden), sent), 422)
    assert keeper.get(one(garden)) == before


def test_archiving_takes_it_off_the_list_and_keeps_it(keeper, garden):
    assert keeper.ask("DELETE", one(garden)).json()["status"] == "archived"
    assert keeper.get(ASSETS)["assets"] == []
    assert Asset.objects.get().status == "archived"
    assert keeper.ask("DELETE", one(garden)).status_code == 200  # as often as one likes


def test_what_waits_is_not_archived_but_decided_on_the_site(keeper, area):
    waiting = make_place(area, status="pending")
    assert "waits for a coordinator" in refusal(keeper.ask("DELETE", one(waiting)), 409)


# Gifts and wishes -------------------------------------------------------------------------


def test_gifts_are_added_and_taken_out_one_by_one(keeper, garden):
    response = keeper.ask("POST", f"{one(garden)}/gifts", {"gift": "FG7", "mode": "teach"})
    assert (response.status_code, response.json()["version"]) == (201, 2)
    keeper.ask("POST", f"{one(garden)}/gifts", {"text": "Høns", "times": "lørdag"})
    told = keeper.get(f"{one(garden)}/gifts")
    assert [(gift["gift"], gift["mode"], gift["times"]) for gift in told] == [
        ("FG7", "teach", ""),
        (None, "can", "lørdag"),
    ]
    for which in ("gift=FG7&mode=teach", "text=Høns&mode=can"):
        assert keeper.ask("DELETE", f"{one(garden)}/gifts?{which}").status_code == 200
    assert keeper.get(f"{one(garden)}/gifts") == []


def test_a_gift_that_is_there_or_not_there_is_said(keeper, garden):
    make_offering(garden, "FG7")
    gifts = f"{one(garden)}/gifts"
    assert "stands there already" in refusal(keeper.ask("POST", gifts, {"gift": "FG7"}), 422)
    refusal(keeper.ask("DELETE", f"{gifts}?gift=FG7&mode=teach"), 404)
    refusal(keeper.ask("DELETE", f"{gifts}?gift=FG7"), 422)
    assert len(keeper.get(gifts)) == 1


def test_every_gift_is_known_by_its_code(keeper, garden):
    """Also one whose name is another one's synonym."""
    codes = [gift["code"] for gift in keeper.get("/gifts")][:60]
    sent = GARDEN | {"name": "Torvet", "gifts": [{"gift": code} for code in codes]}
    told = keeper.ask("POST", ASSETS, sent).json()
    assert [gift["gift"] for gift in told["gifts"]] == codes


# Who may ----------------------------------------------------------------------------------


def writes(garden):
    """Every way to write, as (method, path, body)."""
    ties = "/areas/urbanplanen/ties"
    tie = {"source": str(garden.uid), "target": str(garden.uid), "kind": "uses"}
    return [
        ("POST", ASSETS, GARDEN),
        ("PATCH", one(garden), {"summary": "Nyt", "version": 1}),
        ("DELETE", one(garden), None),
        ("POST", f"{one(garden)}/gifts", {"gift": "FG7"}),
        ("DELETE", f"{one(garden)}/gifts?gift=FG7&mode=can", None),
        ("POST", ties, tie),
        ("PATCH", f"{ties}/{garden.uid}", {"version": 1}),
        ("DELETE", f"{ties}/{garden.uid}", None),
    ]


@pytest.mark.parametrize("role", ["resident", "partner", "stranger", "owner"])
def test_who_does_not_coordinate_the_area_may_not_write(area, garden, stranger, role):
    user = stranger if role == "stranger" else make_user(role.replace("owner", "resident"), area)
    if role == "owner":
        Asset.objects.update(owner=user)
    for method, path, body in writes(garden):
        text = refusal(Program(user).ask(method, path, body), 403)
        assert text == "Only coordinators of this area may write here."
    assert Asset.objects.get().version == 1


def test_without_a_token_nobody_writes_whoever_is_signed_in(visitor, coordinator, garden):
    visitor.client.force_login(coordinator)
    for method, path, body in writes(garden):
        response = visitor.ask(method, path, body)
        assert "Send a token" in refusal(response, 401)
        assert response["WWW-Authenticate"] == "Bearer"
    assert Asset.objects.get().version == 1


def test_nothing_is_written_about_residents_or_into_another_area(keeper, area, other_area):
    person = make_resident(area, "Cilla", visibility="public")
    elsewhere = make_place(other_area)
    for asset in (person, elsewhere):
        for method, path, body in writes(asset)[1:5]:
            refusal(keeper.ask(method, path, body), 404)
    path = f"/areas/naboby/assets/{elsewhere.uid}"
    refusal(keeper.ask("DELETE", path), 403)
    assert (
        Area.objects.count() == 2 and Asset.objects.filter(version=1, status="active").count() == 2
    )
