"""Neither name nor number is shown before both said yes, and to nobody else ever."""

import pytest
from django.urls import reverse

from assetmap.network.introducing.urls import urlpatterns
from assetmap.network.models import Meeting
from tests.contracts import browser_of, text_of
from tests.factories import make_admin
from tests.network.introducing.rows import (
    OF_ONE,
    OF_OTHER,
    WORDS,
    agreed,
    between,
    propose_url,
    shown,
    url,
    yes,
)

ROLES = [
    *("visitor", "neighbour", "partner", "coordinator", "stranger", "administrator"),
    *("connector", "chair", "she"),
]
OF_USERS = [
    *("qxchairuser", "qxchair@example.org", "qxheruser", "qxher@example.org", "qxprivate"),
    *("qxconnectoruser", "qxconnector@example.org"),
]


@pytest.fixture
def people(neighbour, partner, coordinator, stranger, connector, chair, she):
    users = [None, neighbour, partner, coordinator, stranger, make_admin(), connector, chair, she]
    return dict(zip(ROLES, users, strict=True))


# Who reaches what ---------------------------------------------------------------------------

# Of a meeting of the club, which the chair owns, and Ida, whose record is hers.
TABLE = {
    ("chains", "get"): [200] * 9,
    ("chains", "post"): [405] * 9,
    ("chain-ends", "get"): [200] * 9,
    ("chain-ends", "post"): [405] * 9,
    ("meetings", "get"): [302, *[200] * 8],
    ("meetings", "post"): [302, *[405] * 8],
    ("propose", "get"): [302, 200, 200, 200, 403, 200, 302, 302, 302],
    ("propose", "post"): [302, 200, 200, 200, 403, 200, 200, 200, 200],
    ("meeting", "get"): [302, 404, 404, 404, 404, 404, 200, 200, 200],
    ("meeting", "post"): [302, 404, 404, 404, 404, 404, 404, 302, 404],
    ("meeting-stop", "get"): [302, *[405] * 8],
    ("meeting-stop", "post"): [302, 404, 404, 404, 404, 404, 302, 302, 302],
    ("meeting-became", "get"): [302, *[405] * 8],
    ("meeting-became", "post"): [302, 404, 404, 404, 404, 404, 404, 302, 302],
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "method"), TABLE)
def test_each_role_reaches_what_it_may(
    client, area, people, with_ida, club, ida, name, method, role
):
    of_one = name in ("meeting", "meeting-stop", "meeting-became")
    address = url(name, area, *([with_ida.pk] if of_one else []))
    address = propose_url(area, club, ida) if name == "propose" else address
    if people[role]:
        client.force_login(people[role])
    typed = yes("one") if name == "meeting" else {}
    answer = client.post(address, typed) if method == "post" else client.get(address)
    assert answer.status_code == TABLE[name, method][ROLES.index(role)]
    if role == "visitor" and answer.status_code == 302:
        assert answer.url.startswith(reverse("account_request_login_code"))
    with_ida.refresh_from_db()
    may_stop = (name, method) == ("meeting-stop", "post") and role in ROLES[-3:]
    assert with_ida.state == ("stopped" if may_stop else "asked")
    may_say = (name, method, role) == ("meeting", "post", "chair")
    assert with_ida.one_says_yes is (True if may_say else None)


def test_every_address_is_in_the_table():
    names = {name for name, _method in TABLE}
    assert {pattern.name for pattern in urlpatterns} == names


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("visitor", "she")])
@pytest.mark.parametrize("typed", [yes("other"), {"answer": "no", "side": "other"}])
def test_nobody_answers_for_a_resident(area, people, with_ida, role, typed):
    answer = browser_of(people[role]).post(url("meeting", area, with_ida.pk), typed)
    assert answer.status_code == 404
    with_ida.refresh_from_db()
    assert (with_ida.state, with_ida.other_says_yes) == ("asked", None)


@pytest.mark.parametrize("name", ["meeting-stop", "meeting-became"])
@pytest.mark.parametrize("role", ["neighbour", "partner", "coordinator", "stranger"])
def test_nobody_else_ends_what_both_agreed_on(area, people, connector, club, ida, name, role):
    row = agreed(area, connector, club, ida)
    assert browser_of(people[role]).post(url(name, area, row.pk)).status_code == 404
    row.refresh_from_db()
    assert row.state == "agreed"


def test_a_meeting_is_in_its_own_area_alone(area, other_area, people, with_ida):
    for role in ("connector", "chair", "she"):
        browser = browser_of(people[role])
        assert browser.get(url("meeting", other_area, with_ida.pk)).status_code == 404
        assert browser.post(url("meeting-stop", other_area, with_ida.pk)).status_code == 404
        assert not list(browser.get(url("meetings", other_area)).context["object_list"])


