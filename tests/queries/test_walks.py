"""Statements of a track under the three clocks, held against a naive oracle over random histories.

The walks of the timeline, of the lanes and of the lists begin where the question's past ends and
read what stands beside the tracks; here is what they must find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.models import Clocks, Statement, StatementTrack
from negotiations.queries import utterance_days
from negotiations.queries.boards import board
from negotiations.queries.clocks import read_clocks
from negotiations.queries.layouts import layout
from negotiations.queries.statements import StatementFilters, list_statements
from negotiations.queries.swimlanes import lanes_of
from negotiations.queries.timelines import timeline
from tests import factories as make
from tests.queries import oracle
from tests.queries.histories import NOW, TRACKS, histories, questions
from tests.queries.oracle import Fact, Question
from tests.queries.test_clocks_oracle import CALM, EXAMPLES

pytestmark = pytest.mark.django_db
MOST = 3
# Each example publishes up to 32 statements one after the other.
FEW = EXAMPLES // 8


class Talks:
    """The tracks of one negotiation, on which statements are published as facts say."""

    def __init__(self) -> None:
        talks = make.NegotiationFactory(slug="talks")
        self.tracks = [
            make.TrackFactory(negotiation=talks, slug=f"track-{n}") for n in range(TRACKS)
        ]
        self.source = make.SourceFactory(known_on=date(2000, 1, 1))
        self.speaker = make.PersonFactory()
        self.drafter, self.publisher = make.OfficerFactory(), make.OfficerFactory()

    @contextmanager
    def record(self, facts: list[Fact]) -> Iterator[None]:
        """These statements, which are forgotten at the end; ids are the facts' numbers."""
        chains: dict[int, UUID] = {}
        with transaction.atomic():
            for fact in facts:
                chains[fact.number] = chains.get(fact.replaces or 0, uuid4())
                self._publish(fact, chains[fact.number])
            yield
            transaction.set_rollback(True)

    def _publish(self, fact: Fact, chain: UUID) -> None:
        row = Statement.objects.create(
            pk=fact.number, chain=chain, source=self.source, speaker=self.speaker,
            paraphrase_en="Said.", said_on="given by its bounds", said_lower=fact.lower,
            said_upper=fact.upper, zone="Asia/Seoul", kind="reports", modality="asserted",
            attribution="on_record", credibility="2", language="en", drafted_by=self.drafter,
            drafted_at=fact.published_at, supersedes_id=fact.replaces, withdrawn=fact.withdrawn,
            correction_reason="A correction." if fact.replaces else "",
        )  # fmt: skip
        told: dict[str, Any] = {
            "published_at": fact.published_at, "ledger_number": fact.number,
            "known_on": fact.source_day, "known_at": fact.source_instant,
        }  # fmt: skip
        StatementTrack.objects.create(
            statement=row, track=self.tracks[fact.track], said_lower=fact.lower,
            said_upper=fact.upper, chain=chain, withdrawn=fact.withdrawn, **told,
        )  # fmt: skip
        Statement.objects.filter(pk=row.pk).update(published_by=self.publisher, **told)


@pytest.fixture
def talks(db: None) -> Talks:  # noqa: ARG001  the fixture that opens the database
    """Where it is said."""
    return Talks()


def clocks_of(question: Question) -> Clocks:
    """The clocks that the product reads from a question."""
    return read_clocks(
        on=question.on, known_by=question.known_by, as_of=question.as_of, now=NOW,
        zone=oracle.SEOUL,
    )  # fmt: skip


def said(facts: list[Fact], question: Question, *, track: int) -> list[Fact]:
    """The statements of a track that a reader sees, newest first."""
    seen = oracle.visible(facts, question)
    on = date.fromisoformat(question.on)
    mine = [fact for fact in seen if fact.track == track and fact.lower <= on]
    return sorted(mine, key=lambda f: (f.lower, f.upper, f.number), reverse=True)


def paged(call: Any) -> list[int]:
    """The ids of all pages of two."""
    found: list[int] = []
    cursor = None
    while True:
        page = call(limit=2, cursor=cursor)
        found += [one.id for one in page.results]
        cursor = page.next
        if cursor is None:
            return found


@settings(CALM, max_examples=FEW)
@given(facts=histories, question=questions, track=st.integers(0, TRACKS - 1))
def test_lists_and_timelines_tell_what_the_oracle_sees(
    talks: Talks, facts: list[Fact], question: Question, track: int
) -> None:
    clocks, slug = clocks_of(question), f"track-{track}"
    with talks.record(facts):
        expected = [fact.number for fact in said(facts, question, track=track)]
        of_track = StatementFilters(negotiation="talks", track=slug)
        assert paged(lambda **p: list_statements(clocks=clocks, filters=of_track, **p)) == expected
        assert paged(lambda **p: timeline("talks", slug, clocks=clocks, **p)) == expected
        seen = oracle.visible(facts, question)
        everything = {fact.number for fact in seen if fact.lower.isoformat() <= question.on}
        whole = StatementFilters()
        assert set(paged(lambda **p: list_statements(clocks=clocks, filters=whole, **p))) == (
            everything
        )


def drawn(fact: Fact, on: date) -> date:
    """The day on which a statement stands in a lane."""
    return min(fact.upper if fact.lower == date.min else fact.lower, on)


@settings(CALM, max_examples=FEW)
@given(facts=histories, question=questions)
def test_lanes_show_the_newest_and_say_from_when_on_they_are_whole(
    talks: Talks, monkeypatch: pytest.MonkeyPatch, facts: list[Fact], question: Question
) -> None:
    monkeypatch.setattr(utterance_days, "MOST_STATEMENTS", MOST * TRACKS)
    monkeypatch.setattr(utterance_days, "LEAST_A_LANE", 1)
    on = date.fromisoformat(question.on)
    with talks.record(facts):
        for track, row, lane in _board(question):
            seen = said(facts, question, track=track)
            newest = Counter(drawn(fact, on) for fact in seen[:MOST])
            assert {tick.on: tick.statements for tick in lane.ticks} == newest
            assert row.last_entry_on == ("given by its bounds" if seen else None)
            if len(seen) <= MOST:
                assert lane.statements_since is None
            else:
                since = seen[MOST].lower + timedelta(days=1)
                assert lane.statements_since == since
                assert {f.number for f in seen if f.lower >= since} <= {
                    f.number for f in seen[:MOST]
                }


def _board(question: Question) -> Iterator[tuple[int, Any, Any]]:
    told = board(layout("talks", clocks=clocks_of(question)))
    over_time = lanes_of(layout("talks", clocks=clocks_of(question)))
    for row, lane in zip(told.rows, over_time.lanes, strict=True):
        yield int(row.state.slug.removeprefix("track-")), row, lane


def test_a_statement_said_long_after_it_was_told_is_found_in_the_past(talks: Talks) -> None:
    """However odd a row, nothing is lost: only the walk is longer."""
    moment = NOW - timedelta(days=10)
    odd = Fact(
        number=1, published_at=moment, source_day=date(2025, 10, 1), source_instant=None,
        replaces=None, withdrawn=False, track=0, voice=None, stage="mooted",
        lower=date(2025, 10, 19), upper=date(2025, 10, 19),
    )  # fmt: skip
    question = Question(on="2025-10-20", known_by="2025-10-02", as_of="2025-10-12")
    with talks.record([odd]):
        page = timeline("talks", "track-0", clocks=clocks_of(question))
        assert [entry.id for entry in page.results] == [1]
