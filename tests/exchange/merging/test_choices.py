"""What is taken unless somebody chooses, and how it is said."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from assetmap.activities.models import Activity
from assetmap.exchange.merging.choices import choices_of
from assetmap.exchange.merging.rows import keys_to, marks
from assetmap.inventory.models import Asset, Offering, SpokenLanguage, layer_models
from assetmap.partners.models import Aside, Recipe, SavedSearch
from associations.models import Association, Figure, Milestone
from institutions.models import Institution
from places.models import Place
from tests.factories import make_institution, make_place, make_user


@pytest.fixture
def usual(area):
    """Which of two institutions is taken, by what the kept one and the other one say."""

    def ask(name, kept, gone):
        pair = [make_institution(area, **said) for said in (kept, gone)]
        return {choice.name: choice for choice in choices_of(Institution)}[name].usual(*pair)

    return ask


@pytest.mark.parametrize(
    ("kept", "gone", "which"),
    [("", "here", "gone"), ("here", "", "kept"), ("here", "there", "kept"), ("", "", "kept")],
)
def test_what_is_said_goes_before_nothing_and_the_kept_one_before_the_other(
    usual, kept, gone, which
):
    assert usual("summary", {"summary": kept}, {"summary": gone}) == which


def test_what_somebody_chose_goes_before_what_a_field_says_by_itself(usual):
    assert usual("kind", {}, {"kind": "library"}) == "gone"
    assert usual("kind", {"kind": "school"}, {}) == "kept"
    assert usual("outreach", {}, {"outreach": True}) == "gone"


def test_room_for_nobody_is_something_that_is_said(area):
    choice = {choice.name: choice for choice in choices_of(Place)}["capacity"]
    pair = make_place(area), make_place(area, capacity=0)
    assert [choice.shown(place) for place in pair] == ["", "0"]
    assert choice.usual(*pair) == "gone"


@pytest.mark.parametrize(
    ("kept", "gone", "which"),
    [("public", "private", "gone"), ("private", "public", "kept"), ("partners", "public", "kept")],
)
def test_the_narrower_audience_is_usual(usual, kept, gone, which):
    assert usual("visibility", {"visibility": kept}, {"visibility": gone}) == which


def test_what_belongs_together_is_one_choice():
    fields = {choice.name: [f.name for f in choice.fields] for choice in choices_of(Institution)}
    assert fields["position"] == ["latitude", "longitude"]
    assert fields["photo"] == ["photo", "photo_small", "photo_alt"]
    assert fields["source"] == ["source", "source_id", "licence"]


@pytest.mark.parametrize("layer", layer_models())
def test_all_that_a_form_asks_can_be_chosen_and_nothing_that_is_worked_out(layer):
    model = layer_models()[layer]
    fields = {f.name for choice in choices_of(model) for f in choice.fields}
    own = {f.name for f in model._meta.local_concrete_fields if f.editable and not f.primary_key}
    assert own | {"name", "summary", "address", "outline", "visibility", "reveals"} <= fields
    assert not fields & {"id", "uid", "area", "layer", "status", "version", "cell", "search_text"}


def test_every_row_that_belongs_to_an_association_is_known():
    assert {key.model for key in keys_to(Association)} == {
        *(Offering, SpokenLanguage, Milestone, Figure, Activity, Aside),
        *(Recipe.parts.through, SavedSearch.known.through),
    }


@isolate_apps("assetmap.exchange")
def test_rows_of_a_layer_to_come_stand_twice_where_its_tables_say_so():
    class Sitting(models.Model):
        asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
        day = models.DateField(null=True)
        note = models.TextField()

        class Meta:
            app_label = "exchange"
            constraints = [models.UniqueConstraint(fields=["asset", "day"], name="once_a_day")]

        def __str__(self):
            return self.note

    key = Sitting._meta.get_field("asset")
    first, second, third = (
        Sitting(day=day, note="a") for day in ("2026-01-01", "2026-01-02", None)
    )
    same_day = Sitting(day="2026-01-01", note="b")
    assert marks(first, key) & marks(same_day, key)
    assert not marks(first, key) & marks(second, key)
    assert not marks(third, key) & marks(Sitting(day=None, note="b"), key)
    assert marks(third, key) & marks(Sitting(day=None, note="a"), key)


def test_an_owner_is_shown_by_name_and_never_by_address(area):
    choice = {c.name: c for c in choices_of(Institution)}["owner"]
    for name, said in (("Ida Holm", "Ida Holm"), ("", "somebody who is signed in")):
        owner = make_user("resident", area, name=name)
        assert choice.shown(make_institution(area, owner=owner)) == said


def test_what_is_chosen_is_said_in_words(area):
    asset = make_institution(area, kind="library", outline={"type": "Polygon"}, licence="CC0")
    said = {choice.name: choice.shown(asset) for choice in choices_of(Institution)}
    assert (said["kind"], said["outreach"], said["outline"]) == (
        "library",
        "no",
        "drawn on the map",
    )
    assert (said["position"], said["photo"], said["source"]) == ("", "", "CC0")
