"""What is different on a track, in the order and the words of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from negotiations.pages.wording import label
from negotiations.queries.shapes import (
    MilestonePair,
    PartyRef,
    StatementRecord,
    TrackComparison,
    WordPair,
)
from negotiations.vocabulary import LinkageStanding, Outcome

# Words of a track's state, and the vocabulary of each.
_WORDS = ("stage", "momentum", "documentary_basis", "agreement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of the state that is another one now; `name` is that of its vocabulary."""

    name: str
    pair: WordPair


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row that took the place of another: `what` says in a word what became of it.

    `same` tells that both rows say the same; `evidence` is the first statement of what stands now;
    `pair` is that of the comparison, which may tell more.
    """

    kind: str
    before: Any
    after: Any
    what: str
    same: bool
    evidence: StatementRecord | None
    pair: Any

    @property
    def any(self) -> Any:
        """The row there is, to name the line by."""
        return self.after or self.before

    @property
    def party(self) -> PartyRef | None:
        """Whose it is; None: the desk's own, or nobody's."""
        return getattr(self.any, "according_to", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackShown:
    """One track with what is different on it."""

    told: TrackComparison
    words: tuple[Word, ...]
    lines: tuple[Line, ...]


def shown(told: TrackComparison, *, on: tuple[date, date]) -> TrackShown:
    """The differences of a track; `on` are the two days that are compared."""
    words = tuple(
        Word(name=name, pair=pair) for name in _WORDS if (pair := getattr(told, name)) is not None
    )
    lines = (
        *(_line("reading", pair, _became) for pair in told.readings),
        *(_line("position", pair, _became) for pair in told.positions),
        *(_line("linkage", pair, _tied) for pair in told.linkages),
        *(_line("milestone", pair, lambda pair: _fared(pair, on)) for pair in told.milestones),
        *(_line("account", pair, _became) for pair in told.accounts),
    )
    return TrackShown(told=told, words=words, lines=lines)


def _line(kind: str, pair: Any, word: Callable[[Any], str]) -> Line:
    same = _says_the_same(kind, pair)
    evidence = pair.after.basis[0] if pair.after and pair.after != pair.before else None
    return Line(
        kind=kind,
        before=pair.before,
        after=pair.after,
        what=_("said anew") if same else word(pair),
        same=same,
        evidence=evidence,
        pair=pair,
    )


# What a line shows of a row.
_SHOWS = {
    "reading": ("stage", "momentum", "documentary_basis", "headline_en", "headline_ko"),
    "position": ("figure_en", "figure_ko", "standing"),
    "linkage": ("kind", "standing"),
    "milestone": ("due_on", "outcome"),
    "account": ("bearing", "text_en", "text_ko"),
}


def _says_the_same(kind: str, pair: Any) -> bool:
    if pair.before is None or pair.after is None or pair.before.id == pair.after.id:
        return False
    return _shows(kind, pair.before) == _shows(kind, pair.after)


def _shows(kind: str, row: Any) -> list[Any]:
    """What a line shows of a row; of an account also whether another one is judged against it."""
    contradicts = getattr(row, "contradicts", None) is not None
    return [contradicts, *(getattr(row, name) for name in _SHOWS[kind])]


def _became(pair: Any) -> str:
    if pair.before is None:
        return pgettext("in a comparison", "new")
    return _("no longer told") if pair.after is None else pgettext("in a comparison", "changed")


def _tied(pair: Any) -> str:
    if pair.after is not None and pair.after.standing != LinkageStanding.ASSERTED:
        return label("linkage_standing", pair.after.standing).lower()
    return _became(pair)


def _fared(pair: MilestonePair, on: tuple[date, date]) -> str:
    was, now = pair.before, pair.after
    if was is None:
        return pgettext("in a comparison", "set")
    if now is None:
        return _("no longer told")
    if now.outcome != was.outcome and now.outcome != Outcome.OPEN:
        return label("outcome", now.outcome).lower()
    if now.due_on != was.due_on:
        return pgettext("in a comparison", "moved")
    return _("day passed") if now.due_upper < on[1] else pgettext("in a comparison", "changed")
