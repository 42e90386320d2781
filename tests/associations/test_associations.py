import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from associations.models import Association, Figure, Milestone
from tests import factories
from tests.contracts import CPR, LayerContract, as_shown, form_data, text_of


class TestAssociation(LayerContract):
    model = Association
    make = staticmethod(factories.make_association)
    minimal = {"stage": "activity"}
    own_field, own_value = "meeting_times", "Tuesdays at 19"
    own_shown = "Tuesdays at 19"


@pytest.fixture
def association(area):
    return factories.make_association(area, "Bylauget", stage="group")


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def add(client, area, **fields):
    data = form_data(
        **{"name": "Bylauget", "visibility": "public", "stage": "group"} | fields,
    )
    return client.post(reverse("associations:add", args=[area.slug]), data)


def errors_of(response, prefix):
    formsets = {formset.prefix: formset for formset in response.context["form"].formsets}
    return formsets[prefix].errors


# The way


def test_milestones_are_added_with_the_form_and_shown_in_order(coordinating, area):
    saved = add(
        coordinating,
        area,
        milestones=[
            {"date": "17.5.2014", "text": "The statutes", "stage": "association"},
            {"date": "5.2013", "text": "Six hives on a roof", "stage": "activity"},
            {"date": "2013", "text": "A conversation", "stage": "idea"},
        ],
    )
    assert [m.date for m in Association.objects.get().milestones.all()] == [
        *("2013", "2013-05", "2014-05-17"),
    ]
    page = text_of(coordinating.get(saved.headers["location"]))
    shown = ["<strong>2013</strong> A conversation", "<strong>May 2013</strong> Six hives"]
    places = [page.index(text) for text in (*shown, "17, 2014</strong> The statutes")]
    assert places == sorted(places)


def test_way_says_when_each_stage_was_reached(association):
    for date, stage in (("2013", "idea"), ("2013-05", "activity"), ("2015", "")):
        Milestone.objects.create(association=association, date=date, text="x", stage=stage)
    with override("en"):
        assert association.way == [
            ("idea", "2013", False),
            ("activity", "May 2013", False),
            ("group", "", True),
            ("association", "", False),
            ("self-running", "", False),
        ]


def test_milestone_can_be_changed_and_removed(coordinating, association):
    for text in ("Wrong", "Gone"):
        Milestone.objects.create(association=association, date="2013", text=text)
    page = coordinating.get(association.url("edit"))
    changes = {"milestones-0-text": "Right", "milestones-1-DELETE": "on"}
    coordinating.post(association.url("edit"), as_shown(page, **changes))
    assert list(association.milestones.values_list("text", flat=True)) == ["Right"]


@pytest.mark.parametrize("date", ["31.2.2013", "13.2013", "once", "99999", "2013-05-17-01"])
def test_impossible_date_is_refused_with_a_sentence(coordinating, area, date):
    refused = add(coordinating, area, milestones=[{"date": date, "text": "x"}])
    assert "Write a year (2013), a month (5.2013) or a date (17.5.2013)." in text_of(refused)
    assert not Association.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2013", "2013"),
        ("5.2013", "2013-05"),
        ("05/2013", "2013-05"),
        ("17.5.2013", "2013-05-17"),
        ("17/5 2013", "2013-05-17"),
        ("17-05-2013", "2013-05-17"),
        ("2013-05-17", "2013-05-17"),
    ],
)
def test_founding_date_is_read_in_danish_order(coordinating, area, typed, kept):
    add(coordinating, area, founded=typed)
    assert Association.objects.get().founded == kept


def test_kept_date_is_not_made_more_exact_by_an_edit(coordinating, association):
    Association.objects.update(founded="2013-05")
    page = coordinating.get(association.url("edit"))
    coordinating.post(association.url("edit"), as_shown(page, name="Bylauget Amager"))
    assert Association.objects.get().founded == "2013-05"


# Figures


