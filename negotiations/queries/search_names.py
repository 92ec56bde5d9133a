"""From words to what the database looks for, with those whose names the words are.

Who speaks and who publishes is named by reference data, which can be mended. So names are not
copied into what is searched: a word is first looked up among the few names, and then stands for
itself or for any of those who bear it.
"""

from __future__ import annotations

from collections.abc import Sequence

from negotiations.queries.search_terms import Term, too_common
from negotiations.sql import fetch

# More bearers of a name than these are no help to who looks for one.
_MOST_BEARERS = 100
_NAMED = {
    "#s": "negotiations_person",
    "#o": "negotiations_office",
    "#p": "negotiations_publisher",
}
# By whose names a noun is found.
_BEARERS = {"statement": ("#s", "#o", "#p"), "source": ("#p",), "track": (), "person": ()}


def tsquery_of(terms: tuple[Term, ...], *, noun: str) -> str:
    """The terms as the text of a `tsquery`; one SQL query.

    Words that stand everywhere are passed over; refuses `bad_parameter` where nothing else is
    looked for.
    """
    found = _look_up(terms, noun=noun)
    wanted = [
        (term, " | ".join((*([f"({text})"] if text else []), *(f"'{one}'" for one in bearers))))
        for term, (text, bearers) in zip(terms, found, strict=True)
    ]
    if not any(text for term, text in wanted if not term.excluded):
        raise too_common(terms)
    return " & ".join(f"{'!' if term.excluded else ''}({text})" for term, text in wanted if text)


def _look_up(terms: tuple[Term, ...], *, noun: str) -> Sequence[tuple[str, list[str]]]:
    """Each term as a `tsquery`, and the facets of who bears it as a name."""
    bearers = " || ".join(
        f"ARRAY(SELECT '{facet}' || id FROM {_NAMED[facet]} named "  # noqa: S608  our own names
        f"WHERE named.words @@ wanted LIMIT {_MOST_BEARERS})"
        for facet in _BEARERS[noun]
    )
    # Names are few, so that one plan serves all words.
    return fetch(
        f"SELECT wanted::text, {bearers or 'ARRAY[]::text[]'} FROM ("  # noqa: S608  our own names
        "SELECT n, CASE WHEN begins THEN negotiations_prefix(term) "
        "ELSE negotiations_phrase(term) END AS wanted "
        "FROM unnest(%s::text[], %s::bool[]) WITH ORDINALITY AS asked (term, begins, n)"
        " OFFSET 0) asked ORDER BY n",
        [[term.text for term in terms], [term.begins for term in terms]],
    )
