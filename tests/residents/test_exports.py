"""Taking out what is kept about a resident: a right of its own, with a reason, and logged."""

import csv
import json
from io import StringIO

import pytest
from django.urls import reverse

from assetmap.areas.models import Membership
from assetmap.inventory.models import Export
from residents.erasure import erase_resident
from residents.models import Introduction
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_admin, make_offering, make_resident, make_user

SENT = {"reason": "She asked for a copy", "form": "csv"}


@pytest.fixture
def owner(area):
    return make_user("resident", area)


@pytest.fixture
def record(area, owner):
    record = make_resident(area, "Ida", owner=owner, contact="20 30 40 50")
    make_offering(record, "FG7", note="=1+1")
    return record


@pytest.fixture
def keeper(area, coordinator):
    """A coordinator who may take data out."""
    Membership.objects.filter(user=coordinator).update(may_export=True)
    return browser_of(coordinator)


def take_out(browser, record, **sent):
    return browser.post(record.url("export"), {**SENT, **sent})


# Taking it out


def test_the_page_asks_why(keeper, record):
    page = keeper.get(record.url("export"))
    assert page.status_code == 200
    assert "Why do you take it out?" in text_of(page)
    assert not Export.objects.exists()


def test_it_comes_as_a_spreadsheet_without_formulas(keeper, record):
    answer = take_out(keeper, record)
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert ["About you", "private contact", "20 30 40 50"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert answer["Content-Disposition"] == 'attachment; filename="urbanplanen.csv"'
    assert "no-store" in answer["Cache-Control"]


def test_it_comes_as_json(keeper, record):
    answer = take_out(keeper, record, form="json")
    assert dict(json.loads(answer.content)["About you"])["name"] == "Ida"
    assert "no-store" in answer["Cache-Control"]


def test_it_is_logged_with_who_why_and_about_whom(keeper, coordinator, area, record):
    take_out(keeper, record)
    kept = Export.objects.get()
    assert (kept.area, kept.user, kept.form, kept.count) == (area, coordinator, "csv", 1)
    assert kept.reason == "She asked for a copy"
    assert [asset.pk for asset in kept.about.all()] == [record.pk]


def test_she_sees_that_it_was_taken_out_and_why_but_not_by_whom(
    client, area, keeper, coordinator, owner, record
):
    take_out(keeper, record)
    client.force_login(owner)
    page = text_of(client.get(reverse("me:me", args=[area.slug])))
    assert "a coordinator · csv · She asked for a copy" in page
    assert coordinator.email not in page


def test_her_own_copies_are_in_the_history_too(client, area, owner, record):
    client.force_login(owner)
    client.get(reverse("me:json", args=[area.slug]))
    page = text_of(client.get(reverse("me:me", args=[area.slug])))
    assert "you · json ·" in page


def test_when_she_is_erased_the_count_is_left(keeper, record):
    take_out(keeper, record)
    erase_resident(record)
    kept = Export.objects.get()
    assert (kept.count, kept.about.count()) == (1, 0)


def test_what_was_written_in_introductions_is_hers_alone(area, keeper, record, neighbour):
    words = {"message": "qxmessage", "asker_name": "qxname", "asker_contact": "qxcontact"}
    Introduction.objects.create(resident=record, asker=neighbour, **words)
    bo = make_resident(area, "Bo")
    Introduction.objects.create(resident=bo, asker=record.owner, **words)
    taken = take_out(keeper, record).content.decode()
    assert taken.count("waits for an answer") == 2
    assert "qx" not in taken


# Refusals


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "   "}, "reason"),
        ({"reason": "x" * 10_000}, "reason"),
        ({"reason": "a\x00b"}, "reason"),
        ({"reason": f"about {CPR}"}, "reason"),
        ({"form": ""}, "form"),
        ({"form": "xlsx"}, "form"),
    ],
)
def test_without_a_reason_or_form_nothing_is_taken_out(keeper, record, wrong, field):
    refused = take_out(keeper, record, **wrong)
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, [field])
    assert "20 30 40 50" not in text_of(refused)
    assert not Export.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client, record):
    for answer in (client.get(record.url("export")), take_out(client, record)):
        assert answer.url.startswith("/account/login/code/?next=")
    assert not Export.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "partner", "coordinator", "stranger", "owner"])
def test_who_has_not_the_right_is_refused(request, record, who):
    browser = browser_of(request.getfixturevalue(who))
    assert browser.get(record.url("export")).status_code == 403
    assert take_out(browser, record).status_code == 403
    assert not Export.objects.exists()


@pytest.mark.parametrize("role", ["resident", "partner"])
def test_the_right_without_the_role_is_none(area, record, role):
    user = make_user(role, area)
    Membership.objects.filter(user=user).update(may_export=True)
    assert take_out(browser_of(user), record).status_code == 403


def test_the_right_in_another_area_is_none_here(record, stranger):
    Membership.objects.filter(user=stranger).update(may_export=True)
    assert take_out(browser_of(stranger), record).status_code == 403


def test_a_record_of_another_area_is_not_under_this_one(area, other_area, keeper):
    elsewhere = make_resident(other_area, visibility="public")
    url = reverse("residents:export", args=[area.slug, elsewhere.uid])
    assert keeper.get(url).status_code == 404
    assert keeper.post(url, SENT).status_code == 404
    assert not Export.objects.exists()


def test_administrators_may_and_are_logged(record):
    admin = make_admin()
    assert take_out(browser_of(admin), record).status_code == 200
    assert Export.objects.get().user == admin


def test_only_who_may_is_shown_the_way(keeper, partner, record):
    page = record.get_absolute_url()
    assert record.url("export") in text_of(keeper.get(page))
    record.visibility = "public"
    record.save()
    assert record.url("export") not in text_of(browser_of(partner).get(page))


def test_administrators_read_the_log_and_nobody_changes_it(area, coordinator):
    Export.objects.log(area, coordinator, "csv", "Hun bad om en kopi", [])
    export = Export.objects.get()
    admin = browser_of(make_admin())
    assert "Hun bad om en kopi" in text_of(admin.get(reverse("admin:inventory_export_changelist")))
    row = [export.pk]
    assert admin.get(reverse("admin:inventory_export_change", args=row)).status_code == 200
    assert admin.post(reverse("admin:inventory_export_change", args=row), {}).status_code == 403
    assert admin.post(reverse("admin:inventory_export_delete", args=row)).status_code == 403
    assert admin.get(reverse("admin:inventory_export_add")).status_code == 403
