"""A slip of the pen finds the likely word, and never one that the same person could not find."""

import random
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.explore.spelling import LOOKED_AT, nearest
from assetmap.inventory.loader import load_assets
from assetmap.inventory.models import Asset
from places.models import Place
from tests.factories import make_association, make_offering, make_place, make_resident

VISITOR = AnonymousUser()


def meant(typed, user=VISITOR, area=None):
    """What may have been meant, as the list asks it: of the area's assets, or of all."""
    assets = Asset.objects.visible_to(user).active()
    return nearest(assets.filter(area=area) if area else assets, typed, area)


# Slips ------------------------------------------------------------------------------------

SLIPS = {
    "missing": ["biblitek", "bibliotk", "bbliotek", "biliotek", "ibliotekt"],
    "doubled": ["biblioteek", "bbibliotek", "bibllioteket", "biblioteekk"],
    "swapped": ["bilbiotek", "biblitoek", "ibbliotek", "bibliotekte"],
    "wrong": ["bivliotek", "bibliotec", "vibliotek", "bibliotak", "BIBLIOTAK"],
    "added": ["bibliotheket", "bibliiotek", "biblioteksk"],
}


@pytest.mark.parametrize("typed", sum(SLIPS.values(), []))
def test_a_slip_finds_the_likely_word(area, typed):
    make_place(area, "Biblioteket")
    make_place(area, "Bagerbutikken")
    assert meant(typed, area=area) == meant(typed) == "biblioteket"


def test_the_word_is_found_in_the_summary_and_among_the_gifts_too(area):
    make_place(area, "Huset", summary="Her er «pigegymnastik», for alle.")
    make_offering(make_association(area, "Klubben"), "FG7")
    assert meant("pigegymnastk") == "pigegymnastik"
    assert meant("honing") == "honning"
    assert meant("bekeeping") == "beekeeping"


@pytest.mark.parametrize(
    ("name", "typed", "wanted"),
    [
        *(("Ågården", "ågåden", "ågården"), ("Ågården", "aagaaden", "ågården")),
        *(("Café Zürich", "zurchi", "zürich"), ("Blågård", "blaagrd", "blågård")),
        *(("Кафетерий", "кафетрий", "кафетерий"), ("Værkstedet", "verkstedet", "værkstedet")),
    ],
)
def test_the_word_is_suggested_as_it_is_written(area, name, typed, wanted):
    make_place(area, name)
    assert meant(typed) == wanted


def test_a_made_up_slip_in_any_word_finds_the_word(area):
    """One letter is left out, doubled or changed, or two are swapped, anywhere in the word."""
    words = "gymnastik værksted nørklecafé keramik havelauget boldklub svømning spisefællesskab"
    lots = random.Random(6)
    load_assets(Place, [Place(area=area, name=word.capitalize()) for word in words.split()])
    tries = [(word, slip(lots, word)) for word in words.split() * 12]
    missed = [(word, typed) for word, typed in tries if meant(typed) not in (word, "")]
    silent = [(word, typed) for word, typed in tries if not meant(typed) and not finds(typed)]
    assert missed == []
    assert len(silent) < len(tries) / 10


def slip(lots, word):
    at = lots.randrange(len(word) - 1)
    other = lots.choice("etaoinsr")
    return lots.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + other + word[at + 1 :],
        ]
    )


def finds(typed):
    return Asset.objects.search(typed).exists()


# Several words ----------------------------------------------------------------------------


def test_only_the_words_that_are_nowhere_are_changed(area):
    make_place(area, "Biblioteket", summary="Højtlæsning for børn")
    assert meant("hojtlasning bibliotek") == "højtlæsning bibliotek"
    assert meant("biblitek børn") == "biblioteket boern"
    assert meant("biblitek hojtlasning") == "biblioteket højtlæsning"


def test_words_that_never_meet_are_not_suggested_together(area):
    make_place(area, "Biblioteket")
    make_place(area, "Svømmehallen")
    assert meant("biblitek svømehal") == ""


def test_one_word_that_is_like_nothing_spoils_it(area):
    make_place(area, "Biblioteket")
    assert meant("biblitek qwxyz") == ""


# Nothing to suggest -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["qwxyzk", "bib", "xy", "", " ", "%", "\0", "12345", "🎵", "fodbold"]
)
def test_nothing_is_suggested_when_nothing_is_near(area, typed):
    make_place(area, "Biblioteket")
    assert meant(typed) == ""


def test_nothing_is_suggested_for_what_is_found(area):
    make_place(area, "Biblioteket")
    assert meant("bibliotek") == meant("biblioteket") == ""


def test_nothing_is_suggested_where_there_is_nothing(area):
    assert meant("bibliotek") == meant("honing") == ""


def test_a_gift_that_nobody_has_is_not_suggested(area):
    make_place(area, "Huset")
    assert meant("honing", area=area) == ""


