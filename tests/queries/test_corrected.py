"""What was corrected between two states, and what since."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from negotiations.queries import corrected as query
from negotiations.queries.corrected import Corrected, corrected
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
CLOCKS = clocks_at("2025-10-10")
FIRST = datetime(2025, 10, 1, tzinfo=UTC)
BEGIN, END = datetime(2025, 10, 3, tzinfo=UTC), datetime(2025, 10, 8, tzinfo=UTC)


def at(number: int) -> datetime:
    """Noon of a day of October."""
    return datetime(2025, 10, number, 12, tzinfo=UTC)


@pytest.fixture
def track() -> Any:
    """A track."""
    return make.TrackFactory()


def told(track: Any, since: int | None = None) -> Corrected:
    """What is told of the track."""
    return corrected([track.pk], clocks=CLOCKS, since=since, begin=BEGIN, end=END)


def numbers(found: Corrected) -> tuple[list[int], list[int]]:
    """The numbers of those between, and of those since."""
    return [one.number for one in found.between], [one.number for one in found.later]


def entered(track: Any, row: Any) -> Any:
    """The row, with the ledger as far as its number."""
    while make.enter(tracks=[track], at=row.published_at).number < row.ledger_number:
        pass
    return row


def published(track: Any, number: int, day: int, **members: Any) -> Any:
    """A reading that is published on a day under a number."""
    row = make.StatusChangeFactory(
        track=track, ledger_number=number, published_at=at(day), **members
    )
    return entered(track, row)


def test_between_the_two_instants_or_since(track: Any) -> None:
    wrong = published(track, 1, 1)
    early = published(track, 2, 2, supersedes=wrong)
    meanwhile = published(track, 3, 5, supersedes=early)
    published(track, 4, 9, supersedes=meanwhile, withdrawn=True)
    found = told(track)
    assert numbers(found) == ([3], [4])
    assert [one.retracted for one in (*found.between, *found.later)] == [False, True]
    assert found.between[0].before.id == early.pk
    assert not found.left_off


def test_a_later_correction_of_what_came_later_is_none_of_what_was_told_then(track: Any) -> None:
    late = published(track, 1, 9)
    published(track, 2, 10, supersedes=late)
    assert told(track) == Corrected()


def test_since_a_number(track: Any) -> None:
    wrong = published(track, 1, 1)
    right = published(track, 2, 2, supersedes=wrong)
    published(track, 3, 3, supersedes=right)
    assert numbers(told(track, since=1)) == ([3, 2], [])
    assert numbers(told(track, since=2)) == ([3], [])


def test_every_noun_on_the_track_and_nothing_beside_it(track: Any) -> None:
    term, beside = make.TermFactory(track=track), make.TrackFactory()
    make.enter(at=FIRST)
    own: dict[Any, dict[str, Any]] = {
        make.StatementFactory: {"tracks": [track]},
        make.StatusChangeFactory: {"track": track},
        make.PositionFactory: {"term": term},
        make.LinkageFactory: {"from_track": beside, "to_track": track},
        make.MilestoneFactory: {"tracks": [track], "slug": "apec"},
        make.AccountFactory: {"track": track},
    }
    number = 10
    for factory, members in own.items():
        wrong = factory(published_at=FIRST, ledger_number=number, **members)
        factory(published_at=at(5), ledger_number=number + 1, supersedes=wrong, **members)
        number += 2
    wrong = make.StatusChangeFactory(track=beside, published_at=FIRST)
    make.StatusChangeFactory(track=beside, published_at=at(5), supersedes=wrong)
    found = told(track)
    assert [one.noun for one in found.between] == [
        "account", "milestone", "linkage", "position", "status_change", "statement",
    ]  # fmt: skip


def test_an_account_that_was_put_on_another_track_is_told_on_both(track: Any) -> None:
    make.enter(at=FIRST)
    beside = make.TrackFactory(negotiation=track.negotiation)
    wrong = make.AccountFactory(track=beside, published_at=FIRST, ledger_number=10)
    make.AccountFactory(track=track, published_at=at(5), ledger_number=11, supersedes=wrong)
    assert numbers(told(track)) == numbers(told(beside)) == ([11], [])


def test_a_draft_of_a_correction_is_told_to_nobody(track: Any) -> None:
    wrong = published(track, 1, 1)
    make.StatusChangeFactory(track=track, supersedes=wrong, known_on=None, published_at=None)
    assert told(track) == Corrected()


def test_it_tells_so_many_and_that_there_are_more(
    track: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST", 2)
    row = published(track, 1, 1)
    for number in (2, 3, 4):
        row = published(track, number, 5, supersedes=row)
    found = told(track)
    assert (numbers(found), found.left_off) == (([4, 3], []), True)
