"""How often somebody without an account may try: counted by her machine, and forgotten again."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from assetmap.areas.limits import forget_old_tries, within_limit

ACTIONS = ["open_receipt", "answer_approval", "register", "propose", "send_link"]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def tries(rf, settings):
    """Tries an action a number of times from an address, and says which went on."""
    settings.ACCOUNT_RATE_LIMITS = {"knock": "3/m/ip", "write": "9/m/ip,2/m/key"}

    def tries(action, times, address="192.0.2.7", key=None, method="post"):
        request = getattr(rf, method)("/", REMOTE_ADDR=address)
        return [bool(within_limit(request, action, key)) for _ in range(times)]

    return tries


def test_one_too_many_is_refused(tries):
    assert tries("knock", 5) == [True, True, True, False, False]


def test_somebody_elsewhere_is_not_in_the_way(tries):
    tries("knock", 5)
    assert tries("knock", 1, "192.0.2.8") == [True]


def test_a_limit_for_each_address_that_is_written_to(tries):
    assert tries("write", 3, key="ida@example.org") == [True, True, False]
    assert tries("write", 1, key="bo@example.org") == [True]


def test_one_machine_of_a_home_counts_as_all_of_them(tries):
    """Whoever has one IPv6 address has millions of them."""
    tries("knock", 3, "2001:db8:1:2::1")
    assert tries("knock", 1, "2001:db8:1:2::ffff") == [False]


def test_looking_is_no_try(tries):
    assert tries("knock", 9, method="get") == [True] * 9


@pytest.mark.parametrize("action", ACTIONS)
def test_what_visitors_may_do_has_a_limit(rf, action):
    assert action in site.ACCOUNT_RATE_LIMITS
    answers = [bool(within_limit(rf.post("/"), action, "key")) for _ in range(100)]
    assert answers[0] and not answers[-1]


def test_an_address_that_is_written_to_is_not_kept_in_words(tries):
    tries("write", 1, key="ida@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rate_limits")
        rows = str(cursor.fetchall())
    assert "rl" in rows
    assert "ida" not in rows


def test_what_counts_no_more_is_forgotten_and_the_rest_counts_on(tries):
    tries("knock", 3)
    assert forget_old_tries() == 0
    assert tries("knock", 1) == [False]
    past = connection.ops.adapt_datetimefield_value(timezone.now() - timedelta(minutes=5))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rate_limits SET expires = %s", [past])
    assert forget_old_tries() >= 1
    assert tries("knock", 1) == [True]


def test_the_table_of_tries_is_made_and_removed_by_its_migration(db):
    """The reverse drops the table; forwards makes it again, and does no harm where it is."""
    migration = import_module("assetmap.areas.migrations.0003_rate_limits")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        steps = [(migration.remove, False), (migration.make, True), (migration.make, True)]
        for step, there in steps:
            step(None, editor)
            assert ("rate_limits" in connection.introspection.table_names()) is there
