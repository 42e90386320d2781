"""Whatever stands in an address, the pages and the map answer; none falls over."""

import random
from urllib.parse import quote

import pytest

from tests.factories import make_association, make_offering, make_place, make_resident

PAGES = ["/", "/urbanplanen/"]
MAPS = ["/map.geojson", "/urbanplanen/map.geojson"]
EVERYWHERE = [pytest.param(path, marks=pytest.mark.once) for path in (PAGES[0], MAPS[0])]
SUGGEST = "/urbanplanen/suggest/"
WORLD = "-180,-90,180,90"

pytestmark = pytest.mark.usefixtures("rows")


@pytest.fixture
def rows(area, other_area):
    make_offering(make_place(area, "Haven"), "FG7")
    make_association(area, "Klubben", stage="idea", latitude=55.65, longitude=12.59)
    make_resident(area, "Nabo", visibility="public", latitude=55.65, longitude=12.59)
    make_place(other_area, "Laden", latitude=-89.9, longitude=180)
    make_place(other_area, "Huset", latitude=90, longitude=-180)


def answers(client, path, query):
    """Ask, and return the answer, which is no fault."""
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200, (path, query[:80])
    if path in MAPS:
        answer = response.json()
        assert len(answer["features"]) <= 500
        shown = [f["properties"] for f in answer["features"]]
        assert sum(row.get("count", 1) for row in shown) == answer["total"]
    return response


BOXES = {
    "reversed": "13,56,12,55",
    "over the date line": "170,50,-170,60",
    "past the date line": "170,50,190,60",
    "the whole world": WORLD,
    "more than the world": "-181,-91,181,91",
    "a world and a half": "-540,-90,540,90",
    "a point": "12.59,55.65,12.59,55.65",
    "a sliver": "12.59,55.65,12.5900000000001,55.6500000000001",
    "the poles": "-180,85,180,90",
    "the other pole": "-180,-90,180,-85.06",
    "the last meridian": "179.9999999,-90,180,90",
    "nan": "nan,nan,nan,nan",
    "half nan": "12,55,nan,56",
    "inf": "-inf,-inf,inf,inf",
    "huge": "1e308,1e308,1e309,1e309",
    "tiny": "-5e-324,-5e-324,5e-324,5e-324",
    "spaces": " 12 , 55 , 13 , 56 ",
    "other digits": "١٢,٥٥,١٣,٥٦",
    "underscores": "1_2,5_5,1_3,5_6",
    "three": "1,2,3",
    "five": "1,2,3,4,5",
    "nothing": ",,,",
    "long": "1," * 30_000,
    "long numbers": ",".join(["9" * 5000] * 4),
    "nul": "12\0,55,13,56",
}


@pytest.mark.once
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("path", [*PAGES, *MAPS])
def test_no_section_of_the_map_is_a_fault(client, path, box):
    for zoom in ("", "&zoom=0", "&zoom=8", "&zoom=14", "&zoom=22")[: None if path in MAPS else 1]:
        answers(client, path, f"bbox={quote(box)}{zoom}")


def test_a_section_that_means_nothing_is_said_on_the_page_and_left_out_of_the_map(client):
    for box in ("13,56,12,55", "170,50,-170,60", "nan,nan,nan,nan", "-181,-91,181,91", "1,2,3"):
        for path in PAGES:
            assert "west,south,east,north" in answers(client, path, f"bbox={box}").content.decode()
        assert answers(client, "/map.geojson", f"bbox={box}&zoom=14").json()["total"] == 5
        assert answers(client, "/urbanplanen/map.geojson", f"bbox={box}").json()["total"] == 3


ZOOMS = [
    "-1",
    "99",
    "nan",
    "-inf",
    "inf",
    "1e400",
    "",
    " ",
    "x",
    "8.7",
    "\0",
    "٨",
    "9" * 5000,
    "0x9",
]


@pytest.mark.once
@pytest.mark.parametrize("zoom", ZOOMS, ids=lambda zoom: ascii(zoom)[:20])
@pytest.mark.parametrize("path", MAPS)
def test_no_zoom_is_a_fault(client, path, zoom):
    for more in ("", f"&bbox={WORLD}", "&bbox=12,55,13,56", "&q=haven", "&gift=FG7"):
        answers(client, path, f"zoom={quote(zoom)}{more}")


