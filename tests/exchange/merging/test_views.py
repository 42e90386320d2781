"""The pages of merging, for the area's coordinators alone."""

import pytest
from django.urls import reverse

from assetmap.exchange.merging.merge import merge
from assetmap.exchange.models import Merge
from assetmap.inventory.models import Asset
from tests.contracts import as_shown, text_of
from tests.factories import make_association, make_offering, make_place

from .urls import choose_url, list_url, pair_url, undo_url

# Finding the other one ---------------------------------------------------------------------


def test_an_assets_page_leads_to_the_likely_other_ones(browser, area, kept):
    likely = make_association(area, "Haveklubben.")
    assert choose_url(kept) in text_of(browser.get(kept.url("detail")))
    page = text_of(browser.get(choose_url(kept)))
    assert pair_url(kept, likely) in page


def test_only_the_same_layer_and_what_is_not_archived_is_offered(browser, area, kept):
    others = [make_place(area, "Haveklubben"), make_association(area, "Haveklubben")]
    Asset.objects.filter(pk=others[1].pk).update(status="archived")
    for query in ("", "?q=haveklubben"):
        page = text_of(browser.get(choose_url(kept, query)))
        assert [str(other.uid) in page for other in others] == [False, False]


def test_another_one_is_found_by_a_part_of_its_name(browser, area, kept):
    choir = make_association(area, "Solkoret")
    page = browser.get(choose_url(kept, "?q=lkor"))
    assert pair_url(kept, choir) in text_of(page)
    assert 'value="lkor"' in text_of(page)
    assert "Nothing of this kind is called that." in text_of(
        browser.get(choose_url(kept, "?q=xyz"))
    )


def test_one_that_waits_is_offered_as_the_one_that_goes(browser, kept, gone):
    Asset.objects.filter(pk=gone.pk).update(status="pending")
    assert pair_url(kept, gone) in text_of(browser.get(choose_url(gone)))


@pytest.mark.parametrize("typed", ["x" * 5000, "%00", "%25_", "(", "😀"])
def test_odd_words_are_only_not_found(browser, kept, typed):
    page = browser.get(choose_url(kept, f"?q={typed}"))
    assert page.status_code == 200
    assert page.context["pairs"] == []


# Choosing and merging ----------------------------------------------------------------------


def test_the_two_stand_side_by_side_and_what_both_say_once(browser, area, kept, gone):
    Asset.objects.filter(pk__in=[kept.pk, gone.pk]).update(address="Hørgården 7")
    make_offering(gone, "FG7")
    page = text_of(browser.get(pair_url(kept, gone)))
    assert page.count("Hørgården 7") == 1
    assert "Vi dyrker sammen" in page and "10103940" in page
    assert "Gifts and wishes: 1" in page
    assert pair_url(gone, kept) in page


def test_photos_are_shown_and_how_far_the_two_lie_apart(browser, kept, gone, picture):
    picture(gone, "red", "et drivhus")
    Asset.objects.filter(pk=kept.pk).update(latitude=55.651, longitude=12.59, cell=1)
    page = text_of(browser.get(pair_url(kept, gone)))
    assert reverse("inventory:photo", args=[gone.area.slug, gone.uid, "photo_small"]) in page
    assert "et drivhus" in page
    assert "They lie 111 m apart." in page


def test_merging_as_it_stands_takes_what_is_said_and_leads_to_the_kept_one(
    browser, kept, gone, fresh
):
    page = browser.get(pair_url(kept, gone))
    done = browser.post(pair_url(kept, gone), as_shown(page), follow=True)
    assert done.redirect_chain[0][0] == kept.url("detail")
    now = fresh(kept)
    assert (now.name, now.summary, now.email) == (
        "Haveklubben",
        "Vi dyrker sammen",
        "have@example.org",
    )
    assert (now.source_id, now.licence) == ("7", "CC0")
    assert "is merged into this one" in text_of(done)
    assert f"{list_url(kept.area)}#merge-{Merge.objects.get().pk}" in text_of(done)


def test_a_choice_is_followed(browser, kept, gone, fresh):
    page = browser.get(pair_url(kept, gone))
    browser.post(pair_url(kept, gone), as_shown(page, name="gone", summary="kept"))
    assert (fresh(kept).name, fresh(kept).summary) == ("Have-klubben", "")


