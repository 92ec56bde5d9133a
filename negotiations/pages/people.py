"""A person: names, offices, and what they said."""

from __future__ import annotations

from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries import people, statements
from negotiations.queries.healths import healths_of
from negotiations.queries.statements import StatementFilters

PAGE_LENGTH = 20


@page("people/person.html", twin="/api/v1/statements/?speaker={person}", takes=("cursor",))
def person(question: Question, *, person: str) -> Context:
    """One person, with their statements newest first.

    The clocks tell which statements, so their list is the twin; the template names the person's.
    """
    told = people.person(person)
    said = statements.list_statements(
        clocks=question.clocks,
        filters=StatementFilters(speaker=person),
        limit=PAGE_LENGTH,
        cursor=question.parameter("cursor"),
    )
    return {
        "person": told,
        "statements": said,
        "healths": healths_of(said.results, clocks=question.clocks),
    }
