"""The test of the house: what a fifth layer touches.

One new app folder, one template folder, one test folder, and one line each in INSTALLED_APPS,
urls.py and Layer. It is really added, to a copy of the code, and its tests are run there.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(
    *(".venv", ".git", "var", "__pycache__", ".pytest_cache", ".ruff_cache", ".provision"),
    *("browser", "node_modules", "*.sqlite3*", "bench", "data"),
)

FILES = {
    "events/__init__.py": "",
    "events/apps.py": """\
        from django.apps import AppConfig
        from django.utils.translation import gettext_lazy as _


        class EventsConfig(AppConfig):
            name = "events"
            verbose_name = _("events")
        """,
    "events/models.py": """\
        from django.db import models
        from django.utils.translation import gettext_lazy as _

        from assetmap.areas.validators import refuse_cpr
        from assetmap.inventory.models import Asset


        class Event(Asset):
            \"\"\"Something that happens once, where neighbours meet.\"\"\"

            when = models.CharField(_("when"), max_length=100, blank=True, validators=[refuse_cpr])

            class Meta:
                verbose_name = _("event")
                verbose_name_plural = _("events")
        """,
    "events/forms.py": """\
        from assetmap.inventory.forms import AssetForm

        from .models import Event


        class EventForm(AssetForm):
            own_fields = ["when"]

            class Meta:
                model = Event
                fields = [*AssetForm.Meta.fields, "when"]
        """,
    "events/urls.py": """\
        from assetmap.inventory.generic import layer_urls

        from .forms import EventForm

        app_name = "events"
        urlpatterns = layer_urls(EventForm)
        """,
    "events/migrations/__init__.py": "",
    "templates/events/_facts.html": """\
        {% load i18n %}
        <dl class="facts">
          {% if asset.when %}
            <div><dt>{% translate "When" %}</dt><dd>{{ asset.when }}</dd></div>
          {% endif %}
        </dl>
        """,
    "tests/events/__init__.py": "",
    "tests/events/test_events.py": """\
        from events.models import Event
        from tests import factories
        from tests.contracts import LayerContract


        def make_event(area, name=None, **fields):
            return factories.make_asset(Event, area, name, **fields)


        class TestEvent(LayerContract):
            model = Event
            make = staticmethod(make_event)
            minimal = {}
            own_field, own_value = "when", "Friday at five"
            own_shown = "<dt>When</dt><dd>Friday at five</dd>"


        def test_an_event_is_found_counted_and_drawn_like_any_other_layer(client, area):
            make_event(area, "Street party", latitude=55.6525, longitude=12.5968)
            page = client.get("/urbanplanen/?layer=event").content.decode()
            assert ">Street party</a>" in page
            assert 'id="layer-event"' in page
            answer = client.get("/urbanplanen/map.geojson?zoom=18").json()
            assert answer["features"][0]["properties"]["layer"] == "event"


        def test_an_event_may_be_tied(client, area):
            event, place = make_event(area, "Street party"), factories.make_place(area, "The yard")
            factories.make_link(event, place, "supports")
            page = client.get(event.get_absolute_url()).content.decode()
            assert "The yard" in page
        """,
}
# The only lines that change: (file, the line it stands after, the line).
LINES = [
    ("assetmap/settings.py", '    "places",\n', '    "events",\n'),
    (
        "assetmap/urls.py",
        '    path("<slug:area>/places/", include("places.urls")),\n',
        '    path("<slug:area>/events/", include("events.urls")),\n',
    ),
    (
        "assetmap/inventory/models/asset.py",
        '    PLACE = "place", _("place")\n',
        '    EVENT = "event", _("event")\n',
    ),
]
NEW = ("events/", "templates/events/", "tests/events/")


def add_line(file, after, line):
    text = file.read_text()
    assert text.count(after) == 1, f"{file.name} has not just one line {after!r}"
    file.write_text(text.replace(after, after + line))


def fingerprints(root):
    """Return {path: hash} of every file of the code."""
    return {
        str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in root.rglob("*")
        if file.is_file() and not {"__pycache__", "var", ".pytest_cache"} & set(file.parts)
    }


def run(root, *arguments):
    """Run Python in the copy, on its own data and with nothing of the tests' environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=kept | {"DEBUG": "1", "DATA_DIR": str(root / "var"), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The code with a fifth layer, and what its files were before."""
    root = tmp_path_factory.mktemp("fifth") / "copy"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    shutil.copytree(ROOT / "assetmap/inventory/data", root / "assetmap/inventory/data")
    before = fingerprints(root)
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(line.removeprefix(" " * 8) for line in text.splitlines(True)))
    for name, after, line in LINES:
        add_line(root / name, after, line)
    made = run(root, "manage.py", "makemigrations", "events")
    assert made.returncode == 0, made.stdout
    return root, before


def test_a_fifth_layer_needs_one_migration_and_only_its_own(copy):
    root, _ = copy
    assert (root / "events/migrations/0001_initial.py").exists()
    left = run(root, "manage.py", "makemigrations", "--check", "--dry-run")
    assert left.returncode == 0, left.stdout


def test_a_fifth_layer_passes_the_tests_that_every_layer_passes(copy):
    root, _ = copy
    done = run(root, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/events")
    assert done.returncode == 0, done.stdout[-5000:]
    assert " passed" in done.stdout


def test_a_fifth_layer_fits_into_the_house(copy):
    root, _ = copy
    done = run(root, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_imports.py")
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_fifth_layer_touches_three_lines_and_nothing_else(copy):
    root, before = copy
    after = fingerprints(root)
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed == {name for name, _, _ in LINES}
    new = set(after) - set(before)
    assert {name for name in new if not name.startswith(NEW)} == set()
    for name, _, line in LINES:
        without = (root / name).read_text().replace(line, "", 1)
        assert hashlib.sha256(without.encode()).hexdigest() == before[name]
