"""Gives every test run its own databases on the embedded test server, before Django has settings.

The run's first process starts the server and holds it. The processes of xdist inherit the
addresses, so they start nothing, and pytest-django gives each of them a database of its own.
DATABASE_URL and BROKER_URL, where set, win.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any
from uuid import uuid4

import django
import pytest
from django.conf import settings
from django.db import connections

from tests.migrated import forget, migrated
from tracker.catalogues import compile_catalogue, stale_catalogues
from tracker.local import provide

# Half of the time of collecting would go into looking for garbage among what is there to stay.
gc.disable()

# At import, and DJANGO_SETTINGS_MODULE here rather than in pyproject.toml: pytest-django would
# otherwise read the settings before any conftest could say where the database is.
_SERVERS = provide(os.environ, purpose="test")
_URL = os.environ["DATABASE_URL"]
_INSIDE = "PYTEST_XDIST_WORKER" in os.environ
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# Tests ask more often than anybody; limits have tests of their own.
os.environ.update(RATE_ANONYMOUS="0", RATE_TOKEN="0", RATE_SUBSCRIPTIONS="0", RATE_REPORTS="0")
django.setup()
# Static files under their own names, so that nothing has to be collected first; not by a fixture,
# for those of modules ask for pages before those of functions are there.
_PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": _PLAIN}
settings.STATIC_ROOT = settings.BASE_DIR / "negotiations" / "static"
# What makes a password dear to guess makes every account of a test dear, and is Django's.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not _INSIDE:
    for catalogue in stale_catalogues():
        compile_catalogue(catalogue)


def pytest_configure(config: pytest.Config) -> None:
    """Who hands tests out has their database migrated while others collect them."""
    if _INSIDE or not config.getoption("numprocesses", None):
        return
    forget(_URL)
    maker = Thread(target=migrated, args=[_URL])
    maker.start()
    config.add_cleanup(lambda: forget(_URL))
    config.add_cleanup(maker.join)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:  # noqa: ARG001
    """One process among others copies that database: to migrate takes a dozen seconds each."""
    if _INSIDE:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = migrated(_URL)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Who hands out files as a whole keeps those on one site together."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.together import Together

    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that are made of one function for many routes share its name, and `--dist loadfile`
    runs each name once: they are numbered.
    """
    named = Counter[str]()
    for item in items:
        named[name := item.nodeid] += 1
        if named[name] > 1 and item.parent is not None:
            item._id = item.parent.id.child(f"{item.name}[{named[name]}]")


def pytest_collection_finish() -> None:
    """What collecting made is no garbage: it need not be looked through ever again; and the little
    that each test makes, less often.
    """
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


@pytest.fixture(autouse=True)
def _own_cache(settings: Any) -> None:
    """A cache of this test's own: no other test uses up its tries."""
    settings.CACHES = {"default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex,
    }}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_in_memory(settings: Any) -> None:
    """No answer from memory: tests change records without acts, and ask the same again."""
    from negotiations.memory import answers

    settings.ANSWER_CACHE_MB = 0
    answers.cache_clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request leaves its language behind; the next test begins in English."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def client() -> Any:
    """A reader's client: a request that writes fails the test."""
    from tests.reading import ReadingClient

    return ReadingClient()


@pytest.fixture
def query_count() -> Callable[[Callable[[], Any]], int]:
    """How many SQL queries a call makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
