"""The coordinators' list of ties worth making, and the buttons on each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assetmap.inventory.models import Asset, Link
from assetmap.network.models import Meeting, Verdict
from tests import factories

from .rows import make_willing

HTMX = {"HX-Request": "true"}
QUERIES = 16  # of the list, however long it is


@pytest.fixture
def url(area):
    return reverse("network:ideas", args=[area.slug])


@pytest.fixture
def decide(area):
    return reverse("network:idea", args=[area.slug])


@pytest.fixture
def browser(client, area):
    """That of a coordinator."""
    client.force_login(factories.make_user("coordinator", area))
    return client


@pytest.fixture
def button(browser, decide, guild, library):
    """Press a button on the idea: button("never") returns the page that comes of it."""

    def press(do, headers=None, **more):
        sent = {"do": do, "one": guild.uid, "other": library.uid} | more
        return browser.post(decide, sent, follow=True, headers=headers)

    return press


def text_of(response):
    return response.content.decode()


def shown(response):
    """The pairs on the list, as (name, name)."""
    return [(card.one.name, card.other.name) for card in response.context["cards"]]


PAIR = ("Bylauget", "Solvang Bibliotek")


# Looking -------------------------------------------------------------------------------------


def test_an_idea_says_who_why_and_what_one_can_do(browser, url, guild, library):
    page = browser.get(url)
    assert shown(page) == [PAIR]
    (card,) = page.context["cards"]
    for words in (*card.reasons, "Make the tie", "Ask them first", "Later", "Not this one"):
        assert words in text_of(page)
    asks = f"{reverse('network:propose', args=[guild.area.slug])}?one={guild.uid}"
    assert f"{asks}&amp;other={library.uid}" in text_of(page)


def test_who_has_been_asked_already_is_not_asked_again(browser, url, area, guild, library):
    connector = factories.make_user("partner", area)
    two = {"one": guild.asset_ptr, "other": library.asset_ptr}
    Meeting.objects.create(area=area, connector=connector, reason="Sy", **two)
    page = text_of(browser.get(url))
    assert "They have been asked" in page and "Ask them first" not in page


@pytest.mark.parametrize("role", [None, "resident", "partner", "elsewhere"])
def test_only_coordinators_of_the_area_see_or_decide(
    client, area, url, decide, guild, library, role
):
    elsewhere = role == "elsewhere"
    if role:
        there = factories.make_area("naboby") if elsewhere else area
        client.force_login(factories.make_user("coordinator" if elsewhere else role, there))
    refused = (302, 403)
    assert client.get(url).status_code in refused
    for do in ("make", "never", "later", "again"):
        sent = {"do": do, "one": guild.uid, "other": library.uid, "tie": "works_with:out"}
        assert client.post(decide, sent).status_code in refused
    assert not Link.objects.exists() and not Verdict.objects.exists()


def test_an_empty_area_says_how_suggestions_come(browser, url):
    assert "No tie is suggested just now" in text_of(browser.get(url))


def test_it_can_be_narrowed_to_one_asset_and_one_reason(browser, url, area, guild, library):
    other = factories.make_association(area, "Broderne")
    factories.make_offering(other, "FG7", "learn")
    factories.make_offering(library, "FG7", "teach")
    both = shown(browser.get(url))
    assert len(both) == 2
    only = browser.get(url, {"about": guild.uid})
    assert shown(only) == [PAIR]
    assert "Only ties of <strong><bdi>Bylauget</bdi></strong>" in text_of(only)
    assert shown(browser.get(url, {"reason": "offers"})) == both
    assert shown(browser.get(url, {"reason": "apart"})) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"about": "x"}, "Enter a valid UUID"),
        ({"about": "5e3c6a52-5f43-4f7e-9f6c-5a5d0a9f1c11"}, "It is not in use here"),
        ({"reason": "love"}, "love is not one of the available choices"),
    ],
)
def test_what_means_nothing_is_said_and_all_is_shown(
    browser, url, guild, library, query, sentence
):
    page = browser.get(url, query)
    assert sentence in text_of(page) and shown(page) == [PAIR]


def test_a_neighbour_without_a_yes_is_no_idea_and_cannot_be_asked_about(browser, url, area, guild):
    silent = factories.make_resident(area, "Tavs", visibility="public")
    factories.make_offering(silent, "HR7", "teach")
    page = browser.get(url, {"about": silent.uid})
    assert "only if they said yes to it" in text_of(page)
    assert shown(page) == [] and "Tavs" not in text_of(page)
    willing = make_willing(area, "Villig", visibility="public")
    factories.make_offering(willing, "HR7", "teach")
    assert shown(browser.get(url)) == [("Bylauget", "Villig")]


@pytest.mark.parametrize("more", [False, True])
def test_the_number_of_queries_does_not_grow(
    browser, url, area, guild, library, more, django_assert_max_num_queries
):
    for number in range(8 if more else 1):
        one = factories.make_association(area, f"Syklub {number}")
        factories.make_offering(one, "HR7", "learn")
        aside = factories.make_place(area)
        Verdict.objects.create(one=one, other=aside)
    browser.get(url)
    with django_assert_max_num_queries(QUERIES):
        assert browser.get(url).status_code == 200


# Deciding ------------------------------------------------------------------------------------


def test_a_tie_is_made_as_chosen_and_is_there_at_once(button, browser, url, guild, library):
    page = button("make", tie="works_with:out")
    link = Link.objects.get()
    assert {link.source_id, link.target_id} == {guild.pk, library.pk}
    assert link.kind == "works_with"
    assert "The tie is there now" in text_of(page)
    assert shown(browser.get(url)) == []
    ties = text_of(browser.get(library.get_absolute_url()))
    assert "Bylauget" in ties


def test_a_tie_may_go_the_other_way_round(button, guild, library):
    button("make", tie="supports:back")
    link = Link.objects.get()
    assert (link.source_id, link.target_id) == (library.pk, guild.pk)


@pytest.mark.parametrize("tie", ["", "works_with", "marries:out", "lives_in:out"])
def test_a_tie_that_cannot_be_is_refused_with_a_sentence(button, tie):
    page = button("make", tie=tie)
    assert not Link.objects.exists()
    assert page.status_code == 200 and page.context["messages"]


def test_not_this_one_is_for_good_and_can_be_taken_back(button, browser, url, area):
    page = button("never")
    assert "Not suggested any more: Bylauget and Solvang Bibliotek." in text_of(page)
    assert shown(page) == [] and Verdict.objects.get().until is None
    assert "for good" in text_of(page)
    page = button("again")
    assert "Taken back." in text_of(page) and shown(page) == [PAIR]


def test_later_is_in_thirty_days(button, browser, url):
    assert shown(button("later")) == []
    verdict = Verdict.objects.get()
    assert verdict.until == timezone.localdate() + timedelta(days=30)
    Verdict.objects.update(until=timezone.localdate())
    assert shown(browser.get(url)) == [PAIR]


def test_deciding_again_changes_the_verdict(button):
    button("later")
    button("never")
    assert Verdict.objects.get().until is None


def test_taking_back_twice_says_so(button):
    button("never")
    button("again")
    assert "This was taken back already." in text_of(button("again"))


@pytest.mark.parametrize("do", ["make", "never", "later"])
def test_what_was_overtaken_is_refused_with_a_sentence(button, guild, library, do):
    link = factories.make_link(guild, library)
    assert "The two are tied already." in text_of(button(do, tie="works_with:out"))
    link.delete()
    Asset.objects.filter(pk=library.pk).update(status="archived")
    said = text_of(button(do, tie="works_with:out"))
    assert "One of the two is not in use any more." in said
    Asset.objects.filter(pk=library.pk).delete()
    assert "not in the inventory any more" in text_of(button(do, tie="works_with:out"))
    assert not Link.objects.exists() and not Verdict.objects.exists()


def test_a_neighbour_who_took_her_yes_back_is_tied_to_nobody_here(button, area, guild):
    silent = factories.make_resident(area, "Tavs", visibility="public")
    page = button("make", other=silent.uid, tie="works_with:out")
    assert "One of the two is not suggested any more." in text_of(page)
    assert "Tavs" not in text_of(page) and not Link.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"do": "dance"}, {"do": "never", "one": "x"}, {"do": "never", "other": ""}]
)
def test_what_no_button_sends_is_refused_with_a_sentence(button, sent):
    page = button(**sent)
    assert page.status_code == 200 and page.context["messages"]
    assert not Verdict.objects.exists()


def test_two_of_another_area_are_none_of_hers(button, other_area):
    one, other = factories.make_place(other_area), factories.make_place(other_area)
    page = button("never", one=one.uid, other=other.uid)
    assert "not in the inventory any more" in text_of(page)
    assert not Verdict.objects.exists()


def test_what_the_list_was_narrowed_to_stays(button, url, guild):
    page = button("later", reason="offers", about=guild.uid)
    assert page.redirect_chain == [(f"{url}?reason=offers&about={guild.uid}", 302)]


# With a script -------------------------------------------------------------------------------


def test_the_card_says_what_was_done_and_offers_to_take_it_back(button):
    part = text_of(button("never", headers=HTMX))
    assert "<html" not in part and "Not suggested any more" in part
    assert 'value="again"' in part
    assert 'value="again"' not in text_of(button("again", headers=HTMX))


def test_the_card_of_a_new_tie_leads_to_it(button):
    part = text_of(button("make", headers=HTMX, tie="works_with:out"))
    assert Link.objects.get().get_absolute_url() in part


def test_the_card_says_why_not(button):
    part = text_of(button("make", headers=HTMX, tie="marries:out"))
    assert "<html" not in part and 'role="status"' in part and 'value="again"' not in part
