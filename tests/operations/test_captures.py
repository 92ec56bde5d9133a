"""Captures are work with a lease: asked for, taken, ended, and never ended twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.models import Capture, LedgerEntry, Officer, Snapshot
from negotiations.operations import Actor
from negotiations.operations.captures import (
    Found,
    Job,
    claim,
    fail,
    finish,
    keep_captured,
    request_capture,
)
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, TEXT, Desk, refuses

URL = "https://paper.example/close"
FOUND = Found(
    final_url=URL, captured_at=NOW, text=TEXT, title="Close", publisher_name="The Paper",
    published_on="2025-10-01", language="en",
)  # fmt: skip
TIMED_OUT = Refusal("fetch_timed_out", at="/url", host="paper.example")


def _asked(desk: Desk, url: str = URL, **given: Any) -> int:
    return request_capture(**{"by": desk.drafter, "now": NOW, "url": url, **given})


def _row(id: int, *names: str) -> tuple[Any, ...]:
    return Capture.objects.values_list(*names).get(pk=id)


def _later(seconds: float) -> Any:
    return NOW + timedelta(seconds=seconds)


def test_an_officer_asks_for_a_capture_and_the_ledger_stays_silent(desk: Desk) -> None:
    before = LedgerEntry.objects.count()
    asked = _asked(desk, f" {URL} ")
    assert _row(asked, "url", "asked_by", "state", "due_at") == (
        URL, desk.drafter.officer, "waiting", NOW,
    )  # fmt: skip
    assert LedgerEntry.objects.count() == before


def test_the_same_address_asked_for_twice_is_one_capture_until_it_is_over(desk: Desk) -> None:
    first = _asked(desk)
    assert _asked(desk) == first
    assert _asked(desk, by=desk.reviewer) != first
    job = claim(now=NOW)
    assert job is not None
    assert _asked(desk) == first
    finish(job, FOUND)
    assert _asked(desk) != first


@pytest.mark.parametrize(
    "url",
    [
        "",
        "paper.example",
        "ftp://paper.example/",
        "https://me:secret@paper.example/",
        "https://a b/",
    ],
)
def test_what_is_no_web_address_is_not_captured(desk: Desk, url: str) -> None:
    with refuses("bad_url", at="/url"):
        _asked(desk, url)


def test_who_is_no_officer_anywhere_captures_nothing(desk: Desk) -> None:
    reader = Officer.objects.create(username="reader")
    with refuses("not_allowed"):
        _asked(desk, by=Actor(officer=reader.pk))
    assert not Capture.objects.exists()


def test_jobs_are_taken_in_the_order_they_are_due_and_each_by_one(desk: Desk) -> None:
    late, early = _asked(desk, f"{URL}/2", now=_later(5)), _asked(desk)
    assert claim(now=_later(-1)) is None
    assert claim(now=_later(5)) == Job(id=early, url=URL, attempt=1)
    assert claim(now=_later(5)) == Job(id=late, url=f"{URL}/2", attempt=1)
    assert claim(now=_later(5)) is None
    assert _row(early, "state", "turn", "leased_until") == ("running", 1, _later(65))


def test_what_was_found_is_kept(desk: Desk) -> None:
    asked = _asked(desk)
    job = claim(now=NOW)
    assert job is not None
    assert finish(job, FOUND) is True
    assert _row(
        asked, "state", "leased_until", "refusal", "final_url", "captured_at", "text", "title",
        "publisher_name", "published_on", "language",
    ) == ("done", None, "", URL, NOW, TEXT, "Close", "The Paper", "2025-10-01", "en")  # fmt: skip
    assert claim(now=_later(3600)) is None


def test_a_job_whose_lease_is_over_is_taken_over_and_its_first_worker_is_not_heard(
    desk: Desk,
) -> None:
    asked = _asked(desk)
    first = claim(now=NOW)
    assert claim(now=_later(59)) is None
    second = claim(now=_later(60))
    assert first is not None
    assert second == Job(id=asked, url=URL, attempt=2)
    assert finish(first, FOUND) is False
    assert fail(first, TIMED_OUT, now=_later(61)) is False
    assert _row(asked, "state", "text") == ("running", "")
    assert finish(second, FOUND) is True
    assert fail(second, TIMED_OUT, now=_later(62)) is False
    assert finish(second, FOUND) is False
    assert _row(asked, "state", "refusal") == ("done", "")


def test_a_busy_host_is_left_alone_as_long_as_it_asks_for(desk: Desk) -> None:
    asked, job = _asked(desk), claim(now=NOW)
    assert job is not None
    busy = Refusal("fetch_failed", host="a", status=429, retry_after="600")
    assert fail(job, busy, now=NOW) is True
    assert _row(asked, "state", "due_at") == ("waiting", _later(600))


def test_what_may_pass_is_tried_three_times_ever_later(desk: Desk) -> None:
    asked, moment = _asked(desk), NOW
    for attempt, wait in ((1, 10), (2, 60)):
        job = claim(now=moment)
        assert job == Job(id=asked, url=URL, attempt=attempt)
        assert fail(job, TIMED_OUT, now=moment) is True
        assert _row(asked, "state", "refusal") == ("waiting", "fetch_timed_out")
        moment += timedelta(seconds=wait)
        assert claim(now=moment - timedelta(seconds=1)) is None
    job = claim(now=moment)
    assert job is not None
    fail(job, TIMED_OUT, now=moment)
    assert _row(asked, "state", "facts") == ("failed", {"host": "paper.example"})
    assert claim(now=moment + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("refusal", "state"),
    [
        (TIMED_OUT, "waiting"),
        (Refusal("connection_failed", host="a"), "waiting"),
        (Refusal("fetch_failed", host="a", status=500), "waiting"),
        (Refusal("fetch_failed", host="a", status=503), "waiting"),
        (Refusal("fetch_failed", host="a", status=429), "waiting"),
        (Refusal("fetch_failed", host="a", status=404), "failed"),
        (Refusal("fetch_failed", host="a", status=403), "failed"),
        (Refusal("host_not_found", host="a"), "failed"),
        (Refusal("address_forbidden", host="a"), "failed"),
        (Refusal("certificate_invalid", host="a"), "failed"),
        (Refusal("too_large", most=10), "failed"),
        (Refusal("not_a_document", content_type="application/pdf"), "failed"),
        (Refusal("unreadable_document"), "failed"),
    ],
)
def test_what_will_not_pass_fails_at_once(desk: Desk, refusal: Refusal, state: str) -> None:
    asked = _asked(desk)
    job = claim(now=NOW)
    assert job is not None
    fail(job, refusal, now=NOW)
    assert _row(asked, "state", "refusal", "facts") == (state, refusal.code, refusal.facts)


def test_a_job_that_outlives_three_workers_is_given_up(desk: Desk) -> None:
    asked = _asked(desk)
    for attempt in range(3):
        assert claim(now=_later(attempt * 60)) is not None
    assert claim(now=_later(180)) is None
    assert _row(asked, "state", "refusal", "facts", "leased_until") == (
        "failed", "capture_given_up", {"attempts": 3}, None,
    )  # fmt: skip


def _done(desk: Desk) -> int:
    asked = _asked(desk)
    job = claim(now=NOW)
    assert job is not None
    finish(job, FOUND)
    return asked


def test_what_was_fetched_becomes_the_text_of_a_source_word_for_word(desk: Desk) -> None:
    asked, source = _done(desk), desk.draft("source").id
    receipt = keep_captured(by=desk.drafter, now=NOW, capture=asked, source=source)
    kept = Snapshot.objects.get(pk=receipt.id)
    assert (kept.source_id, kept.text, kept.capture) == (source, TEXT, "fetched")
    assert _row(asked, "source") == (source,)


def test_what_is_not_there_yet_is_not_kept(desk: Desk) -> None:
    asked, source = _asked(desk), desk.draft("source").id
    with refuses("not_captured", at="/capture"):
        keep_captured(by=desk.drafter, now=NOW, capture=asked, source=source)


def test_the_capture_of_another_officer_is_not_there(desk: Desk) -> None:
    asked, source = _done(desk), desk.draft("source").id
    with refuses("no_such_row"):
        keep_captured(by=desk.reviewer, now=NOW, capture=asked, source=source)


def test_a_capture_that_no_source_takes_stays_unused(desk: Desk) -> None:
    asked, source = _done(desk), desk.ids["source"]
    with refuses("own_draft"):
        keep_captured(by=desk.drafter, now=NOW, capture=asked, source=source)
    assert _row(asked, "source") == (None,)
