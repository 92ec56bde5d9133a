"""Brings database, catalogues, static files and seeds up to date before `make run` starts serving.

A process of its own, so that the parent of all the others need not carry Django. Each step that has
work says so.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
os.environ["DATABASE_LIMITS"] = "0"  # a migration or a seed may take longer than a web request

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tracker.catalogues import compile_catalogue, stale_catalogues
from tracker.run_clock import say


def main() -> None:
    """Do all steps in order; an error ends the process with its traceback."""
    django.setup()
    migrate()
    compile_catalogues()
    collect_static()
    seed()
    demo()


def migrate() -> None:
    """Apply the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Database tables ({len(plan)} migrations)")
        call_command("migrate", verbosity=0, interactive=False)


def compile_catalogues() -> None:
    """Compile each translation catalogue that is newer than its compiled form."""
    for source in stale_catalogues():
        say(f"Translations ({source.parts[-3]})")
        compile_catalogue(source)


def collect_static() -> None:
    """Collect and compress the static files when one of them changed; with DEBUG they are served in
    place.
    """
    if settings.DEBUG:
        return
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    digest = _static_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Static files")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest)


def _static_digest() -> str:
    files = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            files.append((path, found.st_size, found.st_mtime_ns))
    return hashlib.sha256(
        json.dumps([settings.STATIC_URL, settings.STORAGES, sorted(files)]).encode()
    ).hexdigest()


def seed() -> None:
    """Replay the seeds; those that the record has already are left alone by the command itself.

    What they tell is made ready, so that the first reader need not wait for a worker.
    """
    if "seed" in get_commands():
        say("Seeds")
        call_command("seed")
        call_command("rebuild", follow=True, verbosity=0)


def demo() -> None:
    """Make the accounts of the demo, where this is a run for trying out."""
    if settings.DEMO_FOLDER:
        from negotiations.intake.demo import make_officers

        make_officers(now=timezone.now())


if __name__ == "__main__":
    main()
