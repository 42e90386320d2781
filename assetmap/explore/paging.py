"""Pages of the list by keyset: the 10,000th is read as fast as the first.

A page begins after a row, not at a number. What a link carries is the key of that row, so pages
neither repeat nor skip when somebody adds or removes assets meanwhile.
"""

import json
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, FloatField, IntegerField, Q
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.timezone import is_naive, make_aware


def _moment(text):
    moment = DateTimeField().to_python(text)
    if not 1900 < moment.year < 9000:  # else some time zone's year is no year
        raise ValueError
    return make_aware(moment) if is_naive(moment) else moment


_READ = {
    "pk": IntegerField().to_python,
    "distance": FloatField().to_python,
    "confirmed_at": _moment,
    "name_order": lambda text: re.fullmatch("[0-9a-z]*", text)[0],
}


@dataclass(frozen=True)
class Stretch:
    """A part of a list that has one order: by `fields`, of which the last is unique."""

    fields: tuple
    only: Q = Q()
    descending: bool = False


@dataclass
class Page:
    """Rows of a list, and the marks of the pages before and after, "" where there is none."""

    rows: list
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Mark:
    """A place in a list: beside the row with these values, in the stretch of this number."""

    backwards: bool
    stretch: int
    values: tuple

    def __str__(self):
        text = json.dumps([self.backwards, self.stretch, *map(str, self.values)])
        return urlsafe_base64_encode(text.encode())

    @classmethod
    def read(cls, text, stretches):
        """Return the mark that a link carries, or None for one that means nothing here."""
        try:
            backwards, stretch, *texts = json.loads(urlsafe_base64_decode(text))
            fields = stretches[range(len(stretches))[stretch]].fields
            pairs = zip(fields, texts, strict=True)
            values = tuple(_READ[name](text) for name, text in pairs)
        except (ValueError, TypeError, IndexError, OverflowError, RecursionError, ValidationError):
            return None
        return cls(backwards is True, range(len(stretches))[stretch], values)


def page_of(queryset, stretches, mark, size):
    """Return the Page at a mark as a link carries it; the first one where there is none."""
    place = Mark.read(mark, stretches) if mark else None
    rows = _rows(queryset, stretches, place, size + 1)
    backwards = bool(place and place.backwards)
    more, rows = len(rows) > size, rows[:size]
    if place and (not rows or (backwards and not more)):
        return page_of(queryset, stretches, "", size)
    if backwards:
        rows.reverse()
    page = Page([row for _stretch, row in rows])
    if rows and (more or backwards):
        page.next = str(_mark(False, stretches, *rows[-1]))
    if rows and place:
        page.previous = str(_mark(True, stretches, *rows[0]))
    return page


def _rows(queryset, stretches, place, number):
    """Return up to `number` (stretch, row)s from a place on, in the direction it looks."""
    backwards = bool(place and place.backwards)
    start = place.stretch if place else 0
    ahead = range(start, -1, -1) if backwards else range(start, len(stretches))
    rows = []
    for at in ahead:
        part = _part(queryset, stretches[at], backwards, place if at == start else None)
        rows += [(at, row) for row in part[: number - len(rows)]]
        if len(rows) == number:
            break
    return rows


def _part(queryset, stretch, backwards, place):
    falling = stretch.descending is not backwards
    part = queryset.filter(stretch.only)
    if place:
        part = part.filter(_beyond(stretch.fields, place.values, "lt" if falling else "gt"))
    return part.order_by(*(f"-{name}" if falling else name for name in stretch.fields))


def _beyond(fields, values, how):
    """Rows after the values in the order of the fields.

    Said once more for the first field alone, which is what an index can begin at.
    """
    beyond, same = Q(), Q()
    for name, value in zip(fields, values, strict=True):
        beyond |= same & Q(**{f"{name}__{how}": value})
        same &= Q(**{name: value})
    return Q(**{f"{fields[0]}__{how}e": values[0]}) & beyond


def _mark(backwards, stretches, at, row):
    fields = stretches[at].fields
    return Mark(backwards, at, tuple(getattr(row, name) for name in fields))
