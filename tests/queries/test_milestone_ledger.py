"""The deadline ledger: every milestone once, in order, with its slips; counts, filters, clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries import milestones
from negotiations.queries.milestone_ledger import milestone_ledger
from negotiations.queries.shapes import Days, MilestoneLedger, Shift
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


class Dates:
    """A negotiation with two tracks, and its dates."""

    def __init__(self) -> None:
        """Nothing is promised yet."""
        self.korea = make.PartyFactory(code="KR")
        self.negotiation: Any = make.NegotiationFactory(slug="talks")
        self.swap, self.visas = (
            make.TrackFactory(negotiation=self.negotiation, slug=slug) for slug in ("swap", "visas")
        )
        self.said = make.StatementFactory(tracks=[self.swap], parties=[self.korea])

    def promise(self, slug: str, due_on: str, outcome: str = "open", **members: Any) -> Any:
        """A row of the milestone of that slug, on the track of the swap."""
        common = {"tracks": [self.swap], "basis": self.said, "effective_on": "2025-09-01"}
        return make.MilestoneFactory(
            slug=slug, due_on=due_on, outcome=outcome, **{**common, **members}
        )

    def told(self, clocks: Clocks, **asked: str) -> MilestoneLedger:
        """What the query tells."""
        return milestone_ledger("talks", clocks=clocks, **asked)


@pytest.fixture
def dates() -> Dates:
    """Nothing is promised yet."""
    return Dates()


def slugs(told: MilestoneLedger) -> list[str]:
    """The milestones in their order."""
    return [state.latest.slug for state in told.milestones]


def test_first_to_come_then_overdue_then_over(dates: Dates, clocks: Clocks) -> None:
    dates.promise("far", "2025-12-01")
    dates.promise("near", "2025-10-20")
    dates.promise("late", "2025-09-10")
    dates.promise("later", "2025-10-10")
    dates.promise("met", "2025-08-01", "met")
    dates.promise("missed", "2025-09-01", "missed")
    assert slugs(dates.told(clocks)) == ["near", "far", "later", "late", "missed", "met"]


def test_a_milestone_tells_its_slips(dates: Dates, clocks: Clocks) -> None:
    first = dates.promise("visit", "2025-09-10", effective_on="2025-08-01")
    second = dates.promise("visit", "2025-09-30", effective_on="2025-09-05")
    us = make.StatementFactory(tracks=[dates.swap], parties=[make.PartyFactory(code="US")])
    third = dates.promise("visit", "2025-10-31", effective_on="2025-09-25", basis=us)
    (state,) = dates.told(clocks).milestones
    assert [row.id for row in state.slips] == [first.pk, second.pk]
    assert (state.latest.id, state.set_in.id) == (third.pk, us.pk)
    assert (state.set_on, [party.code for party in state.set_by]) == ("2025-09-25", ["US"])
    assert state.moves == (
        Shift(least=20, most=20, exact=True, direction="later"),
        Shift(least=31, most=31, exact=True, direction="later"),
    )
    assert state.moved == Shift(least=51, most=51, exact=True, direction="later")
    assert (state.days_left, state.days_late) == (Days(least=17, most=17, exact=True), None)


def test_a_date_that_comes_back_was_moved_twice(dates: Dates, clocks: Clocks) -> None:
    for n, day in enumerate(("2025-10-20", "2025-10-30", "2025-10-20"), 1):
        dates.promise("visit", day, effective_on=f"2025-09-0{n}")
    (state,) = dates.told(clocks).milestones
    assert [row.due_on for row in state.slips] == ["2025-10-20", "2025-10-30"]
    assert state.moved == Shift(least=0, most=0, exact=True, direction="same")


def test_an_outcome_is_no_move_and_keeps_who_set_the_date(dates: Dates, clocks: Clocks) -> None:
    dates.promise("visit", "2025-09-10", effective_on="2025-08-01")
    other = make.StatementFactory(tracks=[dates.swap], parties=[make.PartyFactory(code="US")])
    dates.promise("visit", "2025-09-10", "met", effective_on="2025-09-10", basis=other)
    (state,) = dates.told(clocks).milestones
    assert (state.slips, state.moves, state.moved) == ((), (), None)
    assert (state.set_in.id, state.latest.outcome) == (dates.said.pk, "met")
    assert (state.days_left, state.days_late) == (None, None)


def test_of_many_dates_the_newest_are_told_and_all_count(
    dates: Dates, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(milestones, "MOST_DATES", 2)
    days = ("2025-09-10", "2025-09-20", "2025-09-15", "2025-10-10")
    rows = [
        dates.promise("visit", due_on, effective_on=f"2025-08-0{n}")
        for n, due_on in enumerate(days, 1)
    ]
    met = dates.promise("visit", days[-1], "met", effective_on="2025-10-11")
    dates.promise("paper", "2025-09-01", "missed", effective_on="2025-08-01")
    visit, paper = dates.told(clocks).milestones
    assert ([row.id for row in visit.slips], visit.cut) == ([rows[2].pk], True)
    assert visit.moves == (Shift(least=25, most=25, exact=True, direction="later"),)
    assert visit.times_moved == 3
    assert visit.moved == Shift(least=30, most=30, exact=True, direction="later")
    assert (visit.latest.id, visit.set_on) == (met.pk, "2025-08-04")
    assert (paper.slips, paper.cut, paper.times_moved) == ((), False, 0)


def test_counts(dates: Dates, clocks: Clocks) -> None:
    dates.promise("one", "2025-09-01", effective_on="2025-08-01")
    dates.promise("one", "2025-09-11", "met", effective_on="2025-09-02")
    dates.promise("two", "2025-09-01", effective_on="2025-08-01")
    dates.promise("two", "2025-09-21", effective_on="2025-09-02")
    vague = {"due_lower": date(2025, 12, 1), "due_upper": date(2025, 12, 31)}
    dates.promise("three", "2025-09-01", effective_on="2025-08-01")
    dates.promise("three", "2025-12", effective_on="2025-09-02", **vague)
    dates.promise("four", "2025-11-01", effective_on="2025-08-01")
    dates.promise("four", "2025-10-25", effective_on="2025-09-02")
    for outcome in ("missed", "moved", "cancelled"):
        dates.promise(outcome, "2025-09-01", outcome)
    counts = dates.told(clocks).counts
    assert (counts.total, counts.open, counts.overdue) == (7, 3, 1)
    outcomes = (counts.met, counts.missed, counts.moved, counts.cancelled)
    assert outcomes == (1, 1, 1, 1)
    assert (counts.later, counts.earlier) == (3, 1)
    assert (counts.later_exactly, counts.later_days) == (2, 15)


def test_without_an_exact_move_there_is_no_average(dates: Dates, clocks: Clocks) -> None:
    counts = dates.told(clocks).counts
    assert (counts.total, counts.later_days) == (0, None)


def test_filters(dates: Dates, clocks: Clocks) -> None:
    dates.promise("swap", "2025-10-20")
    dates.promise("visas", "2025-10-21", tracks=[dates.visas], kind="meeting")
    other = make.StatementFactory(tracks=[dates.swap], parties=[make.PartyFactory(code="US")])
    dates.promise("us", "2025-10-22", basis=other)
    assert slugs(dates.told(clocks, track="visas")) == ["visas"]
    assert slugs(dates.told(clocks, kind="deadline")) == ["swap", "us"]
    assert slugs(dates.told(clocks, party="US")) == ["us"]
    assert dates.told(clocks, party="US").counts.total == 1


@pytest.mark.parametrize(("name", "value"), [("track", "x"), ("party", "XX"), ("kind", "feast")])
def test_a_filter_that_names_nothing_is_refused(
    dates: Dates, clocks: Clocks, name: str, value: str
) -> None:
    with pytest.raises(Refusal) as refused:
        dates.told(clocks, **{name: value})
    assert (refused.value.code, refused.value.at) == ("bad_parameter", name)


def test_the_three_clocks(dates: Dates, clocks: Clocks) -> None:
    dates.promise("held later", "2025-11-01", effective_on="2025-10-20")
    dates.promise("known later", "2025-11-01", known_on=date(2025, 10, 20))
    dates.promise("told later", "2025-11-01", published_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert slugs(dates.told(clocks)) == []
    later = replace(clocks, on=date(2025, 10, 20))
    assert slugs(dates.told(later)) == ["held later"]
    assert slugs(dates.told(replace(clocks, known_by=date(2025, 10, 20)))) == ["known later"]
    asked_later = replace(clocks, as_of=datetime(2026, 6, 1, tzinfo=UTC))
    assert slugs(dates.told(asked_later)) == ["told later"]


def test_on_another_day_a_date_is_still_to_come(dates: Dates, clocks: Clocks) -> None:
    dates.promise("visit", "2025-10-10")
    (before,) = dates.told(replace(clocks, on=date(2025, 10, 3))).milestones
    (after,) = dates.told(clocks).milestones
    assert (before.days_left, before.days_late) == (Days(least=7, most=7, exact=True), None)
    assert (after.days_left, after.days_late) == (None, Days(least=4, most=4, exact=True))


def test_a_draft_and_what_was_withdrawn_leave_no_trace(dates: Dates, clocks: Clocks) -> None:
    draft = {"published_at": None, "published_by": None, "ledger_number": None, "known_on": None}
    dates.promise("draft", "2025-11-01", **draft)
    gone = dates.promise("gone", "2025-11-01")
    dates.promise("gone", "2025-11-01", supersedes=gone, withdrawn=True)
    assert slugs(dates.told(clocks)) == []


def test_it_costs_the_same_for_one_and_for_many(
    dates: Dates, clocks: Clocks, query_count: Callable[[Callable[[], Any]], int]
) -> None:
    dates.promise("one", "2025-11-01")
    first = query_count(lambda: dates.told(clocks))
    for n in range(3):
        dates.promise(f"more-{n}", "2025-11-01", tracks=[dates.visas])
    assert query_count(lambda: dates.told(clocks)) == first
    assert first <= 13
