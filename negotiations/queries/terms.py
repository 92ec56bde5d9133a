"""Terms: what each party last said of them, what they said before, and how far they are apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from negotiations.models import Clocks
from negotiations.queries.assembly import Records
from negotiations.queries.position_comparisons import (
    ComparisonSpan,
    History,
    Stand,
    compare,
    mixed,
    spans,
)
from negotiations.queries.shapes import TermState
from negotiations.queries.utterance_days import day_of
from negotiations.queries.walks import held, newest, values_of
from negotiations.sql import array, fetch

# So many steps of a term are read and drawn for a party, from the newest back; what is law counts
# apart. Nobody reads more, and a page may not cost more the longer its record is.
MOST_STEPS = 60
_Names = tuple[int, str, str, str, str]


class Step(NamedTuple):
    """One position of a party on a term."""

    party: int
    legal: bool
    id: int
    effective_on: str
    lower: date
    upper: date
    amount: Decimal | None
    amount_to: Decimal | None
    qualifier: str
    standing: str
    text_en: str
    text_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The positions of one party on a term, of one kind, oldest first, each with its day.

    `days` never run backwards and are not after the day asked about; `cut`: there are older ones.
    """

    party: int
    legal: bool
    steps: tuple[Step, ...]
    days: tuple[date, ...]
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTerm:
    """A term on which somebody has said something, with the lines of all who have."""

    track: int
    slug: str
    name_en: str
    name_ko: str
    unit: str
    lines: tuple[Line, ...]

    @property
    def position_ids(self) -> list[int]:
        """The latest of each line."""
        return [line.steps[-1].id for line in self.lines]

    @property
    def every_id(self) -> list[int]:
        """All steps."""
        return [step.id for line in self.lines for step in line.steps]

    @property
    def party_ids(self) -> set[int]:
        """Who has said something."""
        return {line.party for line in self.lines}

    def histories(self, parties: Sequence[int], *, on: date) -> list[History]:
        """What each of these parties bargained for, silent ones too, up to `on`."""
        bargained = {line.party: line for line in self.lines if not line.legal}
        return [_history(bargained.get(party), on=on) for party in parties]


def terms_of(tracks: Collection[int], *, clocks: Clocks) -> list[HeldTerm]:
    """The terms of these tracks with everybody's newest positions by `on`; one SQL query.

    Before anybody's position could be known, nobody knew that the term was bargained over.
    """
    found: dict[_Names, dict[tuple[int, bool], list[Step]]] = {}
    values = {**values_of(clocks), "tracks": array(tracks)}
    # One more than is shown tells whether there are more.
    for row in fetch(_sql(_STEPS, clocks=clocks, most=MOST_STEPS + 1), values):
        step = Step._make(row[6:])
        lines = found.setdefault(row[1:6], {})
        lines.setdefault((step.party, step.legal), []).append(step)
    return [
        HeldTerm(
            track=track,
            slug=slug,
            name_en=name_en,
            name_ko=name_ko,
            unit=unit,
            lines=tuple(_line(steps, on=clocks.on) for steps in lines.values()),
        )
        for (track, slug, name_en, name_ko, unit), lines in found.items()
    ]


class Latest(NamedTuple):
    """The latest position of a party on a term: what it says, or what it says is law."""

    track: int
    term: int
    party: int
    legal: bool
    id: int
    standing: str


def latest_positions(tracks: Collection[int], *, clocks: Clocks) -> list[Latest]:
    """Those of everybody on the terms of these tracks, by term and party; one SQL query."""
    columns = "term.track_id, term.id, party.id, kind.legal, step.id, step.standing"
    values = {**values_of(clocks), "tracks": array(tracks)}
    return [Latest._make(row) for row in fetch(_sql(columns, clocks=clocks, most=1), values)]


_STEPS = """
    term.id, term.track_id, term.slug, term.name_en, term.name_ko, term.unit, party.id, kind.legal,
    step.id, step.effective_on, step.effective_lower, step.effective_upper, step.amount,
    step.amount_to, step.qualifier, step.standing, step.text_en, step.text_ko
"""


def _sql(columns: str, *, clocks: Clocks, most: int) -> str:
    """The newest positions of each party on each term, `most` of them, oldest first."""
    return f"""
        SELECT {columns}
        FROM negotiations_term term CROSS JOIN negotiations_party party
        CROSS JOIN (VALUES (false), (true)) kind (legal)
        CROSS JOIN LATERAL (
            SELECT row.* FROM negotiations_position row
            WHERE row.term_id = term.id AND row.according_to_id = party.id
                AND row.legal = kind.legal AND {held("row", "position", clocks=clocks)}
            ORDER BY {newest("row")} LIMIT {most:d}
        ) step
        WHERE term.track_id = ANY(%(tracks)s::bigint[]) AND term.registered_at <= %(as_of)s
        ORDER BY term.id, party.id, kind.legal,
            step.effective_lower, step.effective_upper, step.ledger_number
    """  # noqa: S608  words of ours


def _line(steps: list[Step], *, on: date) -> Line:
    shown = steps[-MOST_STEPS:]
    return Line(
        party=shown[0].party,
        legal=shown[0].legal,
        steps=tuple(shown),
        days=tuple(_days(shown, on=on)),
        cut=len(steps) > MOST_STEPS,
    )


def _days(steps: Iterable[Step], *, on: date) -> list[date]:
    """Where the steps stand: none after the day asked about, none after the one that follows it."""
    days: list[date] = []
    following = on
    for step in reversed(list(steps)):
        following = min(day_of(step.lower, step.upper), following)
        days.append(following)
    return days[::-1]


def _history(line: Line | None, *, on: date) -> History:
    if line is None:
        return History(stands=())
    return History(
        stands=tuple(_stand(*one, on=on) for one in zip(line.steps, line.days, strict=True)),
        cut=line.cut,
    )


def _stand(step: Step, since: date, *, on: date) -> Stand:
    return Stand(
        since=since,
        by=max(min(step.upper, on), since),
        on=step.effective_on,
        amount=step.amount,
        amount_to=step.amount_to,
        text_en=step.text_en,
        text_ko=step.text_ko,
        qualifier=step.qualifier,
        standing=step.standing,
    )


def mark_members(term: HeldTerm, *, histories: Sequence[History], on: date) -> dict[str, Any]:
    """The members of a TermMark; `histories` are those of the track's parties."""
    now = [history.held_on(on) for history in histories]
    went = spans(histories)
    last = went[-1] if went else None
    return {
        "slug": term.slug,
        "name_en": term.name_en,
        "name_ko": term.name_ko,
        "unit": term.unit,
        "comparison": compare(now).value,
        "since_on": last.on if last else None,
        "days": (on - last.by).days if last else None,
        "days_at_least": _is_vague(last) if last else False,
        "mixed_standing": mixed(now),
    }


def _is_vague(span: ComparisonSpan) -> bool:
    return span.cut or span.by > span.since


def term_state(
    term: HeldTerm, *, parties: Sequence[int], records: Mapping[int, Any], on: date
) -> TermState:
    """A term as it stands; `parties` are those of its track, `records` those of its positions."""
    return TermState(
        **mark_members(term, histories=term.histories(parties, on=on), on=on),
        positions=tuple(records[pk] for pk in term.position_ids),
    )


def term_states(
    terms: Iterable[HeldTerm], *, parties: Sequence[int], records: Records, on: date
) -> tuple[TermState, ...]:
    """The states of terms of one track."""
    return tuple(
        term_state(term, parties=parties, records=records.position, on=on) for term in terms
    )
