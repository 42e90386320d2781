"""How long meetings are kept, and what of them goes with a resident."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assetmap.network.introducing import keeping
from assetmap.network.models import Meeting
from residents.erasure import erase_resident
from tests.network.introducing.rows import WORDS, agreed, proposed, shown, words_of


def age(days, **when):
    Meeting.objects.update(**{name: timezone.now() - timedelta(days=days) for name in when})


def test_what_nobody_answers_for_sixty_days_is_stopped_and_its_words_go(meeting):
    Meeting.objects.update(one_says_yes=True, one_name="qxonename", one_contact="qxonecontact")
    age(59, created_at=1)
    assert keeping.lapse() == (0, 0)
    age(60, created_at=1)
    assert keeping.lapse() == (1, 0)
    assert words_of(meeting) == ""
    assert meeting.state == "stopped"


@pytest.mark.parametrize("state", ["agreed", "declined", "stopped", "became"])
def test_a_year_after_the_last_that_happened_it_is_gone(area, connector, club, library, state):
    row = agreed(area, connector, club, library)
    rows = Meeting.objects.filter(pk=row.pk)
    if state == "became":
        rows.become(None)
    elif state != "agreed":
        rows.end(state)
    age(364, created_at=1, answered_at=1)
    assert keeping.lapse() == (0, 0)
    age(365, created_at=1, answered_at=1)
    assert keeping.lapse() == (0, 1)
    assert not Meeting.objects.exists()


def test_what_was_agreed_lately_is_kept_however_old_it_is(area, connector, club, library):
    agreed(area, connector, club, library)
    Meeting.objects.update(answered_at=timezone.now())
    age(400, created_at=1)
    assert keeping.lapse() == (0, 0)


def test_each_row_can_be_seen_to_by_itself_as_the_upkeep_does(meeting):
    age(60, created_at=1)
    keeping.stop(keeping.unanswered().get())
    assert not keeping.unanswered().exists()
    age(365, answered_at=1)
    keeping.forget(keeping.long_over().get())
    assert not Meeting.objects.exists()


def test_what_was_answered_in_between_is_not_stopped(area, connector, club, library):
    row = agreed(area, connector, club, library)
    keeping.stop(row)
    assert "qxonename" in words_of(row)


def test_her_meetings_go_with_her_record(area, connector, club, library, ida):
    proposed(area, connector, club, ida)
    kept = proposed(area, connector, club, library)
    erase_resident(ida)
    assert Meeting.objects.get() == kept


def test_what_she_proposed_goes_with_her_sign_in(area, she, ida, club, library):
    proposed(area, she, club, library)
    assert erase_resident(ida)
    assert not Meeting.objects.exists()


def test_her_export_holds_her_own_part_and_nothing_of_the_other_side(
    area, connector, she, club, library, ida
):
    agreed(area, connector, club, ida)
    proposed(area, she, club, library, reason="qxproposed")
    _heading, rows = Meeting.kept_about(ida, hers=True)
    told = " ".join(what for _day, what in rows)
    assert shown([*WORDS.values(), "qxproposed"], told) == [
        *("qxreason", "qxothername", "qxothercontact", "qxproposed")
    ]
    assert "both said yes" in told


def test_a_coordinator_who_takes_it_out_for_her_gets_that_it_happened(area, connector, club, ida):
    agreed(area, connector, club, ida)
    _heading, rows = Meeting.kept_about(ida, hers=False)
    [(_day, what)] = rows
    assert what == "proposed to you · both said yes"
