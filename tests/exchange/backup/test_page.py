"""A coordinator takes a backup of her area: a right of its own, with a reason, and logged."""

from io import BytesIO

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.areas.models import Area
from assetmap.inventory.models import Export
from assetmap.network.models import Meeting, Recognition
from residents.models import Introduction
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_admin, make_place, make_resident, make_user

from . import files

SENT = {"reason": "Før vi flytter til en ny server"}


@pytest.fixture
def url(area):
    return reverse("backup:backup", args=[area.slug])


@pytest.fixture
def keeper(area):
    """A coordinator who may take data out."""
    user = make_user("coordinator", area)
    user.memberships.update(may_export=True)
    return user


@pytest.fixture
def ida(area):
    """A resident to whom somebody wrote."""
    ida = make_resident(area, "Ida", status="archived")
    asker = make_user("partner", area, "qxasker@example.org")
    Introduction.objects.create(resident=ida, asker=asker, message="qxmessage")
    Recognition.objects.create(area=area, resident=ida, name="Ida", reason="qxrecognition")
    two = {"one": ida.asset_ptr, "other": make_place(area, "Haven").asset_ptr}
    Meeting.objects.create(area=area, connector=asker, reason="qxmeeting", **two)
    return ida


def take(browser, url, path, **sent):
    """Take a backup out by the page; keep it at the path and return the answer."""
    answer = browser.post(url, SENT | sent)
    path.write_bytes(BytesIO(b"".join(answer.streaming_content)).getvalue())
    return answer


def test_the_page_asks_why(keeper, url):
    page = browser_of(keeper).get(url)
    assert page.status_code == 200
    assert "Why do you take it out?" in text_of(page)
    assert not Export.objects.exists()


def test_it_comes_as_a_file_that_nobody_keeps(keeper, url, path):
    answer = take(browser_of(keeper), url, path)
    assert answer["Content-Disposition"].startswith('attachment; filename="urbanplanen-20')
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"


def test_the_file_restores_the_area(keeper, area, url, path, media):
    make_place(area, "Haven")
    take(browser_of(keeper), url, path)
    files.erase_everything()
    files.restore(path)
    assert Area.objects.get().assets.get().name == "Haven"


def test_it_is_logged_with_who_why_and_about_every_resident(keeper, area, ida, url, path):
    make_place(area)
    take(browser_of(keeper), url, path)
    kept = Export.objects.get()
    assert (kept.area, kept.user, kept.form, kept.count) == (area, keeper, "backup", 1)
    assert (kept.reason, kept.about.get().pk) == (SENT["reason"], ida.pk)


def test_what_people_wrote_in_introductions_is_in_no_coordinators_backup(keeper, ida, url, path):
    """Residents were promised that a coordinator sees neither who asked nor what was written."""
    browser = browser_of(keeper)
    said = (
        "What people write to each other in introductions, and what neighbours say of each other"
    )
    assert said in text_of(browser.get(url))
    Introduction.objects.get().asker.memberships.all().delete()
    take(browser, url, path)
    assert b"qx" not in b"".join(files.members(path).values())
    assert "it has no introductions and recognitions" in files.restore(path, "--slug", "kopi")


def test_administrators_get_all_of_it_and_are_logged(ida, url, path):
    admin = make_admin()
    take(browser_of(admin), url, path)
    assert b"qxmessage" in files.members(path)["data/residents.introduction.jsonl"]
    assert Export.objects.get().user == admin
    assert "introductions" not in files.restore(path, "--slug", "kopi")


def test_the_page_asks_the_database_as_often_however_many_residents_there_are(
    keeper, area, url, path
):
    browser = browser_of(keeper)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            take(browser, url, path)
        return len(asked)

    make_resident(area)
    one = queries()
    for _ in range(9):
        make_resident(area)
    assert queries() == one


# Refusals


@pytest.mark.parametrize("reason", ["", "   ", "x" * 10_000, "a\x00b", f"about {CPR}"])
def test_without_a_reason_nothing_is_taken_out(keeper, ida, url, reason):
    refused = browser_of(keeper).post(url, {"reason": reason})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["reason"])
    assert not Export.objects.exists()


def test_what_was_typed_stays_in_the_form(keeper, url):
    refused = browser_of(keeper).post(url, {"reason": f"about {CPR}"})
    assert f'value="about {CPR}"' in text_of(refused)


def test_a_visitor_is_asked_to_sign_in(client, url):
    for answer in (client.get(url), client.post(url, SENT)):
        assert answer.url.startswith("/account/login/code/?next=")
    assert not Export.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "partner", "coordinator", "stranger"])
def test_who_has_not_the_right_is_refused(request, url, who):
    browser = browser_of(request.getfixturevalue(who))
    assert browser.get(url).status_code == browser.post(url, SENT).status_code == 403
    assert not Export.objects.exists()


@pytest.mark.parametrize("role", ["resident", "partner"])
def test_the_right_without_the_role_is_none(area, url, role):
    user = make_user(role, area)
    user.memberships.update(may_export=True)
    assert browser_of(user).post(url, SENT).status_code == 403


def test_the_right_in_another_area_is_none_here(url, stranger):
    stranger.memberships.update(may_export=True)
    assert browser_of(stranger).post(url, SENT).status_code == 403


def test_an_area_that_is_not_there_has_no_page(keeper):
    assert browser_of(keeper).get("/ingensteds/backup/").status_code == 404


# The command


def test_the_command_writes_a_file_that_only_its_owner_may_read(area, path):
    assert files.back_up(area, path).startswith("Wrote 1 rows of Urbanplanen to ")
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_command_writes_over_nothing(area, path):
    path.write_text("older")
    with pytest.raises(CommandError, match="is there already"):
        files.back_up(area, path)
    assert path.read_text() == "older"


def test_the_command_says_what_it_cannot_do(area, path):
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        files.back_up(area, path.parent / "nowhere" / "x.zip")
    with pytest.raises(CommandError, match="There is no area at /ingensteds/"):
        files.told_by("backup_area", "ingensteds", path)
    assert not path.exists()


def test_half_a_backup_is_not_left_behind(area, path, monkeypatch):
    def stop(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr("assetmap.exchange.backup.writing.migrations", stop)
    with pytest.raises(OSError, match="disk full"):
        files.back_up(area, path)
    assert not path.exists()
