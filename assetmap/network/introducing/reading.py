"""A meeting as one of the three may read it: either side, or whoever proposed it."""

from functools import cached_property

from assetmap.areas.roles import Role
from assetmap.inventory.models import Layer

from ..models import Meeting
from .sides import OTHER, sides_of, why_closed

State = Meeting.State


class Reading:
    """A meeting for the eyes of one user; what she may not read is not in it."""

    def __init__(self, meeting, user, coordinates):
        self.meeting, self.user = meeting, user
        self.sides = sides_of(meeting, user, coordinates)

    @property
    def proposed(self):
        """Whether she proposed it herself."""
        return self.meeting.connector_id == self.user.pk

    @property
    def to_answer(self):
        """The sides that she answers for and that have not answered yet."""
        waits = self.meeting.state == State.ASKED
        return [side for side in self.sides if waits and self.yes(side) is None]

    def yes(self, side):
        return getattr(self.meeting, f"{side}_says_yes")

    @property
    def on_behalf(self):
        """What she is to answer for though it is not hers."""
        sides = [s for s in self.to_answer if getattr(self.meeting, s).owner_id != self.user.pk]
        return [self.called(side) for side in sides]

    @property
    def two(self):
        """Both sides as they are Named to her."""
        return [self.called(side) for side in OTHER]

    @property
    def own_yes(self):
        """What her sides show once both have said yes: [(Named, name, contact)]."""
        waits = self.meeting.state == State.ASKED
        return [self.words(side) for side in self.sides if waits and self.yes(side)]

    @cached_property
    def contacts(self):
        """Both sides' names and numbers, for the two sides alone and after both said yes."""
        both = self.meeting.state == State.AGREED and self.sides
        return [self.words(side) for side in OTHER] if both else []

    def words(self, side):
        shown = [getattr(self.meeting, f"{side}_{column}") for column in ("name", "contact")]
        return (self.called(side), *shown)

    def called(self, side):
        return getattr(self.meeting, f"{side}_called")

    @property
    def may_stop(self):
        states = [State.ASKED, State.AGREED] if self.sides else [State.ASKED]
        return self.meeting.state in states

    def why_closed(self, side):
        return why_closed(self.meeting, side)

    def begins_with(self, side):
        """Return what the form of a side's answer begins with."""
        asset = getattr(self.meeting, side)
        if asset.owner_id != self.user.pk:
            return {}
        if asset.layer == Layer.RESIDENT:
            return {"name": asset.name, "contact": asset.child.contact}
        return {"name": self.user.name, "contact": self.user.email}


def connector_role(meeting):
    """Return what whoever proposed it is in the area now, None if nothing any more."""
    user = meeting.connector
    if user.is_superuser and user.is_active:
        return Role.COORDINATOR
    return user.roles.get(meeting.area_id) if user.is_active else None
