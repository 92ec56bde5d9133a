"""Citations as files: for reference managers to import. `FORM` names the end of an address."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from negotiations.pages.citations import Citations, cite, cite_page
from negotiations.pages.frames import address, language_now
from negotiations.pages.page import View, file
from negotiations.pages.questions import Question
from negotiations.pages.wording import said
from negotiations.queries import negotiations, statements, tracks
from negotiations.queries.layouts import layout
from negotiations.queries.shapes import NegotiationSummary, StatementRecord, TrackDetail

# By the end of the address: media type, and the name of the form.
FORMS = {
    "txt": ("text/plain; charset=utf-8", "plain"),
    "bib": ("application/x-bibtex; charset=utf-8", "bibtex"),
    "ris": ("application/x-research-info-systems; charset=utf-8", "ris"),
    "json": ("application/vnd.citationstyles.csl+json; charset=utf-8", "csl"),
}


def of_statement(question: Question, statement: StatementRecord) -> Citations:
    """How to cite a statement."""
    return cite(
        statement=statement,
        language=language_now(),
        permalink=address(question, "statement", id=statement.id),
        accessed=question.clocks.as_of.astimezone(settings.DESK_ZONE).date(),
    )


def of_board(question: Question, whole: NegotiationSummary, *, number: int) -> Citations:
    """How to cite the board of a negotiation as it stands after the act of that number."""
    return cite_page(
        title=said(whole, "title"),
        slug=whole.slug,
        language=language_now(),
        address=address(question, "board", negotiation=whole.slug),
        question=question,
        number=number,
    )


def of_track(question: Question, track: TrackDetail, whole: NegotiationSummary) -> Citations:
    """How to cite a track as it stands."""
    return cite_page(
        title=f"{said(track, 'title')}. {said(whole, 'title')}",
        slug=f"{whole.slug}-{track.slug}",
        language=language_now(),
        address=address(question, "track", negotiation=whole.slug, track=track.slug),
        question=question,
        number=track.ledger_number,
    )


def _files(tell: Callable[..., Citations], name: str) -> dict[str, View]:
    """A view for each form of what `tell` cites, called `name` (with the address's names)."""

    def one(form: str, media_type: str, told: str) -> View:
        @file(media_type, name=f"{name}.{form}")
        def view(question: Question, **named: object) -> bytes:
            text = str(getattr(tell(question, **named), told))
            return (text if text.endswith("\n") else f"{text}\n").encode()

        return view

    return {form: one(form, *how) for form, how in FORMS.items()}


def _statement(question: Question, *, id: int) -> Citations:
    return of_statement(question, statements.statement(id, clocks=question.clocks).statement)


def _board(question: Question, *, negotiation: str) -> Citations:
    laid = layout(negotiation, clocks=question.clocks)
    return of_board(question, laid.negotiation, number=laid.ledger_number)


def _track(question: Question, *, negotiation: str, track: str) -> Citations:
    told = tracks.track(negotiation, track, clocks=question.clocks)
    whole = negotiations.negotiation(negotiation, clocks=question.clocks)
    return of_track(question, told, whole)


STATEMENT = _files(_statement, "statement-{id}")
BOARD = _files(_board, "{negotiation}")
TRACK = _files(_track, "{negotiation}-{track}")
