"""How fast the partner finder answers in one area of 10,000 assets and 5,000 activities.

Two times are taken of each search: the finder's own (reading, scoring, and the reasons of the best
twenty in words), and its whole page. The target is for the first.

The area is that of the networks (bench/networks.py: made-up assets, three ties each), with half as
many activities as assets, held by its associations and institutions at its places. The finder's
page is asked for as its coordinator asks, compressed, through all middleware, without the network:
each search in turn, --rounds times, after one round to warm up. p50 and p95 are of all of them, in
milliseconds; `searches` has each search by itself. Nothing is kept from one answer to the next.
"""

import sys
import time
from random import Random

from bench.networks import SLUG, asked_of_process, fill, milliseconds
from bench.numbers import spread
from bench.one import set_up, tell
from bench.report import say

MOST = 150  # ms of p95
SEARCHES = {
    "a room on Thursday evenings": "room=on&day=3&time=evening",
    "a theme": "theme=sy,bage",
    "a role to fill": "role=culture",
    "women, in Somali": "audience=women&language=so",
    "all at once": "theme=sy&role=home&audience=women&room=on&day=3&time=evening&language=so",
}


def measured(engine, server, count, rounds):
    """Return {"engine", "assets", "activities", "p50", "p95", "page": {"p50", "p95"}, "searches":
    {name: {"p50", "p95"}}} in milliseconds."""
    about = {"engine": engine, "assets": count}
    result = about | asked_of_process(
        engine, server, count, rounds, module="bench.partners", what="page"
    )
    say(shown(result))
    return result


def missed(result):
    return [f"p95 > {MOST} ms"] if result["p95"] > MOST else []


def shown(result):
    words = missed(result)
    each = ", ".join(f"{name} p95 {of['p95']}" for name, of in result["searches"].items())
    return (
        f"  partners, {result['assets']:,} assets, {result['activities']:,} activities: "
        f"p50 {result['p50']} p95 {result['p95']} ms ({each}), "
        f"its page p50 {result['page']['p50']} p95 {result['page']['p95']} ms"
        f"{'  <- ' + ', '.join(words) if words else ''}"
    )


# In the measuring process ---------------------------------------------------------------------


def fill_all(count):
    """The area of the networks, and half as many activities as assets."""
    from assetmap.areas.models import Area
    from bench.measure import gather_statistics

    fill(count)
    area = Area.objects.get(slug=SLUG)
    _make_activities(area, count // 2, Random(1))
    gather_statistics()


def _make_activities(area, number, random):
    from datetime import date, timedelta
    from datetime import time as clock

    from assetmap.activities.models import Activity
    from assetmap.inventory.models import Asset, Gift

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
    from assetmap.activities.models import Activity
    from assetmap.areas.models import Area, User
    from assetmap.inventory.models import Asset
    from bench.measure import visitor

    client, user = visitor(), User.objects.get(email="bench@example.org")
    client.force_login(user)
    area = Area.objects.get(slug=SLUG)
    asker = Asset.objects.filter(layer="institution", latitude__isnull=False).first()
    found, shown_ = {name: [] for name in SEARCHES}, []
    for turn in range(rounds + 1):
        for name, query in SEARCHES.items():
            took = _found(area, user, asker, query)
            page = milliseconds(client, f"/{SLUG}/partners/?from={asker.uid}&{query}")
            found[name] += [took] if turn else []
            shown_ += [page] if turn else []
    searches = {name: spread(each) for name, each in found.items()}
    everything = spread([took for each in found.values() for took in each])
    counted = {"activities": Activity.objects.count()}
    tell("about", {**counted, **everything, "page": spread(shown_), "searches": searches})


def _found(area, user, asker, query):
    from django.http import QueryDict

    from assetmap.partners.finding.cards import cards_of
    from assetmap.partners.finding.forms import FinderForm
    from assetmap.partners.finding.ranking import find

    begun = time.perf_counter()
    asked = FinderForm(QueryDict(query), area=area).asked(asker)
    cards_of(asked, find(asked, user).found, user)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    set_up()
    {"fill": fill_all, "page": page}[sys.argv[1]](int(sys.argv[2]))
