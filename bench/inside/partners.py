"""Fills an area and asks the partner finder; see bench/partners.py."""

import time
from datetime import date, timedelta
from datetime import time as clock
from random import Random

from django.http import QueryDict

from assetmap.activities.models import Activity
from assetmap.areas.models import Area, User
from assetmap.inventory.models import Asset, Gift
from assetmap.partners.finding.cards import cards_of
from assetmap.partners.finding.forms import FinderForm
from assetmap.partners.finding.ranking import find
from bench.inside import networks
from bench.inside.measure import gather_statistics, visitor
from bench.inside.telling import tell
from bench.numbers import spread

SEARCHES = {
    "a room on Thursday evenings": "room=on&day=3&time=evening",
    "a theme": "theme=sy,bage",
    "a role to fill": "role=culture",
    "women, in Somali": "audience=women&language=so",
    "all at once": "theme=sy&role=home&audience=women&room=on&day=3&time=evening&language=so",
}


def fill(count):
    """The area of the networks, and half as many activities as assets."""
    networks.fill(count)
    area = Area.objects.get(slug=networks.SLUG)
    _make_activities(area, count // 2, Random(1))
    gather_statistics()


def _make_activities(area, number, random):
    groups = list(Asset.objects.filter(area=area, layer__in=("association", "institution")))
    places, gifts = list(Asset.objects.filter(area=area, layer="place")), list(Gift.objects.all())
    monday, hours = date(2026, 1, 5), [(9, 11), (13, 15), (16, 18), (19, 21)]
    rows = []
    for n in range(number):
        begins, ends = random.choice(hours)
        rows.append(
            Activity(
                area=area,
                organiser=random.choice(groups),
                place=random.choice(places),
                title=f"Aktivitet {n}",
                first_day=monday + timedelta(days=random.randrange(7)),
                begins=clock(begins),
                ends=clock(ends),
                meant_for=random.choice(["everybody", "everybody", "women", "men"]),
                languages=random.choice([[], [], ["da"], ["so"], ["ar", "da"]]),
            )
        )
    made = Activity.objects.bulk_create(rows, batch_size=1_000)
    through = Activity.gifts.through
    pairs = [through(activity=row, gift=random.choice(gifts)) for row in made]
    through.objects.bulk_create(pairs, batch_size=1_000)


def page(rounds):
    """Ask the finder for each search in turn, by itself and as a page."""
    client, user = visitor(), User.objects.get(email="bench@example.org")
    client.force_login(user)
    area = Area.objects.get(slug=networks.SLUG)
    asker = Asset.objects.filter(layer="institution", latitude__isnull=False).first()
    found, shown_ = {name: [] for name in SEARCHES}, []
    for turn in range(rounds + 1):
        for name, query in SEARCHES.items():
            took = _found(area, user, asker, query)
            page = networks.milliseconds(
                client, f"/{networks.SLUG}/partners/?from={asker.uid}&{query}"
            )
            found[name] += [took] if turn else []
            shown_ += [page] if turn else []
    searches = {name: spread(each) for name, each in found.items()}
    everything = spread([took for each in found.values() for took in each])
    counted = {"activities": Activity.objects.count()}
    tell("about", {**counted, **everything, "page": spread(shown_), "searches": searches})


def _found(area, user, asker, query):
    begun = time.perf_counter()
    asked = FinderForm(QueryDict(query), area=area).asked(asker)
    cards_of(asked, find(asked, user).found, user)
    return (time.perf_counter() - begun) * 1000
