#!/usr/bin/env python
"""Django's command line for assetmap."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from environs import EnvError


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assetmap.settings")
    try:
        execute_from_command_line(sys.argv)
    except (EnvError, ImproperlyConfigured) as error:
        sys.exit(f"assetmap cannot start: {error}")


if __name__ == "__main__":
    main()
