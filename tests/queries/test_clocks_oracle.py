"""The three clocks held against a naive oracle, over random histories; and that the past stays.

Set PARLEY_HYPOTHESIS=deep, or run the drill, for thousands more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.models import StatusChange, Track
from negotiations.queries import walks
from negotiations.queries.agreements import verdict
from negotiations.queries.clocks import read_clocks
from negotiations.queries.states import Standing, standings, track_rows
from negotiations.sql import fetch
from tests import factories as make
from tests.queries import oracle
from tests.queries.histories import NOW, PARTIES, TRACKS, histories, past_questions, questions
from tests.queries.oracle import Answer, Fact, Question

pytestmark = pytest.mark.django_db
# Each example plays as many histories as there are tracks.
EXAMPLES = 12_000 if os.environ.get("PARLEY_HYPOTHESIS") == "deep" else 100
CALM = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
World = tuple[list[Fact], list[Question]]
worlds = st.tuples(histories, st.lists(questions, min_size=1, max_size=3))


class Stage:
    """The tracks of one negotiation, and a statement that everything rests on."""

    def __init__(self) -> None:
        negotiation = make.NegotiationFactory()
        made = [make.TrackFactory(negotiation=negotiation).pk for _ in range(TRACKS)]
        self.tracks = list(track_rows(Track.objects.filter(pk__in=made).order_by("pk")))
        self.parties = {code: make.PartyFactory(code=code).pk for code in PARTIES}
        self.basis = make.StatementFactory(known_on=oracle.date(2000, 1, 1)).pk
        self.drafter, self.publisher = make.OfficerFactory(), make.OfficerFactory()

    def row(self, fact: Fact, chain: UUID) -> StatusChange:
        """The row of one fact, whose number is its id, too."""
        return StatusChange(
            pk=fact.number,
            ledger_number=fact.number,
            track_id=self.tracks[fact.track].pk,
            according_to_id=self.parties.get(fact.voice or ""),
            stage=fact.stage,
            momentum="steady",
            documentary_basis="joint_document",
            effective_on="given by its bounds",
            effective_lower=fact.lower,
            effective_upper=fact.upper,
            basis_id=self.basis,
            drafted_by=self.drafter,
            drafted_at=fact.published_at,
            published_by=self.publisher,
            published_at=fact.published_at,
            known_on=fact.source_day,
            known_at=fact.source_instant,
            chain=chain,
            supersedes_id=fact.replaces,
            correction_reason="A correction." if fact.replaces else "",
            withdrawn=fact.withdrawn,
        )

    @contextmanager
    def record(self) -> Iterator[Record]:
        """An empty record that is forgotten at the end."""
        with transaction.atomic():
            yield Record(self)
            transaction.set_rollback(True)


class Record:
    """What is published so far."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.chains: dict[int, UUID] = {}
        self.stages: dict[int, str] = {}

    def publish(self, facts: list[Fact]) -> None:
        """Put these rows into the record."""
        for fact in facts:
            self.chains[fact.number] = self.chains.get(fact.replaces or 0, uuid4())
            self.stages[fact.number] = fact.stage
        rows = [self.stage.row(fact, self.chains[fact.number]) for fact in facts]
        StatusChange.objects.bulk_create(rows)

    def ask(self, question: Question) -> tuple[set[int], list[Answer]]:
        """What the product answers: the ids of visible rows, and how each track stands."""
        clocks = read_clocks(
            on=question.on,
            known_by=question.known_by,
            as_of=question.as_of,
            now=NOW,
            zone=oracle.SEOUL,
        )
        visible = set(StatusChange.objects.visible(clocks).values_list("pk", flat=True))
        by_hand = walks.visible("row", "statuschange", clocks=clocks)
        twin = fetch(
            f"SELECT row.id FROM negotiations_statuschange row WHERE {by_hand}",  # noqa: S608
            walks.values_of(clocks),
        )
        assert visible == {pk for (pk,) in twin}
        where = standings(self.stage.tracks, clocks=clocks)
        return visible, [self._answer(standing) for standing in where]

    def _answer(self, standing: Standing) -> Answer:
        readings: dict[str | None, int] = {None: standing.desk.id} if standing.desk else {}
        others: dict[str, frozenset[int]] = {}
        for code, party in self.stage.parties.items():
            heard = standing.voices[party]
            if heard is not None:
                readings[code], others[code] = heard.id, frozenset(heard.others)
        said = verdict(tuple(self.stages.get(readings.get(code, 0)) for code in PARTIES))
        return Answer(readings, others, said.agreement, said.floor, said.ceiling)


def expected(facts: list[Fact], question: Question) -> tuple[set[int], list[Answer]]:
    """What the oracle answers."""
    seen = oracle.visible(facts, question)
    return {fact.number for fact in seen}, [
        oracle.answer(seen, question, track=track, parties=[*PARTIES]) for track in range(TRACKS)
    ]


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  the fixture that opens the database
    """Where the histories play."""
    return Stage()


def agree(stage: Stage, world: World) -> None:
    """The product answers every question as the oracle does."""
    facts, asked = world
    with stage.record() as record:
        record.publish(facts)
        for question in asked:
            assert record.ask(question) == expected(facts, question)


def stand(stage: Stage, facts: list[Fact], question: Question) -> None:
    """What was answered as of an instant is answered so after whatever was published later."""
    before = [fact for fact in facts if oracle.published(fact, question)]
    with stage.record() as record:
        record.publish(before)
        answer = record.ask(question)
        record.publish(facts[len(before) :])
        assert record.ask(question) == answer


@settings(CALM, max_examples=EXAMPLES // 4)
@given(world=worlds)
def test_the_clocks_agree_with_the_oracle(stage: Stage, world: World) -> None:
    agree(stage, world)


@settings(CALM, max_examples=EXAMPLES // 8)
@given(facts=histories, question=past_questions)
def test_old_answers_never_change(stage: Stage, facts: list[Fact], question: Question) -> None:
    stand(stage, facts, question)


@pytest.mark.drill
@settings(CALM, max_examples=3000)
@given(world=worlds)
def test_the_clocks_agree_with_the_oracle_over_thousands(stage: Stage, world: World) -> None:
    agree(stage, world)


@pytest.mark.drill
@settings(CALM, max_examples=1500)
@given(facts=histories, question=past_questions)
def test_old_answers_never_change_over_thousands(
    stage: Stage, facts: list[Fact], question: Question
) -> None:
    stand(stage, facts, question)
