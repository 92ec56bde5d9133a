"""Search: one field, what narrows it, and what is found, with the words marked where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from negotiations.pages.frames import language_now
from negotiations.pages.page import Context, Unanswered, page
from negotiations.pages.questions import Question
from negotiations.queries import negotiations, people
from negotiations.queries.clocks import read_day
from negotiations.queries.healths import healths_of
from negotiations.queries.pieces import records
from negotiations.queries.search import NOUNS, SORTS, Asked, read_words, search
from negotiations.queries.search_names import Words
from negotiations.queries.shapes import Excerpt, Found, Page
from negotiations.queries.statements import StatementFilters
from negotiations.refusals import Refusal

PAGE_LENGTH = 20
# Of each other noun beside the statements.
_BESIDE = 3
_FILTERS = (
    *("negotiation", "track", "party", "about", "speaker", "publisher", "source", "kind"),
    *("said_from", "said_to"),
)
_TAKES = ("q", "noun", "sort", *_FILTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Something found, with the excerpts that a reader of the page's language is shown."""

    found: Found
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The results among one noun; `next`: the cursor of what follows; `more`: there is more."""

    noun: str
    results: tuple[Result, ...]
    next: str | None
    more: bool


@page(
    "search.html",
    twin="/api/v1/search/",
    twin_takes=_TAKES,
    twin_needs="q",
    takes=(*_TAKES, "cursor"),
    limited=True,
)
def find(question: Question) -> Context:
    """What is found, by noun: some of each, or one noun a page at a time."""
    context = {
        "asked": dict(question.parameters),
        "nouns": NOUNS,
        "sorts": SORTS,
        "narrowed": sum(question.parameter(name) is not None for name in _FILTERS),
        "choices": _choices(question),
        "noun": question.parameter("noun"),
        "sort": question.parameter("sort") or SORTS[0],
        "parts": (),
    }
    if question.parameter("q") is None:
        return context
    try:
        parts = _parts(question)
        healths = healths_of(_records(parts), clocks=question.clocks)
        return {**context, "parts": parts, "healths": healths}
    except Refusal as refusal:
        # What was typed stays in the form, with what is wrong with it.
        sentence = refusal.sentence(language_now())
        if refusal.at == "q":
            why = refusal.facts["why"]
            words = getattr(why, "ko", why) if language_now() == "ko" else why
            sentence = capfirst(f"{words}.")
        raise Unanswered({**context, "problem": sentence}, status=refusal.status) from None


def _records(parts: tuple[Part, ...]) -> tuple[Any, ...]:
    return tuple(result.found.record for part in parts for result in part.results)


def _parts(question: Question) -> tuple[Part, ...]:
    noun = _word(question, "noun", NOUNS)
    sort = _word(question, "sort", SORTS)
    if noun is not None:
        return (_part(question, noun, sort=sort),)
    # What narrows statements narrows nothing else, and a further page is one of statements.
    alone = question.parameter("cursor") or any(question.parameter(name) for name in _FILTERS)
    if alone:
        return (_part(question, "statement", sort=sort),)
    words = read_words(question.parameters["q"])
    said = _part(question, "statement", sort=sort, words=words)
    persons, tracks, sources = (
        _part(question, other, sort=None, limit=_BESIDE, words=words)
        for other in ("person", "track", "source")
    )
    return tuple(part for part in (persons, tracks, said, sources) if part.results)


def _part(
    question: Question,
    noun: str,
    *,
    sort: str | None,
    limit: int = PAGE_LENGTH,
    words: Words | None = None,
) -> Part:
    asked = Asked(q=question.parameters["q"], noun=noun, sort=sort, filters=_filters(question))
    cursor = question.parameter("cursor") if limit == PAGE_LENGTH else None
    found: Page[Found] = search(
        asked, clocks=question.clocks, limit=limit, cursor=cursor, telling=records, words=words
    )
    results = tuple(Result(found=one, excerpts=_shown(one)) for one in found.results)
    whole = limit == PAGE_LENGTH
    return Part(
        noun=noun,
        results=results,
        next=found.next if whole else None,
        more=found.next is not None and not whole,
    )


def _shown(found: Found) -> tuple[Excerpt, ...]:
    """Quotations as they are, and what is told in the page's language; else all there is."""
    here = language_now()
    shown = tuple(
        one for one in found.excerpts if one.language == here or one.field in ("quotation", "title")
    )
    # A name stands beside the result already.
    told = tuple(
        one
        for one in shown or found.excerpts
        if not one.field.startswith(("speaker", "office", "publisher", "name", "title_"))
    )
    return told[:3]


def _filters(question: Question) -> StatementFilters:
    texts: dict[str, Any] = {name: question.parameter(name) for name in _FILTERS}
    for name in ("said_from", "said_to"):
        texts[name] = texts[name] and read_day(name, texts[name])
    return StatementFilters(**texts)


def _word(question: Question, name: str, valid: tuple[str, ...]) -> str | None:
    text = question.parameter(name)
    if text is None or text in valid:
        return text
    why = _("it is one of %(words)s") % {"words": ", ".join(valid)}
    raise Refusal("bad_parameter", at=name, name=name, why=why)


def _choices(question: Question) -> dict[str, object]:
    """What the form offers to narrow by."""
    return {
        "negotiations": negotiations.list_negotiations(clocks=question.clocks, limit=200).results,
        "parties": people.list_parties(limit=200).results,
        "publishers": people.list_publishers(limit=200).results,
    }
