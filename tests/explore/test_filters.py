"""One filter: what each parameter lets through, what it says of nonsense, what its counts mean."""

import html
import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import escape

from assetmap.explore.filters import AssetFilter
from assetmap.inventory.models import SpokenLanguage
from tests.factories import (
    make_address,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

URL = "/urbanplanen/"
CENTRE = 55.6525, 12.5968
METRE = 1 / 111_320  # degrees of latitude
OPTION = re.compile(
    r'<input type="checkbox" id="[^"]*" name="(\w+)" value="([^"]+)" *(checked)?>'
    r'(?:(?!<input).)*?class="n">(\d+)<',
    re.DOTALL,
)
CHIP = re.compile(r'<a class="chip" href="/urbanplanen/\?([^"]*)">(.*?)</a>', re.DOTALL)


def get(client, query="", **parameters):
    """Ask for the page by a query string or by parameters."""
    response = client.get(f"{URL}?{query}" if query else URL, None if query else parameters)
    assert response.status_code == 200
    return response.content.decode()


def names_on(page):
    """The names in the list, in the list's order."""
    found = re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)
    return [html.unescape(name) for name in found]


def names(client, query="", **parameters):
    return names_on(get(client, query, **parameters))


def total(page):
    return int(re.search(r'role="status"><strong>(\d+)</strong>', page)[1])


def options(page):
    """The facets' values with their counts, as {(facet, value): count}."""
    return {(facet, value): int(n) for facet, value, _, n in OPTION.findall(page)}


def chips(page):
    """The filters that are on, as [(label, query that is left without it)]."""
    return [
        (html.unescape(re.sub(r"<[^>]+>", " ", label)), html.unescape(query))
        for query, label in CHIP.findall(page)
    ]


def says(page):
    """The sentences on what could not be understood."""
    found = re.search(r'<div class="errors" role="alert">(.*?)</div>', page, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip() if found else ""


def hits(query, area, user=None):
    """How many hits a query has, without the work of drawing its page."""
    found = AssetFilter(QueryDict(query), area=area, user=user or AnonymousUser())
    return found.qs.count()


def speak(asset, *codes):
    for code in codes:
        SpokenLanguage.objects.create(asset=asset, code=code)


# What is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["gymnastik", "GYMNASTIK", "pige gymnastik", "gymnastik pige", "  gymnastik  ", "mnas"],
)
def test_q_finds_every_word_anywhere_inside_words(client, area, typed):
    make_association(area, "Pigegymnastik på Amager")
    make_association(area, "Drengefodbold på Amager")
    assert names(client, q=typed) == ["Pigegymnastik på Amager"]


def test_q_asks_for_all_the_words(client, area):
    make_association(area, "Pigegymnastik")
    make_association(area, "Drengegymnastik")
    assert names(client, q="gymnastik fodbold") == []


@pytest.mark.parametrize("name", ["Ågård", "Aagaard", "AAGAARD"])
@pytest.mark.parametrize("typed", ["ågård", "ÅGÅRD", "aagaard", "gaard", "a\u030ag\u00e5rd"])
def test_q_takes_either_spelling_of_danish_letters(client, area, name, typed):
    make_place(area, name)
    assert names(client, q=typed) == [name]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Café Solbær", "cafe"),
        ("Cafe Solbaer", "café solbær"),
        ("Café Solbær", "SOLBAER"),
        ("Remisehøj", "remisehoej"),
        ("Zürich-klubben", "zurich"),
        ("Čačak og omegn", "cacak"),
    ],
)
def test_q_takes_accents_and_their_plain_letters_alike(client, area, name, typed):
    make_place(area, name)
    assert names(client, q=typed) == [name]


@pytest.mark.parametrize("typed", ["keep bees", "holde bier", "honning", "beehives", "bigård"])
def test_q_finds_by_the_names_and_synonyms_of_a_gift_in_both_languages(client, area, typed):
    make_offering(make_association(area, "Foreningen"), "FG7")
    make_association(area, "En anden")
    assert names(client, q=typed) == ["Foreningen"]


