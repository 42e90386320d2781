"""How closed the circle is, and who is new, is told from the ties of each year."""

from dataclasses import replace

import pytest

from assetmap.network.readings.circle import ENOUGH, NEW, keys_in, tell, years
from tests.network.made import clique, islands, made, star

from .called import names, plain

pytestmark = pytest.mark.once


def told(network, ever=None, year=2020, but=()):
    return tell(years(network, ever or network, year), names(network, but))


def of_years(network, began, ended=None):
    until = ended or [""] * len(network.ends)
    return replace(network, years=began, until=until)


def test_a_star_is_a_closed_circle():
    reading = told(star(30))
    assert plain(reading.few[0]) == ("30 of 30 ties go through the same 6: A, B, C, D, E and F.")
    assert reading.few[1].startswith("That is a closed circle")


def test_many_small_islands_are_an_open_one():
    reading = told(islands(500))
    assert plain(reading.few[0]).startswith("3 of 500 ties go through the same 6: ")
    assert reading.few[1] == "The circle is open: no few hold it all."


def test_all_tied_to_all_is_rather_open():
    (now,) = years(clique(30), clique(30), 2020)
    assert now.share == pytest.approx(1 - 24 * 23 / (30 * 29))
    assert told(clique(30)).few[1] == "A few carry much of it."


@pytest.mark.parametrize("network", [made(0, []), made(1, []), star(3), star(ENOUGH - 2)])
def test_few_ties_tell_nothing(network):
    assert told(network).few == [
        "There are too few ties yet to tell a closed circle from an open one."
    ]


def test_without_ties_nobody_is_new():
    assert told(made(5, [])).newcomers == []


def test_where_all_ties_are_of_this_year_nobody_can_be_called_new():
    assert told(star(30)).newcomers == [
        "The ties were first written down this year: who is new cannot be told yet."
    ]


def test_newcomers_are_those_whose_first_tie_is_of_this_year():
    network = of_years(made(5, [(0, 1), (1, 2), (2, 3), (3, 4)]), [2015, 2019, 2020, 2020])
    reading = told(network)
    assert [plain(text) for text in reading.newcomers] == [
        "2 have a first tie this year: D and E.",
        "Last year there was 1.",
    ]


def test_whoever_had_a_tie_that_ended_is_not_new():
    ever = of_years(made(4, [(0, 1), (2, 3), (1, 2)]), [2015, 2010, 2020], ["", "2012", ""])
    now = of_years(made(4, [(0, 1), (1, 2)]), [2015, 2020])
    assert (
        told(now, ever).newcomers[0]
        == "Nobody is known to have come in this year. Who could be asked?"
    )


def test_a_tie_that_was_over_when_it_was_written_down_makes_nobody_new():
    ever = of_years(made(3, [(0, 1), (1, 2)]), [2015, 2020], ["", "2016-03"])
    now = of_years(made(3, [(0, 1)]), [2015])
    assert [year.new for year in years(now, ever, 2020)] == [0, 0, 0, 0, 1]


def test_earlier_years_hold_the_ties_that_stood_then():
    ends = [(0, n) for n in range(1, 31)]
    ever = of_years(made(31, ends), [2017] * 29 + [2020], ["2018"] + [""] * 29)
    now = of_years(made(31, ends[1:]), [2017] * 28 + [2020])
    found = years(now, ever, 2020)
    assert [(one.year, one.ties) for one in found] == [
        (2020, 29),
        (2019, 28),
        (2018, 29),
        (2017, 29),
    ]
    said = tell(found, names(ever)).few
    assert "In 2019 it was 28 of 28 ties, and 6 of the few were the same." in said
    assert any(text.startswith("In 2017 it was 29 of 29 ties") for text in said)


def test_ties_that_only_begin_later_are_no_reason_to_look_forward():
    ever = of_years(made(2, [(0, 1)]), [2030])
    (now,) = years(made(2, []), ever, 2020)
    assert (now.ties, now.new) == (0, 0)


def test_residents_who_did_not_say_yes_are_no_names_among_the_few():
    reading = told(star(30), but={0, 1})
    assert plain(reading.few[0]) == (
        "30 of 30 ties go through the same 6: C, D, E, F and 2 others."
    )
    nobody = told(star(30), but=range(31))
    assert nobody.few[0] == "30 of 30 ties go through the same 6."


def test_newcomers_without_a_name_are_a_number():
    layers = ["association", "association", "resident"]
    network = of_years(made(3, [(0, 1), (1, 2)], layers), [2015, 2020])
    assert told(network, but={2}).newcomers[0] == "1 has a first tie this year."


def test_few_of_many_newcomers_are_read_by_name():
    network = of_years(star(60), [2015] + [2020] * 59)
    now, *_before = figures = years(network, network, 2020)
    assert (now.new, len(now.newcomers)) == (59, NEW)
    assert len(keys_in(figures)) <= NEW + 6


def test_what_was_there_when_the_inventory_began_is_not_new():
    """Ties without a date were all written down this year; one with a date is of this year."""
    ends = [(0, 1), (1, 2), (3, 4), (5, 6)]
    network = replace(
        made(7, ends), years=[2015, 2020, 2020, 2020], since=["2015", "", "", "2020-02"]
    )
    now, *_before = years(network, network, 2020)
    assert (now.new, now.newcomers) == (2, (105, 106))


def test_what_is_written_down_later_without_a_date_is_new_then():
    network = replace(made(4, [(0, 1), (2, 3)]), years=[2018, 2020])
    now, *_before = years(network, network, 2020)
    assert now.newcomers == (102, 103)


def test_years_of_which_little_is_known_are_not_compared():
    ends = [(0, n) for n in range(1, 100)]
    network = of_years(made(100, ends), [2019] * 30 + [2020] * 69)
    assert not any("2019" in text for text in told(network).few)
