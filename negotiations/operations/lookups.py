"""From the names that callers use to rows: slugs, codes and `negotiation/track` paths."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db import DataError, models

from negotiations.models import (
    Negotiation,
    Office,
    Party,
    Person,
    Publisher,
    Statement,
    Term,
    Track,
)
from negotiations.operations.content import noun_of
from negotiations.refusals import Refusal
from negotiations.vocabulary import VOCABULARIES

M = TypeVar("M", bound=models.Model)


def find(of: type[M] | models.QuerySet[M], name: object = "", **key: Any) -> M:
    """The one row with this key; Refusal `no_such_row` naming it as the caller did."""
    rows: Any = of if isinstance(of, models.QuerySet) else of._default_manager.all()
    try:
        row: M = rows.get(**key)
        return row
    # No text of the database has NUL (DataError) or a lone surrogate (ValueError) in it.
    except (rows.model.DoesNotExist, DataError, ValueError, OverflowError):
        raise Refusal(
            "no_such_row", noun=noun_of(rows.model), id=name or next(iter(key.values()))
        ) from None


def negotiation(slug: str) -> Negotiation:
    """The negotiation of this slug."""
    return find(Negotiation, slug=slug)


def party(code: str) -> Party:
    """The party of this code."""
    return find(Party, code=code)


def parties(codes: Iterable[str]) -> list[Party]:
    """The parties of these codes, in the order given."""
    return [party(code) for code in codes]


def person(slug: str | None) -> Person | None:
    """The person of this slug; None for None."""
    return find(Person, slug=slug) if slug else None


def office(slug: str | None) -> Office | None:
    """The office of this slug; None for None."""
    return find(Office, slug=slug) if slug else None


def publisher(slug: str) -> Publisher:
    """The publisher of this slug."""
    return find(Publisher, slug=slug)


def track(path: str) -> Track:
    """The track of this `negotiation/track` path, with its negotiation."""
    of, _, slug = path.partition("/")
    rows = Track.objects.select_related("negotiation")
    return find(rows, path, negotiation__slug=of, slug=slug)


def term(path: str) -> Term:
    """The term of this `negotiation/track/term` path."""
    of, _, slug = path.rpartition("/")
    rows = Term.objects.select_related("track__negotiation")
    owner, _, on = of.partition("/")
    return find(rows, path, track__negotiation__slug=owner, track__slug=on, slug=slug)


def statements(ids: Iterable[int]) -> list[Statement]:
    """The statements of these ids, in the order given; each must exist."""
    wanted = list(ids)
    rows = Statement.objects.select_related("source__publisher").in_bulk(wanted)
    for number in wanted:
        if number not in rows:
            raise Refusal("no_such_row", noun="statement", id=number)
    return [rows[number] for number in wanted]


@cache
def _words(vocabulary: str) -> frozenset[str]:
    return frozenset(word.value for word in VOCABULARIES[vocabulary])


def word(vocabulary: str, text: str) -> str:
    """The word, if the vocabulary has it; Refusal `unknown_word`."""
    if text not in _words(vocabulary):
        raise Refusal("unknown_word", at=f"/{vocabulary}", word=text, vocabulary=vocabulary)
    return text
