"""Positions: what a party says a term is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from negotiations.desk_words import Role
from negotiations.models import Position
from negotiations.operations.drafting import Place, drafted, new_draft
from negotiations.operations.evidence import read_evidence
from negotiations.operations.lookups import party, word
from negotiations.operations.lookups import term as find_term
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal
from negotiations.vocabulary import LEGAL_STANDINGS

# What the column holds: eighteen digits before the point and six after it.
_AMOUNT = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,6})?", re.ASCII)


@operation(needs=Role.OFFICER)
def draft_position(
    *,
    by: Actor,
    now: datetime,
    term: str,
    according_to: str,
    standing: str,
    effective_on: str,
    basis: Sequence[int],
    amount: str | None = None,
    amount_to: str | None = None,
    text_en: str = "",
    text_ko: str = "",
    qualifier: str = "exactly",
    note_en: str = "",
    note_ko: str = "",
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft what `according_to` (a party's code) says a term is: a figure, a range, or a text.

    `term` is a `negotiation/track/term` path; amounts are decimal texts in the term's unit, at most
    six places. Raises Refusal `figure_or_text`, `unreliable_alone` and those of dates and names.
    """
    evidence = read_evidence(
        effective_on=effective_on, basis=basis, note_en=note_en, note_ko=note_ko
    )
    low, high = _amount(amount), _amount(amount_to)
    words = clean(text_en, at="/text_en"), clean(text_ko, at="/text_ko")
    if (low is None) == (not any(words)) or (high is not None and (low is None or high <= low)):
        raise Refusal("figure_or_text", at="/amount")
    row = new_draft(
        Position,
        by=by,
        now=now,
        place=Place(supersedes, correction_reason, amends, version),
        values={
            **evidence.values,
            "term": find_term(term),
            "according_to": party(according_to),
            "amount": low,
            "amount_to": high,
            "text_en": words[0],
            "text_ko": words[1],
            "qualifier": word("qualifier", qualifier),
            "standing": word("standing", standing),
            "legal": standing in LEGAL_STANDINGS,
        },
        links=evidence.links,
    )
    return drafted(row)


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    if not _AMOUNT.fullmatch(text):
        raise Refusal("figure_or_text", at="/amount")
    return Decimal(text)