def test_q_finds_by_own_words_note_summary_and_address(client, area):
    asset = make_place(area, "Huset", summary="Med ovenlys", address="Hørgården 7")
    make_offering(asset, None, text="Flødeboller", note="efter aftale")
    make_place(area, "Et andet hus")
    for typed in ("ovenlys", "hoergaarden 7", "flødeboller", "aftale"):
        assert names(client, q=typed) == ["Huset"], typed


SIGNS = ["%", "_", "\\", "'", '"', "*", "a%b", "b OR a", "NEAR(b)", "-b", "b*", "search_text:b"]


@pytest.mark.parametrize("typed", SIGNS)
def test_signs_are_no_part_of_words_nor_of_the_index_language(client, area, typed):
    make_place(area, f"Sted {typed}")
    make_place(area, "Sted B", summary="noget andet")
    assert f"Sted {typed}" in names(client, q=f"Sted {typed}")
    assert names(client, q=f"sted xyz {typed}") == []


@pytest.mark.parametrize("typed", ["%", "_", '"', "* ' ; --", "…"])
def test_signs_alone_are_said_and_kept_in_the_field(client, area, typed):
    make_place(area, "Sted A")
    page = get(client, q=typed)
    assert names_on(page) == ["Sted A"]
    assert "there are no letters in what was typed" in page
    assert f'value="{escape(typed)}"' in page


def test_emoji_are_words(client, area):
    make_place(area, "Kor 🎵")
    make_place(area, "Kor")
    assert names(client, q="🎵") == ["Kor 🎵"]


@pytest.mark.parametrize("typed", ["ko", "K", "ø"])
def test_one_and_two_letters_begin_a_word(client, area, typed):
    make_place(area, "Det gode kor", summary="øver her")
    make_place(area, "Skoven", summary="før")
    assert names(client, q=typed) == ["Det gode kor"]


def test_names_that_begin_as_typed_stand_first(client, area):
    make_place(area, "Amagers bad", summary="Sol og vand")
    make_place(area, "Solvangcentret")
    assert names(client, q="sol") == ["Solvangcentret", "Amagers bad"]


# The facets -------------------------------------------------------------------------------


def test_values_of_one_facet_widen_and_facets_narrow_each_other(client, area):
    garden, club = make_place(area, "Have"), make_association(area, "Klub")
    make_institution(area, "Skole")
    speak(garden, "so")
    assert names(client, layer=["place", "association"]) == ["Have", "Klub"]
    assert names(client, layer=["place", "association"], language="so") == ["Have"]
    assert names(client, layer="association", language="so") == []
    assert club.name == "Klub"


def test_a_gift_and_a_mode_must_meet_in_one_row(client, area):
    both = make_association(area, "Giver honning, ønsker yoga")
    make_offering(both, "FG7", "can")
    make_offering(both, "MH6", "learn")
    assert names(client, gift="FG7", mode="gives") == [both.name]
    assert names(client, gift="MH6", mode="seeks") == [both.name]
    assert names(client, gift="FG7", mode="seeks") == []
    assert names(client, gift="MH6", mode="gives") == []


@pytest.mark.parametrize(
    ("mode", "found"),
    [("can", "gives"), ("teach", "gives"), ("learn", "seeks"), ("join", "seeks")],
)
def test_the_four_modes_are_two_ways(client, area, mode, found):
    make_offering(make_association(area, "Klub"), "FG7", mode)
    assert names(client, mode=found) == ["Klub"]
    assert names(client, mode="seeks" if found == "gives" else "gives") == []


def test_several_gifts_find_those_with_any_of_them_once(client, area):
    both = make_association(area, "Begge")
    make_offering(both, "FG7")
    make_offering(both, "FG6")
    make_offering(make_association(area, "Den ene"), "FG6")
    make_association(area, "Ingen")
    assert names(client, gift=["FG6", "FG7"]) == ["Begge", "Den ene"]


