"""Embargoes: drafts approved today, published when their moment comes."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction

from negotiations.desk_words import ReleaseState, Role
from negotiations.models import Release
from negotiations.operations.drafting import model_of
from negotiations.operations.ledger import lock
from negotiations.operations.lookups import find
from negotiations.operations.operation import Act, Receipt, operation
from negotiations.operations.permissions import Actor, require
from negotiations.operations.publishing import (
    drafts_of,
    last_number,
    newer_on,
    publish_together,
)
from negotiations.operations.rehearsal import rehearse
from negotiations.operations.scopes import negotiations_of, scope_of
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

log = logging.getLogger(__name__)


@operation(needs=Role.REVIEWER)
def approve_release(
    *,
    by: Actor,
    now: datetime,
    items: Sequence[Mapping[str, Any]],
    seen: int,
    release_at: datetime,
    waiver: str = "",
    confirmed: bool = False,
) -> Act:
    """Approve drafts (as for `publish_together`) for publication at an instant to come.

    Nothing is told before. Refusal `release_in_past`, `already_approved`, and what
    `publish_together` would refuse now.
    """
    if release_at <= now:
        raise Refusal("release_in_past", at="/release_at")
    rows = drafts_of(items)
    named = {(item["noun"], item["id"]) for item in items}
    for other in Release.objects.filter(state=ReleaseState.WAITING.value):
        if named & {(noun, id) for noun, id, _ in other.items}:
            raise Refusal("already_approved", at="/items")
    # Sources must be out by then, not now.
    rehearse(
        lambda: publish_together(
            by=by, now=release_at, items=items, seen=seen, waiver=waiver, confirmed=confirmed
        ),
        lambda _: None,
    )
    release = Release.objects.create(
        items=[[item["noun"], item["id"], item["version"]] for item in items],
        approved_by_id=by.officer, approved_at=now, release_at=release_at, seen=seen,
        waiver=clean(waiver, at="/waiver"), confirmed=confirmed,
    )  # fmt: skip
    tracks = [track for row in rows for track in scope_of(row)]
    return Act(noun="release", object_id=release.pk, payload={}, tracks=tracks)


@operation(needs=Role.REVIEWER)
def cancel_release(*, by: Actor, now: datetime, release: int) -> Act:
    """Take an approval back before its moment, or clear one that was held."""
    row = find(Release, release, pk=release)
    if row.state not in (ReleaseState.WAITING.value, ReleaseState.HELD.value):
        raise Refusal("release_over", at="/release")
    if row.approved_by_id != by.officer:
        require(by, Role.ADMIN).within(_negotiations_of(row))
    row.state = ReleaseState.CANCELLED.value
    row.save(update_fields=["state"])
    return Act(noun="release", object_id=row.pk, payload={}, negotiations=_negotiations_of(row))


def _negotiations_of(row: Release) -> set[int]:
    """Those of its drafts, as far as they are there still."""
    found: set[int] = set()
    for noun, id, _ in row.items:
        draft = model_of(noun)._default_manager.filter(pk=id).first()
        found |= set() if draft is None else negotiations_of(draft)
    return found


def release_due(*, now: datetime) -> int:
    """Publish all whose moment has come; how many releases were looked at.

    Each in a transaction of its own; several workers take turns. What is refused by now
    (the record has moved on, a draft was changed) is held, and the desk sees why; so is what fails,
    while one that meets a busy database waits for the next time.
    """
    looked = 0
    while _release_one(now=now):
        looked += 1
    return looked


def _release_one(*, now: datetime) -> bool:
    with transaction.atomic():
        # As every writer: the ledger's turn first, rows after it.
        lock()
        due = Release.objects.filter(state=ReleaseState.WAITING.value, release_at__lte=now)
        row = due.order_by("release_at", "pk").first()
        if row is None:
            return False
        try:
            with transaction.atomic():
                _publish(row, now=now)
            row.state = ReleaseState.RELEASED.value
        except Refusal as refusal:
            if refusal.code == "busy":
                raise
            row.state, row.refusal = ReleaseState.HELD.value, refusal.code
        except OperationalError:
            raise
        except Exception:  # whatever is wrong with this one, those after it come out
            log.exception("release %s failed", row.pk)
            row.state, row.refusal = ReleaseState.HELD.value, "failed"
        row.save(update_fields=["state", "refusal"])
        return True


def _publish(row: Release, *, now: datetime) -> tuple[Receipt, ...]:
    items = [{"noun": noun, "id": id, "version": version} for noun, id, version in row.items]
    return publish_together(
        by=Actor(officer=row.approved_by_id), now=now, items=items,
        seen=_seen(row, items), waiver=row.waiver, confirmed=row.confirmed,
    )  # fmt: skip


def _seen(row: Release, items: Sequence[Mapping[str, Any]]) -> int:
    """Up to where its reviewer knew the record.

    What was approved before and came out meanwhile lay at the desk when this one was approved: if
    nothing else is newer on the tracks, all of the ledger is known.
    """
    tracks = [track for draft in drafts_of(items) for track in scope_of(draft)]
    newer = {(entry.noun, entry.object_id) for entry in newer_on(tracks, row.seen)}
    if newer:
        before = Release.objects.filter(pk__lt=row.pk, state=ReleaseState.RELEASED.value)
        newer -= {(noun, id) for other in before for noun, id, _ in other.items}
    return row.seen if newer else last_number()
