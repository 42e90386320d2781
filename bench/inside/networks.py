"""Fills an area, works its network out and asks for its page; see bench/networks.py."""

import resource
import statistics
import time
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

import igraph
from django.urls import reverse

from assetmap.areas.models import Area, Membership, User
from assetmap.demo.made import load as made
from assetmap.demo.made.plan import MadeArea
from assetmap.inventory.models import Link
from assetmap.network.audience import eyes_of
from assetmap.network.graph import load
from assetmap.network.measures.collective import collective
from assetmap.network.measures.position import EXACT_UP_TO, SAMPLE, position
from assetmap.network.measures.reach import reach
from assetmap.network.measures.structure import structure
from assetmap.network.picture import layout
from assetmap.network.resources import load_resources
from assetmap.network.store import today
from bench.inside.measure import gather_statistics, visitor
from bench.inside.telling import tell
from bench.numbers import spread

ROUNDS, FEW_ROUNDS, MANY_ASSETS = 5, 1, 50_000
SLUG = "made-1-network"


def fill(count):
    """Fill the database with one area of so many made-up assets, and a coordinator of it."""
    where = {"municipality": "Aarhus", "latitude": 56.155, "longitude": 10.14}
    area = MadeArea("Network", SLUG, size=count, spread=1500, random=Random(1), **where)
    with patch.object(made, "plan_areas", lambda number, seed: [area]):
        made.load_made(count, 1, 0, lambda written: None)
    user = User.objects.create_user("bench@example.org")
    Membership.objects.create(
        user=user, area=Area.objects.get(slug=SLUG), role=Membership.Role.COORDINATOR
    )
    gather_statistics()


def network(rounds):
    """Work the network out, and let igraph do the same; tell how long each took."""
    area = Area.objects.get(slug=SLUG)
    rounds = FEW_ROUNDS if area.assets.count() >= MANY_ASSETS else min(rounds, ROUNDS)
    before, times = _memory(), {}
    for _ in range(rounds):
        known = _whole(area, eyes_of("coordinator", area), today(), times)
    most = _memory()
    for _ in range(rounds):
        _bare(known, times)
    seconds = {name: round(statistics.median(values), 3) for name, values in times.items()}
    whole = {"whole": round(sum(v for n, v in seconds.items() if n != "igraph"), 3)}
    ratio = round(whole["whole"] / seconds["igraph"], 2)
    memory = {"before": before, "most": most}
    about = {"ties": len(known.ends), "seconds": whole | seconds, "ratio": ratio}
    tell("about", about | {"megabytes_of_memory": memory})


def _memory():
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@contextmanager
def _taken(times, name):
    begun = time.perf_counter()
    yield
    times.setdefault(name, []).append(time.perf_counter() - begun)


def _whole(area, eyes, day, times):
    with _taken(times, "load"):
        network = load(area, eyes, day)
        resources = load_resources(area, eyes, network)
    for measured in (position, structure, collective):
        with _taken(times, measured.__name__):
            measured(network)
    with _taken(times, "reach"):
        reach(network, resources)
    with _taken(times, "layout"):
        layout.layout(network)
    return network


def _bare(network, times):
    """The same by igraph alone: what it is asked for, and nothing made of the answers."""
    number, ends = len(network), network.ends
    sources = None if number <= EXACT_UP_TO else Random(1).sample(range(number), SAMPLE)
    with _taken(times, "igraph"):
        graph = igraph.Graph(n=number, edges=ends).simplify()
        graph.betweenness(sources=sources)
        graph.constraint()
        graph.connected_components()
        graph.articulation_points()
        graph.bridges()
        graph.density()
        found = graph.community_leiden(objective_function="modularity", n_iterations=10)
        graph.modularity(found)
        _bare_picture(graph, network.keys)


def _bare_picture(graph, keys):
    thorough = graph.vcount() <= layout.THOROUGH_UP_TO
    steps = layout.STEPS_THOROUGH if thorough else layout.STEPS_QUICK
    start = [layout._start(key, len(keys)) for key in keys]
    graph.layout_fruchterman_reingold(niter=steps, grid=not thorough, seed=start)


def page(rounds):
    """Ask for the page when nothing has changed, and after a change each time."""
    client = visitor()
    client.force_login(User.objects.get(email="bench@example.org"))
    address = reverse("network:picture", args=[SLUG])
    milliseconds(client, address)
    drawing = reverse("network:picture-data", args=[SLUG])
    times = {
        "unchanged": [milliseconds(client, address) for _ in range(rounds)],
        "drawing": [milliseconds(client, drawing) for _ in range(rounds)],
        "changed": [_after_a_change(client, address, number) for number in range(rounds)],
    }
    tell("about", {"page": {name: spread(values) for name, values in times.items()}})


def milliseconds(client, address):
    begun = time.perf_counter()
    answer = client.get(address)
    took = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return took


def _after_a_change(client, address, number):
    link = Link.objects.order_by("pk")[number]
    link.strength = 1 + link.strength % 3
    link.version += 1
    link.save()
    return milliseconds(client, address)
