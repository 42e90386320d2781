"""The house of DESIGN.md: imports point down only, and stand at the top of their module.

ground     assetmap.areas, and on it assetmap.inventory
1st floor  the layers, top-level packages: they know the ground and never each other
2nd floor  the other apps in assetmap: they know what is below, among themselves no circle
roof       settings, urls, wsgi: they name everything below, as strings; nobody imports them
"""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
GROUND = ["assetmap.areas", "assetmap.inventory"]  # the second may import the first
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class House:
    """An application as {module: source}; a package's own module is called "name.__init__"."""

    def __init__(self, sources):
        self.trees = {name: ast.parse(source) for name, source in sources.items()}
        self.apps = sorted({app_of(n) for n in sources if n.endswith(".__init__")} - {"assetmap"})
        self.layers = [app for app in self.apps if not app.startswith("assetmap.")]
        self.second = [app for app in self.apps if app not in (*GROUND, *self.layers)]

    def faults(self):
        """Return a sentence for everything that is not as it should be."""
        found = [
            f"{name} imports {target}"
            for name in self.trees
            for target in self.targets(name)
            if not self.may(app_of(name), target)
        ]
        for name, tree in self.trees.items():
            found += [*hidden(name, tree), *starred(name, tree), *signals(name, tree)]
        return [*found, *(f"circle: {' > '.join(path)}" for path in self.circles())]

    def targets(self, name):
        """The parts of the house that a module imports from, but for its own."""
        found = {app_of(full) for full in imported(name, self.trees[name])}
        return sorted(part for part in found - {app_of(name)} if self.is_part(part))

    def is_part(self, name):
        return name in self.apps or (name in self.trees and name.startswith("assetmap."))

    def may(self, app, target):
        if target not in self.apps:
            return app not in self.apps  # only the roof knows the roof
        if app in GROUND:
            return target in GROUND[: GROUND.index(app)]
        if app in self.layers:
            return target in GROUND
        return True

    def circles(self):
        """Return the circles on the second floor, as paths that end as they began."""
        edges = {app: set() for app in self.second}
        for name in self.trees:
            if (app := app_of(name)) in edges:
                edges[app] |= set(self.targets(name)) & set(edges)
        return [path for app in edges for path in ways_back(app, (app,), edges)]


def ways_back(start, path, edges):
    """Yield the ways from the end of a path back to its start, each circle from its first app."""
    for following in sorted(edges[path[-1]]):
        if following == start:
            yield (*path, start)
        elif following > start and following not in path:
            yield from ways_back(start, (*path, following), edges)


def app_of(name):
    """The app that a dotted name belongs to: two names deep in assetmap, one elsewhere."""
    parts = name.removesuffix(".__init__").split(".")
    return ".".join(parts[:2] if parts[0] == "assetmap" else parts[:1])


def imported(module, tree):
    """Yield the full name of everything that a module imports, relative imports resolved."""
    package = module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


def hidden(module, tree):
    """Imports inside functions, which dodge a circle instead of ending it."""
    return sorted(
        f"{module}:{node.lineno} imports inside a function"
        for function in ast.walk(tree)
        if isinstance(function, FUNCTIONS)
        for node in {id(inner): inner for inner in ast.walk(function)}.values()
        if isinstance(node, (ast.Import, ast.ImportFrom)) or is_import_call(node)
    )


def is_import_call(node):
    """Whether this is import_module("a.b") or the like: a name that is made up is no dodge."""
    if not (isinstance(node, ast.Call) and node.args):
        return False
    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
    dodges = ("import_module", "__import__", "import_string")
    return called in dodges and isinstance(node.args[0], ast.Constant)


def starred(module, tree):
    return [
        f"{module}:{node.lineno} imports a star"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]


# Not about rows: what the database keeps by itself is taken down and put up around a migration.
SIGNALS = "django.db.models.signals"
ABOUT_MIGRATING = {f"{SIGNALS}.pre_migrate", f"{SIGNALS}.post_migrate"}


def signals(module, tree):
    """A module that imports signals, whosever they are, or is named for them."""
    names = {*imported(module, tree), module}
    if names & ABOUT_MIGRATING:
        names -= {SIGNALS, *ABOUT_MIGRATING}
    used = any(
        "signals" in name.split(".") or name.startswith("django.dispatch") for name in names
    )
    return [f"{module} uses signals"] if used else []


def read_house(root):
    """Read all packages of the application: assetmap, and the layers beside it."""
    folders = [root / "assetmap", *(file.parent for file in sorted(root.glob("*/apps.py")))]
    return House(
        {
            ".".join(file.relative_to(root).with_suffix("").parts): file.read_text()
            for folder in dict.fromkeys(folders)
            for file in sorted(folder.rglob("*.py"))
        }
    )


# The house as it stands -------------------------------------------------------------------


def test_the_house_stands():
    assert read_house(ROOT).faults() == []


