"""What others made of such a mix: recipes that were written down, and what the inventory tells.

An association with figures or milestones is such a story: what it is tied to is its mix.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from assetmap.inventory.models import Asset, GiftGroup, Layer, Link, Offering
from associations.models import Association, Figure, Milestone

from ..models import Recipe
from .likeness import Ingredient, Likeness, likeness

READ = 500  # stories of each kind that are compared, the newest
SHOWN = 12
LEAST = 0.4  # a story less alike than this has little to tell
KINDS = ("association__form", "institution__kind", "place__kind")


@dataclass(frozen=True)
class Story:
    """What some made together. what: the Association or the Recipe. members: {key: Ingredient}."""

    what: object
    members: dict
    alike: Likeness = field(default_factory=lambda: Likeness(0.0, ()))
    said: tuple = ()

    @property
    def is_recipe(self):
        return isinstance(self.what, Recipe)


def may_be_part(user):
    """Assets that may be part of a mix: no person is an ingredient."""
    return Asset.objects.visible_to(user).active().exclude(layer=Layer.RESIDENT)


def stories_for(picked, user):
    """Return the Stories that are most like a mix of picked assets, the most alike first."""
    keys = {asset.pk for asset in picked}
    recipes, tied = _recipes(), [row for row in _associations(user) if row.pk not in keys]
    mixes = [(recipe, [part.pk for part in recipe.parts.all()]) for recipe in recipes]
    mixes += _with_ties(tied, user)
    known = ingredients({key for _what, mix in mixes for key in mix} | keys, user)
    mine = [known[asset.pk] for asset in picked if asset.pk in known]
    stories = [_story(what, mix, known, mine) for what, mix in mixes]
    best = sorted((s for s in stories if s.alike.number >= LEAST), key=lambda s: -s.alike.number)[
        :SHOWN
    ]
    return told(best, user)


def _recipes():
    rows = Recipe.objects.select_related("area").order_by("-created_at", "-pk")
    return list(rows.prefetch_related(Prefetch("parts", Asset.objects.only("pk")))[:READ])


def _associations(user):
    figures = Figure.objects.filter(association=OuterRef("pk"))
    milestones = Milestone.objects.filter(association=OuterRef("pk"))
    rows = Association.objects.visible_to(user).active().select_related("area")
    rows = rows.filter(Exists(figures) | Exists(milestones)).order_by("-updated_at", "-pk")
    return list(rows.prefetch_related("figures", "milestones")[:READ])


def _with_ties(associations, user):
    """(association, the keys of itself and of what it is tied to) of each."""
    mixes = {row.pk: {row.pk} for row in associations}
    ties = Link.objects.visible_to(user).in_use().filter(Q(source__in=mixes) | Q(target__in=mixes))
    for source, target in ties.order_by("pk").values_list("source", "target"):
        for one, other in ((source, target), (target, source)):
            if one in mixes:
                mixes[one].add(other)
    return [(row, sorted(mixes[row.pk])) for row in associations]


def ingredients(keys, user):
    """Return {key: Ingredient} of those of some assets that may be part of a mix."""
    rows = may_be_part(user).filter(pk__in=keys).order_by().values_list("pk", "layer", *KINDS)
    groups = {}
    given = Offering.objects.visible_to(user).filter(mode__in=Offering.GIVES, asset__in=keys)
    for key, group in given.exclude(gift=None).values_list("asset", "gift__group"):
        groups.setdefault(key, set()).add(group)
    return {
        key: Ingredient(key, layer, next(filter(None, kinds), ""), frozenset(groups.get(key, ())))
        for key, layer, *kinds in rows
    }


def _story(what, mix, known, mine):
    members = {key: known[key] for key in mix if key in known}
    others = [member for member in members.values() if member not in mine]
    return Story(what, members, likeness(mine, others))


def told(stories, user):
    """Return the stories with what each has in common with the mix, in words."""
    keys = {member.key for s in stories for pair in s.alike.pairs for member in pair}
    assets = may_be_part(user).select_related(*Layer.values).in_bulk(keys)
    groups = GiftGroup.objects.in_bulk()
    return [
        Story(
            s.what,
            s.members,
            s.alike,
            tuple(_in_common(one, other, assets, groups) for one, other in s.alike.pairs),
        )
        for s in stories
    ]


def _in_common(one, other, assets, groups):
    """What two ingredients have in common: kind before gifts before layer."""
    words = {"theirs": assets[other.key], "yours": assets[one.key]}
    if one.kind and one.kind == other.kind:
        child = assets[other.key].child
        kind = getattr(child, "get_kind_display", getattr(child, "get_form_display", None))()
        return _("%(theirs)s, as %(yours)s with you: both are “%(kind)s”.") % {
            **words,
            "kind": kind,
        }
    if shared := sorted(one.groups & other.groups):
        return _("%(theirs)s, as %(yours)s with you: both give within “%(group)s”.") % {
            **words,
            "group": groups[shared[0]],
        }
    return _("%(theirs)s, as %(yours)s with you: both are “%(kind)s”.") % {
        **words,
        "kind": Layer(one.layer).label,
    }
