"""Looking again: at a track, where nothing new is an act, so that nobody takes it for neglect; and
at the page of a source, where only what changed is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from negotiations.desk_words import Role
from negotiations.models import Source
from negotiations.operations.content import key_of
from negotiations.operations.lookups import find, word
from negotiations.operations.lookups import track as find_track
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.sources import cited_in
from negotiations.refusals import Refusal


@operation(needs=Role.OFFICER)
def check_track(*, by: Actor, now: datetime, track: str) -> Act:
    """Say in the record that the desk looked at a `negotiation/track` and found nothing new."""
    row = find_track(track)
    return Act(
        noun="track", object_id=row.pk, payload={"track": key_of(row)}, public=True, tracks=[row]
    )


@operation(needs=Role.ADMIN)
def recheck_source(
    *,
    by: Actor,
    now: datetime,
    source: int,
    state: str,
    before: str,
    address: str = "",
    passages: Sequence[Mapping[str, Any]] = (),
) -> Act:
    """Say in the record that the page of a source is no longer found as it was `before`.

    `address` is where it moved to. `passages` are those that changed: the `statement` that quotes
    it, and what is `found` in its place, or "". The negotiations whose record rests on it hear of
    it; it is no act of the desk on their tracks. Raises Refusal `no_such_row`, `not_published`,
    `unknown_word`.
    """
    row = find(Source, source, pk=source)
    if row.published_at is None:
        raise Refusal("not_published", noun="source", id=row.pk)
    payload: dict[str, Any] = {
        "source": row.pk,
        "state": word("evidence_state", state),
        "before": word("evidence_state", before),
    }
    if address:
        payload["address"] = address
    if passages:
        payload["passages"] = [dict(one) for one in passages]
    return Act(
        noun="source", object_id=row.pk, payload=payload, public=True, negotiations=cited_in(row)
    )
