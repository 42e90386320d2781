"""GNU gettext, which the test of the catalogues compares the templates with."""

import shutil

from tests.provision import apt
from tests.provision.errors import Missing

PROGRAMS = ("xgettext", "msgfmt")


def provide():
    """Return the path of xgettext; msgfmt and the others stand beside it."""
    if not _complete():
        apt.install("gettext")
    if not _complete():
        raise Missing(
            "gettext: the test that every text is translated needs xgettext and msgfmt. "
            "Install them (Debian: apt-get install gettext)."
        )
    return shutil.which("xgettext")


def _complete():
    return all(shutil.which(program) for program in PROGRAMS)
