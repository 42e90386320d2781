"""`python -m bench.inside MODULE.FUNCTION NUMBER`: calls a function of these modules.

What it measures is the database that the environment names; it prints a JSON object a line.
"""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

# Static files under their own names, so that they need not be collected; nothing else differs.
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def main(name, number):
    set_up()
    import_string(f"bench.inside.{name}")(number)  # by name: models come after the settings


def set_up():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assetmap.settings")
    settings.STORAGES = settings.STORAGES | STATIC
    settings.ROOT_URLCONF = "bench.urls"
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    import_string("assetmap.wsgi.application")  # sets Django up as a web process does


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)
