"""Processes that write to the test database on their own, each with a Django of its own."""

import os
import random
import subprocess
import sys
from pathlib import Path

from django.db import transaction

from assetmap.areas.models import Area
from assetmap.inventory.models import Asset
from assetmap.inventory.position import cell_of
from places.models import Place

ROOT = Path(__file__).parents[2]
NAME = "assetmap-writer"  # by which PostgreSQL knows their connections
START = "import django; django.setup(); from tests.inventory import writing; writing.{}(*{})"
WORDS = ("Haven", "Værkstedet", "Pigegymnastik", "Ågården", "Kor og kaffe")


def start(what, *arguments, settings):
    """Start a process that does one of the things below in the test database."""
    return subprocess.Popen(
        [sys.executable, "-c", START.format(what, arguments)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": _url(settings), "PGAPPNAME": NAME},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _url(settings):
    if settings["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{settings['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)


def mixed(seed, number):
    """Write `number` times, to rows of its own and to rows that others write to as well."""
    lots = random.Random(seed)
    areas = list(Area.objects.order_by("pk"))
    shared, own = list(Asset.objects.values_list("pk", flat=True)), []
    for _ in range(number):
        change = lots.choices([_add, _rename, _remove, _change], [30, 15, 15, 40])[0]
        change(lots, areas, shared, own)


def _add(lots, areas, shared, own):
    place = Place(area=lots.choice(areas), name=lots.choice(WORDS), **_chances(lots))
    place.save()
    own.append(place)


def _rename(lots, areas, shared, own):
    if own:
        place = lots.choice(own)
        place.name = f"{lots.choice(WORDS)} {lots.randrange(1000)}"
        place.area = lots.choice(areas)
        place.save()


def _remove(lots, areas, shared, own):
    if own:
        own.pop(lots.randrange(len(own))).delete()


def _change(lots, areas, shared, own):
    key = lots.choice([*shared, *(place.pk for place in own[-20:])])
    chances = _chances(lots)
    where = chances["latitude"], chances["longitude"]
    cell = cell_of(*where) if where[0] is not None else None
    Asset.objects.filter(pk=key).update(**chances, cell=cell)


def _chances(lots):
    where = {"latitude": None, "longitude": None}
    if lots.random() < 0.8:
        where = {"latitude": lots.uniform(55.6, 55.7), "longitude": lots.uniform(12.5, 12.7)}
    return where | {
        "status": lots.choice(["active", "active", "active", "archived", "pending"]),
        "visibility": lots.choice(["public", "neighbours", "partners", "private"]),
    }


def half_way():
    """Write in a transaction that is never ended, say so, and wait to be killed."""
    with transaction.atomic():
        Place.objects.create(area=Area.objects.first(), name="Halvvejs", visibility="public")
        Asset.objects.filter(name="Bliver").update(status="archived", search_text=" halvvejs")
        Asset.objects.filter(name="Beholdes").delete()
        print("written", flush=True)
        sys.stdin.read()


def for_ever():
    """Write one thing after the other, many rows at a time, until killed."""
    lots, areas = random.Random(1), list(Area.objects.order_by("pk"))
    print("begun", flush=True)
    while True:
        _add(lots, areas, [], [])
        text = f" {lots.choice(WORDS).lower()} {lots.randrange(1000)}"
        Asset.objects.update(search_text=text, status=lots.choice(["active", "archived"]))
