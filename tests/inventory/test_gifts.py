from collections import Counter
from importlib import import_module

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import override

from assetmap.areas.text import fold
from assetmap.inventory.models import Gift, GiftGroup, Offering
from assetmap.inventory.vocabulary import icons
from tests import factories

pytestmark = pytest.mark.django_db
migration = import_module("assetmap.inventory.migrations.0002_gifts")


@pytest.fixture
def place(area):
    return factories.make_place(area)


@pytest.fixture
def old_apps():
    """The models as they stood when the migration was written."""
    loader = MigrationExecutor(connection).loader
    return loader.project_state(("inventory", "0002_gifts")).apps


def test_vocabulary_is_there_in_twelve_groups():
    assert Gift.objects.count() == 105
    assert GiftGroup.objects.count() == 12
    assert set(GiftGroup.objects.values_list("kind", flat=True)) == {
        *("head", "hands", "heart", "community"),
    }


def test_everything_has_a_danish_and_an_english_name():
    for row in (*Gift.objects.all(), *GiftGroup.objects.all()):
        assert sorted(row.names) == ["da", "en"]
        assert all(row.names.values())
    for gift in Gift.objects.all():
        assert set(gift.synonyms) == {"da", "en"}, gift.code


def test_names_are_read_in_the_language_in_use():
    bees = Gift.objects.get(code="FG7")
    with override("en"):
        assert (str(bees), str(bees.group)) == ("Keep bees", "Food and growing")
    for language in ("da", "de"):
        with override(language):
            assert str(bees) == "Holde bier"


def test_no_word_names_two_gifts():
    words = Counter(
        word for gift in Gift.objects.all() for word in {fold(word) for word in gift.words()}
    )
    assert [word for word, gifts in words.items() if gifts > 1] == []


def test_words_fit_the_field_they_are_typed_in():
    longest = Offering._meta.get_field("text").max_length
    words = [word for gift in Gift.objects.all() for word in gift.words()]
    assert [word for word in words if not word.strip() or len(word) > longest] == []


def test_every_gift_and_group_has_a_short_picture_of_its_own():
    rows = [*Gift.objects.all(), *GiftGroup.objects.all()]
    assert [row.code for row in rows if not 1 <= len(row.icon) <= 4] == []
    for group in GiftGroup.objects.prefetch_related("gifts"):
        pictures = [group.icon, *(gift.icon for gift in group.gifts.all())]
        assert len(set(pictures)) == len(pictures), group.code


def test_a_picture_belongs_to_a_gift_or_group_that_exists():
    known = {row.code for row in (*Gift.objects.all(), *GiftGroup.objects.all())}
    assert set(icons()) == known


def test_a_gift_that_an_administrator_added_has_no_picture():
    assert Gift(code="X1").icon == GiftGroup(code="X").icon == ""


def test_flags_are_set():
    codes = Gift.objects.filter(sensitive=True).values_list("code", flat=True)
    assert {"LA1", "LA2", "LA4"} <= set(codes)
    assert Gift.objects.filter(with_children=True).exists()
    assert Gift.objects.filter(licensed=True).exists()


# The migration


def test_vocabulary_is_taken_out_and_put_in_again(old_apps):
    before = list(Gift.objects.order_by("code").values("code", "names", "synonyms"))
    migration.unload(old_apps, None)
    assert not Gift.objects.exists()
    assert not GiftGroup.objects.exists()
    for _ in range(2):  # the second time it finds everything in place
        migration.load(old_apps, None)
        assert list(Gift.objects.order_by("code").values("code", "names", "synonyms")) == before


def test_taking_the_vocabulary_out_leaves_what_is_in_use(place, old_apps):
    factories.make_offering(place, "FG7")
    migration.unload(old_apps, None)
    assert [gift.code for gift in Gift.objects.all()] == ["FG7"]
    assert [group.code for group in GiftGroup.objects.all()] == ["FG"]
    migration.load(old_apps, None)
    assert Gift.objects.count() == 105
    assert Offering.objects.get().gift.code == "FG7"


# What the database refuses


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"gift": "FG7", "text": "and words"},
        {"text": "words", "mode": "sell"},
    ],
    ids=["nothing", "gift and words", "unknown way"],
)
def test_database_refuses_an_offering_that_means_nothing(place, fields):
    gift = Gift.objects.get(code=fields["gift"]) if "gift" in fields else None
    with pytest.raises(IntegrityError):
        Offering.objects.create(**fields | {"asset": place, "gift": gift})


def test_database_refuses_the_same_gift_twice(place):
    factories.make_offering(place, "FG7")
    with pytest.raises(IntegrityError):
        factories.make_offering(place, "FG7")


@pytest.mark.parametrize(
    ("make", "code", "reveals"),
    [
        (factories.make_resident, "LA1", True),
        (factories.make_resident, "FG7", False),
        (factories.make_association, "LA1", False),
    ],
)
def test_only_a_residents_sensitive_gift_reveals_something(area, make, code, reveals):
    assert factories.make_offering(make(area), code).reveals is reveals
