"""What belongs to an area is worked out from the models; what stays behind is named."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.exchange.backup.tables import (
    COLUMNS_LEFT_OUT,
    LEFT_OUT,
    NOT_FOR_COORDINATORS,
    ONLY_ROWS,
    columns,
    numbered,
    owner_of_key,
    tables,
)
from assetmap.exchange.backup.writing import write_backup
from assetmap.inventory.models import Asset, layer_models
from tests.factories import make_area, make_offering, make_place, make_user

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def test_every_table_of_the_site_is_backed_up_or_left_out_by_name():
    left = {n for n, model in MODELS.items() if {n, model._meta.app_label} & set(LEFT_OUT)}
    assert set(MODELS) - left == {model._meta.label for model in tables()}


def test_what_is_left_out_by_name_is_there():
    known = set(MODELS) | {model._meta.app_label for model in MODELS.values()}
    assert set(LEFT_OUT) <= known
    assert NOT_FOR_COORDINATORS | set(ONLY_ROWS) <= set(MODELS)
    for label, names in COLUMNS_LEFT_OUT.items():
        assert names <= {field.name for field in MODELS[label]._meta.local_concrete_fields}


def test_every_layer_comes_along():
    assert set(layer_models().values()) <= set(tables())


def test_a_table_comes_after_those_that_its_rows_name():
    done = set()
    for model in tables():
        named = {f.related_model for f in columns(model) if f.related_model} & set(tables())
        assert named <= done, model
        done.add(model)


def test_what_is_not_in_the_backup_is_named_by_a_code_of_its_own():
    targets = {
        owner_of_key(f.related_model) for m in tables() for f in columns(m) if f.is_relation
    }
    outside = targets - numbered()
    assert [model.__name__ for model in outside] == ["Gift"]
    assert all(model._meta.get_field("code").unique for model in outside)


def test_a_backup_asks_the_database_as_often_however_many_rows_there_are(area, tmp_path):
    def queries():
        with open(tmp_path / "x.zip", "wb") as file, CaptureQueriesContext(connection) as asked:
            write_backup(area, file)
        return len(asked)

    def fill(number):
        for _ in range(number):
            owner = make_user("resident", area)
            make_offering(make_place(area, owner=owner), "FG7")

    fill(1)
    one = queries()
    fill(9)
    assert queries() == one
    assert Asset.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_of_one_moment_and_leaves_the_connection_as_it_was(tmp_path):
    """Outside of a transaction, as the command runs: it takes one of its own and ends it."""
    area = make_area()
    with open(tmp_path / "x.zip", "wb") as file, CaptureQueriesContext(connection) as asked:
        write_backup(area, file)
    began = {"sqlite": "BEGIN DEFERRED", "postgresql": "SET TRANSACTION ISOLATION LEVEL"}
    assert any(q["sql"].startswith(began[connection.vendor]) for q in asked.captured_queries)
    assert connection.get_autocommit() and not connection.in_atomic_block
    make_place(area)
