"""Search: statements, sources, tracks and people by their words, in English and Korean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from negotiations.models import Clocks
from negotiations.queries import search_reference, search_texts
from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.queries.excerpts import excerpts
from negotiations.queries.lookups import negotiation_id
from negotiations.queries.paging import MOST, too_many
from negotiations.queries.pieces import Teller, tell
from negotiations.queries.search_filters import check_filters, not_of_noun, wanted_by
from negotiations.queries.search_names import Words, look_up, tsquery_of
from negotiations.queries.search_rank import page_by_rank
from negotiations.queries.search_rows import Wanted, newest
from negotiations.queries.search_terms import Term, read_terms
from negotiations.queries.search_texts import Told
from negotiations.queries.shapes import Found, Page
from negotiations.queries.statements import StatementFilters

NOUNS = ("statement", "source", "track", "person")
SORTS = ("date", "relevance")
_KINDS = (date, date, int)
NO_FILTERS = StatementFilters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search: what was typed, among what, in which order (null: its own), narrowed by what."""

    q: str
    noun: str = "statement"
    sort: str | None = None
    filters: StatementFilters = NO_FILTERS


def search(
    asked: Asked,
    *,
    clocks: Clocks,
    limit: int = 50,
    cursor: str | None = None,
    telling: Teller = tell,
    words: Words | None = None,
) -> Page[Found]:
    """One page of what is found: newest first (tracks and people by slug), or the most relevant.

    Statements are those said by `on`, as in their list. Refuses `bad_parameter` (nothing to look
    for, an unknown name, a filter or an order that the noun does not have) and `bad_cursor`.
    `telling` hands out the records of statements and sources: `pieces.records` for pages. `words`
    are those of `read_words`, where several nouns are searched for them.
    """
    if not 1 <= limit <= MOST:
        raise too_many(MOST)
    words = words or read_words(asked.q, nouns=[asked.noun])
    check_filters(asked.filters, noun=asked.noun)
    paging: dict[str, Any] = {"limit": limit, "cursor": cursor}
    if asked.noun in search_reference.NOUNS and asked.sort is not None:
        raise not_of_noun("sort", asked.noun)
    text, terms = tsquery_of(words, noun=asked.noun), words.terms
    if asked.noun in search_reference.NOUNS:
        return _reference(asked, terms, text, clocks=clocks, **paging)
    wanted = wanted_by(asked.filters, noun=asked.noun, words=text, clocks=clocks)
    pick = page_by_rank if asked.sort == "relevance" else _page_by_date
    name = f"{_name(asked, terms)} by {pick.__name__}"
    ids, following = pick(wanted, name=name, **paging)
    records = telling(asked.noun, ids, clocks=clocks)
    texts = search_texts.texts_of(asked.noun, ids)
    found = _found(asked.noun, {pk: str(pk) for pk in ids}, texts, records, terms)
    return Page(results=found, next=following)


def read_words(q: str, *, nouns: Collection[str] = NOUNS) -> Words:
    """What was typed, looked up once for searches among all these nouns; one SQL query.

    Refuses `bad_parameter` where there is nothing to look for.
    """
    return look_up(read_terms(q), nouns=nouns)


def _reference(
    asked: Asked, terms: tuple[Term, ...], text: str, *, clocks: Clocks, **paging: Any
) -> Page[Found]:
    ids, following = search_reference.page_by_name(
        asked.noun,
        _name(asked, terms),
        text,
        negotiation=negotiation_id(asked.filters.negotiation, clocks=clocks),
        clocks=clocks,
        **paging,
    )
    records = search_reference.records_of(asked.noun, ids)
    named = {pk: search_reference.path_of(records[pk]) for pk in ids}
    texts = search_reference.texts_of(records)
    return Page(results=_found(asked.noun, named, texts, records, terms), next=following)


def _name(asked: Asked, terms: tuple[Term, ...]) -> str:
    """What a cursor belongs to: one search, in whatever words it is typed."""
    digest = sha256(repr((terms, asked.filters)).encode()).hexdigest()[:8]
    return f"search {asked.noun} {digest}"


def _page_by_date(
    wanted: Wanted, *, name: str, limit: int, cursor: str | None
) -> tuple[list[int], str | None]:
    after = None if cursor is None else read_cursor(cursor, name=name, kinds=_KINDS)
    rows = newest(wanted, after=after, need=limit + 1)
    following = write_cursor(name=name, key=rows[limit - 1][1]) if len(rows) > limit else None
    return [pk for pk, _ in rows[:limit]], following


def _found(
    noun: str,
    names: Mapping[int, str],
    texts: Mapping[int, Told],
    records: Mapping[int, Any],
    terms: Collection[Term],
) -> tuple[Found, ...]:
    shown = excerpts({pk: (texts[pk].texts, texts[pk].beside) for pk in names}, tuple(terms))
    return tuple(
        Found(
            noun=noun,
            id=name,
            headline_en=texts[pk].headline_en,
            headline_ko=texts[pk].headline_ko,
            excerpts=shown[pk],
            record=records[pk],
        )
        for pk, name in names.items()
    )
