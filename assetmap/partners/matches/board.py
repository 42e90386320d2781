"""The board of matches as a page shows it: gifts and assets by name, and a sentence a row."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.models import Asset, Gift, Link

NAMED = 8  # assets a side that are named
SHOWN = 60  # rows of a section


@dataclass(frozen=True)
class Row:
    """One Match for the page: what it is called, who is on each side, and what is said."""

    match: object
    called: str
    code: str
    wishes: list
    gives: list
    said: str
    tied: bool

    @property
    def more_wishes(self):
        return len(self.match.wishes) - len(self.wishes)

    @property
    def more_gives(self):
        return len(self.match.gives) - len(self.gives)


def rows_of(matches, area, user):
    """Return the Rows of some Matches, in a fixed number of queries."""
    matches = matches[:SHOWN]
    keys = {k for m in matches for side in (m.wishes, m.gives) for k in side[:NAMED]}
    assets = Asset.objects.visible_to(user).active().filter(area=area).in_bulk(keys)
    for asset in assets.values():
        asset.area = area
    gifts = Gift.objects.in_bulk({m.what for m in matches if m.group})
    tied = _tied(keys, user)
    return [_row(match, assets, gifts, tied) for match in matches]


def _row(match, assets, gifts, tied):
    gift = gifts.get(match.what)
    sides = [
        [assets[key] for key in side[:NAMED] if key in assets]
        for side in (match.wishes, match.gives)
    ]
    pairs = {frozenset((w, g)) for w in match.wishes[:NAMED] for g in match.gives[:NAMED]}
    return Row(
        match=match,
        called=str(gift) if gift else match.text,
        code=gift.code if gift else "",
        wishes=sides[0],
        gives=sides[1],
        said=sentence(match),
        tied=bool(pairs & tied),
    )


def _tied(keys, user):
    ties = Link.objects.visible_to(user).in_use().filter(source__in=keys, target__in=keys)
    return {frozenset(ends) for ends in ties.order_by().values_list("source", "target")}


def sentence(match):
    """Say how many wish for it and how many give it: “3 want to learn what 2 can teach.”"""
    wishes, gives = len(match.wishes), len(match.gives)
    if match.learners == wishes and match.teachers == gives:
        return _taught(wishes, gives)
    return _given(wishes, gives)


def _taught(wishes, gives):
    learn = ngettext("%(n)s wants to learn it", "%(n)s want to learn it", wishes)
    teach = ngettext("%(n)s can teach it", "%(n)s can teach it", gives)
    return _both(learn % {"n": wishes}, teach % {"n": gives})


def _given(wishes, gives):
    wish = ngettext("%(n)s wishes for it", "%(n)s wish for it", wishes)
    give = ngettext("%(n)s can give it", "%(n)s can give it", gives)
    return _both(wish % {"n": wishes}, give % {"n": gives})


def _both(wished, given):
    return _("%(wished)s, and %(given)s.") % {"wished": wished, "given": given}
