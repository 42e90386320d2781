"""What belongs to an area: found by walking the models' keys, so that a new table comes along."""

from functools import cache
from graphlib import TopologicalSorter

from django.apps import apps
from django.db.models import Q

from assetmap.areas.models import Area, Receipt, User

from ..models import Import

PEOPLE = (User, Receipt)  # belong to no area: those whom an area's rows name come along

# What stays behind, by table or app, and why. A test holds every other table to be in the backup.
LEFT_OUT = {
    "inventory.Tally": "counted anew by the database's own triggers",
    "inventory.Gift": "vocabulary of the whole site: named by its code",
    "inventory.GiftGroup": "vocabulary of the whole site: named by its code",
    "exchange.Token": "opens the site for a program, so it is made anew",
    "areas.User_groups": "rights on the site are given by its administrators",
    "areas.User_user_permissions": "rights on the site are given by its administrators",
    "partners.SavedSearch_known": "what somebody has seen: found anew the next time she looks",
    "auth": "rights on the site are given by its administrators",
    "admin": "the history of the site's administration",
    "account": "allauth's own notes, made anew at the next sign-in",
    "sessions": "everybody signs in anew",
    "post_office": "mail that waits would go out twice",
    "contenttypes": "made by Django itself",
}
# Columns that stay behind are as in a new row when they come back. Whatever names rows inside its
# JSON does so by numbers that are others' after a restore, perhaps in another area: an import or
# a merging is remembered, so that the same file is recognised, but undone only in part.
COLUMNS_LEFT_OUT = {
    "areas.User": {
        "password",  # there are none: people sign in by a mailed code
        "is_staff",  # whoever writes a backup by hand must not become an administrator
        "is_superuser",
        "last_login",
    },
    "exchange.Import": {"file"},  # the rows are kept
    "exchange.ImportRow": {"made", "likely"},
    "exchange.Merge": {"fields", "moved", "hidden"},
}
# An import that is under way cannot go on without its file.
OVER = [Import.State.DONE, Import.State.UNDONE]
ONLY_ROWS = {
    "exchange.Import": {"state__in": OVER},
    "exchange.ImportRow": {"run__state__in": OVER},
}
# Residents were promised that no coordinator reads these; whoever runs the site may.
NOT_FOR_COORDINATORS = {
    *("residents.Introduction", "network.Meeting", "network.Recognition"),
    # What somebody looks for and writes in the partner finder is between her and whom she asks.
    *("partners.Aside", "partners.Contact", "partners.Message", "partners.SavedSearch"),
}


@cache
def tables():
    """Return the models of an area's backup, each after those that its rows point to."""
    models = sorted({*PEOPLE, *_of_an_area()}, key=lambda model: model._meta.label)
    targets = {m: [key.related_model for key in keys_to(m, models)] for m in models}
    return list(TopologicalSorter(targets).static_order())


def tables_for(complete):
    """Return the models that go into a backup: all, or what a coordinator may read too."""
    return [m for m in tables() if complete or m._meta.label not in NOT_FOR_COORDINATORS]


def columns(model):
    """Return a model's own columns that are backed up, its parent's table aside."""
    left_out = COLUMNS_LEFT_OUT.get(model._meta.label, ())
    return [f for f in model._meta.local_concrete_fields if f.name not in left_out]


def keys_to(model, targets):
    """Return a model's own foreign keys that point to one of the target models."""
    return [f for f in model._meta.local_concrete_fields if f.related_model in targets]


def owner_of_key(model):
    """Return the model whose keys a model's rows have: a layer's are those of the assets."""
    while model._meta.pk.related_model:
        model = model._meta.pk.related_model
    return model


@cache
def numbered():
    """Return the models whose rows a backup names by their keys; others are named by a code."""
    return {owner_of_key(model) for model in tables()}


@cache
def pointed_at():
    """Return the models whose rows are named by others, and so must be found again."""
    return {owner_of_key(f.related_model) for m in tables() for f in columns(m) if f.related_model}


def rows_of(model, area):
    """Return a model's rows that belong to an area; not for PEOPLE."""
    if model is Area:
        return Area.objects.filter(pk=area.pk)
    main, *others = _paths(model)
    belonging = Q(**{main: area})
    for path in others:  # a row that reaches into another area could not be restored
        belonging &= Q(**{path.partition("__")[0]: None}) | Q(**{path: area})
    return model._base_manager.filter(belonging, **ONLY_ROWS.get(model._meta.label, {}))


@cache
def _of_an_area():
    """Every model with a key to an area, or to a model that has one, and so on."""
    found = {Area}
    while more := {model for model in _candidates() - found if keys_to(model, found)}:
        found |= more
    return found


def _candidates():
    every = apps.get_models(include_auto_created=True)
    return {m for m in every if not {m._meta.label, m._meta.app_label} & set(LEFT_OUT)}


@cache
def _paths(model):
    """The ways from a model to its area, as look-ups; first one that every row has."""
    if model is Area:
        return [""]
    keys = sorted(keys_to(model, _of_an_area() - {model}), key=lambda key: key.null)
    return ["__".join(filter(None, [k.name, _paths(k.related_model)[0]])) for k in keys]
