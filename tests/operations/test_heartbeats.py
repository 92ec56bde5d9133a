"""Signs of life, and who is at work by them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.desk_words import Part
from negotiations.models import Heartbeat, LedgerEntry
from negotiations.operations.heartbeats import BEAT, forget_silent, note_end, note_life
from negotiations.queries.heartbeats import HeardWorkers, heard
from tests.operations.desk import NOW

pytestmark = pytest.mark.django_db


def test_nobody_was_ever_heard_of() -> None:
    assert heard(now=NOW) == HeardWorkers(workers=0, beat_age_seconds=None)


def test_a_process_has_one_row_however_often_it_is_heard_of() -> None:
    for seconds in (0, 15, 30):
        note_life(name="a@box:1", now=NOW + timedelta(seconds=seconds))
    note_life(name=BEAT, kind=Part.BEAT, now=NOW)
    assert Heartbeat.objects.count() == 2
    found = heard(now=NOW + timedelta(seconds=40))
    assert found == HeardWorkers(workers=1, beat_age_seconds=40)


def test_a_worker_that_is_silent_for_a_minute_is_not_at_work() -> None:
    note_life(name="a@box:1", now=NOW)
    ages = [heard(now=NOW + timedelta(seconds=seconds)).workers for seconds in (59, 60)]
    assert ages == [1, 0]


def test_one_that_ends_in_order_is_gone_at_once() -> None:
    for name in ("a@box:1", "b@box:2"):
        note_life(name=name, now=NOW)
    note_end(name="a@box:1")
    assert heard(now=NOW).workers == 1


def test_clocks_that_do_not_agree_make_no_age_below_zero() -> None:
    note_life(name=BEAT, kind=Part.BEAT, now=NOW + timedelta(seconds=2))
    assert heard(now=NOW).beat_age_seconds == 0


def test_a_name_of_any_length_is_taken() -> None:
    note_life(name="a" * 300, now=NOW)
    note_end(name="a" * 300)
    assert Heartbeat.objects.count() == 0


def test_what_was_silent_for_a_day_is_dropped() -> None:
    note_life(name="old", now=NOW - timedelta(days=1, seconds=1))
    note_life(name="new", now=NOW - timedelta(hours=23))
    assert forget_silent(now=NOW) == 1
    assert Heartbeat.objects.get().name == "new"
    assert LedgerEntry.objects.count() == 0