def test_a_number_that_is_no_row_is_not_found(area, chair):
    for name in ("meeting", "meeting-stop", "meeting-became"):
        assert browser_of(chair).post(url(name, area, 10**30), yes("one")).status_code == 404


# Who reads what -----------------------------------------------------------------------------


def pages_for(user, area, meeting):
    """Everything that a user is given about a meeting, and where words of it could show."""
    one, other = meeting.one, meeting.other
    addresses = [
        *(url("meetings", area), url("meeting", area, meeting.pk), url("chains", area)),
        *(between(area, one, other), propose_url(area, one, other)),
        *(one.get_absolute_url(), other.get_absolute_url(), area.get_absolute_url()),
        *(reverse("me:me", args=[area.slug]), reverse("introductions:list", args=[area.slug])),
    ]
    browser = browser_of(user)
    return "".join(_main(browser.get(address, follow=True)) for address in addresses)


def _main(response):
    """A page without its frame, which tells whoever is signed in her own name."""
    return text_of(response).split("<main", 1)[-1]


def half(meeting, side):
    """One side has said yes and written its words; the other has not answered."""
    words = {name: text for name, text in WORDS.items() if name.startswith(f"{side}_")}
    Meeting.objects.filter(pk=meeting.pk).update(**{f"{side}_says_yes": True}, **words)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in ("visitor", "chair", "administrator")]
)
def test_the_words_of_a_yes_are_nobodys_but_its_own(area, people, with_ida, role):
    text = pages_for(people[role], area, half(with_ida, "one"))
    assert not shown(OF_ONE, text)
    assert not shown(["qxchairuser", "qxchair@example.org"], text)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("visitor", "she")])
def test_the_words_of_a_resident_are_nobodys_but_hers(area, people, with_ida, role):
    text = pages_for(people[role], area, half(with_ida, "other"))
    assert not shown([*OF_OTHER, "qxheruser", "qxher@example.org"], text)


@pytest.mark.parametrize(
    "role", ["neighbour", "partner", "coordinator", "stranger", "administrator", "connector"]
)
def test_nobody_but_the_two_reads_how_they_reach_each_other(
    area, people, connector, club, ida, role
):
    row = agreed(area, connector, club, ida)
    assert not shown([*OF_ONE, *OF_OTHER], pages_for(people[role], area, row))


@pytest.mark.parametrize(
    "role", ["neighbour", "partner", "coordinator", "stranger", "administrator"]
)
def test_nobody_but_the_three_reads_why(area, people, with_ida, role):
    assert "qxreason" not in pages_for(people[role], area, with_ida)


@pytest.mark.parametrize("state", ["declined", "stopped", "became"])
def test_what_is_over_holds_no_words_for_anybody(area, people, connector, club, ida, state):
    row = agreed(area, connector, club, ida)
    rows = Meeting.objects.filter(pk=row.pk)
    rows.become(None) if state == "became" else rows.end(state)
    for role in ("connector", "chair", "she"):
        assert not shown(WORDS.values(), pages_for(people[role], area, row))


def test_the_other_side_reads_a_neighbour_and_whoever_proposed_it_reads_her_name(
    area, people, with_ida
):
    addresses = (url("meetings", area), url("meeting", area, with_ida.pk))

    def read(role):
        return "".join(_main(browser_of(people[role]).get(address)) for address in addresses)

    assert "Ida" not in read("chair")
    assert "a neighbour" in read("chair")
    assert "Ida" in read("connector")
    assert "Ida" in read("she")
    assert "Syklubben" in read("she")


def test_the_two_are_told_the_role_of_whoever_proposed_it_and_not_the_name(
    area, people, connector, with_ida
):
    for role in ("chair", "she"):
        text = _main(browser_of(people[role]).get(url("meeting", area, with_ida.pk)))
        assert "A partner proposed that they meet." in text
        assert not shown(["qxconnectoruser", "qxconnector@example.org"], text)
    connector.memberships.all().delete()
    text = _main(browser_of(people["she"]).get(url("meeting", area, with_ida.pk)))
    assert "Somebody who has no part in the area any more proposed" in text


def test_an_asset_that_does_not_show_to_a_side_is_not_named_to_it(area, she, club, with_ida):
    type(club).objects.filter(pk=club.pk).update(visibility="partners")
    text = _main(browser_of(she).get(url("meeting", area, with_ida.pk)))
    assert "Syklubben" not in text
    assert "omebody who is not shown" in text
