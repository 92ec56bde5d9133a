"""Gives every test run its own databases on the embedded test server, before Django has settings.

The run's first process starts the server and holds it. The processes of xdist inherit the
addresses, so they start nothing, and pytest-django gives each of them a database of its own.
DATABASE_URL and BROKER_URL, where set, win.
"""

from __future__ import annotations

import os

import django

from tracker.catalogues import compile_catalogue, stale_catalogues
from tracker.local import provide

# At import, and DJANGO_SETTINGS_MODULE here rather than in pyproject.toml: pytest-django would
# otherwise read the settings before any conftest could say where the database is.
_SERVERS = provide(os.environ, purpose="test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()
if "PYTEST_XDIST_WORKER" not in os.environ:
    for catalogue in stale_catalogues():
        compile_catalogue(catalogue)