def test_the_whole_house_is_looked_at():
    house = read_house(ROOT)
    assert {"residents", "associations", "institutions", "places"} <= set(house.layers)
    assert {"assetmap.explore", "assetmap.demo"} <= set(house.second)
    assert {"assetmap.settings", "assetmap.inventory.models.asset", "places.models"} <= set(
        house.trees
    )
    assert "assetmap.inventory" in house.targets("places.models")
    assert "assetmap.areas" in house.targets("assetmap.inventory.models.asset")
    assert "places" in house.targets("assetmap.demo.city")


def test_every_app_of_the_house_is_installed(settings):
    installed = set(settings.INSTALLED_APPS)
    assert set(read_house(ROOT).apps) <= installed


# Planted faults ---------------------------------------------------------------------------

SOUND = {
    "assetmap.__init__": "",
    "assetmap.settings": "INSTALLED_APPS = ['assetmap.areas', 'places']",
    "assetmap.urls": "from assetmap.explore import views",
    "assetmap.areas.__init__": "",
    "assetmap.areas.models": "from django.db import models",
    "assetmap.inventory.__init__": "",
    "assetmap.inventory.models.__init__": "from .asset import Asset",
    "assetmap.inventory.models.asset": "from assetmap.areas.models import Area\nimport math",
    "assetmap.explore.__init__": "",
    "assetmap.explore.views": "from places.models import Place\nfrom assetmap.demo import people",
    "assetmap.demo.__init__": "",
    "assetmap.demo.people": "from assetmap.areas import models",
    "assetmap.network.__init__": "",
    "assetmap.network.views": "",
    "places.__init__": "",
    "places.models": "from assetmap.inventory.models import Asset\nimport django.conf",
    "residents.__init__": "",
    "residents.models": "from .names import NAMES",
    "residents.names": "NAMES = []",
}


def test_a_sound_house_has_no_faults():
    assert House(SOUND).faults() == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        ("assetmap.areas.models", "import assetmap.inventory", "imports assetmap.inventory"),
        ("assetmap.areas.models", "from ..inventory import models", "imports assetmap.inventory"),
        ("assetmap.areas.models", "from .. import inventory", "imports assetmap.inventory"),
        ("assetmap.areas.models", "from assetmap import inventory", "imports assetmap.inventory"),
        ("assetmap.areas.models", "from places.models import Place", "imports places"),
        ("assetmap.inventory.models.asset", "from places import models", "imports places"),
        ("assetmap.inventory.models.asset", "from ...explore import views", "assetmap.explore"),
        ("assetmap.inventory.models.__init__", "from ...explore import views", "assetmap.explore"),
        ("places.models", "import residents.models", "places.models imports residents"),
        ("places.models", "from assetmap.explore import views", "imports assetmap.explore"),
        ("places.models", "from assetmap import settings", "imports assetmap.settings"),
        ("assetmap.demo.people", "import assetmap.urls", "imports assetmap.urls"),
        ("assetmap.demo.people", "from assetmap.explore import views", "circle: assetmap.demo >"),
        ("places.models", "def f():\n    import math", "places.models:2 imports inside"),
        ("places.models", "class A:\n    def f(self):\n        from math import e", "inside"),
        ("places.models", "async def f():\n    import math", "imports inside a function"),
        ("places.models", "f = lambda: __import__('math')", "imports inside a function"),
        ("places.models", "def f():\n    import_module('residents.models')", "inside a function"),
        ("places.models", "from math import *", "places.models:1 imports a star"),
        ("places.models", "from django.db.models.signals import post_save", "uses signals"),
        ("places.models", "from django.db.models.signals import pre_delete", "uses signals"),
        ("places.models", "from django.db.models import signals", "uses signals"),
        ("places.models", "from django.dispatch import receiver", "uses signals"),
        ("places.signals", "", "places.signals uses signals"),
        ("places.models", "if True:\n    import residents", "places.models imports residents"),
    ],
)
def test_a_planted_fault_is_found(module, source, fault):
    faults = House(SOUND | {module: source}).faults()
    assert any(fault in found for found in faults), faults


def test_a_longer_circle_is_found_once():
    planted = {
        "assetmap.demo.people": "import assetmap.network.views",
        "assetmap.network.views": "import assetmap.explore.views",
    }
    wanted = "assetmap.demo > assetmap.network > assetmap.explore > assetmap.demo"
    assert House(SOUND | planted).faults() == [f"circle: {wanted}"]


def test_a_file_on_disk_with_a_fault_is_found(tmp_path):
    for name, source in (SOUND | {"places.models": "import residents"}).items():
        file = tmp_path / f"{name.replace('.', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
    for layer in ("places", "residents"):
        (tmp_path / layer / "apps.py").write_text("")
    assert read_house(tmp_path).faults() == ["places.models imports residents"]