def test_sector_finds_institutions_of_it_alone(client, area):
    make_institution(area, "Bibliotek", sector="public")
    make_institution(area, "Butik", sector="private")
    make_institution(area, "Boligselskab", sector="civil")
    make_association(area, "Klub")
    assert names(client, sector="private") == ["Butik"]
    assert names(client, sector=["public", "civil"]) == ["Bibliotek", "Boligselskab"]


def test_stage_finds_groups_that_are_so_far(client, area):
    make_association(area, "Drøm", stage="idea")
    make_association(area, "Kører selv", stage="self_running")
    make_place(area, "Sted")
    assert names(client, stage="idea") == ["Drøm"]
    assert names(client, stage=["idea", "self_running"]) == ["Drøm", "Kører selv"]


def test_language_finds_those_one_can_talk_with(client, area):
    speak(make_association(area, "Alle sprog"), "so", "tr")
    speak(make_association(area, "Tyrkisk"), "tr")
    make_association(area, "Ukendt")
    assert names(client, language="so") == ["Alle sprog"]
    assert names(client, language=["so", "tr"]) == ["Alle sprog", "Tyrkisk"]


# Where ------------------------------------------------------------------------------------


@pytest.fixture
def row(area):
    """Places 0, 200, 400 and 1,000 metres north of the centre; one is nowhere on the map."""
    make_place(area, "Uden sted", latitude=None, longitude=None)
    return [
        make_place(area, f"{metres} m", latitude=CENTRE[0] + metres * METRE)
        for metres in (1000, 400, 200, 0)
    ]


def test_near_takes_a_point(client, row):
    assert names(client, near="55.6525,12.5968") == ["0 m", "200 m", "400 m"]
    assert names(client, near=" 55.6525, 12.5968 ") == ["0 m", "200 m", "400 m"]


def test_near_takes_an_asset(client, row):
    near = next(place for place in row if place.name == "1000 m")
    assert names(client, near=near.uid) == ["1000 m"]
    assert names(client, near=near.uid, within=700) == ["1000 m", "400 m"]


@pytest.mark.parametrize("typed", ["Hørgården 7, 2300 København S", "hørgården 7", "HOERGAARDEN"])
def test_near_takes_an_address_of_the_area(client, row, area, typed):
    make_address(area, "Hørgården 7, 2300 København S", latitude=CENTRE[0], longitude=CENTRE[1])
    assert names(client, near=typed, within=250) == ["0 m", "200 m"]


def test_near_takes_no_address_of_another_area(client, row, other_area):
    make_address(other_area, "Fjernvej 1", latitude=CENTRE[0], longitude=CENTRE[1])
    page = get(client, near="Fjernvej 1")
    assert "No such point was found" in says(page)
    assert total(page) == 5


@pytest.mark.parametrize(("within", "found"), [(1, 1), (199, 1), (201, 2), (401, 3), (1500, 4)])
def test_within_says_how_far_near_reaches(client, row, within, found):
    assert len(names(client, near="55.6525,12.5968", within=within)) == found


def test_within_measures_east_as_it_measures_north(client, area):
    # At this latitude a degree of longitude is 0.5643 of a degree of latitude.
    make_place(area, "Øst", longitude=CENTRE[1] + 300 * METRE / 0.5643)
    near = "55.6525,12.5968"
    assert names(client, near=near, within=295) == []
    assert names(client, near=near, within=305) == ["Øst"]


def test_an_asset_that_is_hidden_cannot_be_searched_around(client, row, area):
    hidden = make_place(area, "Skjult", latitude=CENTRE[0], visibility="private")
    page = get(client, near=hidden.uid)
    assert "No such point was found" in says(page)
    assert total(page) == 5


def test_bbox_keeps_what_lies_inside(client, area):
    make_place(area, "Inde", latitude=55.65, longitude=12.59)
    make_place(area, "For langt mod nord", latitude=55.67, longitude=12.59)
    make_place(area, "For langt mod øst", latitude=55.65, longitude=12.61)
    make_place(area, "Uden sted", latitude=None, longitude=None)
    assert names(client, bbox="12.58,55.64,12.60,55.66") == ["Inde"]


# Ties -------------------------------------------------------------------------------------


