"""From change to change: the nearest days on which something new could be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.queries.negotiations import find_whole
from negotiations.queries.sides import held_by
from negotiations.queries.states import tracks_of
from negotiations.queries.steps import Steps, newest_change, steps
from tests import factories as make
from tests.factories import clocks_at
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
    make.AccountFactory(track=track, known_on=day(10))
    found = [around(number, track=track) for number in (1, 2, 5, 8, 9, 11)]
    assert [(one.earlier, one.later) for one in found] == [
        (None, day(2)),
        (None, day(4)),
        (day(4), day(6)),
        (day(6), day(10)),
        (day(8), day(10)),
        (day(10), None),
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


def test_the_newest_change_by_a_day_may_be_of_that_day(track: Any) -> None:
    for number in (2, 4):
        make.StatusChangeFactory(track=track, known_on=day(number))
    found = [newest_change("talks", track.slug, by=day(n), as_of=AS_OF) for n in (1, 3, 4, 9)]
    assert found == [None, day(2), day(4), day(4)]


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


@pytest.mark.parametrize("kind", ["position", "linkage", "milestone", "account"])
def test_what_is_announced_before_it_holds_makes_the_day_of_its_effect(
    track: Any, beside: Any, kind: str
) -> None:
    """Known on the 3rd, from the 10th on: until then no page shows it as what holds."""
    days = {"known_on": day(3), "effective_on": "2025-10-10"}
    match kind:
        case "position":
            make.PositionFactory(term=make.TermFactory(track=track), **days)
        case "linkage":
            make.LinkageFactory(from_track=beside, to_track=track, **days)
        case "milestone":
            make.MilestoneFactory(tracks=[track], **days)
        case _:
            make.AccountFactory(track=track, **days)
    assert around(1, track=track) == Steps(day(10), None, day(10))
    assert around(12, track=track) == Steps(day(10), day(10), None)
    assert around(12, track=track, until=day(9)) == Steps(None, None, None)


def test_a_reading_that_is_announced_makes_both_days(track: Any) -> None:
    """On the 3rd the track's page tells what is coming, on the 10th it has come."""
    make.StatusChangeFactory(track=track, known_on=day(3), effective_on="2025-10-10")
    assert around(3) == Steps(day(3), None, day(10))
    assert around(10) == Steps(day(3), day(3), None)


def test_what_was_corrected_before_it_took_effect_makes_no_day_of_effect(track: Any) -> None:
    term = make.TermFactory(track=track)
    wrong = make.PositionFactory(term=term, known_on=day(3), effective_on="2025-10-10")
    right = make.PositionFactory(
        term=term, known_on=day(6), effective_on="2025-10-12", supersedes=wrong
    )
    assert around(11) == Steps(day(6), day(6), day(12))
    make.PositionFactory(
        term=term, known_on=day(6), effective_on="2025-10-12", supersedes=right, withdrawn=True
    )
    assert around(11) == Steps(None, None, None)


def test_every_day_on_which_the_state_is_another_is_a_step(track: Any) -> None:
    """Walking day by day, what is held differs from the day before on steps alone."""
    term = make.TermFactory(track=track)
    wrong = make.PositionFactory(term=term, known_on=day(2), effective_on="2025-10-02")
    make.PositionFactory(term=term, known_on=day(5), effective_on="2025-10-08", supersedes=wrong)
    make.StatusChangeFactory(track=track, known_on=day(4), effective_on="2025-10-01")
    make.StatusChangeFactory(track=track, known_on=day(4), effective_on="2025-10-11")
    told = make.AccountFactory(track=track, known_on=day(6), effective_on="2025-10-06")
    make.AccountFactory(track=track, known_on=day(13), supersedes=told, text_en="No more.")
    now = clocks_at("2025-10-31")
    row = tracks_of(find_whole("talks", clocks=now), clocks=now)

    def state(number: int) -> Any:
        clocks = clocks_at(str(day(number)))
        return replace(held_by(row, clocks=clocks)[track.pk], on=LAST)

    changes = [day(number) for number in range(2, 20) if state(number) != state(number - 1)]
    assert changes == [day(2), day(4), day(5), day(6), day(8), day(11), day(13)]
    found, at = [], around(1).later
    while at is not None:
        found.append(at)
        at = around(at.day).later
    assert found == changes


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
    """By the oracle: from which days a row on these tracks is known, and from which it holds."""
    days = {
        day
        for fact in facts
        for day in (fact.source_day, max(fact.source_day, fact.lower))
        if fact.track in tracks
        and fact in oracle.visible(facts, Question(str(day), str(day), as_of))
    }
    return Steps(
        min(days, default=None),
        max((one for one in days if one < shown), default=None),
        min((one for one in days if one > shown), default=None),
    )


_days = st.integers(1, 9).map(day)


@settings(CALM, max_examples=EXAMPLES // 5)
@given(facts=histories, as_of=_days, shown=_days)
def test_over_random_histories(stage: Stage, facts: list[Fact], as_of: date, shown: date) -> None:
    _try(stage, facts, as_of, shown)


@pytest.mark.drill
@settings(CALM, max_examples=EXAMPLES)
@given(facts=histories, as_of=_days, shown=_days)
def test_over_many_random_histories(
    stage: Stage, facts: list[Fact], as_of: date, shown: date
) -> None:
    _try(stage, facts, as_of, shown)


def _try(stage: Stage, facts: list[Fact], as_of: date, shown: date) -> None:
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
            assert steps(track.negotiation__slug, track.slug, **clocks) == wanted
        wanted = expected(by_day, set(range(TRACKS)), as_of.isoformat(), shown)
        assert steps(stage.tracks[0].negotiation__slug, None, **clocks) == wanted
