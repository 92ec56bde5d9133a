"""About how much room a sheet takes, where what sets it cannot be asked: a browser that prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from negotiations.pages.papers import LEVELS, NOTE_SIZE, Level, Line, Note, Section, Sheet
from negotiations.queries.brief_space import width

# Millimetres of a page for the body; a line of narrow letters at a point is so wide.
_ROOM, _PAGE, _LETTER, _LEADING = 232.0, 182.0, 0.185, 0.3528 * 1.42


def level_for_print(told: Any, write: Callable[[Any, Level], Sheet], *, pages: int) -> Sheet:
    """The roomiest sheet that fits into so many pages when a browser prints it.

    Its fonts are not known, so some room is left.
    """
    for level in LEVELS:
        sheet = write(told, level)
        if _height(sheet) <= _ROOM * pages:
            break
    return sheet


def _height(sheet: Sheet) -> float:
    """About how high a sheet is when printed, in millimetres."""
    size = sheet.level.size
    whole = _PAGE / (_LETTER * size)
    first, *others = sheet.sections
    lines = sum(_lines(one, whole * 0.7) + 0.35 for one in first.lines) + 3
    lines += -(-sum(_letters(one) + 5 for one in first.others) // whole)
    if "owed" in {one.name for one in others}:
        lines += sum(_section(one, whole) for one in others)
    else:
        # Columns are as high as each other, but for what is not broken.
        lines += sum(_section(one, whole / 2.1) for one in others) / 2 + 1
    letters = _PAGE / (_LETTER * NOTE_SIZE) / 2.1
    notes = sum(-(-_note_width(note) // letters) + 0.25 for note in sheet.notes) / 2 + 2
    return lines * size * _LEADING + notes * NOTE_SIZE * _LEADING + 20


def _section(section: Section, room: float) -> float:
    return sum(_lines(one, room) + 0.3 for one in section.lines) + 3.5


def _lines(line: Line, room: float) -> float:
    own = -(-(_letters(line) + 6) // room)
    return max(own, 1) + sum(_lines(one, room - 4) for one in line.inner)


def _letters(line: Line) -> int:
    texts = [*(run.text for run in line.words), *(mark.label for mark in line.marks)]
    texts += [line.when, line.slip, line.tag]
    title = line.title.text if line.title else ""
    return sum(width(text) + 3 for text in (title, *texts) if text)


def _note_width(note: Note) -> int:
    source = note.source.text if note.source else note.source_as
    words = [one.text for one in (note.words, note.original_fits and note.original) if one]
    whole = [*(run.text for run in note.who), note.when, *words, note.publisher.text]
    return sum(width(text) + 3 for text in [*whole, source, note.address]) + 28
