"""Ties between layers and sectors are counted, and an empty cell is an invitation."""

import pytest

from assetmap.network.readings.across import counts, layer_matrix, sector_matrix
from tests.network.made import made

pytestmark = pytest.mark.once

LAYERS = ["resident", "association", "association", "place"]


def numbers(matrix):
    return [[cell.number for cell in cells] for _heading, cells in matrix.rows]


def matrix_of(ends, layers=LAYERS):
    network = made(len(layers), ends, layers)
    return layer_matrix(counts(network, network.layers))


def test_each_tie_counts_both_ways_round_and_once_within_a_layer():
    matrix = matrix_of([(0, 1), (1, 0), (1, 2), (2, 3)])
    assert numbers(matrix) == [[0, 2, 0, 0], [2, 1, 0, 1], [0, 0, 0, 0], [0, 1, 0, 0]]
    assert matrix.headings == ["Residents", "Associations", "Institutions", "Places"]


def test_an_empty_cell_is_an_invitation_said_once():
    assert matrix_of([(0, 1), (1, 2), (2, 3)]).invitations == [
        "No tie yet between residents and places: who could bring two together?"
    ]


def test_within_a_layer_it_takes_two_to_be_invited():
    invited = matrix_of([(0, 1)], ["resident", "association", "association"]).invitations
    assert invited == ["No tie yet among associations: which two could do something together?"]


def test_where_there_is_nothing_to_tie_nobody_is_invited():
    for ends, layers in [([], []), ([], ["place"])]:
        matrix = matrix_of(ends, layers)
        assert matrix.invitations == []
        assert not any(cell.possible for _heading, cells in matrix.rows for cell in cells)


def test_sectors_are_public_private_and_civil_and_a_place_has_none():
    sectors = ["public", "private", "civil", ""]
    network = made(4, [(0, 1), (2, 3)], sectors=sectors)
    matrix = sector_matrix(counts(network, network.sectors))
    assert numbers(matrix) == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert matrix.invitations == [
        "No tie yet between the public sector and civil society: who could bring two together?",
        "No tie yet between the private sector and civil society: who could bring two together?",
    ]


def test_all_pairs_of_sectors_have_their_own_invitation():
    network = made(6, [], sectors=["public", "private", "civil"] * 2)
    assert len(sector_matrix(counts(network, network.sectors)).invitations) == 6
