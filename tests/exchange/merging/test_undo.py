"""Undoing a merging: all as before, but for what somebody changed since."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assetmap.exchange.merging.choices import choices_of
from assetmap.exchange.merging.merge import merge, undo
from assetmap.exchange.models import Merge
from assetmap.inventory.erasure import erase
from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.loader import load_links
from assetmap.inventory.models import Asset, Link
from associations.models import Association
from tests.factories import make_association, make_link, make_offering, make_place, make_resident

from .rows import dump, names_of, speak

TAKEN = [choice.name for choice in choices_of(Association)]
KINDS = [kind.code for kind in LINK_KINDS.values() if kind.allows("association", "association")]


def test_undoing_gives_back_every_row_as_it_was(area, kept, gone, coordinator, picture):
    person, place = make_resident(area, visibility="public"), make_place(area)
    Asset.objects.filter(pk=gone.pk).update(reveals=True, visibility="partners")
    gone.refresh_from_db()
    picture(kept, "green"), picture(gone, "red", "et bed")
    for asset in (kept, gone):
        make_offering(asset, "FG7")
        make_offering(asset, None, text=f"kompost {asset.pk}")
        speak(asset, "da")
        asset.figures.create(date="2014", measure="medlemmer", value=12)
        make_link(person, asset, "helps", visibility="public")
        make_link(asset, place, "uses")
    make_link(kept, gone)
    gone.milestones.create(date="2014", text="Det første bed", stage="group")
    before = dump()
    done = merge(kept, gone, TAKEN, coordinator)
    assert dump() != before
    assert undo(done) == []
    assert dump() == before


def test_what_was_changed_since_stays_and_is_named(kept, gone, coordinator, fresh):
    done = merge(kept, gone, ["name", "summary", "cvr"], coordinator)
    Asset.objects.filter(pk=kept.pk).update(summary="Vi dyrker, alle sammen")
    assert undo(done) == ["in short"]
    now = fresh(kept)
    assert (now.name, now.summary, now.cvr) == ("Haveklubben", "Vi dyrker, alle sammen", "")


def test_rows_that_came_later_stay_and_those_that_went_are_not_missed(kept, gone, coordinator):
    make_offering(gone, "FG7")
    make_offering(gone, "FG6")
    done = merge(kept, gone, [], coordinator)
    kept.offerings.get(gift__code="FG6").delete()
    make_offering(kept, "LA1")
    assert undo(done) == []
    assert [row.gift.code for row in gone.offerings.all()] == ["FG7"]
    assert [row.gift.code for row in kept.offerings.all()] == ["LA1"]


def test_a_row_that_the_other_one_has_again_stays(area, kept, gone, coordinator):
    place = make_place(area, "Haven")
    make_link(gone, place, "meets_at")
    done = merge(kept, gone, [], coordinator)
    make_link(gone, place, "meets_at")
    assert undo(done) == ["ties"]
    assert names_of(kept, "meets_at") == names_of(gone, "meets_at") == ["Haven"]


def test_a_new_photo_of_the_kept_one_stays(kept, gone, coordinator, fresh, picture):
    picture(kept, "green"), picture(gone, "red")
    done = merge(kept, gone, ["photo"], coordinator)
    blue = picture(fresh(kept), "blue")
    assert undo(done) == ["photo"]
    assert fresh(kept).photo.name == blue
    assert fresh(gone).photo.storage.exists(fresh(gone).photo.name)


def test_ties_that_were_hidden_show_again(area, kept, gone, coordinator, fresh):
    Asset.objects.filter(pk=gone.pk).update(reveals=True)
    tie = make_link(make_resident(area), kept, "helps", visibility="neighbours")
    undo(merge(kept, gone, ["reveals"], coordinator))
    tie.refresh_from_db()
    assert (tie.visibility, fresh(kept).reveals) == ("neighbours", False)


def test_a_hidden_tie_stays_so_if_it_would_reveal_something_now(area, kept, gone, coordinator):
    Asset.objects.filter(pk=kept.pk).update(reveals=True)
    tie = make_link(make_resident(area), gone, "helps", visibility="public")
    done = merge(kept, gone, [], coordinator)
    Asset.objects.filter(pk=gone.pk).update(reveals=True)
    undo(done)
    tie.refresh_from_db()
    assert (tie.target_id, tie.visibility) == (gone.pk, "private")


def test_undone_twice_is_refused_and_what_it_knew_is_forgotten(kept, gone, coordinator):
    make_offering(gone, "FG7")
    done = merge(kept, gone, ["summary"], coordinator)
    undo(done)
    with pytest.raises(ValidationError, match="undone already"):
        undo(done)
    done.refresh_from_db()
    assert (done.fields, done.moved, done.hidden) == ({}, {}, {})


def test_a_later_merging_of_one_of_them_is_undone_first(area, kept, gone, coordinator):
    third = make_association(area, "Tredje")
    make_offering(gone, "FG7")
    before = dump()
    first = merge(kept, gone, ["summary"], coordinator)
    second = merge(third, kept, ["summary", "name"], coordinator)
    with pytest.raises(ValidationError, match="Later “Haveklubben” was merged into"):
        undo(first)
    undo(second), undo(first)
    assert dump() == before


def test_undoing_after_it_was_put_in_use_again_gives_all_back(kept, gone, coordinator, fresh):
    make_offering(gone, "FG7")
    Asset.objects.filter(pk=gone.pk).update(status="pending")
    done = merge(kept, gone, [], coordinator)
    Asset.objects.filter(pk=gone.pk).update(status="active")
    assert undo(done) == []
    assert (fresh(gone).status, gone.offerings.count(), kept.offerings.count()) == ("active", 1, 0)


def test_one_that_waited_waits_again(kept, gone, coordinator, fresh):
    Asset.objects.filter(pk=gone.pk).update(status="pending")
    undo(merge(kept, gone, [], coordinator))
    assert fresh(gone).status == "pending"


def test_erasing_either_erases_what_the_merging_knew(area, kept, gone, coordinator, fresh):
    make_offering(gone, "FG7")
    merge(kept, gone, ["summary"], coordinator)
    erase(fresh(gone))
    assert not Merge.objects.exists()
    assert kept.offerings.count() == 1


# Any two records ---------------------------------------------------------------------------

FEW = st.sets(st.integers(0, 3), max_size=4)
SIDE = st.fixed_dictionaries(
    {
        "gifts": st.sets(
            st.tuples(st.sampled_from(["FG7", "LA1"]), st.sampled_from(["can", "join"]))
        ),
        "words": FEW,
        "languages": st.sets(st.sampled_from(["da", "so", "tr"])),
        "milestones": st.lists(st.integers(0, 2), max_size=3),
        "figures": st.lists(st.integers(0, 2), max_size=3),
        "ties": st.sets(st.tuples(st.sampled_from(KINDS), st.integers(0, 2), st.booleans())),
        "people": FEW,
        "columns": st.fixed_dictionaries(
            {
                "reveals": st.booleans(),
                "visibility": st.sampled_from(["public", "private"]),
                "summary": st.sampled_from(["", "A", "B"]),
                "address": st.sampled_from(["", "Hørgården 7"]),
            }
        ),
    }
)


def furnish(asset, side, others, people):
    Asset.objects.filter(pk=asset.pk).update(**side["columns"])
    for code, mode in side["gifts"]:
        make_offering(asset, code, mode)
    for number in side["words"]:
        make_offering(asset, None, text=f"ord {number}")
    speak(asset, *side["languages"])
    for number in side["milestones"]:
        asset.milestones.create(date="2014", text=f"skridt {number}")
    for number in side["figures"]:
        asset.figures.create(measure="medlemmer", value=number)
    for kind, number, out in side["ties"]:
        ends = (asset, others[number]) if out else (others[number], asset)
        load_links([Link(source=ends[0], target=ends[1], kind=kind)])  # unless it stands there
    for number in side["people"]:
        make_link(people[number], asset, "helps", visibility="public")


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=SIDE, second=SIDE, taken=st.sets(st.sampled_from(TAKEN)), turned=st.booleans())
def test_merging_and_undoing_any_two_changes_nothing(
    area, coordinator, first, second, taken, turned
):
    with transaction.atomic():
        kept, gone = two_of(area, first, second, turned)
        before = dump()
        done = merge(kept, gone, taken, coordinator)
        assert undo(done) == []
        assert dump() == before
        transaction.set_rollback(True)


def two_of(area, first, second, turned):
    """Two associations so furnished; turned, the younger one comes first."""
    pair = [make_association(area), make_association(area)]
    others = [make_association(area) for _ in range(2)]
    people = [make_resident(area, visibility="public") for _ in range(4)]
    furnish(pair[0], first, [*others, pair[1]], people)
    furnish(pair[1], second, [*others, pair[0]], people)
    pair = [Asset.objects.get(pk=asset.pk).child for asset in pair]
    for asset in pair:
        asset.save()
    return reversed(pair) if turned else pair