def test_linked_to_finds_both_ends_of_a_tie(client, area):
    hub = make_institution(area, "Bibliotek")
    make_link(hub, make_place(area, "Have"), "uses")
    make_link(make_association(area, "Klub"), hub, "meets_at")
    make_place(area, "Uden forbindelse")
    assert names(client, linked_to=hub.uid) == ["Have", "Klub"]


def test_linked_to_goes_only_through_ties_one_may_see(client, area, coordinator):
    hub = make_institution(area, "Bibliotek")
    make_link(hub, make_place(area, "Åben"), "uses")
    make_link(hub, make_place(area, "Privat bånd"), "uses", visibility="private")
    make_link(hub, make_place(area, "Skjult sted", visibility="private"), "uses")
    assert names(client, linked_to=hub.uid) == ["Åben"]
    client.force_login(coordinator)
    assert sorted(names(client, linked_to=hub.uid)) == ["Privat bånd", "Skjult sted", "Åben"]


def test_linked_to_a_hidden_asset_finds_nothing_and_does_not_name_it(client, area):
    hidden = make_institution(area, "Kælderklubben", visibility="private")
    make_link(hidden, make_place(area, "Have"), "uses")
    page = get(client, linked_to=hidden.uid)
    assert total(page) == 0
    assert "Kælderklubben" not in page


def test_a_card_counts_the_ties_that_its_link_leads_to(client, area, coordinator):
    hub = make_institution(area, "Bibliotek")
    make_link(hub, make_place(area, "Have"), "uses")
    make_link(hub, make_place(area, "Nedlagt", status="archived"), "uses")
    client.force_login(coordinator)
    card = re.search(rf'href="/urbanplanen/\?linked_to={hub.uid}">(\d+) tie', get(client))
    assert int(card[1]) == len(names(client, linked_to=hub.uid)) == 1


# Order ------------------------------------------------------------------------------------


def test_names_stand_in_danish_order_and_numbers_by_size(client, area):
    wanted = ["Afdeling 2", "Afdeling 10", "Zebra", "Æblehaven", "Øen", "Ågård", "Århus"]
    for name in sorted(wanted):
        make_place(area, name)
    assert names(client) == names(client, sort="name") == wanted


def test_nearest_first_where_there_is_a_point(client, row):
    near = "55.6525,12.5968"
    wanted = ["0 m", "200 m", "400 m", "1000 m"]
    assert names(client, near=near, within=1500) == wanted
    assert names(client, near=near, within=1500, sort="distance") == wanted
    assert names(client, near=near, within=1500, sort="name") == wanted  # 2 before 10 by name too
    far = f"{CENTRE[0] + 1000 * METRE},{CENTRE[1]}"
    assert names(client, near=far, within=1500) == wanted[::-1]


def test_sorting_by_distance_without_a_point_sorts_by_name(client, area):
    make_place(area, "Beta", latitude=55.651)
    make_place(area, "Alfa", latitude=55.659)
    assert names(client, sort="distance") == ["Alfa", "Beta"]


def test_fresh_puts_the_newest_confirmed_first_and_the_unconfirmed_last(client, area):
    now = timezone.now()
    make_place(area, "Ukendt")
    make_place(area, "I går", confirmed_at=now - timedelta(days=1))
    make_place(area, "I dag", confirmed_at=now)
    assert names(client, sort="fresh") == ["I dag", "I går", "Ukendt"]


# Nonsense ---------------------------------------------------------------------------------

NONSENSE = [
    "layer=xyz",
    "mode=xyz",
    "gift=XX",
    "sector=xyz",
    "stage=xyz",
    "language=xx",
    "bbox=1,2,3",
    "bbox=a,b,c,d",
    "bbox=nan,nan,nan,nan",
    "bbox=12.6,55.6,12.5,55.7",  # east of its own east
    "bbox=-999,-999,999,999",
    "near=nowhere",
    "near=999,999",
    "near=nan,nan",
    "near=inf,1",
    "near=00000000-0000-4000-8000-000000000000",
    "near=%CC%81",  # an accent alone: nothing is left of it when it is compared
    "within=-5",
    "within=0",
    "within=NaN",
    "within=ten",
    "within=1e99",
    "linked_to=notauuid",
    "sort=xyz",
    "q=%00",
    "q=a%00b",
    "layer=%00",
    "gift=%00",
    "near=%00",
    "near=a%00b",
    "within=%00",
    "linked_to=%00",
    "bbox=%00",
    "sort=%00",
    f"q={'a' * 10_000}",
    f"near={'a' * 10_000}",
    f"layer={'a' * 10_000}",
]


