"""Registering oneself: three ways from the start to the receipt, and a draft that lasts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assetmap.areas.models import Receipt, User
from assetmap.inventory.models import Asset
from assetmap.inventory.position import block_of
from residents.models import Approval, Consent, Resident
from tests.contracts import text_of
from tests.factories import make_address, make_area, make_resident
from tests.residents.registering import (
    STEPS,
    answer,
    fill_in,
    nothing_is_written,
    only_record,
    open_with,
    register,
    rows_with,
    start,
    start_url,
    step_url,
    visitor,
)

LONG = {
    "gifts": {"gifts": ["FG7", "LA9", "LK1"], "words": "Folding paper birds"},
    "how": {
        **{"mode-FG7": "teach", "mode-LA9": "can", "mode-LK1": "learn", "mode-words": "join"},
        "proud": ["LK1", "words"],
    },
    "about": {
        "languages": ["so", "da"],
        "times": ["evening", "weekend"],
        "would_start": "A sewing café",
    },
}


def modes(resident):
    return [(str(row.gift and row.gift.code or row.text), row.mode) for row in offerings(resident)]


def offerings(resident):
    return resident.offerings.select_related("gift")


# The quick way


def test_the_quick_way_asks_three_things_and_ends_with_a_receipt(client, area):
    assert start(client, area).url == step_url(area, "gifts")
    for step, following in (("gifts", "who"), ("who", "finish")):
        assert client.get(step_url(area, step)).status_code == 200
        assert answer(client, area, step).url == step_url(area, following)
    assert "Step 3 of 3" in text_of(client.get(step_url(area, "finish")))
    receipt = answer(client, area, "finish")
    assert receipt.context["code"] in text_of(receipt)
    assert f"#{receipt.context['code']}" in receipt.context["link"]
    assert "no-store" in receipt["Cache-Control"]


def test_the_quick_way_keeps_what_was_told_and_shows_it_to_nobody(client, area):
    register(client, area)
    kept = only_record()
    assert (kept.area, kept.layer, kept.status, kept.name) == (area, "resident", "active", "Fatma")
    assert (kept.visibility, kept.contact_visibility) == ("private", "private")
    assert (kept.photo_visibility, kept.contact, kept.summary) == ("private", "", "")
    assert (kept.latitude, kept.longitude, kept.cell, kept.address) == (None, None, None, "")
    assert modes(kept) == [("FG7", "can")]
    assert timezone.now() - kept.confirmed_at < timedelta(minutes=1)
    assert visitor().get(kept.get_absolute_url()).status_code == 404


def test_the_record_belongs_to_a_holder_who_has_nothing_but_a_receipt(client, area):
    register(client, area)
    holder = only_record().owner
    assert (holder.email, holder.name, holder.memberships.count()) == (None, "", 0)
    assert not (holder.is_staff or holder.is_superuser)
    assert Receipt.objects.get().user == holder


def test_whoever_is_signed_in_gets_no_second_account(client, area, neighbour):
    client.force_login(neighbour)
    register(client, area)
    assert only_record().owner == neighbour
    assert User.objects.count() == 1


def test_nothing_is_ticked_and_everything_is_closed_beforehand(client, area):
    start(client, area)
    assert not client.get(step_url(area, "gifts")).context["form"]["gifts"].value()
    answer(client, area, "gifts")
    who = client.get(step_url(area, "who")).context["form"]
    closed = ("visibility", "contact_visibility", "on_map")
    assert [who[name].value() for name in closed] == ["private", "private", None]
    answer(client, area, "who")
    assert "checked" not in text_of(client.get(step_url(area, "finish"))).partition("<main")[2]


@pytest.mark.parametrize(
    ("shown", "typed", "kept"),
    [
        ("first", "Maria Fernanda Núñez", "Maria"),
        ("first", "  Bo  ", "Bo"),
        ("nickname", "Den Gyldne Ged", "Den Gyldne Ged"),
        ("none", "Maria Fernanda Núñez", "A neighbour"),
        ("none", "", "A neighbour"),
    ],
)
def test_of_a_name_only_what_may_be_shown_is_kept(client, area, shown, typed, kept):
    register(client, area, who={"name_shown": shown, "called": typed})
    assert (only_record().name, only_record().name_shown) == (kept, shown)
    for word in set(typed.split()) - set(kept.split()):
        assert not list(rows_with(word))


def test_only_the_block_of_an_address_is_kept(client, area):
    address = make_address(area)
    register(client, area, who={"on_map": "on", "address": "remisevej 14"})
    kept = only_record()
    assert (kept.latitude, kept.longitude) == block_of(address.latitude, address.longitude)
    assert (kept.latitude, kept.longitude) != (address.latitude, address.longitude)
    assert [table for table, row in rows_with("emisevej")] == ["areas_address"]


def test_an_address_is_not_looked_up_unless_she_wants_to_be_on_the_map(client, area):
    make_address(area)
    register(client, area, who={"address": "Remisevej 14"})
    assert only_record().cell is None


# The long way


def test_the_long_way_keeps_how_when_and_in_which_languages(client, area):
    register(client, area, "long", **LONG)
    kept = only_record()
    assert dict(modes(kept)) == {
        **{"FG7": "teach", "LA9": "can", "LK1": "learn"},
        "Folding paper birds": "join",
    }
    assert [row.code for row in kept.languages.all()] == ["da", "so"]
    assert kept.availability == "weekday evenings, weekends"
    assert kept.would_start == "A sewing café"
    assert Asset.objects.search("sewing").get().pk == kept.pk
    assert Asset.objects.search("paper birds").get().pk == kept.pk


def test_the_gifts_she_is_proudest_of_stand_first(client, area):
    register(client, area, "long", **LONG)
    rows = list(offerings(only_record()))
    assert [row.proud for row in rows] == [True, True, False, False]
    assert [str(row) for row in rows][1] == "Folding paper birds"


def test_the_last_page_shows_how_others_would_see_her_and_keeps_nothing(client, area):
    fill_in(client, area, "long", **LONG, who={"visibility": "public"})
    seen = client.get(step_url(area, "finish"))
    assert [view.resident.name for view in seen.context["seen"]] == ["Fatma"] * 4
    assert "Folding paper birds" in text_of(seen)
    assert "Would start: A sewing café" in text_of(seen)
    assert nothing_is_written()


# The young way


def test_the_young_way_waits_for_a_guardian(client, area):
    receipt = register(client, area, "young", who={"visibility": "public"})
    kept, asked = only_record(), Approval.objects.get()
    assert (kept.status, asked.resident, asked.who) == ("unconfirmed", kept, "guardian")
    assert asked.expires_at == kept.created_at + timedelta(days=14)
    assert receipt.context["guardian_code"] != receipt.context["code"]
    assert receipt.context["guardian_code"] in text_of(receipt)
    assert not Consent.objects.exists()  # it is not hers to give


def test_the_young_way_asks_for_nobody_elses_consent(client, area):
    fill_in(client, area, "young")
    page = client.get(step_url(area, "finish"))
    assert list(page.context["form"].fields) == ["guardian_email"]


def test_a_young_person_sees_how_it_will_look_once_it_is_approved(client, area):
    fill_in(client, area, "young", who={"visibility": "public"})
    seen = client.get(step_url(area, "finish")).context["seen"]
    assert [bool(view.resident) for view in seen] == [True] * 4


# Moderation


@pytest.mark.parametrize("moderated", [True, False])
@pytest.mark.parametrize("level", ["private", "partners", "neighbours", "public"])
def test_what_others_may_see_waits_where_the_area_is_moderated(client, db, moderated, level):
    area = make_area(moderated=moderated)
    receipt = register(client, area, who={"visibility": level})
    waits = moderated and level != "private"
    assert only_record().status == ("pending" if waits else "active")
    assert ("A coordinator looks at your words first" in text_of(receipt)) == waits


# The draft


@pytest.mark.parametrize("way", STEPS)
def test_a_page_that_is_left_is_found_as_it_was(client, area, way):
    fill_in(client, area, way, gifts={"words": "Mending nets"}, how={"mode-words": "can"})
    begun = client.get(start_url(area))
    assert begun.context["begun"] == "finish"
    assert step_url(area, "finish") in text_of(begun)
    assert 'value="Mending nets"' in text_of(client.get(step_url(area, "gifts")))
    assert 'value="Fatma Yilmaz"' in text_of(client.get(step_url(area, "who")))
    assert answer(client, area, "finish").status_code == 200


def test_a_new_tab_of_the_same_browser_goes_on(client, area):
    fill_in(client, area)
    tab = visitor()
    tab.cookies = client.cookies
    assert 'value="Fatma Yilmaz"' in text_of(tab.get(step_url(area, "who")))
    assert answer(tab, area, "finish").status_code == 200
    assert Resident.objects.count() == 1


def test_going_back_and_changing_ones_mind_counts(client, area):
    fill_in(client, area)
    answer(client, area, "gifts", gifts=["LA9"])
    answer(client, area, "finish")
    assert modes(only_record()) == [("LA9", "can")]


def test_starting_anew_throws_the_draft_away(client, area):
    fill_in(client, area)
    start(client, area, "long")
    assert "Fatma" not in text_of(client.get(step_url(area, "who")))
    assert answer(client, area, "finish").url == step_url(area, "gifts")
    assert nothing_is_written()


def test_another_areas_draft_is_another(client, area, other_area):
    fill_in(client, area)
    assert client.get(step_url(other_area, "who")).url == start_url(other_area)
    start(client, other_area)
    assert "Fatma" not in text_of(client.get(step_url(other_area, "who")))
    assert 'value="Fatma Yilmaz"' in text_of(client.get(step_url(area, "who")))


def test_what_was_typed_is_nowhere_once_it_is_sent(client, area):
    register(client, area, who={"name_shown": "none", "called": "Kanariefugl"})
    assert "Kanariefugl" not in str(dict(client.session.items()))
    assert not list(rows_with("Kanariefugl"))


def test_she_who_has_a_record_is_led_to_it_and_makes_no_second(client, area):
    fill_in(client, area)
    code = register(visitor(), area).context["code"]
    open_with(client, area, code)
    mine = reverse("me:me", args=[area.slug])
    assert client.get(start_url(area)).url == mine
    assert client.post(start_url(area), {"way": "quick"}).url == start_url(area)
    assert answer(client, area, "finish").url == start_url(area)
    assert Resident.objects.count() == 1


def test_a_record_elsewhere_is_no_hindrance(client, area, other_area, neighbour):
    make_resident(other_area, owner=neighbour)
    client.force_login(neighbour)
    register(client, area)
    assert neighbour.owned_assets.count() == 2
