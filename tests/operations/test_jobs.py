"""Telling how far a long job is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from negotiations.models import JobRun
from negotiations.operations.jobs import forget_runs, is_wanted, progress
from negotiations.queries.jobs import last_ends, runs
from tests.operations.desk import NOW

pytestmark = pytest.mark.django_db


class _Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def _told(now: datetime) -> tuple[str, int, int | None, str]:
    (run,) = runs(now=now)
    return run.state, run.done, run.total, run.failed


def test_a_job_is_followed_from_its_beginning_to_its_end() -> None:
    clock = _Clock()
    with progress("rebuild", clock=clock, total=40) as told:
        assert _told(clock.now) == ("running", 0, 40, "")
        clock.go(2)
        told(10)
        assert _told(clock.now) == ("running", 10, 40, "")
        told(40)
    assert _told(clock.now) == ("done", 40, 40, "")
    assert last_ends() == {"rebuild": clock.now}


def _fail() -> None:
    raise ValueError("full")


def test_a_nightly_job_is_wanted_until_it_ended_well_that_night() -> None:
    clock = _Clock()
    assert is_wanted("rehash", now=clock.now) is True
    with pytest.raises(ValueError, match="full"), progress("rehash", clock=clock):
        _fail()
    assert is_wanted("rehash", now=clock.now) is True
    with progress("rehash", clock=clock):
        assert is_wanted("rehash", now=clock.now) is False
        # Not heard of for so long, it was killed.
        assert is_wanted("rehash", now=clock.now + timedelta(minutes=11)) is True
    assert is_wanted("rehash", now=clock.now) is False
    assert is_wanted("rehash", now=clock.now + timedelta(hours=12)) is True


def test_how_much_there_is_may_be_known_later() -> None:
    clock = _Clock()
    with progress("export", clock=clock) as told:
        assert _told(clock.now)[2] is None
        clock.go(1)
        told(0, total=12)
        assert _told(clock.now) == ("running", 0, 12, "")


def test_it_is_written_once_a_second_at_most(django_assert_num_queries: object) -> None:
    clock = _Clock()
    with progress("rebuild", clock=clock) as told:
        clock.go(1)
        with django_assert_num_queries(1):  # type: ignore[operator]
            for done in range(100):
                told(done)
                clock.go(0.005)


def test_a_job_that_fails_says_of_what_and_raises_it() -> None:
    with pytest.raises(ValueError, match="secret"), progress("export", clock=_Clock()):
        raise ValueError("secret")
    assert _told(NOW) == ("failed", 0, None, "ValueError")
    assert last_ends() == {}


def test_a_run_that_was_killed_is_silent_after_ten_minutes() -> None:
    JobRun.objects.create(name="export", begun_at=NOW, moved_at=NOW)
    states = [_told(NOW + timedelta(minutes=minutes))[0] for minutes in (10, 11)]
    assert states == ["running", "silent"]


def test_no_job_fails_for_it_cannot_be_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(JobRun.objects, "create", fail)
    monkeypatch.setattr(JobRun.objects, "filter", fail)
    clock = _Clock()
    with progress("export", clock=clock) as told:
        clock.go(5)
        told(3)


def test_old_runs_are_dropped_but_the_newest_of_each_job() -> None:
    for name, days in (("export", 40), ("export", 31), ("export", 2), ("rebuild", 400)):
        begun = NOW - timedelta(days=days)
        JobRun.objects.create(name=name, begun_at=begun, moved_at=begun, ended_at=begun)
    assert forget_runs(now=NOW) == 2
    left = [(one.name, (NOW - one.begun_at).days) for one in runs(now=NOW)]
    assert (left, JobRun.objects.count()) == ([("export", 2), ("rebuild", 400)], 2)
