"""`manage.py export [FOLDER]`: writes a set of files with everything that is public."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from negotiations.api.nightly_writing import Underway, write_set


class Command(BaseCommand):
    """Writes NDJSON, CSV and, where it is installed, Parquet; prints the folder."""

    help = "Write a set of files with everything that is public, as the nightly run does."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument(
            "folder", nargs="?", type=Path,
            help="where the sets lie; default: EXPORT_ROOT",
        )  # fmt: skip

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        """Write it."""
        try:
            self.stdout.write(str(write_set(folder or settings.EXPORT_ROOT)))
        except Underway as underway:
            raise CommandError(str(underway)) from None
