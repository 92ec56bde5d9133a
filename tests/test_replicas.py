"""How far behind a replica is, told from marks of where the primary was."""

from __future__ import annotations

from negotiations.replicas import Marks


def test_before_a_mark_is_passed_nobody_knows() -> None:
    marks = Marks()
    marks.note(at=0, position=100)
    assert marks.lag(at=0, replayed=99) is None


def test_who_has_replayed_all_is_not_behind_however_long_nobody_writes() -> None:
    """The time of the last transaction would say an hour."""
    marks = Marks()
    for at in (0.0, 3600.0):
        marks.note(at=at, position=100)
        assert marks.lag(at=at, replayed=100) == 0


def test_the_newest_passed_mark_tells_the_age_of_its_state() -> None:
    marks = Marks()
    for at in range(5):
        marks.note(at=at, position=100 * at)
    assert marks.lag(at=4.5, replayed=250) == 2.5
    assert marks.lag(at=9, replayed=250) == 7
    assert marks.lag(at=9, replayed=400) == 5


def test_a_replica_that_stands_still_fills_no_memory() -> None:
    """What it has not passed in ten minutes is enough to see that it is away."""
    marks = Marks()
    for at in range(2000):
        marks.note(at=at, position=100 + at)
    assert marks.lag(at=2000, replayed=0) is None
    assert marks.lag(at=2000, replayed=10_000) == 2000 - 599
    marks.note(at=2001, position=9000)
    assert marks.lag(at=2001, replayed=10_000) == 0
