"""`python -m bench.one ROUNDS`: measures the database that the environment names.

Prints a JSON object a line, {"about": …} and then {"row": …} for each line of the table.
"""

import gc
import json
import os
import resource
import sys
from pathlib import Path

import django
from django.conf import settings

# Static files under their own names, so that they need not be collected; nothing else differs.
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def main(rounds):
    set_up()
    from bench.lines import lines  # only now can the models be imported
    from bench.measure import gather_statistics, measured
    from bench.subject import Subject

    gather_statistics()
    subject = Subject.found()
    tell("about", subject.about())
    for line in lines(subject):
        tell("row", measured(line, rounds))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tell("about", {"megabytes_of_memory": round(most / 1024)})


def set_up():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assetmap.settings")
    settings.STORAGES = settings.STORAGES | STATIC
    settings.ROOT_URLCONF = "bench.urls"
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    django.setup()
    gc.collect()
    gc.freeze()  # this and the next as assetmap/wsgi.py does
    gc.set_threshold(20_000)


def tell(name, value):
    print(json.dumps({name: value}), flush=True)


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
