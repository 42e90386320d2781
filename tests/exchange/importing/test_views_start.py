"""The first page of the import: who may open it, what it lists, and what becomes of a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assetmap.exchange.models import Import
from tests.factories import make_admin, make_user

from .made import make_importer, make_run, queries, url

START = "/urbanplanen/import/"


def upload(text="Navn;Type\nHaven;Byhave\n", name="steder.csv"):
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def test_a_visitor_is_asked_to_sign_in(client, area):
    assert "/account/login/" in client.get(START)["location"]


@pytest.mark.parametrize("role", ["resident", "partner", "coordinator"])
def test_a_role_alone_does_not_let_anybody_in(client, area, role):
    client.force_login(make_user(role, area))
    assert client.get(START).status_code == 403
    assert client.post(START, {"file": upload()}).status_code == 403
    assert not Import.objects.exists()


def test_administrators_may(client, area):
    client.force_login(make_admin())
    assert client.get(START).status_code == 200


def test_the_import_of_another_area_is_not_there(browser, other_area):
    run = make_run(other_area)
    ours = url(run).replace("naboby", "urbanplanen")
    assert browser.get(ours).status_code == 404
    assert browser.get(url(run)).status_code == 403
    assert browser.post(f"{ours}cancel/").status_code == 404
    assert Import.objects.filter(pk=run.pk).exists()


def test_a_file_leads_to_the_matching_of_its_columns(browser, importer):
    told = {"file": upload(), "licence": "CC0"}
    page = browser.post(START, told, follow=True)
    run = Import.objects.get()
    assert page.redirect_chain[-1][0] == url(run, "match")
    assert (run.source, run.licence, run.user) == ("steder", "CC0", importer)
    assert run.mapping["sheets"][0]["columns"]["Navn"] == "name"


def test_a_file_that_cannot_be_read_is_refused_at_its_field(browser, media):
    page = browser.post(START, {"file": upload("\0\1\2", "billede.png"), "source": "Kommunen"})
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert 'value="Kommunen"' in page.content.decode()
    assert not Import.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_earlier_imports_are_listed_with_what_they_did(browser, area, importer):
    counts = {"new": 1234, "changed": 2, "unchanged": 3, "refused": 4, "rows": 1243}
    make_run(area, "done", user=importer, counts=counts)
    make_run(area, filename="halv.csv", counts={})
    text = browser.get(START).content.decode()
    assert "1,234 new, 2 changed, 3 unchanged, 4 refused" in text
    assert "In the inventory" in text and "Columns to be matched" in text
    assert str(importer) in text


def test_the_list_asks_no_more_for_more_imports(browser, area):
    make_run(area, user=make_importer(area))
    with_one = queries(browser, START)
    for _number in range(5):
        make_run(area, user=make_importer(area))
    assert queries(browser, START) == with_one


def test_the_way_in_stands_on_the_page_for_adding(browser, area, client):
    assert START in browser.get("/urbanplanen/add/").content.decode()
    client.force_login(make_user("coordinator", area))
    assert START not in client.get("/urbanplanen/add/").content.decode()
