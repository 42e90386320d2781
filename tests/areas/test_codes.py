"""Codes on paper: long enough not to be guessed, and of which nothing but a digest is kept."""

import re

import pytest

from assetmap.areas.codes import ALPHABET, LENGTH, digest, digests, new_code


def test_a_code_is_three_times_four_letters_that_do_not_look_alike():
    for _ in range(200):
        assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", new_code())
    assert not set("01OIL") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_there_are_too_many_codes_to_guess():
    a_year_of_tries = 60 * 24 * 365  # 60 an hour from one place
    assert len(ALPHABET) ** LENGTH / a_year_of_tries > 10**12
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed",
    ["K7QM-2XWP-9DTA", "k7qm-2xwp-9dta", "K7QM2XWP9DTA", " k7qm 2xwp\t9dta ", "K7QM–2XWP–9DTA."],
)
def test_small_letters_spaces_and_strokes_do_no_harm(typed):
    assert digest(typed) == digest("K7QM-2XWP-9DTA")


@pytest.mark.parametrize("typed", ["", "----", "K7QM-2XWP-9DT", "K7QM-2XWP-9DTAA", "ß🪴\x00"])
def test_another_code_has_another_digest(typed):
    assert digest(typed) != digest("K7QM-2XWP-9DTA")


def test_a_digest_tells_nothing_of_the_code():
    assert re.fullmatch("[0-9a-f]{64}", digest("K7QM-2XWP-9DTA"))
    assert "K7QM" not in digest("K7QM-2XWP-9DTA").upper()


def test_a_digest_needs_the_secret_key(settings):
    before = digest("K7QM-2XWP-9DTA")
    settings.SECRET_KEY = "another"
    assert digest("K7QM-2XWP-9DTA") != before


def test_an_older_key_still_finds_what_was_made_under_it(settings):
    before, old = digest("K7QM-2XWP-9DTA"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["yet another", old]
    found = digests("K7QM-2XWP-9DTA")
    assert (found[0], found[2]) == (digest("K7QM-2XWP-9DTA"), before)
    assert len(set(found)) == 3
