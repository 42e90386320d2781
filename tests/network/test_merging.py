"""What the network keeps about two assets stays with a record that is merged into another."""

from assetmap.exchange.merging.merge import merge, undo
from assetmap.network.models import Verdict
from tests.factories import make_association, make_place, make_user

from .introducing.rows import proposed


def test_a_meeting_and_a_verdict_stay_with_the_record_they_are_about(area):
    kept, gone, place = make_association(area), make_association(area), make_place(area)
    user = make_user("coordinator", area)
    meetings = [proposed(area, user, one, place) for one in (kept, gone)]
    verdicts = [Verdict.objects.create(one=kept, other=gone)]
    verdicts += [Verdict.objects.create(one=one, other=place) for one in (kept, gone)]
    before = [(row.one_id, row.other_id) for row in (*meetings, *verdicts)]
    done = merge(kept, gone, {}, user)
    for row in (*meetings, *verdicts):
        row.refresh_from_db()
    assert [(row.one_id, row.other_id) for row in (*meetings, *verdicts)] == before
    undo(done)
    gone.refresh_from_db()
    assert gone.status == "active"
