"""`make bench`: how fast the pages are on made-up assets, on this machine.

    make bench                       10,000 assets on SQLite
    make bench ARGS="--count 100000"
    DATABASE_URL=postgres://… make bench

Makes a database of its own, asks for each page as a visitor, and prints the median and the 95th
percentile in milliseconds, the number of queries and the size of the answer.
"""

import os
import tempfile

import django
from django.conf import settings

with tempfile.TemporaryDirectory(prefix="assetmap-bench-") as folder:
    # A local site that holds nothing yet, with static files under their own names.
    os.environ |= {"DEMO": "1", "DEBUG": "1", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assetmap.settings")
    django.setup()
    settings.DEBUG = False

    from bench.measure import main  # only now can the models be imported

    main()
