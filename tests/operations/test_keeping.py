"""The nightly look: arranged once a night, told in the ledger once a change, and else silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import EvidenceCheck, HostTurn, LedgerEntry, Officer, Source
from negotiations.operations.judging import GONE, Altered, Finding, Quoted
from negotiations.operations.keeping import Look, failed, looked, next_look
from negotiations.operations.nights import arrange_night, look_again
from negotiations.operations.verifying import verify_ledger
from negotiations.refusals import Refusal
from negotiations.vocabulary import EvidenceState
from tests.operations.desk import NOW, TEXT, Desk, last_entry, refuses

QUOTATION = "We are close to a deal."
INTACT = Finding(state=EvidenceState.INTACT)
MOVED = Finding(state=EvidenceState.MOVED, address="https://paper.example/new/1")
DAY = timedelta(days=1)


def fetched(desk: Desk, text: str = TEXT, **fields: Any) -> int:
    """The id of a published source whose text was fetched."""
    draft = desk.draft("source", **fields)
    desk.act(
        operations.capture_source, source=draft.id, text=text, captured_at=NOW, capture="fetched"
    )
    return desk.publish("source", draft.id).id


def quote(desk: Desk, source: int, **fields: Any) -> int:
    """The id of a published statement that quotes it."""
    return desk.published("statement", source=source, quotation=QUOTATION, **fields)


@pytest.fixture
def source(desk: Desk) -> int:
    """A published source whose text was fetched."""
    return fetched(desk)


@pytest.fixture
def statement(desk: Desk, source: int) -> int:
    """A published statement that quotes it."""
    return quote(desk, source)


def altered(statement: int, found: str = "We are far from a deal.") -> Finding:
    """That the quoted words changed."""
    return Finding(
        state=EvidenceState.ALTERED, altered=(Altered(statement=statement, found=found),)
    )


def later(now: datetime) -> datetime:
    """When all looks of a night are due."""
    return now + timedelta(hours=6)


def look(now: datetime) -> Look:
    """The next look of the night that begins."""
    arrange_night(now=now)
    taken = next_look(now=later(now))
    assert taken is not None
    return taken


def night(number: int, finding: Finding | Refusal) -> None:
    """What comes of a night's look."""
    now = NOW + number * DAY
    end: Callable[..., bool] = failed if isinstance(finding, Refusal) else looked
    assert end(look(now), finding, now=later(now)) is True


def told() -> list[dict[str, Any]]:
    """What the ledger was told of pages, in order."""
    entries = LedgerEntry.objects.filter(verb="recheck_source").order_by("number")
    return list(entries.values_list("payload", flat=True))


def row(*names: str) -> tuple[Any, ...]:
    """Columns of the one check there is."""
    return EvidenceCheck.objects.values_list(*names).get()


def test_a_look_knows_what_is_quoted_and_where(desk: Desk, source: int, statement: int) -> None:
    desk.draft("statement", source=source, quotation="Soon, I hope.")
    url = Source.objects.get(pk=source).url
    taken = look(NOW)
    assert (taken.url, taken.known, taken.archived, taken.host) == (
        url, (url,), False, "paper.example",
    )  # fmt: skip
    assert taken.quoted == (Quoted(statement=statement, quotation=QUOTATION),)
    assert next_look(now=later(NOW)) is None


@pytest.mark.usefixtures("desk")
def test_one_page_of_a_host_at_a_time_and_ten_seconds_between(desk: Desk) -> None:
    for number in range(2):
        fetched(desk, url=f"https://paper.example/of-host/{number}")
    now = later(NOW)
    first = look(NOW)
    assert next_look(now=now) is None
    looked(first, INTACT, now=now + timedelta(seconds=2))
    assert next_look(now=now + timedelta(seconds=11)) is None
    second = next_look(now=now + timedelta(seconds=12))
    assert second is not None
    assert second.check != first.check


@pytest.mark.usefixtures("source")
def test_a_host_whose_feed_is_being_polled_waits() -> None:
    arrange_night(now=NOW)
    HostTurn.objects.update(next_at=later(NOW) + timedelta(seconds=60))
    assert next_look(now=later(NOW)) is None


@pytest.mark.usefixtures("statement")
def test_what_was_found_well_is_not_told() -> None:
    before = LedgerEntry.objects.count()
    for number in range(3):
        night(number, INTACT)
    assert row("state", "since", "checked_at") == ("intact", None, later(NOW + 2 * DAY))
    assert LedgerEntry.objects.count() == before


@pytest.mark.usefixtures("statement")
def test_a_page_that_moved_is_told_once(source: int) -> None:
    night(0, INTACT)
    for number in (1, 2):
        night(number, MOVED)
    again = Finding(state=EvidenceState.MOVED, address=f"{MOVED.address}?session=2")
    night(3, again)
    assert told() == [
        {"source": source, "state": "moved", "before": "intact", "address": MOVED.address}
    ]
    assert row("state", "since") == ("moved", later(NOW + DAY))


