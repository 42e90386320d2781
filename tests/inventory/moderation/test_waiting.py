"""New words wait for a coordinator, where the area has it so."""

import pytest

from assetmap.inventory.models import Asset, Offering, Proposal
from assetmap.inventory.moderation import hold_newly_shown, must_wait, propose
from tests import factories
from tests.contracts import as_shown, browser_of, text_of
from tests.inventory.moderation.steps import (
    EMOJI,
    OVERRIDE,
    RTL,
    decide,
    edit,
    kept,
    waiting,
)

# Who waits


@pytest.mark.parametrize("moderated", [True, False])
@pytest.mark.parametrize("who", ["neighbour", "partner", "stranger", "coordinator"])
def test_new_words_wait_for_all_but_coordinators_where_the_area_has_it_so(
    request, area, place, who, moderated
):
    area.moderated = moderated
    waits = moderated and who != "coordinator"
    assert must_wait(place, request.getfixturevalue(who)) is waits


@pytest.mark.parametrize(
    ("was", "now", "status", "then"),
    [
        ("private", "public", "active", "pending"),
        ("private", "partners", "active", "pending"),
        ("private", "public", "archived", "pending"),
        ("private", "public", "unconfirmed", "unconfirmed"),
        ("private", "private", "active", "active"),
        ("neighbours", "public", "active", "active"),
        ("public", "private", "active", "active"),
    ],
)
def test_only_what_is_newly_shown_waits_as_a_whole(resident, owner, was, now, status, then):
    Asset.objects.update(visibility=now, status=status)
    asset = kept(resident)
    assert hold_newly_shown(asset, owner, was) is (then == "pending" != status)
    assert (asset.status, kept(resident).status) == (then, then)


def test_a_coordinator_shows_a_private_record_at_once(resident, coordinator):
    assert hold_newly_shown(resident, coordinator, "private") is False
    assert kept(resident).status == "active"


# A record that was private


def test_a_record_that_is_shown_for_the_first_time_waits(hers, client, area, resident):
    Asset.objects.update(visibility="private")
    said = edit(hers, resident, visibility="neighbours", summary="Bakes bread")
    asset = kept(resident)
    assert (asset.status, asset.visibility, asset.summary) == (
        *("pending", "neighbours", "Bakes bread"),
    )
    assert "Others see it when a coordinator has looked at it." in text_of(said)
    assert not Proposal.objects.exists()
    neighbour = browser_of(factories.make_user("resident", area))
    assert neighbour.get(resident.url("detail")).status_code == 404


def test_nothing_is_held_in_a_private_record(hers, resident):
    Asset.objects.update(visibility="private")
    edit(hers, resident, summary="Bakes bread", **{"gifts-0-what": "Tøndebånd"})
    assert kept(resident).summary == "Bakes bread"
    assert not Proposal.objects.exists()
    assert [row.waiting for row in Offering.objects.all()] == [False]


def test_nothing_is_held_in_a_record_that_waits_itself(hers, resident):
    Asset.objects.update(status="pending")
    edit(hers, resident, summary="Bakes bread")
    assert (kept(resident).summary, kept(resident).status) == ("Bakes bread", "pending")
    assert not Proposal.objects.exists()


def test_where_nothing_is_moderated_all_is_shown_at_once(hers, client, area, resident):
    area.moderated = False
    area.save()
    edit(hers, resident, summary="Bakes bread", **{"gifts-0-what": "Tøndebånd"})
    Asset.objects.update(visibility="private")
    edit(hers, resident, visibility="public")
    page = text_of(client.get(resident.url("detail")))
    assert "Bakes bread" in page
    assert "Tøndebånd" in page
    assert kept(resident).status == "active"


# A record that others see


def test_changed_words_wait_and_the_old_ones_stand(hers, owner, resident):
    said = edit(hers, resident, name="Fatma Æ", summary="Bakes rye", would_start="A choir")
    asset = kept(resident)
    assert (asset.name, asset.summary, asset.would_start) == ("Fatma", "Bakes", "")
    assert asset.version == 2
    assert waiting() == [
        *(("name", "Fatma Æ", owner), ("summary", "Bakes rye", owner)),
        ("would_start", "A choir", owner),
    ]
    assert "Your new words wait until a coordinator has seen them." in text_of(said)


