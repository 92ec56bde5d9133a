"""The lines of a sheet, in the page's language: each claim in words, with its endnotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from negotiations.pages.dates import in_words
from negotiations.pages.papers import Level, Line, Mark, Run, clip, cut, run
from negotiations.pages.spans import moves_in_words
from negotiations.pages.ties import tie
from negotiations.pages.wording import label
from negotiations.queries.figures import figure_en, figure_ko
from negotiations.queries.shapes import TrackRef
from negotiations.queries.shapes.briefs import (
    BriefDate,
    BriefNews,
    BriefOther,
    BriefParty,
    BriefPosition,
    BriefReading,
    BriefTerm,
    BriefTie,
    BriefTrack,
    Endnote,
)
from negotiations.queries.shapes.handovers import LastWords, Owed
from negotiations.turning import unturned
from negotiations.vocabulary import Comparison, LinkageStanding, Momentum, Outcome

Notes = dict[int, Endnote]


class _Tied(NamedTuple):
    """A tie of a brief, as its sentence is made of it."""

    from_track: TrackRef
    to_track: TrackRef
    according_to: BriefParty | None
    kind: str
    standing: str = LinkageStanding.ASSERTED
    basis: tuple[Any, ...] = ()


def fallen_words() -> str:
    """What is said beside a claim of which all evidence was retracted."""
    return _("evidence retracted")


class Writer:
    """Writes lines in one language at one level."""

    def __init__(self, *, language: str, level: Level, notes: Iterable[Endnote]) -> None:
        """Take the language, the room, and the endnotes by their numbers."""
        self.language, self.level = language, level
        self.notes: Notes = {note.number: note for note in notes}

    def track(self, told: BriefTrack) -> Line:
        """Where a track stands, then what the parties say where they are not at one."""
        pairs = [("stage", told.stage), ("momentum", told.momentum), ("agreement", told.agreement)]
        return Line(
            title=self._title(told.track),
            track=told.track.slug,
            marks=tuple(self._mark(*pair) for pair in pairs if pair[1]),
            tag=_("new") if told.new else "",
            words=self._words(told, "headline"),
            when=self.day(told.effective_on),
            notes=told.notes,
            inner=self._silent_last([self.reading(one, of=told) for one in told.readings]),
            row=("status_change", told.status_change) if told.status_change else None,
        )

    def other(self, told: BriefOther) -> Line:
        """A track by its name and the desk's stage; a standstill is said with it."""
        still = told.momentum in {Momentum.STALLED, Momentum.HALTED}
        pairs = [("stage", told.stage), ("momentum", told.momentum if still else None)]
        return Line(
            title=self._title(told.track),
            track=told.track.slug,
            marks=tuple(self._mark(*pair) for pair in pairs if pair[1]),
            words=() if told.stage else (Run(_("no reading by the desk"), self.language),),
            row=("status_change", told.status_change) if told.status_change else None,
            fallen=fallen_words() if told.evidence_retracted else "",
        )

    def reading(self, told: BriefReading, *, of: BriefTrack) -> Line:
        """What one party says of a track; silence is said as silence.

        Words that only say again, by the same statement, what the desk's do are left out.
        """
        if told.status_change is None:
            words = (Run(_("no stage stated"), self.language),)
            return Line(title=self._capital(told.party), words=words, silent=True)
        return Line(
            title=self._capital(told.party),
            marks=(self._mark("stage", told.stage),),
            words=() if told.notes == of.notes else self._words(told, "headline"),
            when=self.day(told.effective_on),
            notes=told.notes,
            row=("status_change", told.status_change),
        )

    def term(self, told: BriefTerm) -> Line:
        """What each party says a term is."""
        track = run(told.track, "title", self.language, most=self.level.title)
        return Line(
            title=run(told, "name", self.language, most=self.level.title),
            track=told.track.slug,
            words=(track,),
            tag=self._differing(told.comparison),
            inner=self._silent_last([self.position(one, told.unit) for one in told.positions]),
        )

    def _differing(self, comparison: str) -> str:
        """What is to be said of parties that are not plainly apart."""
        if comparison == Comparison.ONE_SIDED:
            return _("one side only")
        return (
            self._mark("comparison", comparison).label if comparison == Comparison.REWORDED else ""
        )

    def position(self, told: BriefPosition, unit: str) -> Line:
        """What one party says a term is."""
        if told.position is None:
            words = (Run(_("nothing on record"), self.language),)
            return Line(title=self._capital(told.party), words=words, silent=True)
        return Line(
            title=self._capital(told.party),
            words=(self._figure(told, unit),),
            marks=(self._mark("standing", told.standing),),
            when=self.day(told.effective_on),
            notes=told.notes,
            row=("position", told.position),
        )

    def tie(self, told: BriefTie) -> Line:
        """A tie as a sentence."""
        tied: Any = _Tied(
            self._cut(told.from_track), self._cut(told.to_track), told.party, told.linkage_kind
        )
        words = unescape(tie(tied, language=self.language, links={}))
        return Line(
            words=(Run(words, self.language),),
            when=self.day(told.effective_on),
            notes=told.notes,
            row=("linkage", told.linkage),
        )

    def date(self, told: BriefDate) -> Line:
        """A date: what is due, what became of it, how far it slipped."""
        place = run(told, "place", self.language, most=self.level.title // 2)
        title = run(told, "title", self.language, most=self.level.line)
        moved = any(move.is_move for move in told.moves)
        slip = moves_in_words(told.moves, told.moved) if moved else ""
        over = () if told.outcome == Outcome.OPEN else (self._mark("outcome", told.outcome),)
        return Line(
            title=Run(self.day(told.due_on), self.language),
            words=(title, *([place] if place.text and place.text not in title.text else [])),
            tag=_("day passed, no outcome recorded") if told.overdue else "",
            marks=over,
            slip=slip.removesuffix("."),
            notes=told.notes,
            row=("milestone", told.milestone),
        )

    def news(self, told: BriefNews) -> Line:
        """What is new."""
        words = self._words(told, "headline")
        marks: tuple[Mark, ...] = ()
        if told.noun == "position":
            words = (*words, self._figure(told, told.unit or "none"))
            marks = (self._mark("standing", told.standing),)
        if told.noun == "milestone":
            words = (*words, Run(self.day(told.due_on), self.language))
            marks = (self._mark("outcome", told.outcome),)
        return Line(
            title=self._capital(told.party) if told.party else None,
            words=words,
            marks=marks,
            when=self.day(told.effective_on),
            notes=told.notes,
            row=(told.noun, told.id),
        )

    def last_words(self, told: LastWords) -> Line:
        """What each party said last on a track."""
        inner = []
        for word in told.words:
            said = [self.said(self._capital(word.party), number) for number in word.notes]
            none = Run(_("no words of its own on record"), self.language)
            inner += said or [Line(title=self._capital(word.party), words=(none,), silent=True)]
        return Line(title=self._title(told.track), track=told.track.slug, inner=tuple(inner))

    def owed(self, told: Owed) -> Line:
        """Who promised, or asks, what of whom."""
        by, of = (", ".join(self._capital(p).text for p in some) for some in (told.by, told.of))
        who = f"{by} → {of}" if of else by
        (number,) = told.notes
        line = self.said(Run(who, self.language), number)
        kind = self._mark("statement_kind", told.statement_kind)
        return replace(line, marks=(kind,))

    def said(self, who: Run, number: int) -> Line:
        """What an endnote holds, as a line."""
        note = self.notes[number]
        return Line(
            title=who,
            words=(self.words(note, most=self.level.line),),
            quoted=self.quotes(note),
            reporter=self._reporter(note),
            tag="" if self.quotes(note) else _("paraphrase"),
            when=self.day(note.said_on),
            notes=(number,),
            row=("statement", note.statement),
        )

    def reporting(self, note: Endnote) -> str:
        """Whose account the words are, before who is reported; empty for the speaker's own."""
        if not note.reported:
            return ""
        return _("%(publisher)s, reporting") % {"publisher": self._publisher(note)}

    def _reporter(self, note: Endnote) -> str:
        """The same with the speaker, for a line that names a party alone."""
        if not note.reported:
            return ""
        speaker = run(note.speaker, "name", self.language, most=self.level.title).text
        told = {"publisher": self._publisher(note), "speaker": speaker}
        return _("%(publisher)s, reporting %(speaker)s") % told

    def _publisher(self, note: Endnote) -> str:
        return run(note, "publisher", self.language, most=self.level.source).text

    def words(self, note: Endnote, *, most: int) -> Run:
        """The quotation in the page's language, else the paraphrase."""
        if self.quotes(note):
            return cut((note.quotation or "").rstrip(",;:"), note.language, most)
        return run(note, "paraphrase", self.language, most=most)

    def quotes(self, note: Endnote) -> bool:
        """Whether it tells the very words: in the reader's language, or nothing else tells them."""
        return note.quotation is not None and (
            note.language == self.language or not getattr(note, f"paraphrase_{self.language}")
        )

    def original(self, note: Endnote) -> Run | None:
        """The very words of what is told in other words, where they are known; never cut."""
        if note.quotation is None or self.quotes(note):
            return None
        return Run(unturned(note.quotation).rstrip(",;:"), note.language)

    def day(self, edtf: str | None) -> str:
        """A date as on paper: short."""
        return in_words(edtf, self.language, short=True) if edtf else ""

    def _silent_last(self, lines: list[Line]) -> tuple[Line, ...]:
        """Who has spoken; then whoever has not, in one line."""
        silent = [one for one in lines if one.silent]
        spoken = [one for one in lines if not one.silent]
        if len(silent) > 1:
            names = ", ".join(one.title.text for one in silent if one.title)
            silent = [replace(silent[0], title=Run(names, self.language))]
        return (*spoken, *silent)

    def _cut(self, track: TrackRef) -> TrackRef:
        most = self.level.title
        return replace(
            track, title_en=clip(track.title_en, most), title_ko=clip(track.title_ko, most)
        )

    def _title(self, track: Any) -> Run:
        return run(track, "title", self.language, most=self.level.title)

    def _capital(self, party: Any) -> Run:
        return run(party, "capital", self.language, most=self.level.title // 2)

    def _words(self, told: Any, field: str) -> tuple[Run, ...]:
        words = run(told, field, self.language, most=self.level.line)
        return (words,) if words.text else ()

    def _figure(self, told: Any, unit: str) -> Run:
        text = run(told, "text", self.language)
        write = figure_ko if self.language == "ko" else figure_en
        written = write(
            amount=told.amount, amount_to=told.amount_to, unit=unit,
            qualifier=told.qualifier or "exactly", text=text.text,
        )  # fmt: skip
        language = self.language if told.amount is not None else text.language
        return cut(written, language, self.level.line)

    def _mark(self, vocabulary: str, word: str | None) -> Mark:
        told = label(vocabulary, word, self.language)
        return Mark(vocabulary=vocabulary, word=word or "", label=told)
