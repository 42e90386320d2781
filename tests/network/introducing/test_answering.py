"""Both sides answer, either stops it, and it may become something."""

import pytest
from django.core import mail
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from assetmap.areas.models import User
from assetmap.inventory.models import Asset, Link
from assetmap.network.models import Meeting
from residents.models import Consent
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_association, make_link, make_user
from tests.network.introducing.rows import agreed, agreeing, proposed, shown, url, words_of, yes

NO = {"answer": "no"}


def answer(area, who, meeting, typed):
    return browser_of(who).post(url("meeting", area, meeting.pk), typed, follow=True)


def press(area, who, meeting, button):
    return browser_of(who).post(url(f"meeting-{button}", area, meeting.pk), follow=True)


def page(area, who, meeting):
    return text_of(browser_of(who).get(url("meeting", area, meeting.pk)))


# A yes --------------------------------------------------------------------------------------


def test_the_first_yes_waits_and_shows_nothing(area, chair, she, with_ida):
    said = text_of(answer(area, chair, with_ida, yes("one")))
    assert "As soon as the other side does too" in said
    assert "qxonename" in said  # what she shows later, to herself
    with_ida.refresh_from_db()
    assert (with_ida.state, with_ida.one_says_yes, with_ida.other_says_yes) == (
        "asked",
        True,
        None,
    )
    assert not shown(["qxonename", "qxonecontact"], page(area, she, with_ida))
    assert not mail.outbox


def test_the_second_yes_shows_each_to_the_other(area, chair, she, with_ida):
    answer(area, she, with_ida, yes("other"))
    answer(area, chair, with_ida, yes("one"))
    with_ida.refresh_from_db()
    assert with_ida.state == "agreed"
    assert with_ida.answered_at
    words = ["qxonename", "qxonecontact", "qxothername", "qxothercontact"]
    for user in (chair, she):
        assert shown(words, page(area, user, with_ida)) == words


def test_when_both_said_yes_the_others_are_told_by_mail_and_nothing_more(
    area, chair, she, with_ida
):
    answer(area, chair, with_ida, yes("one"))
    answer(area, she, with_ida, yes("other"))
    to = [message.to for message in mail.outbox]
    assert to == [["qxchair@example.org"], ["qxconnector@example.org"]]
    for message in mail.outbox:
        everything = f"{message.subject} {message.body}"
        assert not [word for word in ("qx", "Ida", "Syklubben") if word in everything]


def test_a_coordinator_answers_where_nobody_looks_after_a_side(area, coordinator, meeting):
    listed = text_of(browser_of(coordinator).get(url("meetings", area)))
    assert "You answer for <bdi>Biblioteket</bdi>" in listed
    answer(area, coordinator, meeting, yes("other"))
    meeting.refresh_from_db()
    assert (meeting.one_says_yes, meeting.other_says_yes) == (None, True)


def test_a_coordinator_answers_for_one_whose_owner_cannot_sign_in(
    area, coordinator, chair, meeting
):
    assert answer(area, coordinator, meeting, yes("one")).status_code == 404
    User.objects.filter(pk=chair.pk).update(is_active=False)
    answer(area, coordinator, meeting, yes("one"))
    meeting.refresh_from_db()
    assert meeting.one_says_yes


def test_a_coordinator_may_answer_for_both_where_nobody_else_does(area, coordinator, neighbour):
    meeting = proposed(area, neighbour, make_association(area), make_association(area))
    refused = answer(area, coordinator, meeting, yes("other") | {"other-name": ""})
    assert [form.side for form in refused.context["forms"]] == ["one", "other"]
    assert "qxothercontact" in text_of(refused)
    answer(area, coordinator, meeting, yes("other"))
    answer(area, coordinator, meeting, yes("one"))
    meeting.refresh_from_db()
    assert meeting.state == "agreed"


def test_the_form_begins_with_what_is_her_own(area, chair, she, coordinator, meeting, with_ida):
    def begins(user, row):
        form = browser_of(user).get(url("meeting", area, row.pk)).context["forms"][0]
        return form.initial

    assert begins(she, with_ida) == {"name": "Ida", "contact": "qxprivate"}
    assert begins(chair, meeting) == {"name": "qxchairuser", "contact": "qxchair@example.org"}
    assert begins(coordinator, meeting) == {}


