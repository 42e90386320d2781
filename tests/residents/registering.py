"""Walks through a registration as a browser does, and looks at what is left of it."""

from django.db import connection
from django.test import Client
from django.urls import reverse

from assetmap.areas.models import Receipt, User
from assetmap.inventory.models import Asset
from residents.models import Resident

ANSWERS = {
    "gifts": {"gifts": ["FG7"]},
    "how": {"mode-FG7": "can"},
    "about": {},
    "who": {
        **{"name_shown": "first", "called": "Fatma Yilmaz"},
        **{"visibility": "private", "contact_visibility": "private"},
    },
    "finish": {"keep": "on"},
}
STEPS = {
    "quick": ["gifts", "who", "finish"],
    "long": ["gifts", "how", "about", "who", "finish"],
    "young": ["gifts", "who", "finish"],
}


def visitor():
    """Another browser, in which nobody is signed in."""
    return Client(headers={"accept-language": "en"})


def step_url(area, step):
    return reverse("register:step", args=[area.slug, step])


def start_url(area):
    return reverse("register:start", args=[area.slug])


def start(client, area, way="quick"):
    return client.post(start_url(area), {"way": way})


def send(client, area, step, **fields):
    """Send one step's form; a field with a hyphen is given as **{"mode-FG7": "teach"}."""
    data = {f"{step}-{name}": value for name, value in fields.items()}
    return client.post(step_url(area, step), data | {f"register-{area.slug}-current_step": step})


def answer(client, area, step, **fields):
    return send(client, area, step, **{**ANSWERS[step], **fields})


def fill_in(client, area, way="quick", **told):
    """Begin, and answer all but the last step; `told` are other answers, as {step: fields}."""
    start(client, area, way)
    for step in STEPS[way][:-1]:
        sent = answer(client, area, step, **told.get(step, {}))
        assert sent.status_code == 302, sent.context["form"].errors


def register(client, area, way="quick", **told):
    """Register from the start, and return the answer to the last step: the receipt."""
    fill_in(client, area, way, **told)
    last = {} if way == "young" else ANSWERS["finish"]
    return send(client, area, "finish", **{**last, **told.get("finish", {})})


def open_with(client, area, code):
    return client.post(reverse("me:open", args=[area.slug]), {"code": code})


def signed_in(client):
    return client.session.get("_auth_user_id")


def nothing_is_written():
    return not (Asset.objects.exists() or User.objects.exists() or Receipt.objects.exists())


def only_record():
    return Resident.objects.select_related("owner").get()


def rows_with(text):
    """All (table, row) in which the text stands; what a session holds is packed and not seen."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield from ((table, row) for row in cursor.fetchall() if text in str(row))
