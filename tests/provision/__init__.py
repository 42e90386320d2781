"""Makes what the tests need on a bare machine: Chromium, PostgreSQL and gettext.

`provide()` looks for each of them and installs what it can. What cannot be had is a sentence
that says how to get it: an error in CI, and elsewhere a loud report and skipped tests.
"""

import os
from dataclasses import dataclass, field

from tests.provision import chromium, gettext, postgres
from tests.provision.errors import Missing

__all__ = ["Missing", "Provision", "frame", "in_ci", "provide"]

TOOLS = {"ASSETMAP_CHROMIUM": chromium.provide, "ASSETMAP_XGETTEXT": gettext.provide}
WIDTH = 79


@dataclass
class Provision:
    """What was found: variables for the tests, and a sentence for each thing that was not."""

    variables: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    postgres: bool = False


def provide():
    """Find or install everything the tests need."""
    found = Provision()
    for variable, tool in TOOLS.items():
        try:
            found.variables[variable] = tool()
        except Missing as error:
            found.missing.append(str(error))
    try:
        postgres.find_binaries()
        found.postgres = True
    except Missing as error:
        found.missing.append(str(error))
    return found


def in_ci():
    """Say whether this is a CI run, where a skipped test must not pass for a green one."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def frame(sentences):
    """Return the sentences in a block that nobody overlooks."""
    edge = "!" * WIDTH
    return "\n".join(
        [edge, "NOT EVERYTHING CAN BE TESTED HERE", *(f"* {text}" for text in sentences), edge]
    )
