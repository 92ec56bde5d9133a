"""From change to change: the nearest days on which something new could be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.queries.steps import Steps, steps, steps_of
from tests import factories as make
from tests.queries import oracle
from tests.queries.histories import TRACKS, histories
from tests.queries.oracle import Fact, Question
from tests.queries.test_clocks_oracle import CALM, EXAMPLES, Stage

pytestmark = pytest.mark.django_db
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
LAST = date(2025, 12, 31)


def day(number: int) -> date:
    """A day of October."""
    return date(2025, 10, number)


def around(number: int, *, track: Any = None, **clocks: Any) -> Steps:
    """The steps around a day of October in the talks."""
    slug = track.slug if track else None
    asked = {"until": LAST, "as_of": AS_OF} | clocks
    return steps("talks", slug, day=day(number), **asked)


@pytest.fixture
def track() -> Any:
    """A track of the talks."""
    return make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"))


@pytest.fixture
def beside(track: Any) -> Any:
    """Another one."""
    return make.TrackFactory(negotiation=track.negotiation)


def test_every_kind_of_row_makes_a_day_and_statements_do_not(track: Any, beside: Any) -> None:
    make.StatementFactory(tracks=[track], known_on=day(1))
    make.StatusChangeFactory(track=track, known_on=day(2))
    make.PositionFactory(term=make.TermFactory(track=track), known_on=day(4))
    make.LinkageFactory(from_track=beside, to_track=track, known_on=day(6))
    make.MilestoneFactory(tracks=[track], known_on=day(8))
    found = [around(number, track=track) for number in (1, 2, 5, 8, 9)]
    assert [(one.earlier, one.later) for one in found] == [
        (None, day(2)),
        (None, day(4)),
        (day(4), day(6)),
        (day(6), None),
        (day(8), None),
    ]
    assert {one.first for one in found} == {day(2)}


def test_a_negotiation_steps_along_all_its_tracks(track: Any, beside: Any) -> None:
    make.StatusChangeFactory(track=track, known_on=day(2))
    make.StatusChangeFactory(track=beside, known_on=day(4))
    make.StatusChangeFactory(known_on=day(3))
    assert around(4) == Steps(day(2), day(2), None)
    assert around(4, track=track) == Steps(day(2), day(2), None)
    assert around(2) == Steps(day(2), None, day(4))
    assert around(2, track=track) == Steps(day(2), None, None)
    clocks = {"day": day(2), "until": LAST, "as_of": AS_OF}
    assert steps_of([track.pk, beside.pk], **clocks) == around(2)


def test_what_is_not_told_makes_no_day(track: Any) -> None:
    make.StatusChangeFactory(track=track, known_on=None, published_at=None)
    make.StatusChangeFactory(
        track=track, known_on=day(3), published_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    make.StatusChangeFactory(track=track, known_on=day(20))
    assert around(10, until=day(19)) == Steps(None, None, None)
    assert around(10) == Steps(day(20), None, day(20))
    later = around(10, as_of=datetime(2026, 3, 1, tzinfo=UTC))
    assert later == Steps(day(3), day(3), day(20))


def test_what_was_taken_back_makes_no_day(track: Any) -> None:
    wrong = make.StatusChangeFactory(track=track, known_on=day(3))
    make.StatusChangeFactory(track=track, known_on=day(3), supersedes=wrong, withdrawn=True)
    assert around(10) == Steps(None, None, None)


def test_a_correction_that_became_known_later_makes_both_days(track: Any) -> None:
    wrong = make.StatusChangeFactory(track=track, known_on=day(3))
    make.StatusChangeFactory(track=track, known_on=day(6), supersedes=wrong)
    assert around(6) == Steps(day(3), day(3), None)
    assert around(3) == Steps(day(3), None, day(6))


@pytest.mark.parametrize("names", [("nowhere", None), ("talks", "nowhere"), ("\x00", None)])
def test_no_names_lead_to_no_days(track: Any, names: tuple[str, str | None]) -> None:
    make.StatusChangeFactory(track=track)
    assert steps(*names, day=day(1), until=LAST, as_of=AS_OF) == Steps(None, None, None)


def test_it_is_one_query(track: Any, query_count: Callable[[Callable[[], Any]], int]) -> None:
    make.StatusChangeFactory(track=track)
    assert query_count(lambda: around(5)) == 1


@pytest.fixture
def stage() -> Stage:
    """Tracks on which histories play."""
    return Stage()


def expected(facts: list[Fact], tracks: set[int], as_of: str, shown: date) -> Steps:
    """By the oracle: the days from which a row on these tracks is seen."""
    days = {
        fact.source_day
        for fact in facts
        if fact.track in tracks
        and fact in oracle.visible(facts, Question("2025-10-20", str(fact.source_day), as_of))
    }
    return Steps(
        min(days, default=None),
        max((one for one in days if one < shown), default=None),
        min((one for one in days if one > shown), default=None),
    )


_days = st.integers(1, 9).map(day)


@settings(CALM, max_examples=EXAMPLES // 2)
@given(facts=histories, as_of=_days, shown=_days)
def test_over_random_histories(stage: Stage, facts: list[Fact], as_of: date, shown: date) -> None:
    clocks = {
        "day": shown,
        "until": LAST,
        "as_of": datetime.combine(as_of, datetime.max.time(), oracle.SEOUL),
    }
    # Days of sources, without the hour: pages step by days.
    by_day = [replace(fact, source_instant=None) for fact in facts]
    with stage.record() as record:
        record.publish(by_day)
        for number, track in enumerate(stage.tracks):
            wanted = expected(by_day, {number}, as_of.isoformat(), shown)
            assert steps_of([track.pk], **clocks) == wanted
        wanted = expected(by_day, set(range(TRACKS)), as_of.isoformat(), shown)
        assert steps_of([track.pk for track in stage.tracks], **clocks) == wanted
