"""What a search finds, the same on both engines: words, parts of words, and signs as no words."""

import itertools
import random
import string
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.areas.text import words_in
from assetmap.inventory import search
from assetmap.inventory.loader import load_assets
from assetmap.inventory.models import Asset, Gift
from places.models import Place
from tests.factories import (
    make_area,
    make_association,
    make_offering,
    make_place,
)

from .keeping import found

# Words and parts of words -----------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["gymnastik", "pigegymnastik", "PigeGymnastik", "mnas", "ige", "ymn", "gym pige", "a pige"],
)
def test_three_letters_and_more_are_found_anywhere_inside_a_word(area, typed):
    make_association(area, "Pigegymnastik på Amager")
    make_association(area, "Drengefodbold")
    assert found(typed) == {"Pigegymnastik på Amager"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        *(("k", {"Kor", "Dans & kaffe"}), ("ka", {"Dans & kaffe"}), ("or", set())),
        *(("K", {"Kor", "Dans & kaffe"}), ("d k", {"Dans & kaffe"}), ("ko da", set())),
        *(("ø", {"Øl"}), ("oe", {"Øl"}), ("o", {"Øl"}), ("3", {"Hus (3)"})),
        *(("ka dans", {"Dans & kaffe"}), ("dan ka", {"Dans & kaffe"}), ("l", set())),
    ],
)  # fmt: skip
def test_one_and_two_letters_begin_a_word(area, typed, names):
    for name in ("Kor", "Dans & kaffe", "Øl", "Hus (3)"):
        make_place(area, name)
    assert found(typed) == names


@pytest.mark.parametrize("name", ["Ærø Blågård", "Aeroe Blaagaard", "ÆRØ BLÅGÅRD", "æRø blågård"])
@pytest.mark.parametrize(
    "typed", ["ærø", "aeroe", "Blågård", "blaagaard", "gård", "gaard", "ÆRØ gaa", "bla\u030ag"]
)
def test_either_spelling_of_danish_letters_finds_the_other(area, name, typed):
    make_place(area, name)
    assert found(typed) == {name}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("Café Zürich", "cafe zurich"), ("Cafe Zurich", "CAFÉ ZÜRICH"), ("Łódź", "lodz")),
        *(("Dikiş kursu", "dikis"), ("İstanbul", "istanbul"), ("Þingvellir", "thing")),
        *(("قهوة عربية", "قهوة"), ("Кафе", "кафе"), ("Кафе", "КА"), ("日本語の会", "日本語")),
    ],
)
def test_accents_and_case_make_no_difference_in_any_script(area, name, typed):
    make_place(area, name)
    make_place(area, "Noget andet")
    assert found(typed) == {name}


def test_every_word_must_occur_wherever_it_stands(area):
    make_place(area, "Haven", summary="Honning og bier", address="Remisevej 14, 2300 København S")
    make_place(area, "Honninghuset")
    assert found("honning") == {"Haven", "Honninghuset"}
    assert found("remisevej haven bier") == {"Haven"}
    assert found("remisevej 14") == found("koebenhavn s 2300") == {"Haven"}
    assert found("haven bier fodbold") == set()


def test_a_word_is_not_found_across_two(area):
    make_place(area, "Kor og band")
    assert found("koro") == found("ogband") == found("rog") == set()
    assert found("kor-og-band") == found("(kor) band!") == {"Kor og band"}


@pytest.mark.parametrize("typed", ["", " ", "%", '"', "* ' ; --", "…", "\0", "\ue000", "()", "¿?"])
def test_no_words_find_nothing(area, typed):
    make_place(area, "Sted % \" * ' ; … ()")
    assert found(typed) == set()
    assert not Asset.objects.search(typed, area, by_index=False).exists()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_gift_is_found_by_its_name_and_each_synonym_in_either_language(area, language):
    make_offering(make_association(area, "Foreningen"), "FG7")
    make_place(area, "Et helt andet sted")
    gift = Gift.objects.get(code="FG7")
    for words in (gift.names[language], *gift.synonyms[language]):
        assert found(words) == {"Foreningen"}, words


