"""`manage.py rebuild`: make the pieces of all published rows, and the ledger's subtrees, again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from negotiations.api.pieces import make_pieces, rebuild
from negotiations.operations.subtrees import drop_subtrees, keep_subtrees


class Command(BaseCommand):
    """Drops and makes them; with --follow only makes what is missing. Readers need not wait."""

    help = "Make ready what is told of published rows, and of the ledger's tree (projections)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--follow", action="store_true", help="keep those that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        if not options["follow"]:
            drop_subtrees()
        while keep_subtrees():
            pass
        if options["follow"]:
            while make_pieces():
                number += 1
            if options["verbosity"]:
                self.stdout.write(f"{number} steps; the pieces follow the ledger.")
            return
        for number in rebuild():
            if options["verbosity"] > 1:
                self.stdout.write(f"… {number}")
        self.stdout.write(f"The pieces follow the ledger up to entry {number}.")
