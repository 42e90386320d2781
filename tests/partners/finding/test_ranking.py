"""The whole of the finder: the planted partner comes first, and every reason is a fact."""

from datetime import time
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assetmap.inventory.models import Gift, SpokenLanguage
from assetmap.partners.finding import ranking
from assetmap.partners.finding.asked import WEIGHTS, Asked
from assetmap.partners.finding.ranking import find, found_of
from assetmap.partners.models import Aside
from tests.activities.rows import WEDNESDAY, make_activity
from tests.factories import (
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)
from tests.partners.facts import is_true
from tests.partners.town import Town

NOBODY = AnonymousUser()
CASES = 200


def plant(town, random):
    """Plant one that fits two to four things fully; return it and what was asked."""
    asked, parts = {}, random.sample(list(PLANTED), random.randrange(2, 5))
    fields = {"latitude": town.asker.latitude, "longitude": town.asker.longitude}
    partner = make_association(town.area, "Den rette", meeting_times="Mandag 17-19", **fields)
    for part in parts:
        asked |= PLANTED[part](town, partner, random)
    make_link(partner, town.connector)
    return partner, town.asked(**NOTHING | asked | {"asker": town.asker.asset_ptr})


NOTHING = {
    **{"wanted": (), "offered": (), "role": "", "audience": "", "age": None},
    **{"language": "", "day": None},
}


def teaches(town, partner, random):
    code = random.choice(["HR7", "FG3", "LK1"])
    make_offering(partner, code, "teach")
    return {"wanted": tuple(town.keys([code]))}


def wishes(town, partner, random):
    make_offering(partner, "EA6", "join")
    return {"offered": tuple(town.keys(["EA6"]))}


def is_for_women(town, partner, random):
    make_activity(partner, meant_for="women", first_day=WEDNESDAY.replace(day=7))
    return {"audience": "women"}


def speaks(town, partner, random):
    SpokenLanguage.objects.create(asset=partner, code="so")
    return {"language": "so"}


def has_time(town, partner, random):
    return {"day": 3}


def fills_a_role(town, partner, random):
    for code in ("OT4", "DM9", "DM5"):
        make_offering(partner, code, "can")
    return {"role": "home"}


PLANTED = {
    **{"gift": teaches, "wish": wishes, "audience": is_for_women},
    **{"language": speaks, "free": has_time, "role": fills_a_role},
}


@pytest.mark.once
def test_the_planted_partner_is_first_in_95_of_100_cases_and_never_below_third(area):
    town, ranks = Town(area, Random(7), size=40), []
    for case in range(CASES):
        with transaction.atomic():
            partner, asked = plant(town, Random(case))
            found = [one.key for one in find(asked, NOBODY, 3).found]
            ranks.append(found.index(partner.pk) + 1 if partner.pk in found else None)
            transaction.set_rollback(True)
    assert None not in ranks
    assert ranks.count(1) >= 0.95 * CASES


@pytest.mark.parametrize("seed", range(6))
def test_every_reason_is_a_fact(area, seed):
    """Each fact of each asset found is looked up anew in the rows, without the finder's code."""
    town = Town(area, Random(seed))
    seen = 0
    for _ in range(8):
        asked = town.asked()
        for found in find(asked, NOBODY, 50).found:
            for part, value in found.parts.items():
                assert 0 <= value.number <= 1
                for fact in value.facts:
                    seen += 1
                    assert is_true(part, fact, found.key, asked), (part, fact, found.key)
    assert seen > 20


@pytest.mark.parametrize("seed", range(3))
def test_leaving_out_who_cannot_win_changes_nothing(area, seed, monkeypatch):
    """The shortcut over who could still be among the best gives what a full sort gives."""
    town = Town(area, Random(seed))
    asks = [town.asked(asker=town.asker.asset_ptr) for _ in range(6)]
    monkeypatch.setattr(ranking, "FIRST", 6)
    quick = [find(asked, NOBODY, 4) for asked in asks]
    monkeypatch.setattr(ranking, "_could_be_best", lambda sums, more, least: sums)
    assert quick == [find(asked, NOBODY, 4) for asked in asks]


def test_who_is_hidden_is_not_found_by_what_was_told(area):
    hidden = make_association(area, visibility="private")
    make_offering(hidden, "HR7", "teach")
    make_offering(hidden, "EA6", "join")
    make_offering(hidden, "OT4", "can")
    make_activity(hidden, gifts=["HR7"], meant_for="women", languages=["so"])
    gifts = {each.gift.code: each.gift_id for each in hidden.offerings.all()}
    asks = [
        {"wanted": (gifts["HR7"],)},
        {"offered": (gifts["EA6"],)},
        *({"role": "home"}, {"audience": "women"}, {"language": "so"}),
    ]
    for fields in asks:
        assert find(Asked(area=area, **fields), NOBODY) == ranking.Answer([], 0)
        coordinator = make_user("coordinator", area)
        assert find(Asked(area=area, **fields), coordinator).number == 1


def test_what_waits_for_a_coordinator_finds_nobody_for_her_either(area):
    choir = make_association(area)
    make_activity(choir, gifts=["HR7"], meant_for="women", languages=["so"], waiting=True)
    sewing = Gift.objects.get(code="HR7").pk
    for fields in ({"wanted": (sewing,)}, {"audience": "women"}, {"language": "so"}):
        assert find(Asked(area=area, **fields), make_user("coordinator", area)).number == 0


