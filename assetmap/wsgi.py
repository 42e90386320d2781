"""The door that gunicorn, or any other WSGI server, uses."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assetmap.settings")

application = get_wsgi_application()
