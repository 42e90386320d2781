"""Merging: what the kept one takes, what comes along, what stays, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from assetmap.exchange.merging.merge import merge
from assetmap.exchange.models import Merge
from assetmap.inventory.erasure import erase
from assetmap.inventory.models import Asset, Link, Proposal
from tests.factories import (
    make_association,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

from .rows import names_of, speak


def test_what_is_taken_stands_on_the_kept_one_and_the_rest_stays(kept, gone, coordinator, fresh):
    merge(kept, gone, ["summary", "position", "cvr", "founded"], coordinator)
    now = fresh(kept)
    assert (now.name, now.summary, now.cvr) == ("Haveklubben", "Vi dyrker sammen", "10103940")
    assert (now.latitude, now.longitude, now.founded) == (55.65, 12.59, "2013-05")
    assert now.cell == Asset.objects.get(pk=gone.pk).cell is not None
    assert (now.email, now.source) == ("", "")


def test_the_other_one_goes_to_the_archive_as_it_was(kept, gone, coordinator, fresh):
    done = merge(kept, gone, ["name", "summary"], coordinator)
    now = fresh(gone)
    assert (now.status, now.name, now.summary) == ("archived", "Have-klubben", "Vi dyrker sammen")
    assert (done.kept_id, done.gone_id, done.gone_status) == (kept.pk, gone.pk, "active")
    assert (done.area, done.user, done.undone_at) == (kept.area, coordinator, None)


def test_both_versions_go_up_and_nobody_has_confirmed_anything(kept, gone, coordinator, fresh):
    merge(kept, gone, [], coordinator)
    assert (fresh(kept).version, fresh(gone).version) == (2, 2)
    assert fresh(kept).confirmed_at is None
    assert fresh(kept).updated_at > kept.updated_at


def test_every_kind_of_row_comes_along(area, kept, gone, coordinator):
    make_offering(gone, "FG7", note="om tirsdagen")
    make_offering(gone, None, text="kompost")
    speak(gone, "so")
    gone.milestones.create(date="2014", text="Det første bed")
    gone.figures.create(date="2014", measure="medlemmer", value=12)
    make_link(gone, make_place(area, "Haven"), "meets_at")
    make_link(make_resident(area, "Ida"), gone, "helps")
    merge(kept, gone, [], coordinator)
    assert [str(row) for row in kept.offerings.all()][1] == "kompost"
    assert kept.offerings.get(gift__code="FG7").note == "om tirsdagen"
    assert [row.code for row in kept.languages.all()] == ["so"]
    assert kept.milestones.get().text == "Det første bed"
    assert kept.figures.get().value == 12
    assert names_of(kept, "meets_at") == ["Haven"]
    assert names_of(kept, "helps") == ["Ida"]
    assert not gone.offerings.exists() and not gone.milestones.exists()
    assert not Link.objects.of(gone).exists()


def test_what_would_stand_twice_stays_with_the_other_one(area, kept, gone, coordinator):
    place = make_place(area)
    for asset in (kept, gone):
        make_offering(asset, "FG7")
        make_offering(asset, None, text="Kompost", note=asset.name)
        speak(asset, "da")
        asset.milestones.create(date="2014", text="Det første bed")
        asset.figures.create(date="2014", measure="medlemmer", value=12)
        make_link(asset, place, "uses", note=asset.name)
    make_offering(gone, "FG7", "teach")
    gone.figures.create(date="2015", measure="medlemmer", value=12)
    make_link(gone, place, "meets_at")
    merge(kept, gone, [], coordinator)
    assert sorted(kept.offerings.values_list("mode", flat=True)) == ["can", "can", "teach"]
    assert (kept.languages.count(), kept.milestones.count(), kept.figures.count()) == (1, 1, 2)
    assert Link.objects.of(kept).get(kind="uses").note == "Haveklubben"
    assert Link.objects.of(gone).get().note == "Have-klubben"
    assert (gone.offerings.count(), gone.languages.count(), gone.figures.count()) == (2, 1, 1)


def test_a_mutual_tie_stands_in_order_whichever_end_moves(area, coordinator):
    first, kept, between, gone, last = (make_association(area) for _ in range(5))
    make_link(first, gone)
    make_link(between, gone)
    make_link(gone, last)
    make_link(kept, between)
    merge(kept, gone, [], coordinator)
    assert names_of(kept, "works_with") == sorted(a.name for a in (first, between, last))
    assert names_of(gone, "works_with") == [between.name]


def test_a_tie_between_the_two_stays_between_them(kept, gone, coordinator):
    tie = make_link(gone, kept, "grew_into")
    merge(kept, gone, [], coordinator)
    tie.refresh_from_db()
    assert (tie.source_id, tie.target_id) == (gone.pk, kept.pk)


def test_what_was_proposed_for_the_other_one_stays_with_it(kept, gone, coordinator):
    proposal = Proposal.objects.create(asset=gone, text="De er flyttet")
    merge(kept, gone, [], coordinator)
    proposal.refresh_from_db()
    assert proposal.asset_id == gone.pk


def test_the_kept_one_is_found_by_what_it_took_in(kept, gone, coordinator):
    make_offering(gone, None, text="gærdeflet")
    merge(kept, gone, ["summary"], coordinator)
    for word in ("gærdeflet", "dyrker"):
        assert kept in [a.child for a in Asset.objects.search(word).active()]
    assert gone.asset_ptr not in Asset.objects.search("gærdeflet")


def test_a_photo_changes_places_so_that_erasing_the_other_one_keeps_it(
    kept, gone, coordinator, fresh, picture, django_capture_on_commit_callbacks
):
    green, red = picture(kept, "green", "et bed"), picture(gone, "red", "et drivhus")
    merge(kept, gone, ["photo"], coordinator)
    assert (fresh(kept).photo.name, fresh(kept).photo_alt) == (red, "et drivhus")
    assert (fresh(gone).photo.name, fresh(gone).photo_alt) == (green, "et bed")
    with django_capture_on_commit_callbacks(execute=True):
        erase(fresh(gone))
    now = fresh(kept)
    assert now.photo.storage.exists(red) and now.photo_small.storage.exists(now.photo_small.name)
    assert not now.photo.storage.exists(green)
    assert not Merge.objects.exists()


def test_a_source_changes_places_so_that_a_later_import_finds_the_kept_one(
    kept, gone, coordinator, fresh
):
    Asset.objects.filter(pk=kept.pk).update(source="Kommunen", source_id="3")
    merge(kept, gone, ["source"], coordinator)
    now = fresh(kept)
    assert (now.source, now.source_id, now.licence) == ("Kommunen", "7", "CC0")
    assert (fresh(gone).source_id, fresh(gone).licence) == ("3", "")


def test_ties_to_people_become_private_when_the_kept_one_begins_to_reveal(
    area, kept, gone, coordinator
):
    person, place = make_resident(area, "Ida", visibility="public"), make_place(area)
    Asset.objects.filter(pk=gone.pk).update(reveals=True)
    own, to_place = make_link(person, kept, "helps"), make_link(kept, place, "uses")
    chosen = make_link(person, gone, "member_of", visibility="public")
    merge(kept, gone, ["reveals"], coordinator)
    for tie in (own, to_place, chosen):
        tie.refresh_from_db()
    assert (own.visibility, to_place.visibility) == ("private", "public")
    assert chosen.visibility == "public"  # somebody chose so, knowing what it reveals


def test_ties_that_move_to_one_that_reveals_become_private(area, kept, gone, coordinator):
    Asset.objects.filter(pk=kept.pk).update(reveals=True)
    tie = make_link(make_resident(area), gone, "helps", visibility="public")
    merge(kept, gone, [], coordinator)
    tie.refresh_from_db()
    assert tie.visibility == "private"


def test_one_that_waits_for_a_coordinator_may_be_merged_into_one_in_use(
    kept, gone, coordinator, fresh
):
    Asset.objects.filter(pk=gone.pk).update(status="pending")
    done = merge(kept, gone, [], coordinator)
    assert (done.gone_status, fresh(gone).status) == ("pending", "archived")


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (lambda area, one: (one, one), "one and the same record"),
        (lambda area, one: (one, make_place(area)), "of the same layer"),
        (lambda area, one: (make_resident(area), make_resident(area)), "A person’s record"),
        (lambda area, one: (one, make_association(area, status="archived")), "Bring it back"),
        (lambda area, one: (make_association(area, status="archived"), one), "is not in use"),
        (lambda area, one: (make_association(area, status="pending"), one), "is not in use"),
    ],
    ids=["same", "layer", "resident", "archived", "kept archived", "kept waiting"],
)
def test_what_cannot_be_merged_is_refused_in_words(area, kept, coordinator, pair, sentence):
    with pytest.raises(ValidationError, match=sentence):
        merge(*pair(area, kept), [], coordinator)
    assert not Merge.objects.exists()


def test_another_areas_record_is_refused(kept, other_area, coordinator):
    with pytest.raises(ValidationError, match="the same area"):
        merge(kept, make_association(other_area), [], coordinator)


def test_what_does_not_go_together_is_refused_and_nothing_is_written(
    kept, gone, coordinator, fresh, monkeypatch
):
    def refuse(self):
        raise ValidationError("Write when it ends.")

    monkeypatch.setattr(type(kept), "clean", refuse)
    speak(gone, "so")
    with pytest.raises(ValidationError, match="Write when it ends"):
        merge(kept, gone, ["summary"], coordinator)
    assert (fresh(kept).summary, fresh(gone).status) == ("", "active")
    assert gone.languages.count() == 1


def test_the_owner_is_a_choice_like_any_other(kept, gone, area, coordinator, fresh):
    owner = make_user("resident", area)
    Asset.objects.filter(pk=gone.pk).update(owner=owner)
    merge(kept, gone, ["owner"], coordinator)
    assert fresh(kept).owner == owner
