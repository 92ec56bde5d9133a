"""Who says what: every term of a negotiation, one column a party, and how far they are apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.pages.terms import TermRow, term_rows
from negotiations.queries import positions as terms
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import Matrix, TrackRef
from negotiations.refusals import Refusal
from negotiations.vocabulary import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The terms of one track."""

    track: TrackRef
    depth: int
    rows: tuple[TermRow, ...]


@page(
    "positions/matrix.html",
    twin="/api/v1/negotiations/{negotiation}/matrix/",
    twin_takes=("track", "differing"),
    takes=("track", "differing"),
)
def positions(question: Question, *, negotiation: str) -> Context:
    """The matrix; `track` narrows it to one track, `differing=true` to where the parties differ."""
    track, differing = question.parameter("track"), is_differing(question)
    told = terms.matrix(negotiation, clocks=question.clocks, track=track, differing=differing)
    return {
        "matrix": told,
        "healths": healths_of(told, clocks=question.clocks),
        "groups": groups(told),
        "counts": counts(told),
        "track": next((ref for ref in told.term_tracks if ref.slug == track), None),
        "differing": differing,
        "narrowed": bool(track) or differing,
    }


def is_differing(question: Question) -> bool:
    """Whether only terms are wanted on which the parties differ; refuses `bad_parameter`."""
    given = question.parameter("differing")
    if given not in (None, "true", "false"):
        why = _("it is one of {words}").format(words="true, false")
        raise Refusal("bad_parameter", at="differing", name="differing", why=why)
    return given == "true"


def groups(matrix: Matrix) -> tuple[Group, ...]:
    """The rows by track, in the board's order."""
    return tuple(
        Group(track=one.track, depth=one.depth, rows=term_rows(one.terms, matrix.parties))
        for one in matrix.tracks
    )


def counts(matrix: Matrix) -> tuple[tuple[str, int], ...]:
    """How many of the terms shown compare how: what differs first, and no zeros."""
    found = Counter(term.comparison for one in matrix.tracks for term in one.terms)
    order = (Comparison.APART, Comparison.REWORDED, *Comparison)
    return tuple((word.value, found[word]) for word in dict.fromkeys(order) if found[word])
