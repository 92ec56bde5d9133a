"""`manage.py verify_ledger`: recompute every hash and compare the record with it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.operations.verifying import verify_ledger


class Command(BaseCommand):
    """Names the first entry that was tampered with; exit code 1 then."""

    help = "Check the ledger's hash chain and every published row against it."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, fault = verify_ledger()
        if fault is not None:
            raise CommandError(f"Entry {fault.number}: {fault.why}.")
        self.stdout.write(f"{checked} entries checked; ledger and record agree.")
