"""Saved searches, and the mail that says that something new fits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from assetmap.partners.models import SavedSearch
from assetmap.partners.searches.digest import people_to_tell, tell
from tests.factories import make_association, make_offering, make_resident, make_user
from tests.partners.words import words_of

URL = "/urbanplanen/partners/searches/"
LONG_AGO = timezone.now() - timedelta(days=8)


@pytest.fixture
def signed_in(client, partner):
    client.force_login(partner)
    return client


@pytest.fixture
def baker(area):
    baker = make_association(area, "Bagerne")
    make_offering(baker, "FG3", "teach")
    return baker


def save(client, query="theme=bake", **data):
    return client.post(
        f"{URL}save/?{query}", {"name": "En bager", "by_mail": "on"} | data, follow=True
    )


def one_more(area, name="Brødholdet", **fields):
    more = make_association(area, name, **fields)
    make_offering(more, "FG3", "can")
    return more


def age(search):
    SavedSearch.objects.filter(pk=search.pk).update(created_at=LONG_AGO)


# Saving --------------------------------------------------------------------------------------


def test_what_fits_when_it_is_saved_is_not_new(signed_in, baker):
    page = words_of(save(signed_in))
    assert "The search is saved." in page
    assert "Nothing new." in page
    assert list(SavedSearch.objects.get().known.all()) == [baker.asset_ptr]


def test_what_was_left_empty_is_not_kept(signed_in, baker):
    save(signed_in, "theme=bake&role=&day=&w_gift=")
    assert SavedSearch.objects.get().query == "theme=bake"


def test_what_fits_from_then_on_is_shown_with_its_reasons(signed_in, area, baker):
    save(signed_in)
    one_more(area)
    page = words_of(signed_in.get(URL))
    assert "1 is new:" in page
    assert "Brødholdet Can do “Bake”." in page
    assert "Bagerne" not in page


def test_what_has_been_seen_is_not_new_any_more(signed_in, area, baker):
    save(signed_in)
    one_more(area)
    search = SavedSearch.objects.get()
    signed_in.post(f"{URL}{search.pk}/", {"do": "seen"})
    assert "Nothing new." in words_of(signed_in.get(URL))


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "070761-4285"}, {"name": "x" * 81}])
def test_a_bad_name_is_refused(signed_in, baker, data):
    assert save(signed_in, **data).context["form"].errors["name"]
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("query", "said"), [("", "Look for something first"), ("theme=070761-4285", "CPR")]
)
def test_a_search_for_nothing_or_for_a_person_is_refused(signed_in, baker, query, said):
    assert said in words_of(save(signed_in, query))
    assert not SavedSearch.objects.exists()


def test_the_same_search_is_saved_once(signed_in, baker):
    save(signed_in)
    assert "You have saved this search already." in words_of(save(signed_in, name="Igen"))
    assert SavedSearch.objects.count() == 1


def test_ten_searches_are_enough(signed_in, area, partner):
    for n in range(10):
        SavedSearch.objects.create(user=partner, area=area, name="x", query=f"theme={n}")
    assert "You have saved 10 searches here." in words_of(save(signed_in))


def test_a_search_is_ones_own(client, signed_in, area, baker):
    save(signed_in)
    search = SavedSearch.objects.get()
    client.force_login(make_user("coordinator", area))
    assert "En bager" not in words_of(client.get(URL))
    for do in ("seen", "mail", "erase"):
        assert client.post(f"{URL}{search.pk}/", {"do": do}).status_code == 404
    assert SavedSearch.objects.exists()


def test_mails_are_switched_off_and_a_search_is_taken_out(signed_in, baker):
    save(signed_in)
    search = SavedSearch.objects.get()
    assert "You get no mails" in words_of(
        signed_in.post(f"{URL}{search.pk}/", {"do": "mail"}, follow=True)
    )
    signed_in.post(f"{URL}{search.pk}/", {"do": "nonsense"})
    search.refresh_from_db()
    assert search.by_mail is False
    signed_in.post(f"{URL}{search.pk}/", {"do": "erase"})
    assert not SavedSearch.objects.exists()


def test_a_search_is_asked_again_and_erased_in_danish(signed_in, baker):
    save(signed_in)
    page = signed_in.get(URL, headers={"accept-language": "da"})
    assert "/urbanplanen/partners/?theme=bake#found" in page.content.decode()
    assert "Se, hvem der passer: En bager" in words_of(page)
    assert "Slet: En bager" in words_of(page)


@pytest.mark.parametrize("path", ["", "save/?theme=bake"])
def test_a_visitor_is_asked_to_sign_in(client, area, path):
    assert "/account/" in client.get(f"{URL}{path}").url


# The mail ------------------------------------------------------------------------------------


@pytest.fixture
def search(signed_in, baker):
    save(signed_in)
    search = SavedSearch.objects.get()
    age(search)
    return search


def test_the_mail_says_that_something_is_new_and_not_what(search, area, partner):
    one_more(area)
    assert list(people_to_tell()) == [partner]
    assert tell(partner)
    (sent,) = mail.outbox
    assert sent.to == [partner.email]
    assert "1 thing is new" in sent.body
    assert URL in sent.body
    for word in ("Brødholdet", "Bagerne", "En bager", "theme"):
        assert word not in sent.subject + sent.body


def test_nothing_new_is_no_mail_and_the_next_look_is_in_a_week(search, partner):
    assert not tell(partner)
    assert mail.outbox == []
    assert not people_to_tell().exists()


def test_nobody_is_told_of_the_same_twice(search, area, partner):
    one_more(area)
    tell(partner)
    SavedSearch.objects.update(told_at=LONG_AGO)
    assert not tell(partner)
    assert len(mail.outbox) == 1


def test_several_searches_come_in_one_mail(search, area, partner):
    other = SavedSearch.objects.create(user=partner, area=area, name="x", query="theme=sing")
    age(other)
    one_more(area)
    make_offering(make_association(area), "MS1", "can")
    tell(partner)
    (sent,) = mail.outbox
    assert "2 things are new" in sent.body


def test_what_she_may_not_see_is_not_counted(search, area, partner):
    one_more(area, visibility="private")
    resident = make_resident(area, visibility="private")
    make_offering(resident, "FG3", "can")
    assert not tell(partner)


@pytest.mark.parametrize(
    ("rows", "change"),
    [
        (SavedSearch, {"by_mail": False}),
        (SavedSearch, {"told_at": timezone.now()}),
        (SavedSearch, {"created_at": timezone.now()}),
    ],
)
def test_who_wants_none_or_had_one_this_week_is_not_asked_about(search, rows, change):
    rows.objects.update(**change)
    assert not people_to_tell().exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": None}])
def test_who_cannot_be_written_to_is_left_alone(search, partner, change):
    type(partner).objects.filter(pk=partner.pk).update(**change)
    assert not people_to_tell().exists()


def test_a_search_that_means_nothing_any_more_is_no_fault(search, partner):
    SavedSearch.objects.update(query="from=gone&role=king&day=x")
    assert not tell(partner)


def test_her_searches_are_in_the_copy_of_all_that_is_kept_about_her(area):
    owner = make_user("resident", area)
    resident = make_resident(area, owner=owner)
    SavedSearch.objects.create(user=owner, area=area, name="En bager", query="theme=bake")
    _heading, ((_day, said),) = SavedSearch.kept_about(resident, hers=True)
    assert said == "En bager: theme=bake"
    assert SavedSearch.kept_about(resident, hers=False)[1] == []
