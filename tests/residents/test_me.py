"""A resident's own page: see what is kept about her, take it away, correct, pause, erase it."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import send_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from post_office.models import Email

from assetmap.areas.models import Receipt, User
from assetmap.areas.receipts import issue
from assetmap.inventory.models import Asset, Export, Proposal, SpokenLanguage
from residents.models import Consent, Introduction
from tests.contracts import as_shown, text_of
from tests.factories import (
    make_admin,
    make_association,
    make_link,
    make_offering,
    make_resident,
    make_user,
)
from tests.residents.registering import open_with, register, rows_with, visitor

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


def introduce(resident, asker):
    """An introduction that both said yes to, so that it holds all the words it can."""
    names = ("message", "asker_name", "asker_contact", "resident_name", "resident_contact")
    fields = {name: f"{CANARY} {name}" for name in names}
    return Introduction.objects.create(resident=resident, asker=asker, state="accepted", **fields)


@pytest.fixture
def whole(area, record, resident, neighbour, coordinator, settings):
    """Her record with all that gathers around one."""
    how = {"language": "da", "channel": "paper", "read_by": f"{CANARY} lektor"}
    Consent.objects.give(record, ["keep", "remind"], **how)
    Consent.objects.withdraw(record, "remind")
    Proposal.objects.create(asset=record, by=resident, field="summary", text=f"{CANARY} ny")
    introduce(record, neighbour)
    introduce(make_resident(area, "Bo", owner=neighbour), resident)
    reason = f"{CANARY} asked for it"
    Export.objects.log(area, coordinator, "csv", reason, [record.asset_ptr])
    issue(resident)
    settings.EMAIL_BACKEND = "assetmap.areas.mail.QueueBackend"
    send_mail("Hello", "Words", None, [resident.email])
    send_mail("Hello", f"https://x.example{record.url('detail')}", None, [coordinator.email])
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


def test_she_sees_what_gathers_around_it_too(client, area, resident, whole):
    client.force_login(resident)
    shown = page(client, area)
    rows = {heading: dict(rows) for heading, rows in shown.context["everything"].items()}
    assert rows["Words that wait for a coordinator"] == {"in short": f"{CANARY} ny"}
    keep, remind = rows["What you agreed to"].values()
    assert f"read aloud by {CANARY} lektor" in keep and "on paper" in keep
    assert ("withdrawn" in keep, "withdrawn" in remind) == (False, True)
    about = dict(shown.context["everything"]["About you"])
    assert about["The e-mail you sign in with"] == resident.email
    assert str(timezone.localdate().year) in about["Receipt made"]
    assert f"a coordinator · csv · {CANARY} asked for it" in text_of(shown)


def test_of_an_introduction_she_sees_her_own_part(client, area, resident, whole):
    client.force_login(resident)
    text = text_of(page(client, area))
    for heading, hers, theirs in (
        ("asked of you", "resident_contact", "asker_contact"),
        ("asked by you", "asker_contact", "resident_contact"),
    ):
        (row,) = [row for row in text.split("<dd") if heading in row]
        assert f"{CANARY} message" in row and f"{CANARY} {hers}" in row
        assert theirs not in row


def test_her_page_takes_no_more_queries_when_it_holds_more(client, area, resident, whole):
    client.force_login(resident)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page(client, area)
        counts.append(len(queries))
        for number in range(5):
            make_link(whole, make_association(area), "member_of")
            make_offering(whole, None, text=f"Gift {number}")
            introduce(whole, make_user("resident", area))
            Export.objects.log(area, resident, "csv", "copy", [whole.asset_ptr])
    assert counts[1] <= counts[0]


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
        assert "no-store" in answer["Cache-Control"]


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


def test_erasing_leaves_nothing_in_the_database_or_on_the_disk(
    client, area, resident, whole, media, django_capture_on_commit_callbacks
):
    client.force_login(resident)
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    upload = SimpleUploadedFile("jeg.png", out.getvalue(), "image/png")
    form = client.get(whole.url("edit"))
    client.post(whole.url("edit"), as_shown(form, photo_upload=upload, photo_alt=CANARY))
    assert len([file for file in media.rglob("*") if file.is_file()]) == 2
    assert len({table for table, row in rows_with(CANARY)}) >= 10
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"}, follow=True)
    assert "erased" in answer.content.decode()
    assert not list(rows_with(CANARY))
    assert not list(rows_with(str(whole.uid)))
    assert not [file for file in media.rglob("*") if file.is_file()]
    assert not (Consent.objects.exists() or Receipt.objects.exists() or Email.objects.exists())
    assert [(row.count, row.about.count()) for row in Export.objects.all()] == [(1, 0)]


def test_erasing_with_a_receipt_leaves_neither_holder_nor_session(client, area):
    code = register(client, area, who={"called": CANARY}).context["code"]
    open_with(client, area, code)
    client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert not (Asset.objects.exists() or User.objects.exists())
    assert not client.session.items()
    assert not list(rows_with(CANARY))
    assert open_with(visitor(), area, code).status_code == 200


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


def test_whoever_keeps_her_sign_in_keeps_no_words_here(client, area, other_area, resident, whole):
    resident.memberships.create(area=other_area, role="partner")
    client.force_login(resident)
    client.post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert {table for table, row in rows_with(CANARY)} == {"areas_user"}


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
    to_the_code = reverse("me:open", args=[area.slug])
    for name in ("me", "csv", "json", "who", "ask-address"):
        assert page(client, area, name).url == to_the_code
    for name in ("erase", "consent", "receipt", "who", "ask-address"):
        sent = {"sure": "1", "purpose": "connect", "yes": "1", "email": "x@example.org"}
        assert client.post(reverse(f"me:{name}", args=[area.slug]), sent).url == to_the_code
    assert Asset.objects.filter(pk=record.pk).exists()
    assert not (Consent.objects.exists() or Receipt.objects.exists())


def test_she_who_has_no_record_is_told_so(client, area, neighbour):
    client.force_login(neighbour)
    assert "Nothing is kept about you" in page(client, area).content.decode()


def test_an_administrator_names_the_owner_of_a_record(client, area, neighbour):
    record = make_resident(area, "Ida")
    client.force_login(make_admin())
    address = reverse("admin:residents_resident_change", args=[record.pk])
    kept = {
        **{"name": "Ida", "name_shown": "first", "visibility": "private"},
        **{"contact_visibility": "private", "photo_visibility": "private"},
    }
    form = as_shown(client.get(address), owner=neighbour.pk, **kept)
    assert client.post(address, form).status_code == 302
    client.force_login(neighbour)
    assert "Ida" in page(client, area).content.decode()
