"""First contact: the draft, the thread, the board, and the link that is mailed to a group."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from assetmap.inventory.models import Link
from assetmap.partners.contacts import keeping
from assetmap.partners.contacts.mails import reply_link, signer
from assetmap.partners.models import Contact, Message
from tests.activities.rows import make_activity
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_resident,
    make_user,
)
from tests.partners.words import words_of

BASE = "/urbanplanen/partners/contacts/"


@pytest.fixture
def library(area):
    return make_institution(area, "Solvang Bibliotek")


@pytest.fixture
def owner(area):
    return make_user("resident", area)


@pytest.fixture
def sewers(area, owner):
    sewers = make_association(area, "Syklubben", owner=owner)
    make_offering(sewers, "HR7", "teach")
    make_activity(sewers, "Syaften", meant_for="women")
    return sewers


@pytest.fixture
def librarian(client, partner):
    partner.name = "Lone"
    partner.save()
    client.force_login(partner)
    return client


def new(asset, query=""):
    return f"{BASE}new/{asset.uid}/?{query}"


def send(client, asset, query="", **data):
    sent = {"text": "Skal vi sy sammen?", "on_behalf": ""} | data
    return client.post(new(asset, query), sent, follow=True)


# The draft -----------------------------------------------------------------------------------


def drafted(client, asset, query):
    response = client.get(new(asset, query))
    assert response.status_code == 200
    return response.context["form"]["text"].value()


def test_the_draft_says_facts_alone(librarian, library, sewers):
    query = f"theme=sy&room=on&day=3&time=evening&audience=women&from={library.uid}&lang=en"
    text = drafted(librarian, sewers, query)
    gift = sewers.offerings.get().gift
    assert text.splitlines()[0] == "Hello Syklubben,"
    for said in (
        "I write to you from Solvang Bibliotek.",
        "We think of Thursday in the evening.",
        f"We look for: {gift}.",
        "It is meant for: girls and women.",
        f"- Can teach “{gift}”.",
        "- Meets on Wednesday, so Thursday is free.",
        "Holds “Syaften”, which is for: girls and women.",
        "Lone",
    ):
        assert said in text


def test_what_does_not_speak_for_them_is_not_in_it(librarian, library, sewers):
    text = drafted(librarian, sewers, f"theme=sy&day=2&from={library.uid}&lang=en")
    assert "something else" not in text
    assert "No tie" not in text


def test_the_draft_comes_in_danish_and_in_english(librarian, sewers):
    danish = drafted(librarian, sewers, "theme=sy&lang=da")
    english = drafted(librarian, sewers, "theme=sy&lang=en")
    assert danish.startswith("Hej Syklubben")
    assert english.startswith("Hello Syklubben")


@pytest.mark.parametrize("query", ["", "lang=xx", "theme=", "about=nonsense"])
def test_there_is_a_draft_without_a_search_too(librarian, sewers, query):
    assert "Syklubben" in drafted(librarian, sewers, query)


def test_it_offers_who_knows_both(librarian, area, library, sewers):
    choir = make_association(area, "Koret")
    make_link(library, choir)
    make_link(sewers, choir, "supports")
    page = librarian.get(new(sewers, f"theme=sy&from={library.uid}"))
    assert "Koret knows you both." in words_of(page)
    text = drafted(librarian, choir, f"theme=sy&from={library.uid}&about={sewers.uid}&lang=en")
    assert "Would you introduce us to Syklubben?" in text
    assert "We came to think of you" not in text


# Who may write to whom -----------------------------------------------------------------------


def test_a_resident_is_never_written_to(librarian, area):
    resident = make_resident(area, visibility="public")
    assert librarian.get(new(resident)).status_code == 404
    assert send(librarian, resident).status_code == 404


@pytest.mark.parametrize("fields", [{"visibility": "private"}, {"status": "archived"}])
def test_what_is_hidden_or_archived_is_not_written_to(librarian, area, fields):
    assert send(librarian, make_association(area, **fields)).status_code == 404


def test_somebody_of_another_area_may_not_write(client, stranger, sewers):
    client.force_login(stranger)
    assert client.get(new(sewers)).status_code == 403
    assert send(client, sewers).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, sewers):
    assert "/account/" in client.get(new(sewers)).url


def test_a_resident_speaks_for_her_own_groups_alone(client, neighbour, area, library, sewers):
    own = make_association(area, "Min gruppe", owner=neighbour)
    client.force_login(neighbour)
    offered = client.get(new(sewers)).context["form"].fields["on_behalf"].queryset
    assert list(offered) == [own.asset_ptr]
    refused = send(client, sewers, on_behalf=library.uid)
    assert refused.context["form"].errors["on_behalf"]
    assert not Contact.objects.exists()


# Sending -------------------------------------------------------------------------------------


def test_a_message_begins_a_thread_and_mails_only_that_it_waits(librarian, library, sewers, owner):
    response = send(librarian, sewers, on_behalf=library.uid)
    contact = Contact.objects.get()
    assert response.redirect_chain[-1][0] == contact.get_absolute_url()
    assert "Skal vi sy sammen?" in words_of(response)
    assert (contact.state, contact.on_behalf) == ("asked", library.asset_ptr)
    (sent,) = mail.outbox
    assert sent.to == [owner.email]
    assert contact.get_absolute_url() in sent.body
    for word in ("Skal vi sy", "Syklubben", "Solvang", "Lone"):
        assert word not in sent.subject + sent.body


def test_a_group_without_an_account_gets_a_link_at_its_public_address(librarian, area):
    group = make_association(area, "Koret", email="kor@example.org")
    send(librarian, group)
    (sent,) = mail.outbox
    assert sent.to == ["kor@example.org"]
    assert "/partners/contacts/reply/" in sent.body


def test_where_nobody_answers_the_coordinators_do(librarian, area, coordinator):
    send(librarian, make_association(area))
    assert [m.to for m in mail.outbox] == [[coordinator.email]]


def test_where_nobody_gets_a_mail_it_is_said(librarian, area):
    page = words_of(send(librarian, make_association(area)))
    assert "nobody gets a mail" in page
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("text", "said"), [("", "required"), ("070761-4285", "CPR"), ("x" * 3001, "at most 3000")]
)
def test_bad_words_are_refused_and_what_was_typed_stays(librarian, sewers, text, said):
    response = send(librarian, sewers, text=text)
    assert said in str(response.context["form"].errors["text"])
    assert text in response.content.decode()
    assert not Contact.objects.exists()
    assert mail.outbox == []


def test_nobody_writes_to_themselves(librarian, library):
    response = send(librarian, library, on_behalf=library.uid)
    assert "Nobody writes to themselves." in words_of(response)


def test_a_second_message_goes_on_in_the_same_thread(librarian, sewers):
    send(librarian, sewers)
    contact = Contact.objects.get()
    assert librarian.get(new(sewers)).url == contact.get_absolute_url()
    again = send(librarian, sewers)
    assert "written to" in words_of(again)
    assert Contact.objects.count() == 1


def test_nobody_is_asked_twice_by_accident(librarian, area, sewers, library):
    other = make_user("partner", area)
    behalf = library.asset_ptr
    Contact.objects.create(area=area, sender=other, to=sewers.asset_ptr, on_behalf=behalf)
    assert "Solvang Bibliotek wrote to them on" in words_of(librarian.get(new(sewers)))
    refused = send(librarian, sewers)
    assert "They have been written to already." in words_of(refused)
    assert "Skal vi sy sammen?" in refused.content.decode()
    send(librarian, sewers, sure="on")
    assert Contact.objects.count() == 2


def test_ten_a_day_are_enough(librarian, area, partner):
    for _ in range(10):
        to = make_association(area).asset_ptr
        Contact.objects.create(area=area, sender=partner, to=to)
    refused = send(librarian, make_association(area))
    assert "You have written to many today." in words_of(refused)
    assert Contact.objects.count() == 10


# The thread ----------------------------------------------------------------------------------


@pytest.fixture
def contact(area, partner, sewers, library):
    contact = Contact.objects.create(
        area=area, sender=partner, to=sewers.asset_ptr, on_behalf=library.asset_ptr
    )
    Message.objects.create(contact=contact, author=partner, from_sender=True, text="Hej med jer")
    return contact


def test_the_answer_comes_in_the_thread_and_moves_it_on(client, contact, owner, partner):
    client.force_login(owner)
    page = client.post(contact.get_absolute_url(), {"text": "Det vil vi gerne"}, follow=True)
    assert "Det vil vi gerne" in words_of(page)
    contact.refresh_from_db()
    assert contact.state == "answered"
    assert [m.to for m in mail.outbox] == [[partner.email]]
    assert "Det vil vi" not in mail.outbox[0].body


def test_what_the_sender_adds_answers_nothing(librarian, contact, owner):
    librarian.post(contact.get_absolute_url(), {"text": "Endnu et ord"})
    contact.refresh_from_db()
    assert contact.state == "asked"
    assert [m.to for m in mail.outbox] == [[owner.email]]


def test_a_sender_waits_after_three_messages_without_an_answer(librarian, contact, owner):
    url = contact.get_absolute_url()
    for text in ("To", "Tre"):
        librarian.post(url, {"text": text})
    page = librarian.post(url, {"text": "Fire er for meget"})
    assert "You have written three times without an answer." in words_of(page)
    assert "Fire er for meget" in page.content.decode()
    assert contact.messages.count() == 3
    Message.objects.create(contact=contact, author=owner, from_sender=False, text="Rolig")
    librarian.post(url, {"text": "Undskyld"})
    assert contact.messages.count() == 5


def test_an_empty_answer_is_refused(client, contact, owner):
    client.force_login(owner)
    response = client.post(contact.get_absolute_url(), {"text": ""})
    assert response.context["form"].errors["text"]
    assert contact.messages.count() == 1


def test_a_sender_is_called_by_name_or_role_and_never_by_address(client, contact, owner, partner):
    client.force_login(owner)
    assert "a partner" in words_of(client.get(contact.get_absolute_url()))
    type(partner).objects.filter(pk=partner.pk).update(name="Lone")
    page = words_of(client.get(contact.get_absolute_url()))
    assert "Lone" in page
    assert partner.email not in page


def test_what_is_hidden_by_now_is_not_named_in_the_thread(librarian, contact, library, sewers):
    for asset in (library, sewers):
        type(asset).objects.filter(pk=asset.pk).update(visibility="private")
    page = words_of(librarian.get(contact.get_absolute_url()))
    assert "First contact with somebody who is not shown" in page
    assert "Hej med jer" in page
    assert "Solvang Bibliotek" not in page


@pytest.mark.parametrize("who", ["neighbour", "coordinator", "stranger"])
def test_others_do_not_read_it(client, contact, who, request):
    """Not the coordinators either, while the group has somebody who answers."""
    client.force_login(request.getfixturevalue(who))
    assert client.get(contact.get_absolute_url()).status_code == 404
    assert client.post(contact.get_absolute_url(), {"text": "x"}).status_code == 404
    assert client.post(f"{contact.get_absolute_url()}step/", {"do": "met"}).status_code == 404


def test_coordinators_answer_for_those_who_have_nobody(client, contact, coordinator, sewers):
    type(sewers).objects.filter(pk=sewers.pk).update(owner=None)
    client.force_login(coordinator)
    client.post(contact.get_absolute_url(), {"text": "På klubbens vegne"})
    assert contact.messages.last().from_sender is False


@pytest.fixture
def answered(contact, owner):
    Message.objects.create(contact=contact, author=owner, from_sender=False, text="Ja tak")
    Contact.objects.filter(pk=contact.pk).update(state="answered")
    contact.refresh_from_db()
    return contact


def step(client, contact, do):
    return client.post(f"{contact.get_absolute_url()}step/", {"do": do}, follow=True)


def test_a_sender_alone_makes_no_tie(librarian, contact):
    assert "It became something" not in words_of(librarian.get(contact.get_absolute_url()))
    assert "They have not answered yet." in words_of(step(librarian, contact, "became"))
    assert not Link.objects.exists()


@pytest.mark.parametrize("who", ["owner", "coordinator"])
def test_the_other_side_or_a_coordinator_may_say_so_at_once(client, contact, who, request):
    user = request.getfixturevalue(who)
    if who == "coordinator":
        type(contact.to).objects.filter(pk=contact.to_id).update(owner=None)
    client.force_login(user)
    step(client, contact, "became")
    contact.refresh_from_db()
    assert contact.state == "became"


def test_met_and_became_something_makes_a_tie(librarian, answered, library, sewers):
    contact = answered
    step(librarian, contact, "met")
    step(librarian, contact, "became")
    contact.refresh_from_db()
    assert contact.state == "became"
    assert {contact.link.source, contact.link.target} == {library.asset_ptr, sewers.asset_ptr}
    assert contact.link.kind == "works_with"


def test_a_tie_that_is_there_is_not_made_twice(librarian, answered, library, sewers):
    contact = answered
    there = make_link(sewers, library, "supports")
    step(librarian, contact, "became")
    contact.refresh_from_db()
    assert (contact.link, Link.objects.count()) == (there, 1)


def test_an_introduction_that_became_something_ties_to_whom_it_was_about(
    librarian, area, answered, library
):
    contact, other = answered, make_association(area)
    Contact.objects.filter(pk=contact.pk).update(about=other.asset_ptr)
    step(librarian, contact, "became")
    contact.refresh_from_db()
    assert other.asset_ptr in (contact.link.source, contact.link.target)


@pytest.mark.parametrize("do", ["met", "became", "closed"])
def test_what_is_over_stays_over(librarian, answered, do):
    contact = answered
    Contact.objects.filter(pk=contact.pk).update(state="closed")
    assert "It has gone on in the meantime." in words_of(step(librarian, contact, do))
    contact.refresh_from_db()
    assert contact.state == "closed"
    assert not Link.objects.exists()


def test_an_unknown_button_is_said(librarian, contact):
    assert "Choose one of the buttons." in words_of(step(librarian, contact, "marry"))


def test_after_not_this_time_one_may_write_again(librarian, contact, sewers):
    step(librarian, contact, "closed")
    send(librarian, sewers)
    assert Contact.objects.count() == 2


# The board -----------------------------------------------------------------------------------


def test_the_board_shows_that_others_wrote_and_not_what(client, contact, neighbour):
    client.force_login(neighbour)
    page = client.get(BASE)
    assert "Syklubben" in words_of(page)
    assert "from Solvang Bibliotek" in words_of(page)
    assert "Hej med jer" not in page.content.decode()
    assert contact.get_absolute_url() not in page.content.decode()


def test_the_board_leads_the_two_sides_to_the_thread(client, contact, owner, partner):
    for user in (owner, partner):
        client.force_login(user)
        assert contact.get_absolute_url() in client.get(BASE).content.decode()


def test_the_board_tells_nothing_of_what_one_may_not_see(client, area, contact, neighbour):
    hidden = make_association(area, "Hemmelig", visibility="private").asset_ptr
    Contact.objects.create(area=area, sender=contact.sender, to=hidden)
    Contact.objects.filter(pk=contact.pk).update(on_behalf=hidden)
    client.force_login(neighbour)
    page = client.get(BASE).content.decode()
    assert "Hemmelig" not in page
    assert page.count("Syklubben") >= 1


def test_somebody_of_another_area_sees_an_empty_board(client, contact, stranger):
    client.force_login(stranger)
    assert "Syklubben" not in client.get(BASE).content.decode()


def test_more_contacts_take_no_more_queries(librarian, area, contact, django_assert_num_queries):
    librarian.get(BASE)
    with django_assert_num_queries(12):
        librarian.get(BASE)
    for _ in range(6):
        to = make_association(area).asset_ptr
        Contact.objects.create(area=area, sender=contact.sender, to=to)
    with django_assert_num_queries(12):
        librarian.get(BASE)


# The link at a public address ----------------------------------------------------------------


@pytest.fixture
def link(contact):
    return reply_link(contact).partition("//")[2].partition("/")[2].join(["/", ""])


def test_whoever_has_the_link_reads_and_answers_without_signing_in(client, contact, link):
    assert "Hej med jer" in words_of(client.get(link))
    page = client.post(link, {"text": "Ja tak"}, follow=True)
    assert "Your answer is sent." in words_of(page)
    contact.refresh_from_db()
    assert contact.state == "answered"
    assert contact.messages.last().author is None


def test_looking_at_the_link_changes_nothing(client, contact, link):
    client.get(link)
    contact.refresh_from_db()
    assert (contact.state, contact.messages.count()) == ("asked", 1)


def test_a_forged_or_an_old_link_opens_nothing(client, contact, link, monkeypatch):
    assert client.get(f"{BASE}reply/forged/").status_code == 404
    assert client.get(f"{link[:-3]}xx/").status_code == 404
    monkeypatch.setattr("assetmap.partners.contacts.mails.LINKS_HOLD", timedelta(days=-1))
    assert client.get(link).status_code == 410


def test_a_link_to_what_is_gone_says_so(client, contact, link):
    contact.delete()
    assert client.get(link).status_code == 404


def test_a_signed_nothing_opens_nothing(client, area):
    assert client.get(f"{BASE}reply/{signer.sign('no-uid')}/").status_code == 404


def test_nothing_is_written_after_it_is_over(client, contact, link):
    Contact.objects.filter(pk=contact.pk).update(state="closed")
    assert "This conversation is over." in words_of(client.get(link))
    page = client.post(link, {"text": "For sent"})
    assert "This conversation is over." in words_of(page)
    assert contact.messages.count() == 1


# Keeping -------------------------------------------------------------------------------------


def test_after_a_year_of_silence_it_is_forgotten(contact):
    assert not keeping.long_over().exists()
    year_ago = timezone.now() - timedelta(days=366)
    Contact.objects.filter(pk=contact.pk).update(moved_at=year_ago)
    (old,) = keeping.long_over()
    keeping.forget(old)
    assert not Message.objects.exists()


def test_words_go_with_who_wrote_them(contact, owner):
    Message.objects.create(contact=contact, author=owner, from_sender=False, text="Vores svar")
    owner.delete()
    assert [m.text for m in contact.messages.all()] == ["Hej med jer"]


def test_what_she_wrote_is_in_the_copy_of_all_that_is_kept_about_her(area, contact, owner):
    resident = make_resident(area, owner=owner)
    Message.objects.create(contact=contact, author=owner, from_sender=False, text="Vores svar")
    _heading, rows = Contact.kept_about(resident, hers=True)
    assert "Vores svar" in rows[0][1]
    _heading, rows = Contact.kept_about(resident, hers=False)
    assert "Vores svar" not in rows[0][1]
