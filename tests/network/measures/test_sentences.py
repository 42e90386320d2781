"""Each measure in a sentence: true of the figures, and sensible where there are none."""

import pytest

from assetmap.network.measures import sentences
from assetmap.network.measures.collective import collective, inside_and_out
from assetmap.network.measures.position import Position, position, share_between
from assetmap.network.measures.reach import reach, reached, usual
from tests.network.made import clique, islands, made, resources, ring, star, two_triangles

pytestmark = pytest.mark.once

NOTHING = made(0, [])
ALONE = made(3, [])


# Position ------------------------------------------------------------------------------------


def test_how_often_one_stands_between_others():
    found = position(star(4))
    assert sentences.position_of_one(found, 0) == (
        "Of 100 shortest ways between two others, 100 lead through it."
    )
    nobody = "No shortest way between two others leads through it."
    assert sentences.position_of_one(found, 1) == nobody


def test_a_small_share_is_said_of_more_ways():
    few = Position([0.0003], [None], [0.0], exact=True)
    assert "Of 10,000 shortest ways between two others, 3 lead" in sentences.position_of_one(
        few, 0
    )
    estimated = Position([0.0003], [None], [0.0001], exact=False)
    assert "about 3 lead" in sentences.position_of_one(estimated, 0)


def test_how_open_its_contacts_are_to_each_other():
    said = {
        name: sentences.openness_of_one(position(network), 0, contacts)
        for name, network, contacts in (
            *(("star", star(5), 5), ("leaf", made(2, [(0, 1)]), 1)),
            *(("clique", clique(5), 4), ("alone", ALONE, 0)),
        )
    }
    assert "hardly tied to each other" in said["star"]
    assert "lead through one other" in said["leaf"]
    assert "mostly tied to each other" in said["clique"]
    assert said["alone"] == "It has no tie yet."


def test_how_much_falls_to_a_group():
    network = two_triangles()
    share = share_between(position(network), [2, 3])
    assert sentences.position_of_group(share, 2 / 6) == (
        "Of the stops on the shortest ways between others, 100 % are in this group, "
        "which is 33 % of the assets."
    )
    assert sentences.position_of_group(None, 1) == "Nobody stands between others yet."


@pytest.mark.parametrize("network", [NOTHING, ALONE, clique(4), islands(5)])
def test_where_nobody_stands_between_others_it_is_said(network):
    assert sentences.position_of_area(position(network)) == "Nobody stands between others yet."


def test_how_near_the_area_is_to_a_star():
    assert "it is 100" in sentences.centralization_of_area(position(star(6)))
    assert "it is 0" in sentences.centralization_of_area(position(ring(6)))
    assert "it is 0" in sentences.centralization_of_area(position(NOTHING))


def test_an_estimate_says_its_error_and_what_is_exact_says_none():
    assert sentences.error_of(position(ring(5))) == ""
    rough = Position([0.1] * 300, [None] * 300, [0.02] * 300, exact=False)
    said = sentences.error_of(rough)
    assert "begin at 200 of its 300 assets" in said and "at most 2 of 100 ways" in said


# Reach ---------------------------------------------------------------------------------------


def test_what_one_reaches():
    network = star(3)
    has = resources(4, gifts={1: (7, 8), 2: (8,)}, rooms={3: "hall"}, money={2: 5000})
    found = reach(network, has)
    assert sentences.reach_of_one(found, 0) == (
        "Within two ties it reaches 2 different gifts, 1 room or place and 5,000 kroner."
    )
    assert "no gift, room or money" in sentences.reach_of_one(reach(ALONE, resources(3)), 0)


def test_what_a_group_reaches_beyond_its_own():
    network = two_triangles()
    has = resources(6, gifts={0: (1,), 3: (1,), 4: (2,)}, rooms={5: "hall"})
    found = reached(network, has, [0, 1, 2])
    assert sentences.reach_of_group(found) == (
        "Within two ties they reach 2 different gifts and 1 room or place beyond their own."
    )
    nothing = reached(network, resources(6), [0, 1, 2])
    assert "beyond their own yet" in sentences.reach_of_group(nothing)


def test_what_is_usual_in_an_area():
    has = resources(4, gifts={0: (1,)}, rooms={0: "hall"})
    said = sentences.reach_of_area(usual(reach(star(3), has)))
    assert "at least 1 gift and 1 room or place" in said and "75 % reach a room or place" in said
    nothing = sentences.reach_of_area(usual(reach(ALONE, resources(3))))
    assert nothing.startswith("Fewer than half of the assets reach a gift; 0 %")


# Together ------------------------------------------------------------------------------------


def test_what_all_ties_are_worth_to_all():
    found = collective(two_triangles())
    assert sentences.density_of_area(found) == "Of 100 pairs of assets, 47 are tied."
    assert sentences.clusters_of_area(found) == (
        "The ties form 2 clusters; the largest has 3 assets."
    )
    assert sentences.bonding_of_area(found, "cluster") == (
        "86 % of the ties stay within a cluster, 14 % reach across."
    )
    assert "0 go both ways" in sentences.reciprocity_of_area(found)
    mutual = collective(made(2, [(0, 1)], kinds=["knows"]))
    assert "100 go both ways" in sentences.reciprocity_of_area(mutual)


@pytest.mark.parametrize("network", [NOTHING, ALONE])
def test_without_ties_each_says_so(network):
    found = collective(network)
    assert sentences.reciprocity_of_area(found) == "There are no ties yet."
    assert sentences.clusters_of_area(found) == "The ties form no cluster yet."
    assert "no ties" in sentences.density_of_area(found) + sentences.bonding_of_area(found)


def test_whether_ones_ties_leave_its_cluster():
    said = [sentences.ties_of_one(*counts) for counts in ((0, 0), (1, 0), (0, 1), (3, 0), (2, 1))]
    assert said == [
        "It has no tie yet.",
        "Its only tie stays within its own cluster.",
        "Its only tie leads out of its own cluster.",
        "All its 3 ties stay within its own cluster.",
        "1 of its 3 ties leads out of its own cluster.",
    ]


def test_a_groups_ties_inside_and_out():
    counts = inside_and_out(two_triangles(), [0, 1, 2])
    assert sentences.ties_of_group(*counts) == "Ties among them: 3; ties that reach out: 1."
    assert sentences.ties_of_group(0, 0) == "They have no tie yet."
