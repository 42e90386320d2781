"""Dates are as exact as people know them, typed as they are used to."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from assetmap.areas.dates import decimal_year, read_partial_date, show_partial_date
from associations.models import Association, Milestone
from tests.factories import make_association


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2013", "2013"),
        (" 2013 ", "2013"),
        (2013, "2013"),
        ("2013-05", "2013-05"),
        ("2013-5", "2013-05"),
        ("5.2013", "2013-05"),
        ("05-2013", "2013-05"),
        ("5/2013", "2013-05"),
        ("5 2013", "2013-05"),
        ("2013-05-17", "2013-05-17"),
        ("2013-5-1", "2013-05-01"),
        ("17.5.2013", "2013-05-17"),
        ("17. 5. 2013", "2013-05-17"),
        ("17-05-2013", "2013-05-17"),
        ("17/5/2013", "2013-05-17"),
        ("5/6/2013", "2013-06-05"),  # the day comes first in Denmark
        ("29.2.2020", "2020-02-29"),
        ("1886", "1886"),
    ],
)
def test_a_date_is_read_as_typed_and_made_no_more_exact(typed, kept):
    assert read_partial_date(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("x", "", " ", "-", "2013-13", "13-2013", "2013-00", "0-2013", "31-02-2020", "31.4.2020"),
        *("29.2.2019", "32-01-2020", "2020-02-30", "13", "213", "20133", "2013-", "-2013"),
        *("17.5.13", "2013-05-17-01", "2013-W05", "maj 2013", "i 2013", "12/31/2013", "2013-5-1x"),
        *("nan", "\x00", "2013\x00", "2013\n05\n17\n", "9" * 5000, "٢٠١٣-١٣", "0000", "2013/2014"),
    ],
    ids=lambda typed: repr(typed)[:20],
)
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refused:
        read_partial_date(typed)
    assert refused.value.code == "date"
    assert "2013" in str(refused.value.message)


@pytest.mark.parametrize("typed", ["0013", "0001-05", "1.1.0013", "0999"])
def test_a_year_nobody_means_is_refused_or_kept_so_that_it_sorts(typed):
    try:
        kept = read_partial_date(typed)
    except ValidationError:
        return
    assert len(kept.split("-")[0]) == 4


def test_what_was_read_reads_the_same_again():
    for typed in ("2013", "5.2013", "17.5.2013", "1.1.1900", "31.12.2099"):
        kept = read_partial_date(typed)
        assert read_partial_date(kept) == kept


def test_kept_dates_sort_by_time():
    kept = [read_partial_date(t) for t in ("1.1.2012", "2.2012", "10.10.2012", "1.2013", "2014")]
    assert kept == sorted(kept)


@pytest.mark.parametrize(
    ("kept", "danish", "english"),
    [
        ("2013", "2013", "2013"),
        ("2013-05", "maj 2013", "May 2013"),
        ("2013-05-17", "17. maj 2013", "May 17, 2013"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_date_is_shown_in_words_of_the_language_in_use(kept, danish, english):
    with translation.override("da"):
        assert show_partial_date(kept).lower() == danish
    with translation.override("en"):
        assert show_partial_date(kept) == english


@pytest.mark.parametrize(
    ("kept", "number"),
    [("2013", 2013), ("2013-07", 2013.5), ("2013-01-01", 2013), ("2013-12-31", 2013.9988)],
)
def test_a_date_has_a_place_on_an_axis(kept, number):
    assert decimal_year(kept) == pytest.approx(number, abs=0.001)


def test_later_is_further_along_the_axis():
    kept = ["2012", "2012-02", "2012-02-28", "2012-03", "2012-12-31", "2013", "2013-01-02"]
    places = [decimal_year(date) for date in kept]
    assert places == sorted(set(places))


def test_a_model_keeps_the_date_as_it_was_meant(area):
    association = make_association(area)
    association.founded = "17.5.2013"
    association.full_clean()
    association.save()
    assert Association.objects.get().founded == "2013-05-17"


def test_a_model_refuses_nonsense_and_takes_nothing_where_it_may(area):
    association = make_association(area)
    association.founded = "31-02-2020"
    with pytest.raises(ValidationError) as refused:
        association.full_clean()
    assert set(refused.value.message_dict) == {"founded"}
    association.founded = ""
    association.full_clean()


def test_a_milestone_must_have_a_date(area):
    with pytest.raises(ValidationError) as refused:
        Milestone(association=make_association(area), text="Begyndte").full_clean()
    assert set(refused.value.message_dict) == {"date"}