def test_own_words_and_notes_are_found_and_layers_own_words_too(area):
    make_offering(make_place(area, "Huset"), None, text="Flødeboller", note="efter aftale")
    make_association(area, "Klubben", audience="Nybagte forældre")
    assert found("floedebol") == found("aftale") == {"Huset"}
    assert found("nybagte foraeldre") == {"Klubben"}


# Signs ------------------------------------------------------------------------------------

OPERATORS = [
    *('"', '""', '"haven', 'ha"ven', "'", "''; DROP TABLE x", "*", "hav*", "^haven", "haven +"),
    *("NEAR(haven kor, 2)", "haven OR kor", "haven AND", "NOT haven", "AND", "OR NOT", "-haven"),
    *("search_name:haven", "area : haven", "{area search_name} : haven", "(haven", "haven)", ":"),
    *("%", "_", "h_ven", "ha%n", "\\", "ha\\ven", "[a-z]", "ha\0ven", "\0", "haven\ue000kor"),
    *(
        "\ue000\U000f0001\ue001",
        "🎵",
        "👩‍👩‍👧",
        "\u200b",
        "haven\u202e",
        "ﷺ",
        "\ud7ff",
        "\U0010ffff",
    ),
]


@pytest.mark.parametrize("typed", OPERATORS, ids=ascii)
def test_operators_and_quotes_are_no_more_than_signs(area, typed):
    """What is found is what holds the words; a sign is neither obeyed nor looked for."""
    for name in ("Haven", "Kor", f"Haven {typed}"[:150].replace("\0", "")):
        make_place(area, name)
    wanted = {row.name for row in Asset.objects.all() if fits(words_in(typed), row.search_text)}
    for by_index in (True, False):
        for where in (None, area):
            rows = Asset.objects.search(typed, where, by_index=by_index)
            assert {row.name for row in rows} == wanted
    list(Asset.objects.search(typed).names_first(typed))


def fits(words, text):
    """The rule of a search, said once more."""
    inside = [word if len(word) > 2 else f" {word}" for word in words]
    return bool(inside) and all(part in text for part in inside)


def test_a_name_cannot_pretend_to_lie_in_another_area(area, other_area):
    mark = "".join(map(chr, (57344, 983040 + area.pk, 57345)))
    make_place(other_area, f"Haven {mark}", summary=mark)
    make_place(area, "Haven")
    assert found("haven", area) == {"Haven"}
    assert found(mark) == set()


PAIRS = " ".join(
    "".join(pair) for pair in itertools.product(string.ascii_lowercase + string.digits, repeat=2)
)
LONG = {**{sign: sign for sign in ("a", "å", "ab ", "ﷺ", "%", '"')}, "many words": PAIRS}


@pytest.mark.parametrize("path", ["similar/?name={}", "links/ends/?source={uid}&q={}"])
@pytest.mark.parametrize("typed", LONG, ids=ascii)
def test_a_hundred_thousand_characters_are_no_fault(client, area, coordinator, path, typed):
    client.force_login(coordinator)
    uid = make_place(area, "Haven").uid
    typed = quote((LONG[typed] * 100_000)[:100_000])
    answer = client.get(area.get_absolute_url() + path.format(typed, uid=uid))
    assert answer.status_code < 500


# The index and the rows say the same ------------------------------------------------------

LETTERS = "aabcdeeghiklmnorstuæøåéüßşж日قæ🎵"
BETWEEN = [" ", " ", "-", " & ", ", ", "/", "'", " (", ") ", "\u00a0", "\u2013", "\ue000"]


def some_text(lots, most):
    words = ("".join(lots.choices(LETTERS, k=lots.randint(1, 8))) for _ in range(most))
    return "".join(word + lots.choice(BETWEEN) for word in words)


