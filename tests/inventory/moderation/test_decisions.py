"""A coordinator decides what waits: records, words and gifts."""

import pytest
from django.urls import reverse

from assetmap.areas.models import Membership
from assetmap.inventory.models import Asset, Offering, Proposal
from assetmap.inventory.moderation import propose
from tests import factories
from tests.contracts import CPR, text_of
from tests.inventory.moderation.steps import (
    DECISIONS,
    STALE,
    decide,
    edit,
    kept,
    queue,
)

# Deciding on records


def test_letting_a_record_in_shows_it_with_all_its_words(coordinating, client, area, resident):
    factories.make_offering(resident, None, text="Tøndebånd", waiting=True)
    Asset.objects.update(status="pending")
    assert "“Fatma” is in use now." in text_of(decide(coordinating, resident, "records", "let-in"))
    assert Asset.objects.search("tøndebånd").count() == 1
    assert "Tøndebånd" in text_of(client.get(resident.url("detail")))


@pytest.mark.parametrize("ticked", [True, False])
def test_letting_a_resident_in_may_make_her_a_neighbour(coordinating, area, ticked):
    her = factories.make_user()
    new = factories.make_resident(area, status="pending", visibility="public", owner=her)
    decide(coordinating, new, "records", "let-in", **({"neighbour": "1"} if ticked else {}))
    roles = list(her.memberships.values_list("area", "role"))
    assert roles == ([(area.pk, "resident")] if ticked else [])


def test_letting_in_changes_no_role_and_gives_none_to_other_owners(coordinating, area, partner):
    her, his = (
        factories.make_resident(area, status="pending", visibility="public", owner=partner),
        factories.make_place(area, status="pending", owner=factories.make_user()),
    )
    assert "This is a neighbour here" not in text_of(queue(coordinating, area))
    before = Membership.objects.count()
    for asset in (her, his):
        decide(coordinating, asset, "records", "let-in", neighbour="1")
    assert Membership.objects.count() == before
    assert partner.memberships.get().role == "partner"


def test_a_record_that_was_turned_down_does_not_come_back_to_others_by_its_owner(
    hers, coordinating, resident
):
    Asset.objects.update(status="pending")
    decide(coordinating, resident, "records", "archive")
    assert kept(resident).status == "archived"
    hers.post(resident.url("restore"))
    assert (kept(resident).status, kept(resident).visibility) == ("active", "private")
    edit(hers, resident, visibility="public")
    assert kept(resident).status == "pending"


def test_what_waits_is_put_away_from_the_queue_alone(coordinating, resident):
    Asset.objects.update(status="pending")
    page = text_of(coordinating.get(resident.url("detail")))
    assert resident.url("archive") not in page
    assert coordinating.post(resident.url("archive")).status_code == 404


def test_what_changed_since_it_was_shown_is_not_let_in_unseen(hers, coordinating, resident):
    Asset.objects.update(status="pending")
    seen = Asset.objects.get().version
    edit(hers, resident, summary="Something else")
    assert STALE in text_of(decide(coordinating, resident, "records", "let-in", version=seen))
    assert kept(resident).status == "pending"


def test_deciding_twice_on_a_record_is_said(coordinating, resident):
    Asset.objects.update(status="pending")
    decide(coordinating, resident, "records", "let-in")
    assert STALE in text_of(decide(coordinating, resident, "records", "archive"))
    assert kept(resident).status == "active"


# Deciding on words


def test_words_that_are_used_stand_and_are_found(hers, client, coordinating, resident):
    edit(hers, resident, name="Ågård", summary="Syr")
    for proposal in Proposal.objects.all():
        said = decide(coordinating, resident, "words", "use", proposal=proposal.pk)
    assert "The new words are on the page of “Ågård” now." in text_of(said)
    asset = kept(resident)
    assert (asset.name, asset.summary, asset.version) == ("Ågård", "Syr", 4)
    assert asset.name_order.startswith("zz3")
    assert Asset.objects.search("aagaard syr").count() == 1
    assert not Proposal.objects.exists()


def test_a_layers_own_words_are_used_as_well(hers, coordinating, resident):
    edit(hers, resident, would_start="Et kor")
    assert "Would start" in text_of(queue(coordinating, resident.area))
    decide(coordinating, resident, "words", "use", proposal=Proposal.objects.get().pk)
    assert kept(resident).would_start == "Et kor"
    assert Asset.objects.search("et kor").count() == 1


