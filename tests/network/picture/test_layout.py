"""Where each asset stands: the same until the ties change, and nobody on top of anybody."""

import itertools
import math

import pytest

from assetmap.network.picture.circle import circle, rings
from assetmap.network.picture.layout import CAREFUL_UP_TO, SPACE, THOROUGH_UP_TO, layout
from assetmap.network.picture.packing import packed
from tests.network.made import clique, islands, made, ring, star, two_triangles

pytestmark = pytest.mark.once

SIZES = [6, CAREFUL_UP_TO + 10, THOROUGH_UP_TO + 10]  # one for each way of drawing


def closest(points):
    """The least distance between any two of some points."""
    return min(math.dist(one, other) for one, other in itertools.combinations(points, 2))


@pytest.mark.parametrize("number", SIZES)
def test_the_same_ties_give_the_same_picture(number):
    assert layout(ring(number)) == layout(ring(number))


@pytest.mark.parametrize("number", SIZES)
def test_those_tied_are_nearer_than_others(number):
    network = ring(number)
    points = layout(network)
    tied = [math.dist(points[a], points[b]) for a, b in network.ends]
    apart = [math.dist(points[v], points[(v + number // 2) % number]) for v in range(number)]
    assert sum(tied) / len(tied) < sum(apart) / len(apart)


@pytest.mark.parametrize(
    "network", [star(8), clique(6), two_triangles(), islands(5), made(7, []), islands(4, 3)]
)
def test_nobody_stands_on_top_of_anybody(network):
    assert closest(layout(network)) > SPACE / 5


@pytest.mark.parametrize("number", [0, 1, 2])
def test_hardly_anything_is_a_picture_too(number):
    points = layout(made(number, []))
    assert len(points) == number and all(math.isfinite(x + y) for x, y in points)


def test_parallel_ties_draw_as_one():
    assert layout(made(3, [(0, 1), (1, 0), (1, 2)])) == layout(made(3, [(0, 1), (1, 2)]))


def test_five_hundred_islands_lie_beside_each_other():
    points = layout(islands(500))
    middles = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in zip(points[::2], points[1::2], strict=True)
    ]
    assert len(set(middles)) == 500
    wide = max(x for x, _y in points) - min(x for x, _y in points)
    high = max(y for _x, y in points) - min(y for _x, y in points)
    assert 0.7 < wide / high < 2.5


def test_what_has_no_tie_stands_below_by_layer():
    layers = ["association", "association", "place", "institution", "place"]
    points = layout(made(5, [(0, 1)], layers=layers))
    alone = sorted((points[v] for v in (2, 3, 4)), key=lambda point: (point[1], point[0]))
    assert alone[0] == points[3]  # institutions come before places


def test_boxes_are_packed_without_covering_each_other():
    drawings = [
        [(0, 0), (wide, high)] for wide, high in ((300, 200), (90, 40), (10, 10), (50, 80))
    ]
    boxes = packed(drawings, 20)
    for (a, b), (c, d) in itertools.combinations(boxes, 2):
        assert b[0] < c[0] or d[0] < a[0] or b[1] < c[1] or d[1] < a[1]


# One's circle --------------------------------------------------------------------------------


def test_a_circle_is_one_step_or_two():
    network = two_triangles()
    assert circle(network, 0, 1) == {0: 0, 1: 1, 2: 1}
    assert circle(network, 0, 2) == {0: 0, 1: 1, 2: 1, 3: 2}


def test_no_way_leads_through_who_is_left_out():
    assert circle(two_triangles(), 0, 2, without={2}) == {0: 0, 1: 1}


def test_whoever_has_no_tie_is_alone_in_the_circle():
    network = made(2, [])
    found = circle(network, 0, 2)
    assert found == {0: 0}
    assert rings(network, found, {0: (5.0, 5.0)}) == {0: (0.0, 0.0)}


@pytest.mark.parametrize("network", [star(30), clique(9), two_triangles(), ring(12)])
def test_steps_are_rings_around_the_middle(network):
    found = circle(network, 0, 2)
    places = dict(enumerate(layout(network)))
    points = rings(network, found, places)
    far = {v: math.dist((0, 0), point) for v, point in points.items()}
    one, two = ({round(far[v], -1) for v, s in found.items() if s == step} for step in (1, 2))
    assert far[0] == 0 and len(one) == 1 and len(two) <= 1
    assert all(inner < outer for inner in one for outer in two)
    assert closest(points.values()) > SPACE / 4