def some_query(lots, texts):
    """Parts of texts that are there, of one to six letters, or now and then of none."""
    parts = []
    for _ in range(lots.randint(1, 3)):
        text = lots.choice(texts) if lots.random() < 0.9 else some_text(lots, 1)
        start = lots.randrange(len(text))
        parts.append(text[start : start + lots.randint(1, 6)])
    return " ".join(parts)


@pytest.mark.parametrize("seed", range(4))
def test_by_index_by_row_and_by_the_rule_the_same_is_found(area, other_area, seed):
    lots = random.Random(seed)
    areas = [area, other_area, make_area("tredje")]
    names = [some_text(lots, 3) for _ in range(150)]
    rows = [
        Place(area=lots.choice(areas), name=name, summary=some_text(lots, 6)) for name in names
    ]
    load_assets(Place, rows)
    hits = 0
    for _ in range(120):
        typed = some_query(lots, names)
        for where in (None, *areas):
            assets = Asset.objects.filter(area=where) if where else Asset.objects.all()
            wanted = {r.pk for r in assets if fits(words_in(typed), r.search_text)}
            for by_index in (True, False):
                search = assets.search(typed, where, by_index=by_index)
                assert set(search.values_list("pk", flat=True)) == wanted, ascii(typed)
        hits += len(wanted)
    assert hits > 50


def test_a_search_in_one_area_of_many_finds_what_lies_there(area):
    areas = [make_area(f"omraade-{n}") for n in range(60)]
    load_assets(Place, [Place(area=one, name=f"Kor {one.pk} {n}") for one in areas for n in "ab"])
    assert len(found("kor")) == 120
    for one in areas:
        assert found("kor", one) == {f"Kor {one.pk} a", f"Kor {one.pk} b"}
        assert found(f"ko {one.pk}", one) == found("kor", one)
    assert found("kor", area) == set()


def test_the_index_is_asked_and_not_the_rows(area):
    make_place(area, "Haven")
    with CaptureQueriesContext(connection) as queries:
        assert found("have") == {"Haven"}
    sql = queries[0]["sql"]
    assert ("MATCH" if connection.vendor == "sqlite" else "::text LIKE") in sql


# Those so named first ---------------------------------------------------------------------


def test_names_that_begin_as_typed_then_those_so_named_then_the_rest(area):
    for name, summary in (
        *(("Amagers sol", ""), ("Badet", "Solen skinner"), ("Sølvsmeden", ""), ("Solvang", "")),
        *(("Aftensol", ""), ("Sol", ""), ("Abens hus", "sol")),
    ):
        make_place(area, name, summary=summary)
    names = [row.name for row in Asset.objects.search("sol").names_first("sol")]
    assert names == ["Sol", "Solvang", "Aftensol", "Amagers sol", "Abens hus", "Badet"]


def test_a_search_by_name_alone_leaves_out_what_only_its_text_holds(area):
    make_place(area, "Solvang")
    make_place(area, "Badet", summary="Sol og vand")
    for matching in (search.indexed, search.scanned):
        for typed in ("sol", "so"):
            rows = Asset.objects.filter(matching(words_in(typed), "search_name"))
            assert [row.name for row in rows] == ["Solvang"]


@pytest.mark.parametrize(("typed", "many"), [("kor", True), ("k", None), ("sol", False), ("", 0)])
def test_what_very_many_hold_is_known_where_it_makes_a_difference(area, monkeypatch, typed, many):
    monkeypatch.setattr(search, "MANY", 3)
    load_assets(Place, [Place(area=area, name=f"Kor {n}") for n in range(4)])
    load_assets(Place, [Place(area=area, name=f"Sol {n}") for n in range(3)])
    there = connection.vendor == "sqlite"
    assert search.is_many(words_in(typed)) is bool(there and (many or many is None))
