"""How far the parties' positions on a term are from each other, and since when.

Computed, never stored. Silence is never assent, a text is never understood, and a figure is taken
for what its qualifier says: “about” reaches a twentieth to either side, “up to 20” leaves room for
15, but two ceilings (or two floors) are compared as ceilings: whoever says up to 20 is apart from
whoever says up to 350.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby
from operator import attrgetter, itemgetter
from typing import Protocol

from negotiations.vocabulary import Comparison, Qualifier, Standing

_ABOUT = Decimal("0.05")
_CEILINGS = frozenset({Qualifier.UP_TO, Qualifier.BELOW})
_FLOORS = frozenset({Qualifier.AT_LEAST, Qualifier.ABOVE})
_OPEN = frozenset({Qualifier.BELOW, Qualifier.ABOVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What one party holds a term to be, from `since` on; vaguely dated, from `by` at the latest.

    `on` is the date as recorded. A figure, or a text in at least one language.
    """

    since: date
    by: date
    on: str
    amount: Decimal | None
    amount_to: Decimal | None
    text_en: str
    text_ko: str
    qualifier: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What one party held, oldest first; `cut`: what came before the first is not at hand."""

    stands: tuple[Stand, ...]
    cut: bool = False

    def held_on(self, day: date) -> Stand | None:
        """What the party holds at the end of that day; null: nothing, or it has withdrawn."""
        number = bisect_right(self.stands, day, key=attrgetter("since"))
        last = self.stands[number - 1] if number else None
        return None if last is None or last.standing == Standing.WITHDRAWN else last


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSpan:
    """A stretch of days with the same comparison; `until` null: up to now.

    It begins on `since`, `by` that day at the latest, dated `on`. `cut`: it may be older.
    """

    comparison: Comparison
    since: date
    by: date
    on: str
    until: date | None
    cut: bool


def compare(stands: Collection[Stand | None]) -> Comparison:
    """What one position a party (null: it holds none) amount to.

    Any two that differ decide, then any party that is silent; fewer than two voices are one-sided.
    """
    held = [stand for stand in stands if stand is not None]
    if not held:
        return Comparison.UNKNOWN
    found = {_pair(one, other) for one, other in combinations(held, 2)}
    if not found or len(held) < len(stands):
        found.add(Comparison.ONE_SIDED)
    return next(word for word in _GRAVEST if word in found)


_GRAVEST = (
    Comparison.APART,
    Comparison.REWORDED,
    Comparison.ONE_SIDED,
    Comparison.COMPATIBLE,
    Comparison.SAME,
)


def mixed(stands: Collection[Stand | None]) -> bool:
    """Whether the parties give their positions different force: agreed here, demanded there."""
    return len({stand.standing for stand in stands if stand is not None}) > 1


class _Marked(Protocol):
    @property
    def comparison(self) -> str: ...
    @property
    def mixed_standing(self) -> bool: ...


def differs(term: _Marked) -> bool:
    """Whether the parties differ on a term: apart, put in different words, or of other force."""
    return term.mixed_standing or term.comparison in (Comparison.APART, Comparison.REWORDED)


def spans(histories: Sequence[History]) -> list[ComparisonSpan]:
    """How the comparison went from day to day, oldest first, each stretch as long as it can be."""
    told = [(compare([h.held_on(day.since) for h in histories]), day) for day in _starts(histories)]
    runs = [(word, next(days)[1]) for word, days in groupby(told, key=itemgetter(0))]
    ends = [*(began.since for _, began in runs[1:]), None][: len(runs)]
    return [
        ComparisonSpan(
            comparison=word,
            since=began.since,
            by=began.by,
            on=began.on,
            until=until,
            cut=number == 0 and any(history.cut for history in histories),
        )
        for number, ((word, began), until) in enumerate(zip(runs, ends, strict=True))
    ]


def _starts(histories: Sequence[History]) -> Iterator[Stand]:
    """The days on which something may have changed: of each day what is dated most vaguely.

    Where histories are cut, from the first day on which all of them are at hand.
    """
    first = max((h.stands[0].since for h in histories if h.cut and h.stands), default=date.min)
    latest: dict[date, Stand] = {}
    for history in histories:
        for stand in history.stands:
            known = latest.get(stand.since)
            if stand.since >= first and (known is None or stand.by >= known.by):
                latest[stand.since] = stand
    return (latest[day] for day in sorted(latest))


def _pair(one: Stand, other: Stand) -> Comparison:
    if one.amount is None or other.amount is None:
        return Comparison.SAME if _same_words(one, other) else Comparison.REWORDED
    if _figure(one) == _figure(other):
        return Comparison.SAME
    for bounds, end in ((_CEILINGS, 1), (_FLOORS, 0)):
        if one.qualifier in bounds and other.qualifier in bounds:
            alike = _reach(one)[end] == _reach(other)[end]
            return Comparison.COMPATIBLE if alike else Comparison.APART
    return Comparison.COMPATIBLE if _overlap(one, other) else Comparison.APART


def _figure(stand: Stand) -> tuple[Decimal | None, Decimal | None, str]:
    return stand.amount, stand.amount_to, stand.qualifier


def _same_words(one: Stand, other: Stand) -> bool:
    """The same letters in a language that both have, whatever their case and spaces."""
    if one.amount is not None or other.amount is not None:
        return False
    shared = [
        (_folded(a), _folded(b))
        for a, b in ((one.text_en, other.text_en), (one.text_ko, other.text_ko))
        if a and b
    ]
    return bool(shared) and all(a == b for a, b in shared)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _reach(stand: Stand) -> tuple[Decimal, Decimal]:
    """The lowest and the highest that the figure names, before its qualifier opens an end."""
    low = stand.amount or Decimal(0)
    high = low if stand.amount_to is None else stand.amount_to
    if stand.qualifier == Qualifier.ABOUT:
        return low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    return low, high


def _overlap(one: Stand, other: Stand) -> bool:
    """Whether some amount fits both."""
    return _below(one, other) and _below(other, one)


def _below(one: Stand, other: Stand) -> bool:
    """Whether `one` begins before `other` ends."""
    if one.qualifier in _CEILINGS or other.qualifier in _FLOORS:
        return True
    begins, ends = _reach(one)[0], _reach(other)[1]
    strict = one.qualifier in _OPEN or other.qualifier in _OPEN
    return begins < ends if strict else begins <= ends