def test_the_entry_is_the_keepers_and_public_and_heard_of_by_the_negotiation(
    desk: Desk, source: int, statement: int
) -> None:
    night(0, MOVED)
    entry = last_entry()
    assert (entry.noun, entry.object_id, entry.role, entry.by.username, entry.public) == (
        "source", source, "keeper", "keeper", True,
    )  # fmt: skip
    talks = desk.row("statement", statement).tracks.get().negotiation_id
    assert (entry.negotiation_ids, entry.track_ids) == ([talks], [])
    assert verify_ledger()[1] is None
    assert not Officer.objects.get(username="keeper").has_usable_password()


def test_changed_words_are_told_when_a_second_night_finds_them(source: int, statement: int) -> None:
    night(0, INTACT)
    night(1, altered(statement))
    assert told() == []
    night(2, altered(statement, "We are near a deal."))
    night(3, altered(statement))
    assert told() == [
        {
            "source": source, "state": "altered", "before": "intact",
            "passages": [{"statement": statement, "found": "We are near a deal."}],
        }
    ]  # fmt: skip


def test_what_only_one_night_found_is_forgotten(statement: int) -> None:
    for number, finding in enumerate((altered(statement), INTACT, altered(statement), GONE)):
        night(number, finding)
    assert told() == []
    assert row("suspected") == (GONE.key,)


@pytest.mark.usefixtures("statement")
def test_a_second_look_in_the_same_night_confirms_nothing(desk: Desk) -> None:
    night(0, GONE)
    look_again(by=desk.drafter, now=later(NOW) + timedelta(hours=1), check=row("pk")[0])
    again = next_look(now=later(NOW) + timedelta(hours=1))
    assert again is not None
    looked(again, GONE, now=later(NOW) + timedelta(hours=1))
    assert told() == []


@pytest.mark.usefixtures("statement")
def test_a_page_that_is_gone_is_told_and_so_is_that_it_is_back(source: int) -> None:
    for number, finding in enumerate((GONE, GONE, GONE, INTACT, INTACT)):
        night(number, finding)
    assert told() == [
        {"source": source, "state": "gone", "before": "unchecked"},
        {"source": source, "state": "intact", "before": "gone"},
    ]


@pytest.mark.usefixtures("statement")
def test_trouble_on_the_way_finds_nothing_out() -> None:
    away = Refusal("fetch_failed", at="/url", host="paper.example", status=503, retry_after="")
    night(0, INTACT)
    for number in range(1, 6):
        night(number, away)
    assert row("state", "failures", "refusal") == ("intact", 5, "fetch_failed")
    night(6, INTACT)
    assert row("state", "failures", "refusal") == ("intact", 0, "")
    assert told() == []


@pytest.mark.usefixtures("statement")
def test_trouble_between_two_nights_does_not_hide_that_a_page_is_gone() -> None:
    timed_out = Refusal("fetch_timed_out", at="/url", host="paper.example")
    for number, finding in enumerate((GONE, timed_out, GONE)):
        night(number, finding)
    assert [entry["state"] for entry in told()] == ["gone"]


def test_a_busy_host_is_left_alone_as_long_as_it_asks_for(desk: Desk) -> None:
    for number in range(2):
        fetched(desk, url=f"https://paper.example/busy/{number}")
    now = later(NOW)
    busy = Refusal("fetch_failed", at="/url", host="a", status=429, retry_after="3600")
    failed(look(NOW), busy, now=now)
    assert next_look(now=now + timedelta(minutes=59)) is None
    assert next_look(now=now + timedelta(minutes=61)) is not None


@pytest.mark.usefixtures("statement")
def test_what_a_worker_brings_whose_lease_is_over_is_dropped() -> None:
    first = look(NOW)
    now = later(NOW) + timedelta(seconds=60)
    second = next_look(now=now)
    assert second is not None
    assert second.turn == first.turn + 1
    assert looked(first, MOVED, now=now) is False
    assert looked(second, MOVED, now=now) is True
    assert looked(second, MOVED, now=now) is False
    assert failed(second, Refusal("fetch_timed_out", at="/url", host="a"), now=now) is False
    assert len(told()) == 1


@pytest.mark.usefixtures("source")
def test_a_page_that_kills_its_workers_is_set_aside_until_an_officer_has_it_looked_at(
    desk: Desk,
) -> None:
    look(NOW)
    for times in (1, 2, 3):
        next_look(now=later(NOW) + times * timedelta(minutes=2))
    assert row("aside", "due_at") == ("worker_lost", None)
    arrange_night(now=NOW + DAY)
    assert row("due_at") == (None,)
    look_again(by=desk.drafter, now=NOW + DAY, check=row("pk")[0])
    assert next_look(now=NOW + DAY) is not None


def test_only_what_is_published_is_told_of(desk: Desk) -> None:
    draft = desk.draft("source").id
    with refuses("not_published"):
        desk.act(operations.recheck_source, source=draft, state="gone", before="intact")
    with refuses("unknown_word"):
        desk.act(
            operations.recheck_source, source=desk.ids["source"], state="lost", before="intact"
        )