@pytest.mark.parametrize("query", NONSENSE, ids=lambda query: query[:40])
def test_nonsense_is_said_and_left_out(client, area, query):
    make_address(area, "Hørgården 7, 2300 København S")
    make_association(area, "Klub")
    make_place(area, "Have")
    page = get(client, query)
    assert names_on(page) == ["Have", "Klub"]
    assert re.search(r"\w+ \w+ \w+", says(page)), "no sentence says what is wrong"


@pytest.mark.parametrize("query", NONSENSE, ids=lambda query: query[:40])
def test_nonsense_does_not_switch_the_other_filters_off(client, area, query):
    make_place(area, "Have")
    make_institution(area, "Hus", sector="civil")
    other = "q=hus" if query.startswith("sector") else "sector=civil"
    assert hits(f"{query}&{other}", area) == 1


@pytest.mark.parametrize(
    "query", ["layer=place&layer=xyz", "gift=XX&gift=FG7", "stage=x&stage=idea"]
)
def test_a_value_that_means_nothing_leaves_the_others_of_its_facet_on(client, area, query):
    make_association(area, "Klub", stage="idea")
    make_offering(make_place(area, "Have"), "FG7")
    page = get(client, query)
    assert len(names_on(page)) == 1
    assert says(page)


@pytest.mark.parametrize("query", NONSENSE, ids=lambda query: query[:40])
def test_nonsense_is_left_out_of_the_map_too(client, area, query):
    make_place(area, "Have")
    answer = client.get(f"{URL}map.geojson?{query}")
    assert answer.status_code == 200
    assert answer.json()["total"] == 1


def test_a_linked_to_that_is_not_there_finds_nothing(client, area):
    make_place(area, "Have")
    assert names(client, linked_to=uuid.uuid4()) == []


@pytest.mark.parametrize("page", ["999", "abc", "-1", "0", "1e9", "%00", "9" * 400, "", "last"])
def test_a_page_that_is_not_there_shows_one_that_is(client, area, page):
    make_place(area, "Have")
    assert names(client, f"page={page}") == ["Have"]


@pytest.mark.parametrize("query", ["xyz=1", "q=", "layer=", "near=", "within=", "bbox=", "sort="])
def test_empty_and_foreign_parameters_are_ignored_without_a_word(client, area, query):
    make_place(area, "Have")
    page = get(client, query)
    assert names_on(page) == ["Have"]
    assert says(page) == ""


def test_what_could_not_be_understood_is_shown_as_text_not_as_markup(client, area):
    page = get(client, q="<script>alert(1)</script>", near="<b>x", layer="<i>y", bbox="<u>z")
    assert not re.search(r"<script>alert|<b>x|<i>y|<u>z", page)


# Counts -----------------------------------------------------------------------------------


@pytest.fixture
def mixed(area, neighbour):
    """A little of everything, some of it hidden from visitors."""
    library = make_institution(area, "Bibliotek", latitude=CENTRE[0], longitude=CENTRE[1])
    shop = make_institution(area, "Butik", sector="private")
    bees = make_association(area, "Biavlere", stage="association")
    dream = make_association(area, "Honningdrøm", stage="idea")
    garden = make_place(area, "Honninghave")
    make_place(area, "Langt væk", latitude=55.7)
    open_ = make_resident(area, "Åben nabo", visibility="public")
    shut = make_resident(area, "Lukket nabo", owner=neighbour)
    make_place(area, "Ventende", status="pending")
    make_association(area, "Nedlagt", stage="idea", status="archived")
    make_offering(bees, "FG7", "teach")
    make_offering(bees, "FG7", "can")
    make_offering(bees, "MH6", "learn")
    make_offering(dream, "FG7", "learn")
    make_offering(garden, "FG6", "can")
    make_offering(open_, "FG6", "join")
    make_offering(open_, "LA1", "can")  # sensitive: hers to see, not the visitors'
    make_offering(shut, "FG7", "can")
    speak(library, "da", "en")
    speak(open_, "so", "da")
    speak(shut, "tr")
    make_link(library, garden, "uses")
    make_link(bees, library, "meets_at")
    make_link(library, shut, "works_with")
    make_link(library, shop, "works_with", visibility="private")
    return library


