"""The three clocks in plain lists: what DESIGN says, as slowly and as plainly as can be.

Nothing of the product is used here. Parameters are taken as the texts that a reader writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

LADDER = [
    *("mooted", "exploratory", "negotiating", "agreed_in_principle", "text_agreed", "issued"),
    *("signed", "domestic_procedure", "in_force", "completed"),
]
SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class Fact:
    """One published row. Its source is dated by day or, where `source_instant` is set, by it."""

    number: int
    published_at: datetime
    source_day: date
    source_instant: datetime | None
    replaces: int | None
    withdrawn: bool
    track: int
    voice: str | None
    stage: str
    lower: date
    upper: date


@dataclass(frozen=True)
class Question:
    """The three parameters as texts; null where a reader gives none."""

    on: str
    known_by: str | None
    as_of: str | None


@dataclass(frozen=True)
class Answer:
    """One track: each voice's reading, what else a party said at that time, and the verdict."""

    readings: dict[str | None, int]
    others: dict[str, frozenset[int]]
    agreement: str
    floor: str | None
    ceiling: str | None


def published(fact: Fact, question: Question) -> bool:
    """Did the site say it by then? A day includes all of that day in Seoul."""
    if question.as_of is None:
        return True
    if "T" in question.as_of:
        return fact.published_at <= datetime.fromisoformat(question.as_of)
    return fact.published_at.astimezone(SEOUL).date() <= date.fromisoformat(question.as_of)


def known(fact: Fact, question: Question) -> bool:
    """Could it be known by then? What is dated only by day is known from that day."""
    if question.known_by is None:
        return True
    if "T" not in question.known_by:
        return fact.source_day <= date.fromisoformat(question.known_by)
    moment = datetime.fromisoformat(question.known_by)
    if fact.source_instant is not None:
        return fact.source_instant <= moment
    return fact.source_day <= moment.date()


def told(fact: Fact, question: Question) -> bool:
    """On both clocks."""
    return published(fact, question) and known(fact, question)


def replaced(fact: Fact, facts: list[Fact], question: Question) -> bool:
    """By a correction that is told, or by a told correction of a correction, and so on."""
    return any(
        told(later, question) or replaced(later, facts, question)
        for later in facts
        if later.replaces == fact.number
    )


def visible(facts: list[Fact], question: Question) -> list[Fact]:
    """What a reader sees."""
    return [
        fact
        for fact in facts
        if told(fact, question) and not fact.withdrawn and not replaced(fact, facts, question)
    ]


def answer(seen: list[Fact], question: Question, *, track: int, parties: list[str]) -> Answer:
    """How one track stands, by what a reader sees."""
    readings: dict[str | None, int] = {}
    others: dict[str, frozenset[int]] = {}
    stages = []
    for voice in [None, *parties]:
        mine = [
            fact
            for fact in seen
            if fact.track == track
            and fact.voice == voice
            and fact.lower <= date.fromisoformat(question.on)
        ]
        if not mine:
            continue
        mine.sort(key=lambda fact: (fact.lower, fact.upper, fact.number))
        latest = mine[-1]
        readings[voice] = latest.number
        if voice is not None:
            stages.append(latest.stage)
            others[voice] = frozenset(
                fact.number
                for fact in mine
                if fact.stage != latest.stage
                and not (fact.upper < latest.lower or latest.upper < fact.lower)
            )
    return Answer(readings, others, *judge(stages, parties=len(parties)))


def judge(stages: list[str], *, parties: int) -> tuple[str, str | None, str | None]:
    """Agreement, floor, ceiling. What is not on the ladder is below it."""
    if not stages:
        return "unknown", None, None
    ranked = sorted(stages, key=lambda s: LADDER.index(s) if s in LADDER else -1)
    if any(stage != stages[0] for stage in stages):
        word = "contested"
    elif len(stages) < parties:
        word = "one_sided"
    else:
        word = "concordant"
    return word, ranked[0], ranked[-1]