def test_a_word_of_another_area_is_not_suggested_in_this_one(area, other_area):
    make_place(other_area, "Biblioteket")
    assert meant("biblitek", area=area) == ""
    assert meant("biblitek", area=other_area) == meant("biblitek") == "biblioteket"


# What is not to be read -------------------------------------------------------------------


def hide(area, how):
    return {
        "private": lambda: make_place(area, "Kanariefugl", visibility="private"),
        "pending": lambda: make_place(area, "Kanariefugl", status="pending"),
        "archived": lambda: make_place(area, "Kanariefugl", status="archived"),
        "resident": lambda: make_resident(area, "Kanariefugl"),
        "waiting": lambda: make_offering(
            make_place(area, "Huset"), None, text="Kanariefugl", waiting=True
        ),
        "note": lambda: make_offering(
            make_resident(area, "Nabo", visibility="public"), "LA1", note="kanariefugl"
        ),
        "contact": lambda: make_resident(area, "Nabo", visibility="public", contact="kanariefugl"),
    }[how]()


HIDDEN = ["private", "pending", "archived", "resident", "waiting", "note", "contact"]


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize("typed", ["kanariefugll", "kanarifugl", "anariefugl"])
def test_a_hidden_word_is_never_suggested(client, area, neighbour, stranger, how, typed):
    hide(area, how)
    make_place(area, "Kanalen")
    for user in (VISITOR, neighbour, stranger):
        assert meant(typed, user, area) == meant(typed, user) == ""
    for path in ("", "suggest/"):
        page = client.get(f"{area.get_absolute_url()}{path}", {"q": typed}).content.decode()
        assert "kanariefugl" not in page.replace(typed, "").lower()


@pytest.mark.parametrize("how", ["private", "resident"])
def test_whoever_may_see_it_is_helped_with_it(area, coordinator, how):
    hide(area, how)
    assert meant("kanarifugl", coordinator, area) == "kanariefugl"


def test_a_hidden_word_does_not_stand_in_the_way_of_one_that_shows(area):
    """The likelier word is not to be read, so the other is the likely one."""
    make_place(area, "Kanariefugl", visibility="private")
    make_place(area, "Kanariefuglen")
    assert meant("kanarifugl", area=area) == "kanariefuglen"


# The page, and how much work it is --------------------------------------------------------


def instead(page):
    found = re.search(r'<p class="instead">.*?<a href="([^"]*)">(.*?)</a>', page, re.DOTALL)
    return found and found.groups()


def test_the_list_offers_the_word_as_a_link_that_finds_it(client, area):
    make_place(area, "Ågårdens <b> bibliotek")
    page = client.get(area.get_absolute_url(), {"q": "ågårdns"}).content.decode()
    link, words = instead(page)
    assert (link, words) == ("/urbanplanen/?q=%C3%A5g%C3%A5rdens", "ågårdens")
    assert "Ågårdens &lt;b&gt; bibliotek" in client.get(link).content.decode()


def test_nothing_is_offered_beside_hits_or_on_an_empty_search(client, area):
    make_place(area, "Biblioteket")
    for query in ("?q=bibliotek", "?q=qwxyz", "", "?layer=resident"):
        assert instead(client.get(area.get_absolute_url() + query).content.decode()) is None


def test_a_word_of_signs_in_a_name_stays_text(client, area):
    make_place(area, "<script>alert(1)</script>bibliotek")
    page = client.get(area.get_absolute_url(), {"q": "alret(1)"}).content.decode()
    assert "<script>alert" not in page


def test_it_takes_no_more_queries_for_more_rows(area):
    numbers = []
    for n in (2, LOOKED_AT + 100):
        load_assets(Place, [Place(area=area, name=f"Biblioteket {i}") for i in range(n)])
        with CaptureQueriesContext(connection) as queries:
            assert meant("biblitek", area=area) == "biblioteket"
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] < 12


@pytest.mark.parametrize(
    "typed",
    ["biblitek " * 11, " ".join("abcdefghijklmnopqrstuvwxyz" * 2), "ﷺ" * 100, "biblitek" * 12],
)
def test_however_much_is_typed_it_takes_few_queries(client, area, typed):
    make_place(area, "Biblioteket")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(area.get_absolute_url(), {"q": typed[:100]}).status_code == 200
    assert len(queries) < 60


def test_a_word_that_is_typed_twice_is_suggested_once(area):
    make_place(area, "Biblioteket")
    assert meant("biblitek biblitek") == "biblioteket"


def test_very_many_words_are_no_slip_of_the_pen(area):
    make_place(area, "Biblioteket", summary="et to tre fire fem seks syv otte ni")
    assert (
        meant("et to tre fire fem seks syv biblitek") == "et to tre fire fem seks syv biblioteket"
    )
    assert meant("et to tre fire fem seks syv otte biblitek") == ""