BASES = [
    "",
    "q=honning",
    "mode=gives",
    "gift=FG7&mode=seeks",
    "gift=FG7&gift=FG6",
    "layer=association&layer=institution",
    "layer=resident&language=da",
    "sector=public&language=en",
    "stage=idea&gift=FG7",
    "near=55.6525,12.5968&within=300",
    "linked_to={library}",
    "bbox=12.59,55.65,12.6,55.66",
    "layer=xyz&q=honning",
]


@pytest.mark.parametrize(
    ("base", "role"),
    [(base, "visitor") for base in BASES]
    + [("", role) for role in ("neighbour", "coordinator")]
    + [("gift=FG7&gift=LA1&mode=gives", role) for role in ("neighbour", "coordinator")],
)
def test_a_facets_count_is_the_number_of_hits_it_leads_to(
    client, request, area, mixed, base, role
):
    user = None
    if role != "visitor":
        user = request.getfixturevalue(role)
        client.force_login(user)
    base = base.format(library=mixed.uid)
    page = get(client, base)
    assert total(page) == hits(base, area, user)
    counted = options(page)
    assert ("layer", "place") in counted
    for (facet, value), count in counted.items():
        others = [part for part in base.split("&") if part and not part.startswith(f"{facet}=")]
        followed = "&".join([*others, f"{facet}={value}"])
        assert hits(followed, area, user) == count, (facet, value)


def test_a_facet_counts_under_the_others_but_not_under_itself(client, mixed):
    counted = options(get(client, "layer=association"))
    assert counted["layer", "institution"] == 2
    assert counted["stage", "idea"] == 1
    assert ("sector", "public") not in counted


def test_the_boxes_that_are_on_are_ticked_and_stay_when_they_find_nothing(client, mixed):
    page = get(client, "stage=self_running&layer=place")
    on = {(facet, value) for facet, value, ticked, _ in OPTION.findall(page) if ticked}
    assert on == {("stage", "self_running"), ("layer", "place")}


def test_what_is_hidden_is_in_no_count(client, mixed):
    page = get(client)
    counted = options(page)
    assert total(page) == 7
    assert counted["layer", "resident"] == 1
    assert counted["gift", "FG7"] == 2
    assert ("gift", "LA1") not in counted
    assert ("language", "tr") not in counted


# Chips ------------------------------------------------------------------------------------

EVERYTHING = (
    "q=honning&layer=association&layer=place&mode=gives&gift=FG7&gift=FG6&sector=public"
    "&stage=idea&language=da&language=so&near=55.6525,12.5968&within=900"
    "&linked_to={uid}&bbox=12.5,55.6,12.7,55.7&sort=fresh&page=2"
)
CHIPS_OF_EVERYTHING = 13  # q, 2 layers, mode, 2 gifts, sector, stage, 2 languages, near, tie, box


@pytest.fixture
def everything(mixed):
    return EVERYTHING.format(uid=mixed.uid)


def test_every_filter_that_is_on_has_one_chip(client, everything):
    labels = [" ".join(label.split()) for label, _ in chips(get(client, everything))]
    assert len(labels) == CHIPS_OF_EVERYTHING
    text = " | ".join(labels)
    for word in ("honning", "associations", "places", "gives", "Keep bees", "public", "idea"):
        assert word in text
    assert "at most 900 m from a point on the map" in text
    assert "tied to Bibliotek" in text
    assert "inside the map section" in text