def test_words_that_are_declined_go(hers, coordinating, resident):
    edit(hers, resident, summary="Syr")
    said = decide(coordinating, resident, "words", "drop", proposal=Proposal.objects.get().pk)
    assert "“Fatma” stays as it is." in text_of(said)
    assert kept(resident).summary == "Bakes"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"), [("name", "x" * 151), ("summary", f"My number is {CPR}")]
)
def test_words_that_cannot_stand_there_are_refused_with_a_sentence(
    coordinating, place, field, text
):
    proposal = Proposal.objects.create(asset=place, field=field, text=text)
    said = decide(coordinating, place, "words", "use", proposal=proposal.pk)
    errors = [str(m) for m in said.context["messages"] if m.level_tag == "error"]
    assert len(errors) == 1
    assert text not in errors[0]
    assert (kept(place).name, kept(place).summary) == ("The hall", "A big room")
    assert Proposal.objects.exists()


def test_deciding_twice_on_words_is_said(coordinating, place):
    propose(place, factories.make_user(), "Smaller", "summary")
    data = {"proposal": Proposal.objects.get().pk}
    decide(coordinating, place, "words", "use", **data)
    for do in ("use", "drop"):
        assert STALE in text_of(decide(coordinating, place, "words", do, **data))
    assert kept(place).summary == "Smaller"


def test_words_that_were_written_anew_are_not_used_unseen(hers, coordinating, resident):
    edit(hers, resident, summary="Nice")
    seen = Proposal.objects.get().pk
    edit(hers, resident, summary="Nasty")
    assert STALE in text_of(decide(coordinating, resident, "words", "use", proposal=seen))
    assert kept(resident).summary == "Bakes"
    assert Proposal.objects.get().text == "Nasty"


def test_a_message_is_read_and_done_and_cannot_be_used(coordinating, place):
    propose(place, factories.make_user(), "The door is red")
    data = {"proposal": Proposal.objects.get().pk}
    assert STALE in text_of(decide(coordinating, place, "words", "use", **data))
    assert Proposal.objects.exists()
    decide(coordinating, place, "words", "drop", **data)
    assert not Proposal.objects.exists()
    assert kept(place).version == 1


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 30, "a\x00", "🥖"])
@pytest.mark.parametrize("name", ["uid", "version", "proposal", "row", "do"])
def test_a_decision_that_makes_no_sense_is_answered_with_a_sentence(
    coordinating, area, place, name, value
):
    row = factories.make_offering(place, None, text="Tøndebånd", waiting=True)
    propose(place, factories.make_user(), "Smaller", "summary")
    data = {"row": row.pk, "proposal": Proposal.objects.get().pk, name: value}
    kind, do = ("gifts", "accept") if name == "row" else ("words", "use")
    answer = decide(coordinating, place, kind, **{"do": do} | data)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1
    assert Offering.objects.get().waiting
    assert kept(place).summary == "A big room"


def test_decisions_are_not_made_by_looking(coordinating, area):
    for name in DECISIONS:
        assert coordinating.get(reverse(f"inventory:{name}", args=[area.slug])).status_code == 405


# Deciding on gifts


def test_gifts_that_are_accepted_are_shown_and_found(coordinating, client, resident):
    rows = [
        factories.make_offering(resident, None, text=text, waiting=True)
        for text in ("Tøndebånd", "Riddere", "Rester")
    ]
    assert not Asset.objects.search("tøndebånd").exists()
    decide(coordinating, resident, "gifts", "accept", row=[rows[0].pk, rows[1].pk])
    assert Asset.objects.search("tøndebånd riddere").count() == 1
    page = text_of(client.get(resident.url("detail")))
    assert "Tøndebånd" in page
    assert "Rester" not in page
    decide(coordinating, resident, "gifts", "remove", row=[rows[2].pk])
    assert {str(row) for row in Offering.objects.all()} == {"Tøndebånd", "Riddere"}


def test_gifts_that_were_changed_or_decided_meanwhile_are_left_as_they_are(
    hers, coordinating, resident
):
    row = factories.make_offering(resident, None, text="Nice", waiting=True)
    shown = Asset.objects.get().version
    edit(hers, resident, **{"gifts-0-what": "Nasty"})
    said = decide(coordinating, resident, "gifts", "accept", row=row.pk, version=shown)
    assert STALE in text_of(said)
    assert Offering.objects.get().waiting
    decide(coordinating, resident, "gifts", "accept", row=row.pk)
    assert STALE in text_of(decide(coordinating, resident, "gifts", "remove", row=row.pk))
    assert not Offering.objects.get().waiting


def test_only_rows_that_wait_are_removed(coordinating, resident, place):
    shown = factories.make_offering(resident, None, text="Tøndebånd")
    other = factories.make_offering(place, None, text="Riddere", waiting=True)
    decide(coordinating, resident, "gifts", "remove", row=[shown.pk, other.pk])
    assert Offering.objects.count() == 2


def test_deciding_on_no_gift_at_all_is_said(coordinating, resident):
    said = decide(coordinating, resident, "gifts", "remove")
    assert "Tick the gifts and wishes that you decide about." in text_of(said)
