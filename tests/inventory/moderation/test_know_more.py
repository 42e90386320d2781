"""Anybody can say “I know more about this”, and it waits."""

import pytest

from assetmap.inventory.models import Asset, Proposal
from tests.contracts import CPR, as_shown, browser_of, text_of
from tests.inventory.moderation.steps import (
    EMOJI,
    OVERRIDE,
    RTL,
    kept,
    know_more,
    queue,
    waiting,
    with_initial,
)

# I know more about this


def test_anybody_tells_what_she_knows_without_an_account(client, area, place):
    assert place.url("know-more") in text_of(client.get(place.url("detail")))
    page = client.get(place.url("know-more"))
    assert "A big room</textarea>" in text_of(page)
    said = know_more(client, place, message="The door is red", summary="A small room")
    assert said.redirect_chain[-1][0] == place.url("detail")
    assert "Thank you. A coordinator will look at what you wrote." in text_of(said)
    assert sorted(waiting()) == [
        *(("", "The door is red", None), ("summary", "A small room", None)),
    ]
    assert kept(place).summary == "A big room"
    assert "A small room" not in text_of(client.get(place.url("detail")))


@pytest.mark.parametrize("who", ["neighbour", "coordinator"])
@pytest.mark.parametrize("moderated", [True, False])
def test_it_waits_whoever_writes_and_wherever(request, area, place, who, moderated):
    type(area).objects.update(moderated=moderated)
    user = request.getfixturevalue(who)
    know_more(browser_of(user), place, summary="A small room")
    assert waiting() == [("summary", "A small room", user)]
    assert kept(place).summary == "A big room"


def test_whoever_is_signed_in_reads_what_she_wrote(client, place, neighbour, partner):
    know_more(browser_of(neighbour), place, message="The door is red")
    for reader, sees in (
        *((browser_of(neighbour), True), (browser_of(partner), False), (client, False)),
    ):
        assert ("The door is red" in text_of(reader.get(place.url("detail")))) is sees


@pytest.mark.parametrize("message", ["", "   "])
def test_writing_nothing_is_refused_with_a_sentence(client, place, message):
    refused = know_more(client, place, message=message)
    assert "Write what you know, or change the text." in text_of(refused)
    assert not Proposal.objects.exists()


def test_a_text_that_stands_as_it_did_is_no_proposal(client, place):
    place.summary = "One line\nand another"
    place.save()
    know_more(client, place, message="m", summary="One line\r\nand another ")
    assert [row.field for row in Proposal.objects.all()] == [""]


def test_a_text_that_somebody_else_changed_meanwhile_is_no_proposal(client, place):
    data = as_shown(client.get(place.url("know-more")), message="m") | with_initial(place)
    Asset.objects.update(summary="Changed meanwhile")
    client.post(place.url("know-more"), data)
    assert [row.field for row in Proposal.objects.all()] == [""]


def test_an_emptied_text_is_no_proposal(client, place):
    assert "Write what you know" in text_of(know_more(client, place, summary=""))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("field", ["summary", "message"])
@pytest.mark.parametrize("text", [f"Call {CPR}", "x" * 2001, "a\x00b"])
def test_what_may_not_be_kept_is_refused_and_stays_in_the_form(client, place, field, text):
    refused = know_more(client, place, **{field: text})
    assert list(refused.context["form"].errors) == [field]
    assert CPR not in str(refused.context["form"].errors)
    assert refused.context["form"][field].value() == text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("text", [EMOJI, RTL, OVERRIDE, "<script>alert(1)</script>"])
def test_what_is_written_is_kept_and_shown_as_text(client, coordinating, area, place, text):
    know_more(client, place, message=text)
    assert Proposal.objects.get().text == text
    page = text_of(queue(coordinating, area))
    assert "<script>alert" not in page
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page


def test_sending_the_same_twice_is_kept_once(client, place, neighbour):
    for sender in (client, client, browser_of(neighbour), browser_of(neighbour)):
        know_more(sender, place, message="The door is red", summary="A small room")
    assert Proposal.objects.count() == 4


def test_a_robot_is_thanked_and_nothing_is_kept(client, place):
    assert "Thank you." in text_of(know_more(client, place, message="Buy", website="http://x"))
    assert "Thank you." in text_of(know_more(client, place, website="http://x"))
    assert not Proposal.objects.exists()


def test_too_much_from_one_place_is_refused_and_what_was_typed_stays(client, place, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "propose": "2/h/ip"}
    for number in range(2):
        know_more(client, place, message=f"Nr. {number}")
    refused = know_more(client, place, message="One too many")
    assert refused.status_code == 429
    assert "Wait an hour, and try again." in text_of(refused)
    assert "One too many</textarea>" in text_of(refused)
    assert Proposal.objects.count() == 2


def test_nothing_is_collected_about_residents(client, coordinating, resident):
    for browser in (client, coordinating):
        for send in (browser.get, browser.post):
            assert send(resident.url("know-more"), {"message": "m"}).status_code == 404
    assert resident.url("know-more") not in text_of(client.get(resident.url("detail")))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("hidden", [{"visibility": "partners"}, {"status": "pending"}])
def test_nobody_writes_about_what_she_does_not_see(client, neighbour, place, hidden):
    Asset.objects.update(**hidden)
    for browser in (client, browser_of(neighbour)):
        for send in (browser.get, browser.post):
            assert send(place.url("know-more"), {"message": "m"}).status_code == 404
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("status", ["archived", "pending", "unconfirmed"])
def test_what_is_not_in_use_is_not_asked_about(coordinating, place, status):
    Asset.objects.update(status=status)
    assert coordinating.get(place.url("know-more")).status_code == 404
    assert place.url("know-more") not in text_of(coordinating.get(place.url("detail")))
