"""Finding what was said by its words."""

from __future__ import annotations

from negotiations.api import filters
from negotiations.api.asking import Asked
from negotiations.api.reading import Read
from negotiations.queries import search
from negotiations.queries.shapes import Found, Page
from negotiations.queries.statements import StatementFilters
from negotiations.refusals import Both, Refusal

_MISSING = Both("say what to look for", "찾을 말을 쓰십시오")


class SearchRecord(Read):
    """What holds these words, newest first or the most relevant first.

    `q`: all words must be there. English words match in their forms (`tariff` finds tariffs),
    Korean ones wherever two syllables or more stand together (`화스` finds 통화스와프).
    `"currency swap"` is a phrase, `tariff*` a beginning, `-rice` leaves out. Names count as words
    of what their bearers said or published. Statements take all filters of `/statements/`, sources
    `publisher`, tracks `negotiation`; tracks and people come by slug and take no `sort`.
    `relevance` ranks the newest 500 results.
    """

    tag = "Search"
    shape = Page[Found]
    parameters = (
        filters.QUERY,
        filters.SEARCHED_NOUN,
        filters.SORT,
        *filters.CLOCKS,
        *filters.PAGING,
        *filters.OF_STATEMENTS,
    )

    def answer(self, asked: Asked) -> Page[Found]:
        """One page of them."""
        given = asked.filters
        if "q" not in given:
            raise Refusal("bad_parameter", at="q", name="q", why=_MISSING)
        own = {name: given.pop(name) for name in ("q", "noun", "sort") if name in given}
        wanted = search.Asked(**own, filters=StatementFilters(**given))
        return search.search(wanted, clocks=asked.clocks, **asked.paging)
