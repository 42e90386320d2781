"""Who may take what away."""

import pytest

from assetmap.inventory.models import Export, SpokenLanguage
from tests.factories import (
    make_admin,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
)

from .files import body, fetch, names, read_csv, read_json, read_workbook

FORMS = ["csv", "xlsx", "geojson", "json"]
CHOOSE = "/urbanplanen/export/"
REASON = {"reason": "Til en plan", "form": "json"}


@pytest.fixture
def people(area):
    """A public, a partners' and a private asset, and a public resident tied to the first."""
    place = make_place(area, "qxpublic")
    resident = make_resident(area, "qxperson", visibility="public", contact="qxcontact")
    make_link(resident, place, "helps", note="qxtie")
    make_place(area, "qxpartners", visibility="partners")
    make_association(area, "qxprivate", visibility="private")
    return resident


def text_of(client, form, query=""):
    content = fetch(client, form, query)
    return str(read_workbook(content)) if form == "xlsx" else content.decode()


def sign_in(client, user):
    if user:
        client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("who", "form"),
    [
        *(("coordinator", form) for form in FORMS),
        *((who, "json") for who in ("visitor", "neighbour", "partner", "stranger")),
    ],
)
def test_without_the_right_a_file_holds_what_everybody_sees(client, request, people, who, form):
    user = None if who == "visitor" else request.getfixturevalue(who)
    text = text_of(sign_in(client, user), form)
    assert "qxpublic" in text
    for hidden in ("qxperson", "qxpartners", "qxprivate", "qxcontact", "qxtie"):
        assert hidden not in text


@pytest.mark.parametrize("form", FORMS)
def test_with_the_right_a_file_holds_what_she_sees_but_no_residents(
    client, exporter, people, form
):
    text = text_of(sign_in(client, exporter), form)
    for shown in ("qxpublic", "qxpartners", "qxprivate"):
        assert shown in text
    for person in ("qxperson", "qxcontact", "qxtie"):
        assert person not in text
    assert not Export.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_residents_leave_after_a_reason_which_is_noted(client, exporter, people, form):
    response = sign_in(client, exporter).post(CHOOSE, REASON | {"form": form})
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    content = body(response)
    text = str(read_workbook(content)) if form == "xlsx" else content.decode()
    assert "qxperson" in text and "qxcontact" in text
    export = Export.objects.get()
    assert (export.user, export.form, export.reason) == (exporter, form, "Til en plan")
    assert (export.count, list(export.about.all())) == (1, [people.asset_ptr])


def test_only_the_residents_that_the_filter_shows_are_noted(client, exporter, area, people):
    other = make_resident(area, "En anden")
    sign_in(client, exporter).post(f"{CHOOSE}?q=anden", REASON)
    assert list(Export.objects.get().about.all()) == [other.asset_ptr]


def test_an_administrator_may_take_residents_out(client, people):
    response = sign_in(client, make_admin()).post(CHOOSE, REASON)
    assert names(body(response)) == {"qxperson", "qxpublic", "qxpartners", "qxprivate"}


def test_the_ties_of_residents_come_with_them(client, exporter, people):
    response = sign_in(client, exporter).post(CHOOSE, REASON)
    assert [row["note"] for row in read_json(body(response))["ties"]] == ["qxtie"]


@pytest.mark.parametrize("data", [{"form": "json"}, {"reason": " ", "form": "json"}])
def test_without_a_reason_no_resident_leaves(client, exporter, people, data):
    response = sign_in(client, exporter).post(CHOOSE, data)
    assert "This field is required" in response.content.decode()
    assert not Export.objects.exists()


def test_a_cpr_number_is_no_reason_and_what_was_typed_stays(client, exporter, people):
    data = {"reason": "om 070761-4285", "form": "json"}
    page = sign_in(client, exporter).post(CHOOSE, data).content.decode()
    assert "CPR number" in page and 'value="om 070761-4285"' in page


@pytest.mark.parametrize("form", ["", "pdf", "csv/../x"])
def test_a_form_that_is_not_offered_is_refused_in_words(client, exporter, people, form):
    response = sign_in(client, exporter).post(CHOOSE, REASON | {"form": form})
    assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "partner", "coordinator", "stranger"])
def test_others_may_not_ask_for_residents(client, request, people, who):
    assert sign_in(client, request.getfixturevalue(who)).post(CHOOSE, REASON).status_code == 403
    assert not Export.objects.exists()


def test_a_visitor_who_asks_for_residents_is_asked_to_sign_in(client, people):
    response = client.post(CHOOSE, REASON)
    assert response.status_code == 302 and "/account/" in response["Location"]


def test_a_file_without_residents_needs_no_note(client, exporter, area):
    make_place(area)
    assert sign_in(client, exporter).post(CHOOSE, REASON).status_code == 200
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        *("", "q=haven", "layer=place", "layer=place&layer=institution", "gift=FG7&mode=gives"),
        *("sector=public", "stage=group", "language=so", "near=55.6525,12.5968&within=300"),
        *("bbox=12.59,55.64,12.6,55.66", "sort=fresh", "page=made-up", "q=haven&sort=fresh"),
    ],
)
def test_a_file_holds_exactly_what_the_filter_shows_in_its_order(client, area, query):
    haven = make_place(area, "Haven")
    make_offering(haven, "FG7")
    make_place(area, "Den anden have", latitude=55.6526, summary="haven", kind="garden")
    make_place(area, "Langt væk", latitude=55.7)
    make_institution(area, "Biblioteket")
    club = make_association(area, "Haveklubben", stage="group")
    SpokenLanguage.objects.create(asset=club, code="so")
    listed = [row.name for row in client.get(f"/urbanplanen/?{query}").context["page"].rows]
    taken = read_json(fetch(client, "json", query))["assets"]
    assert [row["name"] for row in taken] == listed != []
    assert [row["Name"] for row in read_csv(fetch(client, "csv", query))] == listed


def test_ties_are_those_between_assets_of_the_file(client, area):
    club, haven, hall = make_association(area), make_place(area, "Haven"), make_place(area)
    make_link(club, haven, "meets_at")
    make_link(haven, hall, "part_of")
    make_link(club, hall, "meets_at", visibility="private")
    assert len(read_json(fetch(client, "json"))["ties"]) == 2
    assert len(read_json(fetch(client, "json", "layer=place"))["ties"]) == 1


@pytest.mark.parametrize("query", ["layer=nonsense", "q=%3F", "bbox=1,2", "near=nowhere"])
def test_a_filter_that_means_nothing_is_said_instead_of_taking_everything(client, area, query):
    response = client.get(f"/urbanplanen/export.csv?{query}", follow=True)
    assert response.redirect_chain[0][0].startswith(CHOOSE)
    assert 'role="alert"' in response.content.decode()


def test_nothing_of_another_area_is_in_a_file(client, area, other_area):
    make_place(other_area, "Naboens have")
    assert names(fetch(client, "json")) == set()


def test_what_is_not_in_use_is_in_no_file(client, exporter, area):
    for status in ("pending", "archived"):
        make_place(area, status=status)
    assert names(fetch(sign_in(client, exporter), "json")) == set()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_costs_the_same_queries_however_long(
    client, area, form, django_assert_max_num_queries, django_assert_num_queries
):
    def fill(number):
        for _n in range(number):
            place = make_place(area, source="kk")
            make_offering(place)
            make_link(make_association(area), place, "meets_at")

    fill(2)
    with django_assert_max_num_queries(13) as few:
        fetch(client, form)
    fill(6)
    with django_assert_num_queries(len(few)):
        fetch(client, form)
