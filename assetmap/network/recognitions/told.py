"""What is kept about a resident in recognitions, for the copy of all that is kept about her."""

from django.utils import timezone
from django.utils.formats import date_format

JOINED = " · "


def told(recognitions, resident, hers):
    """Return [(day, what), …] of those recognitions that are about a resident.

    hers: whether she reads it herself; a coordinator who takes it out for her gets the words only
    of what she lets others see, and of the rest that it is there.
    """
    said = recognitions.filter(resident=resident.pk)
    return [(_day(row), _in_short(row, hers)) for row in said]


def _in_short(recognition, hers):
    state = recognition.get_state_display()
    is_seen = hers or recognition.state == recognition.State.ACCEPTED
    words = [f"{recognition.name}: {recognition.reason}"] if is_seen else []
    return JOINED.join([str(state), *words])


def _day(recognition):
    return date_format(timezone.localtime(recognition.created_at), "DATE_FORMAT")
