"""The parameters of a request for items: what is known, what it means, and what is refused."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from .box import Box, read_box
from .crs import CRS84, Crs, read_crs
from .moments import Interval, read_interval
from .properties import BIGGEST
from .refusal import Refusal

DEFAULT_LIMIT = 100
MAX_LIMIT = 1_000
STANDARD = ("f", "limit", "bbox", "bbox-crs", "crs", "datetime", "after")


@dataclass(frozen=True)
class Asked:
    """What a request for items asks for."""

    limit: int
    after: int  # the key of the row that the page begins after
    box: Box | None
    interval: Interval | None
    crs: Crs
    equal: dict  # {property: text}
    conditions: Q

    @property
    def only_area(self):
        """Whether nothing narrows the answer but perhaps the area."""
        return not self.box and not self.interval and self.equal.keys() <= {"area"}


def askable(collection):
    """Return the properties of a collection that are parameters, as {name: Property}."""
    return {
        name: row
        for name, row in collection.properties.items()
        if row.ask and name not in STANDARD
    }


def refuse_unknown(given, known):
    """Refuse a request with a parameter that the API document does not name."""
    for name in given:
        if name not in known:
            told = {"name": name, "known": ", ".join(known)}
            raise Refusal(_("There is no parameter %(name)s. There are: %(known)s") % told)


def read_asked(given, collection):
    """Return the Asked of a request's parameters; Refusal where one means nothing."""
    by = askable(collection)
    equal = {name: given[name] for name in by if name in given}
    conditions = Q()
    for name, text in equal.items():
        conditions &= by[name].q(text)
    return Asked(
        limit=_limit(given.get("limit", str(DEFAULT_LIMIT))),
        after=_key(given["after"]) if "after" in given else 0,
        box=_box(given),
        interval=read_interval(given["datetime"]) if "datetime" in given else None,
        crs=answer_crs(given),
        equal=equal,
        conditions=conditions,
    )


def answer_crs(given):
    return read_crs(given["crs"], "crs") if "crs" in given else CRS84


def _box(given):
    crs = read_crs(given["bbox-crs"], "bbox-crs") if "bbox-crs" in given else CRS84
    return read_box(given["bbox"], crs) if "bbox" in given else None


def _limit(text):
    """More than the most is the most: clients that ask for all would else get nothing."""
    if not re.fullmatch("[0-9]{1,100}", text) or int(text) == 0:
        raise Refusal(_("limit must be a whole number from 1."))
    return min(int(text), MAX_LIMIT)


def mark(key):
    """Return what the next page's address carries of the last row of this one."""
    return urlsafe_base64_encode(str(key).encode())


def _key(text):
    try:
        key = int(urlsafe_base64_decode(text))
    except ValueError:
        key = -1
    if not 0 <= key <= BIGGEST:
        raise Refusal(_("after must be taken from the link to the next page, unchanged."))
    return key