def test_the_score_is_the_weighed_mean_of_what_was_asked(area):
    baker = make_association(area)
    make_offering(baker, "FG3", "can")
    gift = baker.offerings.get().gift_id
    weights = WEIGHTS | {"gift": 3, "language": 1}
    asked = Asked(area=area, wanted=(gift,), language="so", weights=weights)
    (found,) = find(asked, NOBODY).found
    assert found.score == pytest.approx((3 * 0.9 + 1 * 0) / 4)
    assert set(found.parts) == {"gift"}


def test_a_weight_of_nothing_takes_a_part_out_of_the_score(area):
    baker, singer = make_association(area, "B"), make_association(area, "S")
    make_offering(baker, "FG3", "can")
    SpokenLanguage.objects.create(asset=singer, code="so")
    gift = baker.offerings.get().gift_id
    for heavy, first in (("gift", baker), ("language", singer)):
        weights = dict.fromkeys(WEIGHTS, 0) | {heavy: 1}
        asked = Asked(area=area, wanted=(gift,), language="so", weights=weights)
        assert find(asked, NOBODY).found[0].key == first.pk


def test_all_weights_at_nothing_are_no_fault(area):
    baker = make_association(area)
    make_offering(baker, "FG3")
    gift = baker.offerings.get().gift_id
    asked = Asked(area=area, wanted=(gift,), weights=dict.fromkeys(WEIGHTS, 0))
    assert [one.score for one in find(asked, NOBODY).found] == [0]


def test_of_those_alike_the_nearest_goes_first(area):
    asker = make_institution(area, latitude=55.65, longitude=12.59)
    far = make_association(area, latitude=55.70, longitude=12.59)
    farther = make_association(area)
    near = make_association(area, latitude=55.651, longitude=12.59)
    for asset in (far, farther, near):
        make_offering(asset, "FG3")
    gift = near.offerings.get().gift_id
    asked = Asked(area=area, wanted=(gift,), asker=asker.asset_ptr)
    assert [one.key for one in find(asked, NOBODY).found] == [near.pk, far.pk, farther.pk]


def test_neither_the_asker_nor_one_put_aside_nor_another_area_is_found(area):
    user = make_user("partner", area)
    elsewhere = make_association(make_area("naboby"))
    asker, aside, left = (make_association(area) for _ in range(3))
    for asset in (asker, aside, left, elsewhere):
        make_offering(asset, "FG3")
    Aside.objects.create(by=user, asset=aside, because="busy")
    asked = Asked(area=area, wanted=(left.offerings.get().gift_id,), asker=asker.asset_ptr)
    assert [one.key for one in find(asked, user).found] == [left.pk]
    assert [one.key for one in find(asked, NOBODY).found] == [aside.pk, left.pk]


def test_hidden_assets_are_neither_found_nor_counted(area):
    for fields in ({"visibility": "private"}, {"status": "archived"}, {"status": "pending"}):
        make_offering(make_association(area, **fields), "FG3")
    make_offering(make_resident(area, visibility="neighbours"), "FG3")
    shown = make_association(area)
    make_offering(shown, "FG3")
    asked = Asked(area=area, wanted=(shown.offerings.get().gift_id,))
    answer = find(asked, NOBODY)
    assert (answer.number, [one.key for one in answer.found]) == (1, [shown.pk])
    coordinator = make_user("coordinator", area)
    assert find(asked, coordinator).number == 3  # not what is archived or waits


def test_only_the_layers_asked_for_are_looked_in(area):
    hall = make_place(area, kind="room")
    make_offering(make_association(area), "EA6")
    gift = make_association(area).offerings.model.objects.get().gift_id
    asked = Asked(area=area, wanted=(gift,), layers=("place",))
    assert [one.key for one in find(asked, NOBODY).found] == [hall.pk]


def test_where_only_a_time_is_asked_who_is_taken_is_left_out(area):
    free, taken = make_association(area, "A"), make_association(area, "B")
    make_activity(free)
    make_activity(taken, first_day=WEDNESDAY.replace(day=3), begins=time(17), ends=time(19))
    unknown = make_association(area, "C")
    asked = Asked(area=area, day=3, span=(17 * 60, 24 * 60))
    assert [one.key for one in find(asked, NOBODY).found] == [free.pk, unknown.pk]


def test_nothing_asked_finds_nothing(area):
    make_association(area)
    assert find(Asked(area=area), NOBODY).number == 0


def test_the_fit_of_one_is_the_same_as_in_the_list(area):
    town = Town(area, Random(3))
    asked = town.asked(asker=town.asker.asset_ptr, role="culture")
    for found in find(asked, NOBODY, 10).found:
        (asset,) = [one for one in [*town.assets, town.connector] if one.pk == found.key]
        assert found_of(asked, asset.asset_ptr, NOBODY) == found


def test_the_fit_of_one_that_is_hidden_is_not_told(area):
    hidden = make_association(area, visibility="private")
    make_offering(hidden, "FG3")
    asked = Asked(area=area, wanted=(hidden.offerings.get().gift_id,))
    assert found_of(asked, hidden.asset_ptr, NOBODY) is None


@pytest.mark.parametrize("first", [100, 10])
def test_more_assets_take_no_more_queries(area, first, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(ranking, "FIRST", first)  # all at once, or in two goes
    town = Town(area, Random(5), size=30)
    asked = town.asked(
        asker=town.asker.asset_ptr, role="home", day=3, audience="women", language="so"
    )
    with CaptureQueriesContext(connection) as few:
        find(asked, NOBODY)
    Town(area, Random(6), size=60)
    with django_assert_num_queries(len(few)):
        find(asked, NOBODY)