def test_each_chip_takes_just_its_own_filter_away(client, everything):
    before = sorted((name, v) for name, vs in parse_qs(everything).items() for v in vs)
    gone = []
    for _, query in chips(get(client, everything)):
        after = sorted((name, v) for name, vs in parse_qs(query).items() for v in vs)
        lost = [pair for pair in before if pair not in after]
        assert [pair for pair in after if pair not in before] == []
        gone.append(tuple(name for name, _ in lost if name != "page"))
    once = ("q", "mode", "sector", "stage", "linked_to", "bbox")
    twice = ("layer", "gift", "language")
    wanted = [(name,) for name in once] + 2 * [(name,) for name in twice] + [("near", "within")]
    assert sorted(gone) == sorted(wanted)


def test_no_filter_no_chip(client, mixed):
    assert chips(get(client)) == []
    assert chips(get(client, "sort=fresh&page=1&layer=xyz&near=nowhere")) == []


def test_following_the_chips_one_by_one_ends_with_everything(client, mixed):
    query = f"q=honning&layer=place&gift=FG7&near=55.6525,12.5968&linked_to={mixed.uid}"
    left = []
    while on := chips(get(client, query)):
        left.append(len(on))
        query = on[0][1]
    assert left == [5, 4, 3, 2, 1]
    assert total(get(client, query)) == 7


def test_the_pages_address_says_all_that_the_form_says(client, area):
    """What the form holds for an address, sent again, gives the same page."""
    library = make_institution(area, "Bibliotek", latitude=CENTRE[0], longitude=CENTRE[1])
    for n in range(2):
        club = make_association(area, f"Honningklub {n}", latitude=CENTRE[0], longitude=CENTRE[1])
        make_offering(club, "FG7", "teach")
        make_link(club, library, "meets_at")
    make_association(area, "Honningklub uden sted")
    query = (
        "q=honning&layer=association&mode=gives&gift=FG7&near=55.6525,12.5968&within=900"
        f"&linked_to={library.uid}&bbox=12.5,55.6,12.7,55.7&sort=name"
    )
    page = get(client, query)
    assert names_on(page) == ["Honningklub 0", "Honningklub 1"]
    again = get(client, "&".join(sent_by(page)))
    assert names_on(again) == names_on(page)
    assert sorted(sent_by(again)) == sorted(sent_by(page))
    assert [label for label, _ in chips(again)] == [label for label, _ in chips(page)]


def sent_by(page):
    """What a browser would send for the form as it stands on the page."""
    form = re.search(r'<form class="panel" id="explore".*?</form>', page, re.DOTALL)[0]
    for field in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', field))
        off = attributes.get("type") == "checkbox" and "checked" not in field.split()[-1]
        if "disabled" not in field and not off and attributes.get("value"):
            yield f"{attributes['name']}={html.unescape(attributes['value'])}"
    for name, inside in re.findall(r'<select id="\w+" name="(\w+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected>', inside)
        if chosen and chosen[1]:
            yield f"{name}={chosen[1]}"


@pytest.mark.parametrize("within", [100, 300, 900, 1500, 3000, 1200])
def test_the_distance_asked_for_is_the_one_the_form_keeps(client, area, within):
    page = get(client, near="55.6525,12.5968", within=within)
    assert f"within={within}" in list(sent_by(page))


def test_what_another_area_has_is_not_here(client, area, other_area):
    make_place(area, "Vores")
    theirs = make_place(other_area, "Deres")
    page = get(client)
    assert names_on(page) == ["Vores"]
    assert total(get(client, near=theirs.uid)) == 1  # said, and left out
    assert total(get(client, linked_to=theirs.uid)) == 0


def test_an_owner_finds_her_own_by_what_only_she_may_see(client, area, neighbour):
    mine = make_resident(area, "Mig", owner=neighbour)
    make_offering(mine, "LA1", "can")
    client.force_login(neighbour)
    assert names(client, gift="LA1") == ["Mig"]
    client.force_login(make_user("resident", area))
    assert names(client, gift="LA1") == []
