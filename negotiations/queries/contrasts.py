"""What differs between two states of a track: a pure comparison of which rows tell of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from negotiations.queries.agreements import verdict
from negotiations.queries.milestones import Due
from negotiations.queries.readings import HeardReading
from negotiations.vocabulary import Outcome

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldState:
    """What is held of one track on a day: the row that counts, of each voice and each matter.

    `voices` by party (null: silent); `positions`, `linkages` and `accounts` are ids, by term, party
    and whether it is law, by both tracks (the lower id first) and the voice, by meeting, topic and
    party; `milestones` by slug.
    """

    on: date
    desk: HeardReading | None = None
    voices: Mapping[int, HeardReading | None] = field(default_factory=dict)
    positions: Mapping[tuple[int, int, bool], int] = field(default_factory=dict)
    linkages: Mapping[tuple[int, int, int | None], int] = field(default_factory=dict)
    milestones: Mapping[str, Due] = field(default_factory=dict)
    accounts: Mapping[tuple[str, str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """What stood in a place, and what stands there; null: nothing."""

    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What differs: words by the member of a track's state, ids of rows by kind."""

    words: Mapping[str, Pair]
    readings: tuple[Pair, ...]
    positions: tuple[Pair, ...]
    linkages: tuple[Pair, ...]
    milestones: tuple[Pair, ...]
    accounts: tuple[Pair, ...]

    def __bool__(self) -> bool:
        """Whether anything does."""
        rows = (self.readings, self.positions, self.linkages, self.milestones, self.accounts)
        return any((self.words, *rows))

    def ids(self, kind: str, side: str) -> set[int]:
        """The ids of its rows of a kind on one side, `before` or `after`."""
        pairs = (getattr(pair, side) for pair in getattr(self, kind))
        return {pk for pk in pairs if pk is not None}


def contrast(before: HeldState, after: HeldState) -> Contrast:
    """What is not the same in both; turned round, every pair is turned round."""
    told, tells = _words(before), _words(after)
    return Contrast(
        words={name: Pair(told[name], tells[name]) for name in told if told[name] != tells[name]},
        readings=tuple(
            Pair(was and was.id, now and now.id)
            for was, now in _pairs(_readings(before), _readings(after), key=_id)
        ),
        positions=tuple(Pair(*pair) for pair in _pairs(before.positions, after.positions)),
        linkages=tuple(Pair(*pair) for pair in _pairs(before.linkages, after.linkages)),
        milestones=tuple(
            Pair(was and was[0].id, now and now[0].id)
            for was, now in _pairs(_fates(before), _fates(after), key=_fate)
        ),
        accounts=tuple(Pair(*pair) for pair in _pairs(before.accounts, after.accounts)),
    )


def _readings(held: HeldState) -> dict[int | None, HeardReading | None]:
    readings: dict[int | None, HeardReading | None] = {None: held.desk}
    return readings | dict(held.voices)


_OF_THE_DESK = ("stage", "momentum", "documentary_basis")


def _words(held: HeldState) -> dict[str, str | None]:
    """The words of a track's state: the desk's own, and what the parties' come to."""
    said = verdict(tuple(heard.stage if heard else None for heard in held.voices.values()))
    return {
        **{name: getattr(held.desk, name, None) for name in _OF_THE_DESK},
        "agreement": said.agreement,
        "floor": said.floor,
        "ceiling": said.ceiling,
    }


def _pairs(
    before: Mapping[K, Any], after: Mapping[K, Any], key: Callable[[Any], Any] = lambda one: one
) -> Iterator[tuple[Any, Any]]:
    """What stands in each place on both sides, where `key` tells it apart."""
    for place in {**after, **before}:
        was, now = before.get(place), after.get(place)
        if (was and key(was)) != (now and key(now)):
            yield was, now


def _id(heard: HeardReading) -> int:
    return heard.id


def _fates(held: HeldState) -> dict[str, tuple[Due, bool]]:
    """Milestones with whether their day has passed without an outcome."""
    return {
        slug: (due, due.outcome == Outcome.OPEN and due.upper < held.on)
        for slug, due in held.milestones.items()
    }


def _fate(milestone: tuple[Due, bool]) -> tuple[int, bool]:
    return milestone[0].id, milestone[1]
