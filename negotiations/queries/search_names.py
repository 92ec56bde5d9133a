"""From words to what the database looks for, with those whose names the words are.

Who speaks and who publishes is named by reference data, which can be mended. So names are not
copied into what is searched: a word is first looked up among the few names, and then stands for
itself or for any of those who bear it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

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


class Words(NamedTuple):
    """What is looked for: each term with its text as a `tsquery`, and with who bears it as a name.

    These are facets of what is searched, by the kind of name (`_NAMED`).
    """

    terms: tuple[Term, ...]
    found: tuple[tuple[str, Mapping[str, Sequence[str]]], ...]


def look_up(terms: tuple[Term, ...], *, nouns: Collection[str]) -> Words:
    """The terms as any of these nouns are searched for them; one SQL query."""
    facets = [facet for facet in _NAMED if any(facet in _BEARERS[noun] for noun in nouns)]
    bearers = "".join(
        f", ARRAY(SELECT '{facet}' || id FROM {_NAMED[facet]} named "  # noqa: S608  our own names
        f"WHERE named.words @@ wanted LIMIT {_MOST_BEARERS})"
        for facet in facets
    )
    # Names are few, so that one plan serves all words.
    rows = fetch(
        f"SELECT wanted::text{bearers} FROM ("  # noqa: S608  our own names
        "SELECT n, CASE WHEN begins THEN negotiations_prefix(term) "
        "ELSE negotiations_phrase(term) END AS wanted "
        "FROM unnest(%s::text[], %s::bool[]) WITH ORDINALITY AS asked (term, begins, n)"
        " OFFSET 0) asked ORDER BY n",
        [[term.text for term in terms], [term.begins for term in terms]],
    )
    return Words(terms, tuple((row[0], dict(zip(facets, row[1:], strict=True))) for row in rows))


def tsquery_of(words: Words, *, noun: str) -> str:
    """The text of a `tsquery` for a noun among those that were looked up.

    Words that stand everywhere are passed over; refuses `bad_parameter` where nothing else is
    looked for.
    """
    wanted = [
        (term, " | ".join((*([f"({text})"] if text else []), *_borne(named, noun=noun))))
        for term, (text, named) in zip(words.terms, words.found, strict=True)
    ]
    if not any(text for term, text in wanted if not term.excluded):
        raise too_common(words.terms)
    return " & ".join(f"{'!' if term.excluded else ''}({text})" for term, text in wanted if text)


def _borne(named: Mapping[str, Sequence[str]], *, noun: str) -> Iterator[str]:
    return (f"'{one}'" for facet in _BEARERS[noun] for one in named[facet])
