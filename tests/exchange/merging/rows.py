"""What hangs on two records of one association, and what the database holds of it all."""

from django.core import serializers

from assetmap.inventory.models import Asset, Export, Link, Offering, Proposal, SpokenLanguage
from associations.models import Association, Figure, Milestone

TABLES = [Asset, Association, Offering, SpokenLanguage, Link, Milestone, Figure, Proposal, Export]
ALWAYS_NEW = {"version", "updated_at"}


def dump():
    """Return every row as {(model, pk): fields}, but for what every saving changes."""
    rows = {}
    for model in TABLES:
        found = model._base_manager.order_by("pk")
        for row in serializers.serialize("python", found, use_natural_foreign_keys=False):
            kept = {name: v for name, v in row["fields"].items() if name not in ALWAYS_NEW}
            rows[row["model"], row["pk"]] = kept
    return rows


def speak(asset, *codes):
    for code in codes:
        SpokenLanguage.objects.create(asset=asset, code=code)


def names_of(asset, kind):
    """The other ends of an asset's ties of a kind."""
    ties = Link.objects.of(asset).filter(kind=kind).select_related("source", "target")
    return sorted(tie.seen_from(asset)[1].name for tie in ties)
