"""What is answered to whom, and what nobody is told."""

import pytest
from django.test import Client

from assetmap.inventory.models import Asset
from tests.factories import (
    make_admin,
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

PATHS = ["", "organizations", "services", "locations", "service_at_locations", "taxonomies"]
WHOLE = [f"{path}?full=true&full_service=true" for path in PATHS[1:5]]


def everything(client):
    answers = [client.get(f"/api/hsds/{path}") for path in (*PATHS, *WHOLE)]
    return " ".join(answer.getvalue().decode() for answer in answers)


def test_the_base_says_which_version_it_is(db, get):
    base = get()
    assert base["version"] == "3.0" and base["openapi_url"].endswith("/3.0/schema/openapi.json")
    assert base["profile"].startswith("https://")
    assert base["lists"]["services"] == "http://testserver/api/hsds/services"


def test_pages_of_other_sites_may_read_it(db, client):
    for path in PATHS:
        response = client.get(f"/api/hsds/{path}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Content-Type"] == "application/json"
        assert "public" in response["Cache-Control"]
        assert "Cookie" not in response.get("Vary", "") and not response.cookies
        asked = client.options(f"/api/hsds/{path}")
        assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_text_is_written_as_it_is(rich, client):
    assert "Hørgården 7" in client.get("/api/hsds/locations?full=1").content.decode()


def test_an_answer_that_has_not_changed_is_not_sent_again(rich, client):
    tag = client.get("/api/hsds/services")["ETag"]
    again = client.get("/api/hsds/services", headers={"if-none-match": tag})
    assert again.status_code == 304 and again.content == b""
    Asset.objects.filter(layer="institution").update(summary="Nyt")
    assert client.get("/api/hsds/services", headers={"if-none-match": tag}).status_code == 200


def test_the_head_of_an_answer_can_be_asked_for_alone(rich, client):
    response = client.head("/api/hsds/services")
    assert response.status_code == 200 and response.content == b""


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(rich, method):
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)("/api/hsds/services")
    assert response.status_code == 405 and response.json()["detail"]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("key", ["5", "x" * 500, "0" * 32, "urn:uuid:", "%00", "æ"])
def test_a_record_that_is_not_there_is_told_in_words(db, client, key):
    for path in PATHS[1:]:
        response = client.get(f"/api/hsds/{path}/{key}")
        assert response.status_code == 404
        assert "There is no such record" in response.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=x", "page=99999999999999999999", "per_page=0", "per_page=-1"),
        *("format=xml", "full=maybe", "search=%00", "search=...", f"search={'x' * 101}"),
        *("taxonomy_term_id=5", "organization_id=x", "modified_after=soon", "minimal=2"),
        *("modified_after=0001-01-01T00:00", "modified_after=9999-12-31T23:59%2B00:00"),
    ],
)
def test_a_bad_parameter_is_refused_in_words(db, client, query):
    response = client.get(f"/api/hsds/services?{query}")
    assert response.status_code == 400
    assert response.json()["detail"].startswith(f"{query.partition('=')[0]}: ")


@pytest.mark.parametrize(
    "query", ["postcode=23", "postcode=abcd", "proximity=300", "postcode=2300&proximity=x"]
)
def test_a_bad_whereabouts_is_refused_in_words(db, client, query):
    for path in ("service_at_locations", "locations"):
        assert client.get(f"/api/hsds/{path}?{query}").status_code == 400


def test_every_sentence_about_a_bad_question_is_given(db, client):
    said = client.get("/api/hsds/services?page=0&full=maybe").json()["detail"]
    assert "page: " in said and "full: Write true or false." in said


@pytest.mark.parametrize("number", ["nan", "inf", "1e999", "-5", "0"])
def test_a_distance_is_a_number_of_metres(db, client, number):
    query = {"postcode": "2300", "proximity": number}
    assert client.get("/api/hsds/locations", query).status_code == 400


def test_residents_are_nowhere(rich, client):
    told = everything(client)
    assert "Haveholdet" in told
    assert "En nabo" not in told and "naboens ord" not in told


def test_what_not_everybody_may_see_is_nowhere(area, client):
    club = make_association(area, "Klubben", meeting_times="Altid")
    for number, level in enumerate(["private", "partners", "neighbours"]):
        hidden = make_place(area, f"qxsted{number}", visibility=level)
        make_link(club, hidden, "meets_at", note=f"qxnote{number}")
        make_link(club, make_institution(area, "qxhus", visibility=level), "part_of")
    make_association(area, "qxarkiv", status="archived", meeting_times="Altid")
    make_association(area, "qxventer", status="pending", meeting_times="Altid")
    open_place = make_place(area, "Salen")
    make_link(club, open_place, "uses", visibility="private", note="qxprivat")
    make_offering(club, None, text="qxord", waiting=True)
    told = everything(client)
    assert "Klubben" in told and "Salen" in told and "qx" not in told
    assert client.get("/api/hsds/organizations").json()["total_items"] == 1


def test_a_hidden_record_is_told_like_one_that_is_not_there(area, client):
    hidden = make_association(area, visibility="private", meeting_times="Altid")
    resident = make_resident(area, visibility="public")
    for asset in (hidden, resident):
        for path in ("organizations", "locations"):
            response = client.get(f"/api/hsds/{path}/{asset.uid}")
            assert response.status_code == 404 and "no such record" in response.json()["detail"]


def test_the_answer_is_the_same_whoever_asks(rich):
    make_place(rich, "Skjult", visibility="private")
    answers = set()
    for user in (None, make_user("coordinator", rich), make_admin()):
        client = Client(headers={"accept-language": "en"})
        if user:
            client.force_login(user)
        answers.add(everything(client))
    assert len(answers) == 1 and "Skjult" not in answers.pop()


def test_the_data_are_in_the_language_of_the_site(rich, client):
    for path in PATHS[1:]:
        asked = f"/api/hsds/{path}?full=1&search=sal"
        danish, english = (
            client.get(asked, headers={"accept-language": code}) for code in ("da", "en")
        )
        assert danish.content == english.content and english["Content-Language"] == "da"


def test_all_areas_of_the_site_are_in_it(area, get):
    make_institution(area, "Her")
    make_institution(make_area("naboby"), "Der")
    assert [o["name"] for o in get("organizations")["contents"]] == ["Her", "Der"]