@pytest.mark.parametrize("missing", ["answer", "one-name", "one-contact"])
def test_half_a_yes_is_none_and_what_was_typed_stays(area, chair, meeting, missing):
    typed = {name: value for name, value in yes("one").items() if name != missing}
    refused = answer(area, chair, meeting, typed)
    assert refused.status_code == 200
    assert refused.context["forms"][0].errors
    kept = [value for name, value in typed.items() if name.startswith("one-")]
    assert shown(kept, text_of(refused)) == kept
    meeting.refresh_from_db()
    assert meeting.one_says_yes is None


@pytest.mark.parametrize("contact", [CPR, "x" * 151, "nul \0 byte"])
def test_words_that_cannot_be_kept_are_refused_in_words(area, chair, meeting, contact):
    refused = answer(area, chair, meeting, yes("one") | {"one-contact": contact})
    assert list(refused.context["forms"][0].errors) == ["contact"]
    meeting.refresh_from_db()
    assert meeting.one_says_yes is None


@pytest.mark.parametrize("side", ["", "nonsense", "state"])
def test_a_side_that_there_is_none_of_is_not_found(area, chair, meeting, side):
    assert answer(area, chair, meeting, yes("one") | {"side": side}).status_code == 404


def test_html_is_shown_as_text(area, chair, meeting):
    Meeting.objects.update(reason="<script>alert(1)</script>")
    answer(area, chair, meeting, yes("one") | {"one-name": "<script>alert(2)</script>"})
    assert "<script>alert" not in page(area, chair, meeting)


# Two at once --------------------------------------------------------------------------------


def test_of_two_who_say_yes_at_once_neither_is_lost(meeting):
    """Each has looked before the other wrote: what counts is the row as the database has it."""
    first = second = Meeting.objects.filter(pk=meeting.pk)
    assert first.say_yes("one", "other", one_name="a", one_contact="b") == 1
    assert second.say_yes("other", "one", other_name="c", other_contact="d") == 1
    meeting.refresh_from_db()
    assert meeting.state == "agreed"


def test_a_second_yes_of_the_same_side_changes_nothing(area, chair, meeting):
    answer(area, chair, meeting, yes("one"))
    late = answer(area, chair, meeting, yes("one") | {"one-name": "another"})
    assert "It was answered or stopped in the meantime." in text_of(late)
    assert "qxonename" in words_of(meeting)


@pytest.mark.parametrize("state", ["agreed", "declined", "stopped"])
def test_an_answer_that_comes_too_late_changes_nothing(
    area, connector, chair, club, library, state
):
    row = agreed(area, connector, club, library)
    if state != "agreed":
        Meeting.objects.all().end(state)
    before = words_of(row)
    for typed in (yes("one") | {"one-name": "another"}, NO | {"side": "one"}):
        assert "in the meantime" in text_of(answer(area, chair, row, typed))
    assert words_of(row) == before
    assert row.state == state


# A no, and stopping -------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["chair", "she"])
def test_a_no_takes_the_words_away_and_nobody_is_told_who_said_it(
    area, connector, chair, she, with_ida, who
):
    other = {"chair": (she, "other"), "she": (chair, "one")}[who]
    answer(area, other[0], with_ida, yes(other[1]))
    side = {"chair": (chair, "one"), "she": (she, "other")}[who]
    answer(area, side[0], with_ida, NO | {"side": side[1]})
    assert words_of(with_ida) == ""
    kept = (with_ida.state, with_ida.one_says_yes, with_ida.other_says_yes)
    assert kept == ("declined", None, None)
    assert "The answer was: no, thank you." in page(area, connector, with_ida)
    assert not mail.outbox


def test_after_her_yes_she_may_still_say_no(area, she, with_ida):
    answer(area, she, with_ida, yes("other"))
    answer(area, she, with_ida, NO | {"side": "other"})
    assert words_of(with_ida) == ""
    assert with_ida.state == "declined"


@pytest.mark.parametrize("who", ["chair", "she"])
@pytest.mark.parametrize("state", ["asked", "agreed"])
def test_either_side_stops_it_and_the_words_are_gone(
    area, connector, chair, she, club, ida, who, state
):
    made = {"asked": proposed, "agreed": agreed}[state]
    row = made(area, connector, club, ida)
    press(area, {"chair": chair, "she": she}[who], row, "stop")
    assert words_of(row) == ""
    assert row.state == "stopped"
    for user in (connector, chair, she):
        assert "It was stopped." in page(area, user, row)


