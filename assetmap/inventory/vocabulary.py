"""The gift vocabulary as shipped: data/gifts.csv, gift_synonyms.csv and gift_icons.csv."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _synonyms():
    words = {}
    for row in _rows("gift_synonyms.csv"):
        words.setdefault(row["code"], {})[row["language"]] = row["synonyms"].split("|")
    return words


@cache
def icons():
    """Return {code: emoji}: the picture that stands beside a gift's or a group's words."""
    return {row["code"]: row["icon"] for row in _rows("gift_icons.csv")}


def load_gifts(group_model, gift_model):
    """Write the vocabulary as it stands in the files; may be run again after they change.

    The models are parameters, so that migrations can pass the models of their own time.
    """
    synonyms = _synonyms()
    for row in _rows("gifts.csv"):
        group, _ = group_model.objects.update_or_create(
            code=row["group"],
            defaults={
                "kind": row["kind"],
                "names": {"da": row["group_da"], "en": row["group_en"]},
            },
        )
        gift_model.objects.update_or_create(
            code=row["code"],
            defaults={
                "group": group,
                "names": {"da": row["da"], "en": row["en"]},
                "synonyms": synonyms.get(row["code"], {}),
                "with_children": "children" in row["flags"],
                "licensed": "licensed" in row["flags"],
                "sensitive": "sensitive" in row["flags"],
            },
        )
