"""A resident's own page: see what is kept about her, take it away, correct, pause, erase it."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from assetmap.areas.models import User
from assetmap.inventory.models import Asset, SpokenLanguage
from tests.contracts import as_shown
from tests.factories import (
    make_admin,
    make_association,
    make_link,
    make_offering,
    make_resident,
    make_user,
)

CANARY = "kanariefugl"


@pytest.fixture
def resident(area):
    return make_user("resident", area, f"{CANARY}@example.org", name=f"{CANARY} navn")


@pytest.fixture
def record(area, resident):
    """Her record, with a canary in everything that can hold text."""
    record = make_resident(
        area,
        f"{CANARY} hedder jeg",
        owner=resident,
        summary=f"{CANARY} om mig",
        contact=f"{CANARY} telefon",
        availability=f"{CANARY} tider",
        age_band="25-39",
        latitude=55.65,
        longitude=12.6,
    )
    make_offering(record, None, text=f"{CANARY} evne", note=f"{CANARY} note")
    make_offering(record, "LA1", "teach")
    make_link(record, make_association(area, "Koret"), "member_of", note=f"{CANARY} i koret")
    hidden = make_resident(area, "Skjult nabo")
    make_link(hidden, record, "knows", note=f"{CANARY} kendt af", visibility="private")
    SpokenLanguage.objects.create(asset=record, code="so")
    return record


def page(client, area, name="me"):
    return client.get(reverse(f"me:{name}", args=[area.slug]))


def test_she_sees_everything_that_is_kept_about_her(client, area, resident, record):
    client.force_login(resident)
    text = page(client, area).content.decode()
    for word in ("om mig", "telefon", "tider", "evne", "note", "i koret", "kendt af"):
        assert f"{CANARY} {word}" in text.lower()
    assert "25 to 39" in text
    assert "Somali" in text
    assert "Interpret between neighbours" in text


def test_a_tie_to_somebody_she_may_not_see_names_nobody(client, area, resident, record):
    client.force_login(resident)
    text = page(client, area).content.decode()
    assert "somebody who is not shown" in text
    assert "Skjult nabo" not in text


def test_she_takes_it_away_as_json_and_csv(client, area, resident, record):
    client.force_login(resident)
    as_json = page(client, area, "json")
    about = dict(json.loads(as_json.content)["About you"])
    assert about["private contact"] == f"{CANARY} telefon"
    as_csv = page(client, area, "csv")
    rows = list(csv.reader(StringIO(as_csv.content.decode("utf-8-sig")), delimiter=";"))
    assert ["About you", "private contact", f"{CANARY} telefon"] in rows
    for answer in (as_json, as_csv):
        assert "attachment" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "no-store"


def test_a_spreadsheet_runs_no_formula_from_it(client, area, resident, record):
    make_offering(record, None, mode="join", text="=1+1")
    client.force_login(resident)
    assert ";'=1+1;" in page(client, area, "csv").content.decode()


def test_she_pauses_her_page_and_shows_it_again(client, area, resident, record):
    Asset.objects.filter(pk=record.pk).update(visibility="public")
    client.force_login(resident)
    client.post(record.url("archive"))
    assert "paused" in page(client, area).content.decode()
    client.logout()
    assert client.get(record.get_absolute_url()).status_code == 404
    client.force_login(resident)
    client.post(record.url("restore"))
    client.logout()
    assert client.get(record.get_absolute_url()).status_code == 200


def test_she_corrects_it_herself(client, area, resident, record):
    client.force_login(resident)
    form = client.get(record.url("edit"))
    client.post(record.url("edit"), as_shown(form, contact="12 34 56 78"))
    record.refresh_from_db()
    assert record.contact == "12 34 56 78"


def everything_in_the_database():
    """All rows of all tables as one text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield from (str(row) for row in cursor.fetchall())


def test_erasing_leaves_nothing_in_the_database_or_on_the_disk(
    client, area, resident, record, media, django_capture_on_commit_callbacks
):
    client.force_login(resident)
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    upload = SimpleUploadedFile("jeg.png", out.getvalue(), "image/png")
    form = client.get(record.url("edit"))
    client.post(record.url("edit"), as_shown(form, photo_upload=upload, photo_alt=CANARY))
    assert len([file for file in media.rglob("*") if file.is_file()]) == 2
    assert any(CANARY in row for row in everything_in_the_database())
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"}, follow=True)
    assert "erased" in answer.content.decode()
    assert not [row for row in everything_in_the_database() if CANARY in row]
    assert not [file for file in media.rglob("*") if file.is_file()]


def test_nothing_is_erased_by_a_slip(client, area, resident, record):
    client.force_login(resident)
    answer = client.post(reverse("me:erase", args=[area.slug]), follow=True)
    assert "Tick the box" in answer.content.decode()
    assert Asset.objects.filter(pk=record.pk).exists()
    assert client.get(reverse("me:erase", args=[area.slug])).status_code == 405


def test_somebody_with_another_role_keeps_her_sign_in(client, area, other_area, resident, record):
    resident.memberships.create(area=other_area, role="partner")
    client.force_login(resident)
    client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert not Asset.objects.filter(pk=record.pk).exists()
    assert User.objects.filter(pk=resident.pk).exists()


def test_a_second_record_of_hers_is_erased_too(client, area, resident, record):
    make_resident(area, f"{CANARY} igen", owner=resident)
    client.force_login(resident)
    client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert not Asset.objects.filter(name__contains=CANARY).exists()
    assert not User.objects.filter(pk=resident.pk).exists()


def test_a_record_of_hers_in_another_area_keeps_her_sign_in(
    client, area, other_area, resident, record
):
    kept = make_resident(other_area, "Ida", owner=resident)
    client.force_login(resident)
    client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert Asset.objects.filter(pk=kept.pk).exists()
    assert not Asset.objects.filter(pk=record.pk).exists()
    assert User.objects.filter(pk=resident.pk).exists()


def test_nobody_reaches_another_ones_data(client, area, record, neighbour, coordinator):
    for user in (neighbour, coordinator):
        client.force_login(user)
        assert CANARY not in page(client, area).content.decode()
        assert page(client, area, "json").status_code == 404
        assert page(client, area, "csv").status_code == 404
        client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert Asset.objects.filter(pk=record.pk).exists()


def test_a_visitor_is_asked_to_sign_in(client, area, record):
    for name in ("me", "csv", "json"):
        assert page(client, area, name).status_code == 302
    assert client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"}).status_code == 302
    assert Asset.objects.filter(pk=record.pk).exists()


def test_she_who_has_no_record_is_told_so(client, area, neighbour):
    client.force_login(neighbour)
    assert "Nothing is kept about you" in page(client, area).content.decode()


def test_an_administrator_names_the_owner_of_a_record(client, area, neighbour):
    record = make_resident(area, "Ida")
    client.force_login(make_admin())
    address = reverse("admin:residents_resident_change", args=[record.pk])
    form = as_shown(client.get(address), name="Ida", visibility="private", owner=neighbour.pk)
    assert client.post(address, form).status_code == 302
    client.force_login(neighbour)
    assert "Ida" in page(client, area).content.decode()
