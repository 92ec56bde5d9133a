"""Records the examples of the API's description anew, on a throw-away database:

.venv/bin/python -m tests.api.record_examples
"""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine
from django.db import connection, transaction
from django.test.utils import override_settings, setup_test_environment

import tests.conftest  # noqa: F401  the servers, and the settings

NOW = datetime(2025, 10, 20, 3, tzinfo=UTC)


def main() -> None:
    """Load the seeds, ask every route, write the file; nothing else is left."""
    # Models can be imported only now.
    from negotiations.intake.seeds import load_folder
    from tests.api.office import open_office
    from tests.api.recording import (
        SEEDS,
        record_corrections,
        record_reads,
        record_writes,
        report_something,
        write_file,
    )

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    with (
        time_machine.travel(NOW, tick=False),
        override_settings(
            SITE_URL="https://parley.example", LEDGER_KEY=(b"example" * 4 + b"keys",)
        ),
    ):
        with transaction.atomic():
            office = open_office()
            told = record_writes(office)
            corrections = record_corrections(office)
            transaction.set_rollback(True)
        with transaction.atomic():
            load_folder(SEEDS, now=NOW)
            report_something(now=NOW)
            told |= record_reads() | corrections
            transaction.set_rollback(True)
    write_file(told)
    connection.creation.destroy_test_db(verbosity=0)


if __name__ == "__main__":
    main()
