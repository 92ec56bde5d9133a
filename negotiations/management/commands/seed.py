"""`manage.py seed [FOLDER]`: load a seeds folder; without a name, all that come with Parley."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from negotiations.intake.seeds import load_folder
from negotiations.refusals import Refusal


class Command(BaseCommand):
    """Loads all of a folder or nothing; loading again changes nothing."""

    help = "Load a seeds folder through the operations (form: seeds/README.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path)

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        own = Path(settings.BASE_DIR) / "seeds"
        folders = [folder] if folder else sorted(p for p in own.iterdir() if p.is_dir())
        for one in folders:
            self._load(one, verbose=int(options["verbosity"]) > 0)

    def _load(self, folder: Path, *, verbose: bool) -> None:
        try:
            counts = load_folder(folder, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for noun, new, there, differing in counts if verbose else ():
            line = f"{folder.name}: {noun.replace('_', ' ')}: {new} new, {there} already there"
            if differing:
                line += f", {differing} changed in the file since and left alone"
            self.stdout.write(line)