MANY = {
    "unknown layers": "&".join(f"layer=x{n}" for n in range(200)),
    "known layers": "&".join(["layer=place", "layer=resident"] * 100),
    "gifts": "&".join(f"gift={group}{n}" for group in ("FG", "LA", "HR", "MH") for n in range(50)),
    "languages": "&".join(f"language=x{n}" for n in range(200)),
    "texts": "&".join(f"q=haven{n}" for n in range(200)),
    "sections": "&".join(f"bbox={n},{n},{n + 1},{n + 1}" for n in range(80)) + f"&bbox={WORLD}",
    "sorts and pages": "&".join(f"sort=x{n}&page=y{n}" for n in range(100)),
    "unknown names": "&".join(f"x{n}=y{n}" for n in range(200)),
    "each of them": "&".join(
        f"{name}={value}"
        for name in ("q", "layer", "mode", "gift", "sector", "stage", "language", "near")
        for value in ("haven", "place", "gives", "FG7", "civil", "idea", "so", "55.65,12.59")
        for _ in range(4)
    ),
}


@pytest.mark.once
@pytest.mark.parametrize("query", MANY.values(), ids=MANY)
@pytest.mark.parametrize("path", [*PAGES, *MAPS, SUGGEST])
def test_two_hundred_filters_at_once_are_no_fault(client, path, query):
    answers(client, path, query)


NAMES = [
    "q",
    "layer",
    "gift",
    "near",
    "within",
    "linked_to",
    "bbox",
    "sort",
    "page",
    "zoom",
    "selected",
]
LONG = {
    "a": "a",
    "letters": "å",
    "signs": "%",
    "nines": "9",
    "ﷺ": "ﷺ",
}


@pytest.mark.once
@pytest.mark.parametrize("text", LONG.values(), ids=map(ascii, LONG))
@pytest.mark.parametrize("path", [*PAGES, *MAPS, SUGGEST])
def test_a_hundred_thousand_characters_are_no_fault(client, path, text):
    text = quote((text * 100_000)[:100_000])
    for name in NAMES:
        answers(client, path, f"{name}={text}")


TYPED = [
    *("%", "%%", "_", '"', "'", "' OR 1=1 --", '" OR "', "NEAR(a b)", "a OR b", "*", "-a", "a:b"),
    *(
        "\0",
        "a\0b",
        "🎵",
        "👩‍👩‍👧",
        "\ue000\U000f0001\ue001",
        "\u202e",
        "\u0301",
        "\ud7ff",
        "ﷺ" * 9,
    ),
    *("[a-z]", "\\", "a\\", "(", ")", "{a}", "^a", "$", "NULL", "${x}", "{{ x }}", "<b>", "&amp;"),
]


@pytest.mark.parametrize("typed", TYPED, ids=ascii)
@pytest.mark.parametrize("path", [*EVERYWHERE, PAGES[1], MAPS[1], SUGGEST])
def test_nothing_that_is_typed_is_a_fault(client, path, typed):
    for query in ("q={}", "q=haven {}", "gift={}&q={}", "selected={}&zoom=3", "page={}&q=ha"):
        answers(client, path, query.replace("{}", quote(typed)))


@pytest.mark.parametrize("path", [*PAGES, *MAPS])
def test_what_is_no_text_at_all_is_no_fault(client, path):
    for query in ("q=%FF%FE", "q=%ED%A0%80", "layer=%80", "page=%C3", "=", "&&&", "q", "%00=%00"):
        answers(client, path, query)


PARTS = [
    "haven",
    "place",
    "FG7",
    "gives",
    "so",
    "idea",
    "civil",
    "55.65,12.59",
    "300",
    "12,55,13,56",
]
ODD = ["", "nan", "-1", "1e99", "\0", "%", '"', "🎵", "x" * 300, "fresh", "distance", "WyJ4Il0"]


@pytest.mark.once
@pytest.mark.parametrize("seed", range(3))
def test_no_mixture_of_parameters_is_a_fault(client, seed):
    lots = random.Random(seed)
    names = [*NAMES, "mode", "sector", "stage", "language"]
    for _ in range(25):
        pairs = [(lots.choice(names), lots.choice(PARTS + ODD)) for _ in range(lots.randint(1, 8))]
        query = "&".join(f"{name}={quote(value)}" for name, value in pairs)
        for path in (*PAGES, *MAPS):
            answers(client, path, query)


@pytest.mark.parametrize("path", [*PAGES, *MAPS, SUGGEST])
def test_an_address_that_is_read_is_not_written_to(client, path):
    for method in (client.post, client.put, client.delete):
        assert method(path).status_code == 405
