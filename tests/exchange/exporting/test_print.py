"""The printed sheet."""

import re

import pytest

from assetmap.exchange.exporting.drawing import WIDTH, drawn
from assetmap.exchange.exporting.printed import MOST
from assetmap.exchange.exporting.spreading import APART, spread
from assetmap.inventory.models import Asset
from tests.factories import make_association, make_place, make_resident

pytestmark = pytest.mark.once

URL = "/urbanplanen/print/"


def page(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def listed(text):
    """The numbers and names of the list."""
    return re.findall(r'<span class="sr">(\d+)\.</span> ([^<]+)</h2>', text)


def numbers_on_the_map(text):
    drawing = text.partition('class="paper"')[2].partition("</svg>")[0]
    return re.findall(r'<text class="in-\d" dy=".35em">(\d+)</text>', drawing)


def test_the_list_and_the_map_have_the_same_numbers(client, area):
    make_place(area, "A", phone="12345678")
    make_association(area, "B", website="https://b.example.org")
    make_place(area, "C", latitude=55.654)
    text = page(client)
    assert listed(text) == [("1", "A"), ("2", "B"), ("3", "C")]
    assert numbers_on_the_map(text) == ["1", "3"]
    assert text.count("not on the map yet") == 1
    assert "12345678" in text and "https://b.example.org" in text


def test_it_holds_what_the_filter_shows_in_its_order(client, area):
    make_place(area, "Haven", latitude=55.6535)
    make_place(area, "Den nære have", latitude=55.6526)
    make_place(area, "Salen")
    text = page(client, "q=have&near=55.6525,12.5968")
    assert [name for _number, name in listed(text)] == ["Den nære have", "Haven"]
    assert "“have”" in text


def test_its_code_leads_back_to_the_same_filter(client, area, monkeypatch):
    made = []
    monkeypatch.setattr("assetmap.exchange.exporting.printed.qr", made.append)
    text = page(client, "q=haven&layer=place&page=made-up")
    assert made == ["http://testserver/urbanplanen/?q=haven&layer=place"]
    assert "http://testserver/urbanplanen/?q=haven&amp;layer=place" in text


def test_it_shows_what_its_reader_may_see(client, area, partner):
    make_place(area, "Kun for partnere", visibility="partners")
    make_resident(area, "Skjult nabo")
    make_resident(area, "Åben nabo", visibility="public", contact="12345678")
    assert [name for _n, name in listed(page(client))] == ["Åben nabo"]
    assert "12345678" not in page(client)
    client.force_login(partner)
    assert {name for _n, name in listed(page(client))} == {"Kun for partnere", "Åben nabo"}


def test_it_says_when_there_are_more_than_fit(client, area, monkeypatch):
    monkeypatch.setattr("assetmap.exchange.exporting.printed.MOST", 2)
    for name in "ABC":
        make_place(area, name)
    text = page(client)
    assert MOST == 100 and len(listed(text)) == 2
    assert "the first of 3" in text
    assert "the first of" not in page(client, "q=A")


@pytest.mark.parametrize("query", ["", "q=ingenting", "near=nowhere", "bbox=1,2&layer=nonsense"])
def test_an_empty_sheet_and_a_filter_without_sense_are_said(client, area, query):
    text = page(client, query)
    assert "Nothing here fits" in text and 'class="paper"' not in text
    assert ('role="alert"' in text) == (query not in ("", "q=ingenting"))


def test_the_map_needs_no_script_and_no_inline_style(client, area):
    area.base_map = "amager"
    area.save()
    make_place(area)
    make_place(area, latitude=55.6595)
    text = page(client)
    assert "<script" not in text and "style=" not in text
    for kind in ("road", "house", "green", "edge", "street"):
        assert f'class="base {kind}"' in text or f'class="{kind}"' in text
    assert "Københavns Kommune, CC BY 4.0" in text


def test_without_base_map_and_boundary_the_markers_stand_alone(client, area):
    area.boundary = None
    area.save()
    make_place(area)
    text = page(client)
    assert numbers_on_the_map(text) == ["1"] and "base " not in text


def test_what_lies_far_outside_does_not_shrink_the_map(area):
    inside = make_place(area, "Inde")
    outside = make_place(area, "Ude", latitude=56.15, longitude=10.2)
    drawing = drawn(area, [inside, outside])
    assert [marker["asset"] for marker in drawing.markers] == [inside]
    assert drawing.outside == {outside.pk}
    assert [marker["asset"] for marker in drawn(area, [outside]).markers] == [outside]


def test_north_is_up_and_a_metre_is_as_long_as_the_bar_says(area):
    south = make_place(area, latitude=55.650, longitude=12.5968)
    north = make_place(area, latitude=55.653, longitude=12.5968)
    drawing = drawn(area, [south, north])
    low, high = (marker["at"] for marker in drawing.markers)
    metres, length = drawing.frame.bar
    assert high["x"] == low["x"] and high["y"] < low["y"]
    assert (low["y"] - high["y"]) / length * metres == pytest.approx(334, abs=2)


def test_markers_never_cover_each_other_and_stay_on_the_paper():
    points = [(900, 500)] * 20 + [(0, 0), (WIDTH, 900), (300, 300)]
    moved = spread(points, WIDTH, 900)
    assert moved[-1] == (300, 300)
    for one, (x, y) in enumerate(moved):
        assert 0 < x < WIDTH and 0 < y < 900
        for a, b in moved[:one]:
            assert (x - a) ** 2 + (y - b) ** 2 > (APART * 0.8) ** 2


def test_it_costs_the_same_queries_however_many(client, area, django_assert_num_queries):
    make_place(area)
    make_resident(area, visibility="public")
    page(client)
    with django_assert_num_queries(4):
        page(client)
    for _n in range(8):
        make_place(area)
        make_association(area)
        make_resident(area, visibility="public")
    assert Asset.objects.count() == 26
    with django_assert_num_queries(4):
        page(client)
