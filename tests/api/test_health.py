"""What health says of work that waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client

from negotiations.models import LedgerEntry
from negotiations.operations.captures import claim, request_capture
from negotiations.operations.following import reading_on
from tests.api.office import Office
from tests.operations.desk import last_entry

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def _waits(reader: Client) -> int | None:
    age: int | None = reader.get("/api/v1/health/").json()["outbox_age_seconds"]
    return age


@time_machine.travel(NOON, tick=False)
def test_health_tells_how_long_work_waits(reader: Client, office: Office) -> None:
    """Of what is due the oldest; what a worker holds and what lies ahead does not wait."""
    for minutes in (-7, -3, 5):
        due = NOON + timedelta(minutes=minutes)
        request_capture(by=office.desk.drafter, now=due, url=f"https://a.example/{minutes}")
    assert _waits(reader) == 420
    claim(now=NOON)
    assert _waits(reader) == 180


def test_health_tells_how_long_acts_are_untold(reader: Client, office: Office) -> None:
    """A reader of the ledger that has stopped is work that waits, too."""
    with reading_on("webhooks"):
        pass
    number = last_entry().number
    with time_machine.travel(last_entry().at + timedelta(hours=2), tick=False):
        assert _waits(reader) == 0
    office.desk.published("status_change")
    first = LedgerEntry.objects.filter(public=True, number__gt=number).earliest("number")
    with time_machine.travel(first.at + timedelta(seconds=90), tick=False):
        assert _waits(reader) == 90
