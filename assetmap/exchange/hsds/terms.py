"""Taxonomies and their terms: the gifts in their groups, and the choices that a layer offers."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.models import Gift, GiftGroup, layer_models

from . import rows
from .ids import term_id


@dataclass(frozen=True)
class Taxonomy:
    """A list of terms; the code is "gifts", or a layer and a field such as "institution.kind"."""

    code: str
    name: str | Promise
    description: str | Promise

    @property
    def id(self):
        return term_id(self.code)

    def record(self):
        return {"id": self.id, "name": str(self.name), "description": str(self.description)}


@dataclass(frozen=True)
class Term:
    """A word of a taxonomy; `parent` is the code of the term above it."""

    taxonomy: Taxonomy
    code: str
    name: str
    description: str
    parent: str = ""

    @property
    def id(self):
        return term_id(self.taxonomy.code, self.code)

    @property
    def parent_id(self) -> UUID | None:
        return term_id(self.taxonomy.code, self.parent) if self.parent else None

    def record(self):
        return {
            "id": self.id,
            "code": self.code,
            "name": self.name,
            "description": self.description,
            **({"parent_id": self.parent_id} if self.parent else {}),
            "taxonomy": str(self.taxonomy.name),
            "taxonomy_detail": self.taxonomy.record(),
            "language": settings.LANGUAGE_CODE,
        }


GIFTS = Taxonomy("gifts", _("gifts"), _("What people and groups can do and share, in groups."))


def of_gift(gift):
    words = gift.synonyms.get(settings.LANGUAGE_CODE) or [str(gift)]
    return Term(GIFTS, gift.code, str(gift), ", ".join(words), gift.group.code)


def of_group(group):
    return Term(GIFTS, group.code, str(group), group.get_kind_display())


def fields_of(layer):
    """The fields of a layer that are one of several choices."""
    return [field for field in layer_models()[layer]._meta.local_fields if field.choices]


def of_field(layer, field):
    """The taxonomy that a field's choices are."""
    name = f"{layer_models()[layer]._meta.verbose_name}: {field.verbose_name}"
    return Taxonomy(f"{layer}.{field.name}", name, name)


def of_choice(layer, field, value):
    label = str(dict(field.flatchoices)[value])
    return Term(of_field(layer, field), value, label, label)


def choice_fields():
    return [(layer, field) for layer in rows.TIMES for field in fields_of(layer)]


def taxonomies():
    return [GIFTS, *(of_field(layer, field) for layer, field in choice_fields())]


def terms():
    """Every term of every taxonomy, in a lasting order."""
    gifts = [of_gift(gift) for gift in Gift.objects.select_related("group")]
    choices = [
        of_choice(layer, field, value)
        for layer, field in choice_fields()
        for value, _label in field.flatchoices
        if value
    ]
    return [*(of_group(group) for group in GiftGroup.objects.all()), *gifts, *choices]


def with_term(uid):
    """Return a Q for the assets that have a term; nothing has one that is not known."""
    for term in terms():
        if term.id == uid:
            return _with(term.taxonomy, term.code)
    return Q(pk__in=[])


def with_any_of(uid):
    """Return a Q for the assets that have any term of a taxonomy."""
    for taxonomy in taxonomies():
        if taxonomy.id == uid:
            return _with(taxonomy)
    return Q(pk__in=[])


def _with(taxonomy, code=""):
    if taxonomy is GIFTS:
        # a group stands for all that is in it
        known = Q(gift__code=code) | Q(gift__group__code=code) if code else Q(gift__isnull=False)
        return Q(Exists(rows.gives().order_by().filter(known, asset=OuterRef("pk"))))
    layer, _dot, name = taxonomy.code.partition(".")
    field = f"{layer}__{name}"
    return Q(layer=layer) & (Q(**{field: code}) if code else ~Q(**{field: ""}))
