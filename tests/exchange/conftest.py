import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def site(settings):
    """The site as schemathesis asks it, which keeps the test's connection after a request."""
    settings.ALLOWED_HOSTS = ["localhost"]  # where schemathesis thinks the site is
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield at_home(WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def at_home(site):
    """The site, asked by a machine that has an address."""
    return lambda environ, start: site({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)
