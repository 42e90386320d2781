"""Networks and what is worked out from them, kept until the area changes.

Kept are primary keys and numbers, never a name: names are read by whoever looks, each time.
"""

import hashlib

from django.core.cache import caches
from django.utils import timezone

from .audience import audience_of, eyes_of
from .graph import load
from .stamp import stamp

KEPT = 7 * 24 * 3600  # seconds after which nobody has asked for it any more


class Seen:
    """An area's network as a user may see it on a day, with what is worked out from it."""

    def __init__(self, area, audience, day=""):
        self.area, self.audience = area, audience
        self.day = day or today()
        self._mark = f"{area.pk} {audience} {self.day} {stamp(area)}"

    @classmethod
    def by(cls, user, area, day=""):
        """`day`: an ISO date, a year or a month; "" is today."""
        return cls(area, audience_of(user, area), day)

    @property
    def network(self):
        return self.kept("network", self._load)

    def _load(self):
        return load(self.area, eyes_of(self.audience, self.area), self.day)

    def kept(self, name, work):
        """Return what `work()` returns, worked out once for all who see the same."""
        if name not in self.__dict__.setdefault("_held", {}):
            self._held[name] = self._read(name, work)
        return self._held[name]

    def has(self, name):
        """Whether something is worked out already."""
        return name in self.__dict__.get("_held", {}) or self._key(name) in caches["network"]

    def _read(self, name, work):
        found = caches["network"].get(self._key(name))
        if found is None:
            found = work()
            caches["network"].set(self._key(name), found, KEPT)
        return found

    def _key(self, name):
        return hashlib.sha256(f"{name} {self._mark}".encode()).hexdigest()


def today():
    return timezone.localdate().isoformat()
