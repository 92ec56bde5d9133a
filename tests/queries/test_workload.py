"""What there is to do, and how far those who tell the world are behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from negotiations.models import EvidenceCheck, Feed, LedgerEntry, PieceMark, Release, Source
from negotiations.operations.captures import claim, request_capture
from negotiations.operations.following import reading_on
from negotiations.queries.workload import (
    ReaderBehind,
    WorkDue,
    outbox_age_seconds,
    pieces_behind,
    readers,
    set_aside,
    workload,
)
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.operations.works import feed

__all__ = ["db", "desk", "opened_desk"]
MINUTE = timedelta(minutes=1)


def due(kind: str) -> tuple[int, float]:
    """How much of a kind is due, and for how long."""
    (found,) = [one for one in workload(now=NOW) if one.kind == kind]
    return found.due, found.age_seconds


def test_every_kind_is_told_of_where_nothing_waits(desk: Desk) -> None:  # noqa: ARG001
    kinds = ["capture", "evidencecheck", "feed", "notice", "release", "subscription"]
    none = tuple(WorkDue(kind=kind, due=0, age_seconds=0) for kind in kinds)
    assert tuple(one for one in workload(now=NOW) if one.kind in kinds) == none
    assert outbox_age_seconds(now=NOW) == 0


def test_a_capture_waits_until_a_worker_holds_it(desk: Desk) -> None:
    request_capture(by=desk.drafter, now=NOW - MINUTE, url="https://a.example/")
    assert due("capture") == (1, 60)
    claim(now=NOW)
    assert due("capture") == (0, 0)
    (later,) = [one for one in workload(now=NOW + 2 * MINUTE) if one.kind == "capture"]
    assert (later.due, later.age_seconds) == (1, 180)


def test_an_embargo_waits_from_its_moment_on(desk: Desk) -> None:
    usual: dict[str, Any] = {
        "items": [], "approved_by_id": desk.reviewer.officer, "approved_at": NOW, "seen": 1,
    }  # fmt: skip
    Release.objects.create(**usual, release_at=NOW + MINUTE)
    Release.objects.create(**usual, release_at=NOW - MINUTE, state="held")
    assert due("release") == (0, 0)
    Release.objects.create(**usual, release_at=NOW - MINUTE)
    assert due("release") == (1, 60)


def test_a_feed_waits_unless_it_is_paused_held_or_set_aside(desk: Desk) -> None:
    waits = {"aside": "", "lost": 0, "due_at": NOW - MINUTE}
    feed(desk, 1)
    feed(desk, 2, **waits, paused=True)
    feed(desk, 3, **waits, leased_until=NOW + MINUTE)
    assert (due("feed"), set_aside()["feed"]) == ((0, 0), 1)
    feed(desk, 4, **waits)
    feed(desk, 5, **{**waits, "due_at": NOW})
    assert due("feed") == (2, 60)
    # They wait for the turn of their host.
    assert outbox_age_seconds(now=NOW) == 0
    assert Feed.objects.count() == 5


def test_a_reader_is_behind_from_the_first_public_act_it_has_not_read(desk: Desk) -> None:
    with reading_on("mails"):
        pass
    read = LedgerEntry.objects.latest("number").number
    assert readers(now=NOW) == (ReaderBehind(name="mails", behind=0, age_seconds=0),)
    desk.draft("statement")
    assert readers(now=NOW)[0].behind == 0
    desk.published("statement")
    first = LedgerEntry.objects.filter(public=True, number__gt=read).earliest("number")
    desk.published("statement")
    newest = LedgerEntry.objects.filter(public=True).latest("number")
    later = first.at + MINUTE
    told = ReaderBehind(name="mails", behind=newest.number - read, age_seconds=60)
    assert readers(now=later) == (told,)
    assert outbox_age_seconds(now=later) == 60


def test_what_is_made_ready_follows_every_act(desk: Desk) -> None:
    assert pieces_behind(now=NOW) is None
    newest = LedgerEntry.objects.latest("number")
    PieceMark.objects.create(made_to=newest.number)
    assert pieces_behind(now=NOW) == ReaderBehind(name="pieces", behind=0, age_seconds=0)
    desk.draft("statement")
    later = LedgerEntry.objects.latest("number").at + MINUTE
    assert pieces_behind(now=later) == ReaderBehind(name="pieces", behind=1, age_seconds=60)
    assert outbox_age_seconds(now=later) == 0


def test_the_looks_of_a_night_are_work_but_nobody_waits_for_them(desk: Desk) -> None:
    source = Source.objects.get(pk=desk.ids["source"])
    EvidenceCheck.objects.create(
        chain=source.chain, source=source, host="a.example", due_at=NOW - MINUTE
    )
    assert (due("evidencecheck"), outbox_age_seconds(now=NOW)) == ((1, 60), 0)
