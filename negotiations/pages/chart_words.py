"""The words of charts, in the reader's language and without mark-up."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.wording import label, said
from negotiations.queries.figures import figure_en, figure_ko
from negotiations.queries.shapes import FigureLine, PositionRecord
from negotiations.vocabulary import Unit

# An average letter of the labels of a chart, for `lettering.py`.
LETTER = 6.4


def capital(line: FigureLine) -> str:
    """Whose line it is; what is law says so."""
    named = said(line.party, "capital")
    return f"{named}, {_('law')}" if line.legal else named


def unit_words(unit: str) -> str:
    """What the axis of amounts counts, in the reader's language; empty for a bare number."""
    if unit in (Unit.NONE, Unit.COUNT):
        return ""
    return label("unit", unit)


def short_figure(position: PositionRecord) -> str:
    """The figure with its qualifier; a unit that the axis tells is left out, per cent is not."""
    unit = position.term.unit if position.term.unit == Unit.PERCENT else Unit.COUNT
    write = figure_ko if language_now() == "ko" else figure_en
    return write(
        amount=position.amount,
        amount_to=position.amount_to,
        unit=unit,
        qualifier=position.qualifier,
        text="",
    )


def told(position: PositionRecord) -> str:
    """Amount, standing, party, date, speaker and publisher in one line."""
    statement, language = position.basis[0], language_now()
    words: Iterable[str] = (
        said(position, "figure"),
        label("standing", position.standing),
        said(position.according_to, "capital"),
        in_words(position.effective_on, language),
        said(statement.speaker, "name") or said(statement.speaker, "office"),
        said(statement.source.publisher, "name"),
    )
    return ", ".join(filter(None, words))