def test_figures_are_added_with_the_form_and_shown(coordinating, area):
    rows = [
        {"date": "2013", "measure": "honey", "value": "300", "unit": "kg"},
        {"date": "2014", "measure": "honey", "value": "1250.5", "unit": "kg", "precision": "over"},
        {"measure": "hives", "value": "100", "precision": "about"},
    ]
    saved = add(coordinating, area, figures=rows)
    page = text_of(coordinating.get(saved.headers["location"]))
    assert "Honey (kg)</figcaption>" in page
    assert "over 1,250.50 kg" in page
    assert "about 100" in page
    assert 'class="chart"' in page
    assert Figure.objects.get(date="2014").value == Decimal("1250.50")


def test_curves_are_measures_taken_more_than_once(association):
    for measure, unit, date in (
        *(("honey", "kg", "2014"), ("honey", "kg", "2013")),
        *(("honey", "kr.", "2013"), ("members", "", "2013")),
    ):
        Figure.objects.create(
            association=association, measure=measure, unit=unit, date=date, value=1
        )
    assert {key: [f.date for f in rows] for key, rows in association.curves.items()} == {
        ("honey", "kg"): ["2013", "2014"]
    }
    assert sorted((f.measure, f.unit) for f in association.numbers) == [
        ("honey", "kr."),
        ("members", ""),
    ]


@pytest.mark.parametrize("values", [(0, 0), (-3, -5), (7, 7)])
@pytest.mark.parametrize("date", ["", "2013"])
def test_flat_curve_is_drawn(client, association, values, date):
    for value in values:
        Figure.objects.create(association=association, measure="saved", date=date, value=value)
    page = text_of(client.get(association.url("detail")))
    line = page.partition("<polyline")[2].partition("/>")[0]
    assert re.fullmatch(r' class="line" points="(-?\d+\.\d,-?\d+\.\d ){2}" ', line)


@pytest.mark.parametrize("value", ["", "many", "nan", "1e30", "0.001"])
def test_figure_that_is_no_number_is_refused(coordinating, area, value):
    refused = add(coordinating, area, figures=[{"measure": "honey", "value": value}])
    assert "value" in errors_of(refused, "figures")[0]
    assert not Association.objects.exists()


@pytest.mark.parametrize(
    ("prefix", "row"),
    [
        ("milestones", {"date": "2013", "text": f"Met {CPR}"}),
        ("figures", {"measure": CPR, "value": "1"}),
        ("figures", {"measure": "members", "value": "1", "unit": CPR}),
    ],
    ids=["milestone", "measure", "unit"],
)
def test_cpr_number_is_refused_in_rows(coordinating, area, prefix, row):
    refused = add(coordinating, area, **{prefix: [row]})
    assert not Association.objects.exists()
    assert "This looks like it holds a CPR number." in str(errors_of(refused, prefix))


def test_association_with_a_long_history_can_still_be_edited(coordinating, association):
    Figure.objects.bulk_create(
        Figure(association=association, measure="members", date=str(1800 + n), value=n)
        for n in range(200)
    )
    page = coordinating.get(association.url("edit"))
    coordinating.post(association.url("edit"), as_shown(page, name="Old guild"))
    assert Association.objects.get().name == "Old guild"


# CVR and the rest


def test_cvr_number_that_adds_up_is_kept_and_shown(coordinating, area):
    saved = add(coordinating, area, cvr="13585628")
    assert "<dt>CVR</dt><dd>13585628</dd>" in text_of(coordinating.get(saved.headers["location"]))


@pytest.mark.parametrize("cvr", ["13585627", "1358562", "abcdefgh", "00000000", "135856280"])
def test_wrong_cvr_number_is_refused(coordinating, area, cvr):
    refused = add(coordinating, area, cvr=cvr)
    assert "cvr" in refused.context["form"].errors
    assert not Association.objects.exists()


def test_stage_moves_without_a_new_record(coordinating, association):
    page = coordinating.get(association.url("edit"))
    coordinating.post(association.url("edit"), as_shown(page, stage="self_running"))
    kept = Association.objects.get()
    assert (kept.pk, kept.stage) == (association.pk, "self_running")
    assert "self-running" in text_of(coordinating.get(kept.url("detail")))


def test_unknown_stage_is_refused(coordinating, area):
    refused = add(coordinating, area, stage="bankrupt")
    assert "stage" in refused.context["form"].errors
    assert not Association.objects.exists()
