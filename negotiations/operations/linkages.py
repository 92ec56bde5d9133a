"""Linkages: how one track is tied to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from negotiations.desk_words import Role
from negotiations.models import Linkage
from negotiations.operations.drafting import Place, drafted, new_draft
from negotiations.operations.evidence import read_evidence
from negotiations.operations.lookups import party, track, word
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.refusals import Refusal


@operation(needs=Role.OFFICER)
def draft_linkage(
    *,
    by: Actor,
    now: datetime,
    from_track: str,
    to_track: str,
    kind: str,
    effective_on: str,
    basis: Sequence[int],
    standing: str = "asserted",
    according_to: str | None = None,
    note_en: str = "",
    note_ko: str = "",
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft a tie between two `negotiation/track` paths, as a party (or None, the desk) tells it.

    Raises Refusal `same_track`, `unreliable_alone`, `no_basis` and those of dates, words and names.
    """
    evidence = read_evidence(
        effective_on=effective_on, basis=basis, note_en=note_en, note_ko=note_ko
    )
    one, other = track(from_track), track(to_track)
    if one == other:
        raise Refusal("same_track", at="/to_track")
    row = new_draft(
        Linkage,
        by=by,
        now=now,
        place=Place(supersedes, correction_reason, amends, version),
        values={
            **evidence.values,
            "from_track": one,
            "to_track": other,
            "according_to": party(according_to) if according_to else None,
            "kind": word("linkage_kind", kind),
            "standing": word("linkage_standing", standing),
        },
        links=evidence.links,
    )
    return drafted(row)
