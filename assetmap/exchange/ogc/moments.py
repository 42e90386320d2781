"""The parameter `datetime`: an instant, a day, or an interval that may be open at one end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from .refusal import Refusal

OPEN = ("", "..")


@dataclass(frozen=True)
class Interval:
    """From one moment to another, both of them included; None where it is open."""

    start: datetime | None
    end: datetime | None

    def of(self, rows):
        """Return the rows that were changed last within the interval."""
        if self.start:
            rows = rows.filter(updated_at__gte=self.start)
        return rows.filter(updated_at__lte=self.end) if self.end else rows


def read_interval(text):
    """Return the Interval that a text such as 2026-01-31T12:00:00Z/.. means."""
    ends = text.replace(" ", "+").split("/")  # a plus sign that was not escaped
    if len(ends) == 1:
        ends *= 2
    if len(ends) != 2 or text in OPEN:
        raise _refusal()
    end = _moment(ends[1], time.max)
    if end and not end.microsecond:
        end = end.replace(microsecond=999_999)  # moments are told to the second
    interval = Interval(_moment(ends[0], time.min), end)
    if interval.start and interval.end and interval.start > interval.end:
        raise Refusal(_("datetime must begin before it ends."))
    return interval


def _moment(text, of_day):
    """Return a moment; a day alone is its first or its last one, in universal time."""
    if text in OPEN:
        return None
    try:
        if len(text) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text), of_day, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _refusal()


def _refusal():
    return Refusal(
        _("datetime must look like 2026-01-31T12:00:00Z, or 2026-01-01T00:00:00Z/.. for since.")
    )
