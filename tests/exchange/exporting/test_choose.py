"""The page from which the list is taken away."""

import pytest

from tests.factories import make_place, make_resident

URL = "/urbanplanen/export/"


def page(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_leads_to_it_with_its_filter(client, area):
    text = client.get("/urbanplanen/?q=haven&page=x").content.decode()
    assert f'href="{URL}?q=haven"' in text


def test_it_offers_every_form_with_the_filter(client, area):
    make_place(area, "Haven")
    text = page(client, "q=haven&page=made-up")
    for form in ("csv", "xlsx", "geojson", "json"):
        assert f'href="/urbanplanen/export.{form}?q=haven"' in text
    assert 'href="/urbanplanen/print/?q=haven"' in text
    assert 'href="/urbanplanen/embed/code/?q=haven"' in text
    assert "“haven”" in text


def test_it_says_what_is_in_the_file_and_why_others_are_not(client, area, partner):
    make_place(area)
    make_place(area, visibility="partners")
    make_resident(area, visibility="public")
    client.force_login(partner)
    text = page(client)
    assert "1 asset is in the file." in text
    assert "1 resident is left out" in text
    assert "1 more is left out, as not everybody may see it." in text
    assert '<form class="editing"' not in text


def test_it_counts_nothing_that_one_may_not_see(client, area):
    make_place(area)
    make_place(area, visibility="partners")
    make_resident(area)
    text = page(client)
    assert "1 asset is in the file." in text and "left out" not in text


def test_it_asks_those_who_may_for_a_reason_if_there_are_residents(client, area, exporter):
    client.force_login(exporter)
    make_place(area)
    assert 'name="reason"' not in page(client)
    make_resident(area)
    assert 'name="reason"' in page(client)
    assert 'name="reason"' not in page(client, "layer=place")


def test_it_offers_no_file_of_nothing(client, area):
    assert "export.csv" not in page(client, "q=ingenting")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_too_many_for_a_workbook_is_said(client, area, monkeypatch, form):
    monkeypatch.setattr("assetmap.exchange.exporting.views.MOST_IN_A_WORKBOOK", 1)
    make_place(area)
    make_place(area)
    text = client.get(f"/urbanplanen/export.{form}", follow=True)
    said = not text.streaming and "too many for a workbook" in text.content.decode()
    assert said == (form == "xlsx")


def test_too_many_for_a_workbook_is_said_to_those_who_gave_a_reason(
    client, area, exporter, monkeypatch
):
    monkeypatch.setattr("assetmap.exchange.exporting.views.MOST_IN_A_WORKBOOK", 0)
    make_resident(area)
    client.force_login(exporter)
    text = client.post(URL, {"reason": "Til en plan", "form": "xlsx"}).content.decode()
    assert "too many for a workbook" in text and 'value="Til en plan"' in text


def test_it_costs_the_same_queries_however_many(client, area, django_assert_num_queries):
    make_place(area)
    page(client)
    with django_assert_num_queries(5):
        page(client)
    for _n in range(5):
        make_place(area)
        make_resident(area, visibility="public")
    with django_assert_num_queries(5):
        page(client)


def test_an_area_that_is_not_there_has_none(client, area):
    assert client.get("/ingensteder/export/").status_code == 404
    assert client.get("/ingensteder/export.csv").status_code == 404
