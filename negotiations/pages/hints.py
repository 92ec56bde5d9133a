"""What a mark of the picture over time says of itself, and where it leads: its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.ties import tie
from negotiations.pages.wording import label, said
from negotiations.queries.shapes import (
    Band,
    LinkageRecord,
    MilestoneRecord,
    Move,
    PartyRef,
    StatementRecord,
    Tick,
    TrackRef,
)
from negotiations.turning import unturned
from negotiations.vocabulary import Outcome

# So much of a quotation stands in a hint; all of it where the hint leads to.
_LONGEST = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """An address, and the lines that tell what, when, in which words, who and where."""

    href: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All lines as one text, as browsers show it of themselves."""
        return unturned("\n".join(self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Makes hints: `root` stands before addresses, `query` holds the clocks behind them.

    `words` are statements by id, as far as they are told; `reader` whose readings are shown, null
    the desk's; `on` the day asked about.
    """

    words: Mapping[int, StatementRecord]
    reader: PartyRef | None
    on: date
    query: str
    root: str = ""

    def band(self, track: TrackRef, band: Band) -> Hint:
        """A stretch at one stage, and the words that it rests on."""
        whose = said(self.reader, "capital") if self.reader else _("the desk’s reading")
        told = f"{label('stage', band.stage)}, {label('momentum', band.momentum)}"
        told = _("%(told)s since %(day)s (%(whose)s)") % {
            "told": told, "day": day_words(band.since), "whose": whose,
        }  # fmt: skip
        number = band.ledger_number
        lines = (f"{said(track, 'title')}: {said(band, 'headline')}", told)
        return self._hint(self._entry(track, "status_change", number), lines, band.statement_ids)

    def tick(self, tick: Tick) -> Hint:
        """The statements of one day, told by the first of them."""
        line = f"{day_words(tick.on)}: {count_words(tick.statements)}"
        return self._hint(self.statement(tick.statement_ids[0]), (line,), tick.statement_ids)

    def milestone(self, track: TrackRef, row: MilestoneRecord, *, slip: bool) -> Hint:
        """A date; a `slip` is one that it no longer has."""
        due = in_words(row.due_on, language_now())
        fate = _("moved since") if slip else fate_words(row, self.on)
        lines = (said(row, "title"), f"{due}: {fate}", *self._voice(row.basis[0]))
        return Hint(href=self._entry(track, "milestone", row.ledger_number), lines=lines)

    def linkage(self, linkage: LinkageRecord) -> Hint:
        """A word on how two tracks are tied."""
        sentence = unescape(str(tie(linkage, language=language_now(), links={})))
        day = in_words(linkage.effective_on, language_now())
        href = self._entry(linkage.from_track, "linkage", linkage.ledger_number)
        return Hint(href=href, lines=(sentence, day, *self._voice(linkage.basis[0])))

    def move(self, move: Move, anchor: str) -> Hint:
        """Several tracks that changed on one day."""
        titles = ", ".join(said(track, "title") for track in move.tracks)
        ids = (move.statement,) if move.statement else ()
        href = self.statement(move.statement) if move.statement else f"#{anchor}"
        return self._hint(href, (self.moved(move), titles), ids)

    def moved(self, move: Move) -> str:
        """The same as a sentence."""
        told = {"n": len(move.tracks), "day": day_words(move.on)}
        statement = self.words.get(move.statement) if move.statement else None
        if statement is None:
            return _("On %(day)s %(n)s tracks changed.") % told
        who = said(statement.speaker, "name")
        return _("On %(day)s %(n)s tracks changed by the same words of %(who)s.") % {
            **told, "who": who,
        }  # fmt: skip

    def statement(self, pk: int) -> str:
        """The address of a statement."""
        return self._address("statement", id=pk)

    def track(self, track: TrackRef) -> str:
        """The address of a track."""
        return self._address("track", negotiation=track.negotiation, track=track.slug)

    def _entry(self, track: TrackRef, kind: str, number: int) -> str:
        """An entry in the timeline of its track: among those of its kind it is not far down."""
        href = self.track(track)
        return f"{href}{'&' if '?' in href else '?'}kind={kind}#n{number}"

    def _address(self, name: str, **named: Any) -> str:
        path = self.root + reverse(f"pages:{name}", kwargs=named)
        return f"{path}?{self.query}" if self.query else path

    def _hint(self, href: str, lines: tuple[str, ...], ids: tuple[int, ...]) -> Hint:
        known = [self.words[pk] for pk in ids if pk in self.words]
        return Hint(href=href, lines=(*lines, *(self._voice(known[0]) if known else ())))

    def _voice(self, statement: StatementRecord) -> Iterator[str]:
        yield words_of(statement)
        speaker = said(statement.speaker, "name")
        publisher = said(statement.source.publisher, "name")
        day = in_words(statement.said_on, language_now())
        if statement.reported:
            told = {"publisher": publisher, "speaker": speaker}
            yield f"{_('%(publisher)s, reporting %(speaker)s') % told}, {day}"
        else:
            yield ", ".join(dict.fromkeys((speaker, day, publisher)))


def words_of(statement: StatementRecord) -> str:
    """What was said: the quotation where it is in the reader's language, else its sense."""
    sense = said(statement, "paraphrase")
    quotation = statement.quotation
    if quotation and (statement.language == language_now() or not sense):
        return f"“{shortened(quotation)}”"
    return f"{shortened(sense)} ({_('paraphrase')})"


def shortened(text: str) -> str:
    """The beginning of a text, up to a word's end."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def day_words(day: date) -> str:
    """A day, for people."""
    return in_words(day.isoformat(), language_now())


def count_words(n: int) -> str:
    """How many statements."""
    return ngettext("%(n)s statement", "%(n)s statements", n) % {"n": n}


def fate_words(row: MilestoneRecord, on: date) -> str:
    """What became of a milestone by `on`: a day that passed without an outcome is not open."""
    if row.outcome == Outcome.OPEN and row.due_upper < on:
        return _("day passed, no outcome recorded")
    return label("outcome", row.outcome)
