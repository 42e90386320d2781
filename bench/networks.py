"""How long an area's network takes: from the database, its measures, its picture, and its page.

One area of as many made-up assets as asked for, with three ties each, as its coordinator sees it.

- "whole" is what happens after a change: reading the ties, all measures, where everything stands
  in the picture. Beside it stands bare igraph, which is handed the same ties as a list and works
  out the same: betweenness (exact or from as many sources), constraint, parts, cut vertices and
  bridges, density, clusters and their modularity, and the whole as one picture by forces, with as
  many steps and from the same start (from the one that igraph draws by chance it is quicker from
  10,000 assets on, but its picture is a ball). The ratio is of the middle times of all rounds.
  Memory is what the process holds at most, and before it began.
- The page is asked for at PAGE assets, as in the other lines: when nothing has changed since, and
  after a tie has changed before each time. "drawing" is what the script asks for to draw it.

A process of its own for each, after another one that fills the database.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from bench.databases import ENGINES
from bench.imports import manage
from bench.numbers import spread
from bench.one import set_up, tell
from bench.report import say
from bench.run import ROOT, surroundings

PAGE = 2_000  # assets of the area whose page is asked for, if any is as large
ROUNDS, FEW_ROUNDS, MANY_ASSETS = 5, 1, 50_000
RATIO = 2  # our whole time by igraph's own
MILLISECONDS = {"unchanged": 300, "drawing": 300, "changed": 2_000}  # p95 of the page
SLUG = "made-1-network"


def measured(engine, server, counts, rounds):
    """Yield what a network of each size took, and at last its page; `what` tells the two apart.

    {"engine", "what": "network", "assets", "ties", "seconds": {…}, "ratio",
    "megabytes_of_memory": {…}}; {"engine", "what": "page", "assets", "page": {"unchanged":
    {"p50", "p95"}, "drawing": {…}, "changed": {…}}} in milliseconds.
    """
    page = min(PAGE, max(counts))
    for what, count in [*(("network", count) for count in counts), ("page", page)]:
        about = {"engine": engine, "what": what, "assets": count}
        result = about | asked_of_process(engine, server, count, rounds, what=what)
        say(shown_page(result) if what == "page" else shown(result))
        yield result


def asked_of_process(engine, server, count, rounds, what, module="bench.networks"):
    """Fill a new database with one area of so many assets, and return what a process of its own
    tells of it; `module` has `fill` and `what` as its commands."""
    made = ENGINES[engine]
    with (
        tempfile.TemporaryDirectory(prefix="assetmap-bench-") as folder,
        made.database(server, count, folder) as where,
    ):
        variables = surroundings(folder) | where
        say(f"\n{engine}, one area of {count:,} assets: making them ...")
        manage(variables, "migrate", "--verbosity=0")
        _run(module, variables, "fill", count)
        return json.loads(_run(module, variables, what, rounds).splitlines()[-1])["about"]


def _run(module, variables, *arguments):
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{module} {arguments[0]} failed")
    return done.stdout


def missed(result):
    """Return a few words on each target that a network or its page misses."""
    if result["what"] == "page":
        times = {name: of["p95"] for name, of in result["page"].items()}
        slow = [name for name, p95 in times.items() if p95 > MILLISECONDS[name]]
        return [f"{name} p95 > {MILLISECONDS[name]} ms" for name in slow]
    return [f"> {RATIO} x igraph"] if result["ratio"] > RATIO else []


def shown(result):
    seconds = ", ".join(f"{name} {value} s" for name, value in result["seconds"].items())
    memory = result["megabytes_of_memory"]
    about = f"{result['assets']:,} assets, {result['ties']:,} ties: {seconds}"
    held = f"{memory['most']} MB ({memory['before']} before)"
    return f"  {about}; x igraph {result['ratio']}; {held}{_note(result)}"


def shown_page(result):
    page = ", ".join(
        f"{name} p50 {of['p50']} p95 {of['p95']} ms" for name, of in result["page"].items()
    )
    return f"  its page, {result['assets']:,} assets: {page}{_note(result)}"


def _note(result):
    words = missed(result)
    return f"  <- {', '.join(words)}" if words else ""


# In the measuring process ---------------------------------------------------------------------


def fill(count):
    """Fill the database with one area of so many made-up assets, and a coordinator of it."""
    from assetmap.areas.models import Area, Membership, User
    from assetmap.demo.made import load
    from assetmap.demo.made.plan import MadeArea
    from bench.measure import gather_statistics

    where = {"municipality": "Aarhus", "latitude": 56.155, "longitude": 10.14}
    area = MadeArea("Network", SLUG, size=count, spread=1500, random=Random(1), **where)
    with patch.object(load, "plan_areas", lambda number, seed: [area]):
        load.load_made(count, 1, 0, lambda written: None)
    user = User.objects.create_user("bench@example.org")
    Membership.objects.create(
        user=user, area=Area.objects.get(slug=SLUG), role=Membership.Role.COORDINATOR
    )
    gather_statistics()


def work(rounds):
    """Work the network out, and let igraph do the same; tell how long each took."""
    from assetmap.areas.models import Area
    from assetmap.network.audience import eyes_of
    from assetmap.network.store import today

    area = Area.objects.get(slug=SLUG)
    rounds = FEW_ROUNDS if area.assets.count() >= MANY_ASSETS else min(rounds, ROUNDS)
    before, times = _memory(), {}
    for _ in range(rounds):
        network = _whole(area, eyes_of("coordinator", area), today(), times)
    most = _memory()
    for _ in range(rounds):
        _bare(network, times)
    seconds = {name: round(statistics.median(values), 3) for name, values in times.items()}
    whole = {"whole": round(sum(v for n, v in seconds.items() if n != "igraph"), 3)}
    ratio = round(whole["whole"] / seconds["igraph"], 2)
    memory = {"before": before, "most": most}
    about = {"ties": len(network.ends), "seconds": whole | seconds, "ratio": ratio}
    tell("about", about | {"megabytes_of_memory": memory})


def _memory():
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@contextmanager
def _taken(times, name):
    begun = time.perf_counter()
    yield
    times.setdefault(name, []).append(time.perf_counter() - begun)


def _whole(area, eyes, day, times):
    from assetmap.network.graph import load
    from assetmap.network.measures.collective import collective
    from assetmap.network.measures.position import position
    from assetmap.network.measures.reach import reach
    from assetmap.network.measures.structure import structure
    from assetmap.network.picture.layout import layout
    from assetmap.network.resources import load_resources

    with _taken(times, "load"):
        network = load(area, eyes, day)
        resources = load_resources(area, eyes, network)
    for measured in (position, structure, collective):
        with _taken(times, measured.__name__):
            measured(network)
    with _taken(times, "reach"):
        reach(network, resources)
    with _taken(times, "layout"):
        layout(network)
    return network


def _bare(network, times):
    """The same by igraph alone: what it is asked for, and nothing made of the answers."""
    import igraph

    from assetmap.network.measures.position import EXACT_UP_TO, SAMPLE

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
    from assetmap.network.picture import layout

    thorough = graph.vcount() <= layout.THOROUGH_UP_TO
    steps = layout.STEPS_THOROUGH if thorough else layout.STEPS_QUICK
    start = [layout._start(key, len(keys)) for key in keys]
    graph.layout_fruchterman_reingold(niter=steps, grid=not thorough, seed=start)


def page(rounds):
    """Ask for the page when nothing has changed, and after a change each time."""
    from django.urls import reverse

    from assetmap.areas.models import User
    from bench.measure import visitor

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
    from assetmap.inventory.models import Link

    link = Link.objects.order_by("pk")[number]
    link.strength = 1 + link.strength % 3
    link.version += 1
    link.save()
    return milliseconds(client, address)


if __name__ == "__main__":
    set_up()
    {"fill": fill, "network": work, "page": page}[sys.argv[1]](int(sys.argv[2]))
