"""Where new words wait for a coordinator, an activity's do too; its times do not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from assetmap.activities.models import Activity
from assetmap.inventory.models import Asset
from tests import factories
from tests.activities.rows import make_activity
from tests.activities.test_pages import SENT
from tests.contracts import text_of
from tests.partners.words import words_of

WAITING = "/urbanplanen/activities/waiting/"


@pytest.fixture
def owner(area):
    return factories.make_user("resident", area)


@pytest.fixture
def club(area, owner):
    return factories.make_association(area, "Syklubben", owner=owner)


@pytest.fixture
def keeping(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def shown(club):
    return make_activity(club, "Syaften", summary="Vi syr")


def add(client, area, club, **data):
    url = f"{reverse('activities:add', args=[area.slug])}?organiser={club.uid}"
    return client.post(url, SENT | data, follow=True)


def edit(client, activity, **data):
    kept = SENT | {"title": activity.title, "summary": activity.summary}
    url = activity.url("edit")
    return client.post(url, kept | {"version": activity.version} | data, follow=True)


def is_seen(activity, user=None):
    return Activity.objects.visible_to(user or AnonymousUser()).filter(pk=activity.pk).exists()


def decide(client, activity, do):
    url = reverse("activities:decide", args=[activity.area.slug, activity.uid])
    return client.post(url, {"do": do}, follow=True)


def test_a_new_activity_waits_and_only_its_keepers_see_it(keeping, area, club, owner, partner):
    page = add(keeping, area, club)
    assert "It waits until then." in text_of(page)
    activity = Activity.objects.get()
    assert activity.waiting
    assert is_seen(activity, owner)
    assert not is_seen(activity) and not is_seen(activity, partner)
    assert "This waits for a coordinator." in text_of(keeping.get(activity.get_absolute_url()))
    feed = keeping.get(reverse("activities:feed", args=[area.slug]))
    assert activity.title not in feed.content.decode()


def test_a_coordinators_own_waits_for_nobody(client, area, club, coordinator):
    client.force_login(coordinator)
    add(client, area, club)
    assert is_seen(Activity.objects.get())


def test_new_words_wait_one_by_one_and_the_old_ones_stand(keeping, shown):
    page = edit(keeping, shown, summary="Vi syr og broderer", begins="17:00")
    assert "Your new words wait" in text_of(page)
    shown.refresh_from_db()
    assert (shown.summary, shown.begins.hour) == ("Vi syr", 17)
    assert shown.proposed == {"summary": "Vi syr og broderer"}
    assert is_seen(shown)


def test_taking_words_away_and_moving_times_is_at_once(keeping, shown):
    page = edit(keeping, shown, summary="", ends="19:30")
    assert "Saved." in text_of(page)
    shown.refresh_from_db()
    assert (shown.summary, shown.ends.hour, shown.proposed) == ("", 19, {})


def test_words_that_wait_are_told_to_the_keeper_and_to_nobody_else(client, keeping, shown):
    edit(keeping, shown, summary="Hemmeligt endnu")
    page = text_of(keeping.get(shown.get_absolute_url()))
    assert "New words wait for a coordinator." in page
    assert "Hemmeligt endnu" not in page
    keeping.logout()
    page = text_of(client.get(shown.get_absolute_url()))
    assert "New words wait" not in page and "Hemmeligt endnu" not in page


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def test_the_queue_leads_to_what_waits(coordinating, area, club, shown):
    queue = reverse("inventory:queue", args=[area.slug])
    assert "activit" not in words_of(coordinating.get(queue)).lower()
    make_activity(club, waiting=True)
    Activity.objects.filter(pk=shown.pk).update(proposed={"summary": "Nye ord"})
    assert "2 activities wait to be seen." in words_of(coordinating.get(queue))
    page = words_of(coordinating.get(WAITING))
    assert "Syaften" in page and "Vi syrNye ord" in page


def test_a_coordinator_lets_a_new_one_be_seen(coordinating, club):
    activity = make_activity(club, waiting=True)
    assert "is seen now" in words_of(decide(coordinating, activity, "use"))
    assert is_seen(activity)


def test_a_coordinator_takes_a_new_one_out(coordinating, club):
    decide(coordinating, make_activity(club, waiting=True), "drop")
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("do", "summary"), [("use", "Nye ord"), ("drop", "Vi syr")])
def test_a_coordinator_takes_new_words_or_keeps_the_old(coordinating, shown, do, summary):
    Activity.objects.filter(pk=shown.pk).update(proposed={"summary": "Nye ord"})
    decide(coordinating, shown, do)
    shown.refresh_from_db()
    assert (shown.summary, shown.proposed, shown.version) == (summary, {}, 2)


def test_an_unknown_button_is_said(coordinating, shown):
    assert "Choose one of the buttons." in words_of(decide(coordinating, shown, "perhaps"))


def test_what_a_coordinator_writes_has_been_seen(coordinating, club):
    activity = make_activity(club, waiting=True)
    edit(coordinating, activity)
    assert is_seen(activity)


def test_nothing_waits_reads_sensibly(coordinating, area):
    assert "Nothing waits." in words_of(coordinating.get(WAITING))


def test_what_waits_finds_no_place_and_takes_no_day(client, area, club):
    hall = factories.make_place(area, "Salen")
    make_activity(club, waiting=True, place=hall)
    assert "Salen" not in words_of(client.get("/urbanplanen/?day=2&layer=place"))


def test_the_words_of_a_group_of_ones_own_may_not_be_decided_by_oneself(keeping, club):
    activity = make_activity(club, waiting=True)
    assert decide(keeping, activity, "use").status_code == 403
    assert not is_seen(activity)


def test_who_kept_it_loses_sight_with_the_group(club, owner):
    activity = make_activity(club, waiting=True)
    assert is_seen(activity, owner)
    Asset.objects.filter(pk=club.pk).update(owner=None)
    assert not is_seen(activity, owner)