def test_the_narrower_audience_is_kept_unless_chosen(browser, kept, gone, fresh):
    Asset.objects.filter(pk=gone.pk).update(visibility="private")
    page = browser.get(pair_url(kept, gone))
    sent = {name: value for name, value in as_shown(page).items() if name != "visibility"}
    browser.post(pair_url(kept, gone), sent)
    assert fresh(kept).visibility == "private"


@pytest.mark.parametrize("changed", ["kept", "gone"])
def test_one_changed_meanwhile_is_refused_with_a_sentence_and_the_choices(
    request, browser, kept, gone, fresh, changed
):
    sent = as_shown(browser.get(pair_url(kept, gone)), name="gone")
    other = fresh(request.getfixturevalue(changed))
    other.version, other.audience = 2, "alle"
    other.save()
    refused = browser.post(pair_url(kept, gone), sent)
    assert "Somebody changed one of the two meanwhile." in text_of(refused)
    assert not Merge.objects.exists()
    again = as_shown(refused)
    assert (again["name"], again["audience"]) == ("gone", changed)
    browser.post(pair_url(kept, gone), again)
    assert (fresh(kept).name, fresh(kept).audience) == ("Have-klubben", "alle")


@pytest.mark.parametrize(
    "sent", [{"name": "both"}, {"kept_version": "x"}, {"gone_version": "9" * 40}, {}]
)
def test_bad_input_is_said_and_merges_nothing(browser, kept, gone, sent):
    data = as_shown(browser.get(pair_url(kept, gone))) | sent if sent else {}
    refused = browser.post(pair_url(kept, gone), data)
    assert refused.status_code == 200
    assert 'role="alert"' in text_of(refused)
    assert not Merge.objects.exists()


def test_merging_twice_leads_back_with_a_sentence(browser, kept, gone):
    sent = as_shown(browser.get(pair_url(kept, gone)))
    browser.post(pair_url(kept, gone), sent)
    for send in (browser.get, browser.post):
        again = send(pair_url(kept, gone), sent, follow=True)
        assert again.redirect_chain[0][0] == kept.url("detail")
        assert "is in the archive. Bring it back first." in text_of(again)
    assert Merge.objects.count() == 1


def test_one_with_itself_is_refused_in_words(browser, kept):
    page = browser.get(pair_url(kept, kept), follow=True)
    assert "one and the same record" in text_of(page)


# Undoing -----------------------------------------------------------------------------------


def test_the_archived_ones_page_says_so_to_coordinators_and_undoes_it(
    browser, kept, gone, coordinator, fresh
):
    done = merge(kept, gone, ["name", "summary"], coordinator)
    page = text_of(browser.get(gone.url("detail")))
    assert "It was merged into" in page and undo_url(done) in page
    said = text_of(browser.post(undo_url(done), follow=True))
    assert "“Haveklubben” and “Have-klubben” are two records again." in said
    assert (fresh(gone).status, fresh(kept).summary) == ("active", "")
    assert "It was merged into" not in text_of(browser.get(gone.url("detail")))


def test_what_undoing_left_is_said(browser, kept, gone, coordinator):
    done = merge(kept, gone, ["summary"], coordinator)
    Asset.objects.filter(pk=kept.pk).update(summary="Nyt")
    said = text_of(browser.post(undo_url(done), follow=True))
    assert "This was changed since and stays as it is now: in short." in said


def test_undoing_twice_is_refused_in_words(browser, kept, gone, coordinator):
    done = merge(kept, gone, [], coordinator)
    browser.post(undo_url(done))
    said = browser.post(undo_url(done), follow=True)
    assert "This is undone already." in text_of(said)
    assert browser.get(undo_url(done)).status_code == 405


def test_the_list_shows_what_was_merged_the_latest_first_and_in_pages(
    browser, area, kept, coordinator, monkeypatch
):
    monkeypatch.setattr("assetmap.exchange.merging.views.PAGE", 2)
    for number in range(3):
        merge(kept, make_association(area, f"Nummer {number}"), [], coordinator)
    page = text_of(browser.get(list_url(area)))
    assert page.index("Nummer 2") < page.index("Nummer 1")
    assert "Nummer 0" not in page
    before = Merge.objects.get(gone__name="Nummer 1").pk
    assert f"?before={before}" in page
    assert "Nummer 0" in text_of(browser.get(f"{list_url(area)}?before={before}"))
    assert browser.get(f"{list_url(area)}?before={'9' * 30}").status_code == 200
