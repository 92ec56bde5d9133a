"""Milestones: dates promised, set or aimed at, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from negotiations.desk_words import Role
from negotiations.models import Milestone
from negotiations.operations.dates import read_date
from negotiations.operations.drafting import Place, drafted, new_draft
from negotiations.operations.evidence import read_evidence
from negotiations.operations.lookups import negotiation as find_negotiation
from negotiations.operations.lookups import track, word
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal


@operation(needs=Role.OFFICER)
def draft_milestone(
    *,
    by: Actor,
    now: datetime,
    negotiation: str,
    slug: str,
    tracks: Sequence[str],
    kind: str,
    title_en: str,
    title_ko: str,
    due_on: str,
    effective_on: str,
    basis: Sequence[int],
    outcome: str = "open",
    place_en: str = "",
    place_ko: str = "",
    note_en: str = "",
    note_ko: str = "",
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft how a milestone stands from `effective_on` on; rows of one milestone share `slug`.

    `due_on` and `effective_on` are EDTF; a later row with a new date is a slip. Raises Refusal
    `no_tracks`, `no_basis`, `unreliable_alone` and those of dates, words and names.
    """
    evidence = read_evidence(
        effective_on=effective_on, basis=basis, note_en=note_en, note_ko=note_ko
    )
    due = read_date(due_on)
    if not tracks:
        raise Refusal("no_tracks", at="/tracks")
    row = new_draft(
        Milestone,
        by=by,
        now=now,
        place=Place(supersedes, correction_reason, amends, version),
        values={
            **evidence.values,
            "negotiation": find_negotiation(negotiation),
            "slug": clean(slug, at="/slug"),
            "kind": word("milestone_kind", kind),
            "title_en": clean(title_en, at="/title_en"),
            "title_ko": clean(title_ko, at="/title_ko"),
            "due_on": due.text,
            "due_lower": due.lower,
            "due_upper": due.upper,
            "place_en": clean(place_en, at="/place_en"),
            "place_ko": clean(place_ko, at="/place_ko"),
            "outcome": word("outcome", outcome),
        },
        links={**evidence.links, "tracks": [track(path) for path in tracks]},
    )
    return drafted(row)
