"""The door that gunicorn, or any other WSGI server, uses."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assetmap.settings")

application = get_wsgi_application()

# What is there from the start stays until the end: the collector need not look through it each
# time that a page has made many small things, which took a tenth of a second now and then. A page
# that reads thousands of rows is not stopped by it a dozen times either.
gc.collect()
gc.freeze()
gc.set_threshold(20_000)