def test_all_but_words_is_changed_at_once(hers, resident):
    changes = {"contact": "21 21 21 21", "age_band": "65+", "visibility": "partners"}
    said = edit(
        hers, resident, languages=["da", "so"], latitude="55.65", longitude="12.6", **changes
    )
    asset = kept(resident)
    assert {name: getattr(asset, name) for name in changes} == changes
    assert [language.code for language in asset.languages.all()] == ["da", "so"]
    assert asset.latitude
    assert not Proposal.objects.exists()
    assert "wait until a coordinator" not in text_of(said)


def test_taking_words_away_is_at_once(hers, resident):
    edit(hers, resident, summary="Bakes rye")
    said = edit(hers, resident, summary="", availability="")
    assert (kept(resident).summary, kept(resident).availability) == ("", "")
    assert waiting() == []
    assert "wait until a coordinator" not in text_of(said)


def test_words_of_a_record_that_is_made_private_do_not_wait(hers, resident):
    edit(hers, resident, summary="Bakes rye")
    edit(hers, resident, summary="Bakes wheat", visibility="private")
    assert kept(resident).summary == "Bakes wheat"
    assert waiting() == []


def test_newer_words_take_the_place_of_those_that_waited(hers, owner, resident):
    edit(hers, resident, summary="Bakes rye", availability="Evenings")
    edit(hers, resident, summary="Bakes wheat")
    assert waiting() == [("availability", "Evenings", owner), ("summary", "Bakes wheat", owner)]


def test_another_ones_proposal_for_the_same_text_stays(hers, owner, resident, neighbour):
    propose(resident, neighbour, "Bakes a lot", "summary")
    edit(hers, resident, summary="Bakes rye")
    assert waiting() == [
        *(("summary", "Bakes a lot", neighbour), ("summary", "Bakes rye", owner)),
    ]


def test_sending_the_same_edit_twice_does_no_harm(hers, owner, resident):
    data = as_shown(hers.get(resident.url("edit")), summary="Bakes rye")
    for _ in range(2):
        hers.post(resident.url("edit"), data)
    assert waiting() == [("summary", "Bakes rye", owner)]
    assert kept(resident).version == 2


def test_words_do_not_slip_in_while_a_record_is_paused(hers, client, resident):
    hers.post(resident.url("archive"))
    edit(hers, resident, summary="Slipped in", **{"gifts-0-what": "Slipped too"})
    hers.post(resident.url("restore"))
    assert kept(resident).status == "active"
    client.logout()
    assert "Slipped" not in text_of(client.get(resident.url("detail")))


def test_a_coordinators_own_edits_are_never_held(coordinating, resident):
    edit(coordinating, resident, summary="Bakes rye", **{"gifts-0-what": "Tøndebånd"})
    assert kept(resident).summary == "Bakes rye"
    assert not Proposal.objects.exists()
    assert not Offering.objects.get().waiting


@pytest.mark.parametrize("text", [EMOJI, RTL, OVERRIDE])
def test_emoji_and_words_from_right_to_left_are_kept_as_they_are(
    hers, coordinating, area, resident, text
):
    edit(hers, resident, summary=text, name=text)
    assert {row.text for row in Proposal.objects.all()} == {text}
    for proposal in Proposal.objects.all():
        decide(coordinating, resident, "words", "use", proposal=proposal.pk)
    assert (kept(resident).name, kept(resident).summary) == (text, text)
    assert f'<h1 dir="auto">{text}</h1>' in text_of(hers.get(resident.url("detail")))


# What waits for the person herself


def test_an_unconfirmed_record_is_handed_over_and_not_put_in_use(coordinating, hers, resident):
    Asset.objects.update(status="unconfirmed")
    page = text_of(coordinating.get(resident.url("detail")))
    assert "This waits for the person's own yes." in page
    assert "Put it in use" not in page
    for button in ("restore", "archive"):
        assert resident.url(button) not in page
    assert resident.url("erase") in page
    assert "Hand it over" not in text_of(hers.get(resident.url("detail")))
