"""What stands on a sheet of paper: the same words for the page that prints and for the PDF.

A sheet is a brief or handover in one language, cut to a level: texts that are longer than the level
allows end in an ellipsis, and what is whole stands behind the endnote's address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from negotiations.languages import chosen
from negotiations.queries.brief_space import width
from negotiations.turning import unturned

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How much room texts have, in narrow letters (a Hangul syllable is two), and how large.

    `size` is that of the body in points; endnotes are 7.5 pt on every level.
    """

    name: int
    size: float
    title: int
    line: int
    quote: int
    source: int
    # How long original words may be that stand after their rendering in the page's language.
    original: int


# From roomy to tight; the last one holds whatever the record holds.
LEVELS = tuple(
    Level(name=name, size=size, title=title, line=line, quote=quote, source=source, original=own)
    for name, (size, title, line, quote, source, own) in enumerate(
        (
            (9.5, 90, 260, 320, 120, 320),
            (9.25, 90, 240, 320, 90, 280),
            (9, 80, 220, 280, 70, 240),
            (8.75, 80, 200, 260, 60, 200),
            (8.5, 70, 180, 240, 50, 160),
            (8.25, 64, 160, 220, 44, 120),
            (8.25, 60, 140, 180, 44, 80),
            (8, 56, 120, 140, 40, 0),
            (8, 48, 96, 90, 36, 0),
            (8, 36, 72, 64, 30, 0),
        )
    )
)
NOTE_SIZE = 7.5


@dataclass(frozen=True, slots=True)
class Run:
    """A text and its language (BCP 47).

    Where it was cut, `text` ends in an ellipsis and `rest` is what follows it.
    """

    text: str
    language: str
    rest: str = ""

    @property
    def begun(self) -> str:
        """The text without its ellipsis."""
        return self.text.removesuffix(ELLIPSIS) if self.rest else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word of the vocabulary with its label."""

    vocabulary: str
    word: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One claim: what it is about, its words, when, and its endnotes; `inner` are told below it.

    `row` is noun and id of the row that it tells, `overtaken` what became of that since; `fallen`
    says that all it rests on had been retracted when the sheet was made. `quoted`: the words are
    somebody's own, or those of `reporter`, who tells what somebody said; `slip` tells how far a
    date slipped. `path` is where a track that has no room of its own is told in full.
    """

    title: Run | None = None
    track: str = ""
    marks: tuple[Mark, ...] = ()
    tag: str = ""
    words: tuple[Run, ...] = ()
    quoted: bool = False
    reporter: str = ""
    slip: str = ""
    when: str = ""
    notes: tuple[int, ...] = ()
    inner: tuple[Line, ...] = ()
    row: tuple[str, int] | None = None
    silent: bool = False
    fallen: str = ""
    overtaken: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under a heading; `empty` says why there are none, `more` what had no room.

    `others` are lines of those, by name; `named_all`: of all of them.
    `more_page` is the name of the page that has all of it, `more_asked` what that is asked; its
    path and query are known once the clocks are (`paper_pages.leading_on`).
    """

    name: str
    heading: str
    lines: tuple[Line, ...]
    intro: str = ""
    empty: str = ""
    more: str = ""
    others: tuple[Line, ...] = ()
    named_all: bool = False
    more_page: str = ""
    more_asked: tuple[tuple[str, str], ...] = ()
    more_path: str = ""
    more_query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An endnote: who, when and where, the words or a paraphrase, and where they are found.

    `admiralty`: the code of the publisher's reliability and of the credibility. The title of a
    source stands in the endnote that cites it first; others (`source` None) name that, `source_as`.
    """

    number: int
    statement: int
    # Whose account the words are, where they are not the speaker's own.
    reporter: str
    who: tuple[Run, ...]
    when: str
    words: Run | None
    quoted: bool
    # What `words` render in the page's language; on paper only where it fits.
    original: Run | None
    original_fits: bool
    publisher: Run
    admiralty: str
    source: Run | None
    source_as: str
    address: str
    retracted: str = ""
    overtaken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A brief or handover, ready to be set."""

    language: str
    level: Level
    negotiation: str
    title: Run
    kind: str
    parties: str
    lead: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


def overtaken(sheet: Sheet, by: Mapping[tuple[str, int], str]) -> Sheet:
    """The sheet with what became of its rows, by noun and id."""

    def line(one: Line) -> Line:
        told = by.get(one.row, "") if one.row and one.row[0] != "statement" else ""
        return replace(one, overtaken=told, inner=tuple(map(line, one.inner)))

    return replace(
        sheet,
        sections=tuple(_with_lines(section, line) for section in sheet.sections),
        notes=tuple(
            replace(note, overtaken=by.get(("statement", note.statement), ""))
            for note in sheet.notes
        ),
    )


def fallen(section: Section, retracted: Collection[int], *, word: str) -> Section:
    """The section; lines that rest on `retracted` endnotes alone (their numbers) say `word`."""

    def line(one: Line) -> Line:
        rests_on_none = bool(one.notes) and all(number in retracted for number in one.notes)
        told = word if rests_on_none else one.fallen
        return replace(one, fallen=told, inner=tuple(map(line, one.inner)))

    return _with_lines(section, line) if retracted else section


def _with_lines(section: Section, line: Callable[[Line], Line]) -> Section:
    return replace(
        section,
        lines=tuple(map(line, section.lines)),
        others=tuple(map(line, section.others)),
    )


def clip(text: str, most: int) -> str:
    """A text on one line, cut to a width between words where there are any near."""
    return cut(text, "", most).text


def cut(text: str, language: str, most: int) -> Run:
    """The same as a run, with what was cut off."""
    text = " ".join(unturned(text).split())
    if width(text) <= most:
        return Run(text, language)
    room, end = most - 1, 0
    for one in text:
        room -= width(one)
        if room < 0:
            break
        end += 1
    begun = text[:end].rpartition(" ")[0]
    begun = (begun if len(begun) > end * 2 // 3 else text[:end]).rstrip(" ,;:–—-")
    return Run(begun + ELLIPSIS, language, text[len(begun) :])


def run(row: Any, field: str, language: str, *, most: int | None = None) -> Run:
    """`field`_en or `field`_ko of a row: that language where it is written, else the other."""
    told = chosen(row, field, language)
    return Run(*told) if most is None else cut(*told, most)