def test_who_proposed_it_stops_it_until_both_have_said_yes(area, connector, meeting, club, ida):
    press(area, connector, meeting, "stop")
    meeting.refresh_from_db()
    assert meeting.state == "stopped"
    row = agreed(area, connector, club, ida)
    assert "in the meantime" in text_of(press(area, connector, row, "stop"))
    assert "qxonename" in words_of(row)


def test_what_is_over_is_not_stopped_again(area, chair, meeting):
    Meeting.objects.all().end("declined")
    assert "in the meantime" in text_of(press(area, chair, meeting, "stop"))
    meeting.refresh_from_db()
    assert meeting.state == "declined"


# When a side cannot say yes any more ---------------------------------------------------------


def withdrawn(ida):
    Consent.objects.withdraw(ida, Consent.Purpose.INTRODUCE)


def paused(ida):
    Asset.objects.filter(pk=ida.pk).update(status="archived")


@pytest.mark.parametrize("close", [withdrawn, paused])
def test_when_she_withdraws_nobody_can_say_yes_but_both_can_say_no(
    area, chair, she, with_ida, ida, close
):
    close(ida)
    for user, side in ((she, "other"), (chair, "one")):
        text = page(area, user, with_ida)
        assert "say no" in text
        assert 'value="yes"' not in text
        assert answer(area, user, with_ida, yes(side)).context["forms"][0].errors
    with_ida.refresh_from_db()
    assert (with_ida.one_says_yes, with_ida.other_says_yes) == (None, None)
    answer(area, she, with_ida, NO | {"side": "other"})
    with_ida.refresh_from_db()
    assert with_ida.state == "declined"


# It became something ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["chair", "she"])
def test_either_side_says_that_it_became_something_which_makes_a_tie(
    area, connector, chair, she, club, ida, who
):
    row = agreed(area, connector, club, ida)
    user = {"chair": chair, "she": she}[who]
    assert "How good." in text_of(press(area, user, row, "became"))
    link = Link.objects.get()
    assert {link.source_id, link.target_id} == {club.pk, ida.pk}
    assert (link.kind, link.created_by, len(link.since)) == ("works_with", user, 7)
    assert words_of(row) == ""
    assert (row.state, row.link) == ("became", link)
    assert "the two are tied now" in page(area, connector, row)


def test_two_residents_know_each_other_then(area, connector, she, ida):
    bo = agreeing(area, "Bo", Consent.Purpose.INTRODUCE, owner=make_user("resident", area))
    press(area, she, agreed(area, connector, ida, bo), "became")
    assert Link.objects.get().kind == "knows"


def test_a_tie_that_stands_already_is_kept(area, connector, chair, club, library):
    link = make_link(library, club, "supports")
    row = agreed(area, connector, club, library)
    press(area, chair, row, "became")
    row.refresh_from_db()
    assert (Link.objects.get(), row.link) == (link, link)


def test_a_tie_that_had_ended_stands_again(area, connector, chair, club, library):
    link = make_link(club, library, until="2020", since="2015")
    row = agreed(area, connector, club, library)
    press(area, chair, row, "became")
    link.refresh_from_db()
    assert (link.until, link.since, link.version) == ("", "2015", 2)
    assert Link.objects.count() == 1


def test_it_becomes_something_once_and_only_after_both_said_yes(area, chair, meeting, connector):
    assert "in the meantime" in text_of(press(area, chair, meeting, "became"))
    assert not Link.objects.exists()
    Meeting.objects.update(one_says_yes=True, other_says_yes=True, state="agreed")
    press(area, chair, meeting, "became")
    assert "in the meantime" in text_of(press(area, chair, meeting, "became"))
    assert Link.objects.count() == 1


# The list -----------------------------------------------------------------------------------


def test_each_finds_it_in_the_list(area, connector, chair, coordinator, meeting):
    def place(user):
        context = browser_of(user).get(url("meetings", area)).context
        names = ("waiting", "taking_part", "proposed")
        return [name for name in names if context[name]]

    assert place(chair) == place(coordinator) == ["waiting"]
    assert place(connector) == ["proposed"]
    answer(area, chair, meeting, yes("one"))
    assert place(chair) == ["taking_part"]


def test_the_number_of_queries_does_not_grow(area, connector, chair):
    browser, counts = browser_of(chair), []
    for _ in range(2):
        for _ in range(3):
            one, other = make_association(area, owner=chair), make_association(area)
            proposed(area, connector, one, other)
        with CaptureQueriesContext(database) as captured:
            assert browser.get(url("meetings", area)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
