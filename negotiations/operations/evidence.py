"""Evidence: the statements that a row rests on, and from when they let it be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from negotiations.models import Published, Statement
from negotiations.models.evidenced import Evidenced
from negotiations.operations.content import noun_of
from negotiations.operations.dates import read_date
from negotiations.operations.lookups import statements
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal
from negotiations.vocabulary import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Columns and links that all rows with evidence share."""

    values: dict[str, Any]
    links: dict[str, list[Any]]
    basis: list[Statement]


def read_evidence(
    *, effective_on: str, basis: Sequence[int], note_en: str, note_ko: str
) -> Evidence:
    """Read the common part of a draft.

    Refusal `no_basis`, `no_such_row`, `bad_date`, `unreliable_alone`.
    """
    if not basis:
        raise Refusal("no_basis", at="/basis")
    dated = read_date(effective_on)
    first, *further = cited = statements(dict.fromkeys(basis))
    check_reliable(cited)
    return Evidence(
        values={
            "effective_on": dated.text,
            "effective_lower": dated.lower,
            "effective_upper": dated.upper,
            "basis": first,
            "note_en": clean(note_en, at="/note_en"),
            "note_ko": clean(note_ko, at="/note_ko"),
        },
        links={"further_basis": further},
        basis=cited,
    )


def basis_of(row: Evidenced) -> list[Statement]:
    """The statements a row rests on, the main one first."""
    return [row.basis, *row.further_basis.all()]


def check_published(row: Evidenced, *, dissent: Sequence[Statement] = ()) -> None:
    """Refusal `unpublished_evidence` or `retracted_evidence` (rule 2)."""
    cited = [*basis_of(row), *dissent]
    for statement in cited:
        if statement.published_at is None:
            raise Refusal("unpublished_evidence", noun="statement", id=statement.pk)
    check_standing(cited)
    check_standing([statement.source for statement in cited])


def check_standing(cited: Sequence[Published]) -> None:
    """Refusal `retracted_evidence` for the first of these rows (of one noun) that was withdrawn.

    A retraction withdraws the whole chain: what cites an older row of it falls with it.
    """
    gone = set(
        type(cited[0])
        ._default_manager.filter(chain__in=[row.chain for row in cited])
        .filter(withdrawn=True, published_at__isnull=False)
        .values_list("chain", flat=True)
    )
    for row in cited:
        if row.chain in gone:
            raise Refusal("retracted_evidence", noun=noun_of(row), id=row.pk)


def check_reliable(basis: Sequence[Statement]) -> None:
    """Refusal `unreliable_alone`: sources of tier unreliable move nothing by themselves."""
    tiers = {statement.source.publisher.tier for statement in basis}
    if tiers == {Tier.UNRELIABLE.value}:
        raise Refusal("unreliable_alone", at="/basis")


def known(row: Evidenced) -> tuple[date, datetime | None]:
    """From when a row could be known: the earliest publication of its main statement.

    The main utterance may stand in the basis in several renderings; the first to be published
    counts. What else bears the row out may have been public earlier without telling it.
    """
    first, *further = basis_of(row)
    utterance = first.repeats_id or first.pk
    renderings = [first, *(s for s in further if (s.repeats_id or s.pk) == utterance)]
    day = min(s.known_on for s in renderings if s.known_on is not None)
    moments = [s.known_at for s in renderings if s.known_on == day]
    if any(moment is None for moment in moments):
        return day, None
    return day, min(moment for moment in moments if moment is not None)
