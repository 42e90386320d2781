"""Addresses that match nothing: programs, too, are told so in words that they can read."""

import pytest
from django.test import Client

WORDS = {"ogc": "description", "hsds": "detail", "v1": "detail"}
PLACES = [f"/api/{part}/{rest}" for part in WORDS for rest in ("nowhere", "areas/x/y/z/", "æ/%00")]


def sentence(response):
    return response.json()[WORDS[response.wsgi_request.path.split("/")[2]]]


@pytest.mark.parametrize("path", PLACES)
def test_nothing_says_so_in_a_sentence_that_any_site_may_read(db, client, path):
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 404 and sentence(response).startswith("There is nothing")
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", PLACES)
def test_what_is_sent_to_nothing_is_refused_in_words_too(db, path):
    response = Client(enforce_csrf_checks=True).post(path, {"a": 1})
    assert response.status_code in (404, 405) and sentence(response)


def test_a_browser_gets_a_page(db, client):
    response = client.get("/api/ogc/nowhere", headers={"accept": "text/html"})
    assert response.status_code == 404 and b"<h1>" in response.content


@pytest.mark.parametrize("part", ["ogc/collections", "hsds/services"])
def test_what_can_only_be_read_says_so(db, part):
    response = Client(headers={"accept-language": "en"}).post(f"/api/{part}")
    assert response.status_code == 405 and sentence(response) == "This can only be read."
    assert response["Allow"] == "GET, HEAD, OPTIONS"
