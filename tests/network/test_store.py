"""What is worked out is kept for all who see the same, until anything changes, without a word."""

import pickle
import zlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches

from assetmap.areas.roles import Role
from assetmap.exchange.merging.merge import merge
from assetmap.inventory.models import Asset, Link
from assetmap.network.audience import audience_of, eyes_of
from assetmap.network.resources import resources_stamp
from assetmap.network.stamp import stamp
from assetmap.network.store import Seen
from assetmap.network.works import WORKS
from residents.models import Consent
from tests import factories


@pytest.fixture
def two(area):
    """A club and a hall that are tied."""
    club = factories.make_association(area, "qxclub", summary="qxsummary")
    hall = factories.make_place(area, "qxhall")
    factories.make_link(club, hall, "meets_at", note="qxnote")
    return club, hall


# The mark ------------------------------------------------------------------------------------


def rename(club, hall):
    club.name, club.version = "Nyt", club.version + 1
    club.save()


CHANGES = {
    "a new tie": lambda club, hall: factories.make_link(hall, club, "near"),
    "a tie gone": lambda club, hall: Link.objects.get().delete(),
    "a tie that many lose": lambda club, hall: Link.objects.all().delete(),
    "a new asset": lambda club, hall: factories.make_place(club.area),
    "an asset gone": lambda club, hall: hall.delete(),
    "a name": rename,
    "archived": lambda club, hall: Asset.objects.filter(pk=hall.pk).update(status="archived"),
    "hidden": lambda club, hall: Asset.objects.filter(pk=hall.pk).update(visibility="private"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_mark_changes_with_everything(area, two, change):
    before = stamp(area)
    change(*two)
    assert stamp(area) != before


def test_the_mark_changes_when_a_tie_is_edited(area, two):
    before, link = stamp(area), Link.objects.get()
    link.strength, link.version = 3, link.version + 1
    link.save()
    assert stamp(area) != before


def test_the_mark_changes_when_two_are_merged(area, two):
    double = factories.make_place(area)
    factories.make_link(two[0], double, "uses")
    before = stamp(area)
    merge(two[1], double, {}, factories.make_user("coordinator", area))
    assert stamp(area) != before


def test_the_mark_stays_while_nothing_changes_here(area, other_area, two):
    before = stamp(area)
    factories.make_place(other_area)
    assert stamp(area) == before


def test_what_is_within_reach_has_a_mark_of_its_own(area, two):
    club, _hall = two
    figure = club.figures.create(date="2020", measure="salg", value=100, unit="kr.")
    marks = [resources_stamp(area)]
    offering = factories.make_offering(club, "FG7")
    marks.append(resources_stamp(area))
    type(offering).objects.filter(pk=offering.pk).update(mode="learn")
    marks.append(resources_stamp(area))
    type(figure).objects.filter(pk=figure.pk).update(value=200)
    marks.append(resources_stamp(area))
    figure.delete()
    marks.append(resources_stamp(area))
    assert len(set(marks)) == len(marks)


# Kept ----------------------------------------------------------------------------------------


def test_a_work_is_done_once_until_something_changes(area, two):
    done = []

    def work():
        done.append(1)
        return len(done)

    kept = [Seen(area, "coordinator").kept("x", work) for _again in range(3)]
    assert kept == [1, 1, 1] and Seen(area, "coordinator").has("x")
    CHANGES["hidden"](*two)
    assert not Seen(area, "coordinator").has("x")
    assert Seen(area, "coordinator").kept("x", work) == 2


def test_each_audience_and_day_has_its_own(area, two):
    kept = {
        (who, day): Seen(area, who, day).kept("x", lambda who=who, day=day: (who, day))
        for who in ("visitor", "partner")
        for day in ("2012", "2013")
    }
    assert all(key == value for key, value in kept.items())


def test_nobody_is_given_another_audiences_network(area, two):
    factories.make_place(area, visibility="private")
    assert len(Seen(area, "coordinator").network) == 3
    assert len(Seen(area, "visitor").network) == 2


def test_a_tie_that_was_hidden_is_gone_at_once(area, two):
    assert len(Seen(area, "visitor").network.ends) == 1
    Link.objects.update(visibility="private")
    assert len(Seen(area, "visitor").network.ends) == 0


def test_not_a_word_about_anybody_is_kept(area, two, own_cache):
    club, _hall = two
    she = factories.make_resident(area, "qxresident", summary="qxherwords", contact="qxcontact")
    Consent.objects.give(she, ["connect"], language="da", channel="web")
    factories.make_link(she, club, "member_of", note="qxhernote")
    factories.make_offering(she, None, text="qxgift", note="qxgiftnote")
    seen = Seen(area, "coordinator")
    for work in WORKS.values():
        work(seen)
    files = [path.read_bytes() for path in own_cache.iterdir()]
    assert len(files) >= len(WORKS)
    words = (b"qxclub", b"qxsummary", b"qxhall", b"qxnote", b"qxresident", b"qxher", b"qxgift")
    assert not [word for file in files for word in words if word in readable(file)]
    assert b"qxresident" in pickle.dumps(Asset.objects.get(pk=she.pk).name)  # so it would be found


def readable(file):
    """A file of the cache as it was before it was compressed: an expiry, then the content."""
    expiry = pickle.dumps(0.0, pickle.HIGHEST_PROTOCOL)
    return zlib.decompress(file[len(expiry) :])


def test_what_is_kept_is_a_cache_of_its_own(area, two, own_cache):
    assert Seen(area, "visitor").network
    caches["network"].clear()
    assert not list(own_cache.glob("*.djcache"))


# Audiences -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["resident", "partner", "coordinator"])
def test_members_share_what_their_role_sees(area, role):
    user = factories.make_user(role, area)
    assert audience_of(user, area) == role


def test_administrators_see_what_coordinators_do(area):
    assert audience_of(factories.make_admin(), area) == Role.COORDINATOR


def test_visitors_and_members_of_other_areas_share_what_everybody_sees(area, other_area):
    assert audience_of(AnonymousUser(), area) == "visitor"
    assert audience_of(factories.make_user("coordinator", other_area), area) == "visitor"


def test_whoever_has_a_record_sees_more_and_shares_with_nobody(area):
    she = factories.make_user("resident", area)
    record = factories.make_resident(area, owner=she)
    audience = audience_of(she, area)
    assert audience == f"user-{she.pk}"
    assert record.pk in Seen(area, audience).network.keys
    assert record.pk not in Seen(area, "resident").network.keys


@pytest.mark.parametrize("role", [None, "resident", "partner", "coordinator"])
def test_the_eyes_of_an_audience_see_just_what_its_people_do(area, two, role):
    for visibility in ("neighbours", "partners", "private"):
        factories.make_place(area, visibility=visibility)
    user = factories.make_user(role, area) if role else AnonymousUser()
    eyes = eyes_of(audience_of(user, area), area)
    seen = [set(Asset.objects.visible_to(u).values_list("pk", flat=True)) for u in (user, eyes)]
    assert seen[0] == seen[1]
