import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assetmap.exchange.api.keys import digest, new_key
from assetmap.exchange.models import Token
from tests import factories


def make_token(user, **fields):
    """Return the key of a new token of the user."""
    key = new_key()
    fields = {"name": "Et program", "expires_at": timezone.now() + timedelta(days=1)} | fields
    Token.objects.create(user=user, digest=digest(key), **fields)
    return key


class Program:
    """What asks the API as a program does: JSON in and out, with or without a token."""

    def __init__(self, user=None, key=None):
        key = key or (make_token(user) if user else None)
        bearer = {"authorization": f"Bearer {key}"} if key else {}
        self.client = Client(headers={"accept-language": "en", **bearer})

    def ask(self, method, path, body=None, **headers):
        """Return the response to a request; `path` begins after /api/v1."""
        sent = {} if body is None else {"data": json.dumps(body)}
        return self.client.generic(
            method, f"/api/v1{path}", content_type="application/json", headers=headers, **sent
        )

    def get(self, path):
        return self.ask("GET", path).json()


def refusal(response, status):
    """Return the sentence in which a request was refused, with this status."""
    assert response.status_code == status, response.content
    return response.json()["detail"]


@pytest.fixture
def visitor(area):
    return Program()


@pytest.fixture
def keeper(coordinator):
    """The program of a coordinator of the area."""
    return Program(coordinator)


@pytest.fixture
def garden(area):
    return factories.make_place(area, "Fælleshaven")


@pytest.fixture
def club(area):
    return factories.make_association(area, "Klubben")
