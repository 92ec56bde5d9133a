"""Publication: a second officer makes a draft part of the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from negotiations.models import (
    LedgerEntry,
    Linkage,
    Milestone,
    Position,
    Published,
    Source,
    Statement,
    StatementTrack,
    StatusChange,
    Track,
)
from negotiations.models.evidenced import Evidenced
from negotiations.operations import evidence, sources, statements, statuses
from negotiations.operations.content import content_of, noun_of, with_content
from negotiations.operations.drafting import model_of
from negotiations.operations.ledger import Stamp
from negotiations.operations.lookups import find
from negotiations.operations.operation import Act, Actor, operation
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal


@operation
def publish(*, by: Actor, now: datetime, noun: str, id: int, seen: int, waiver: str = "") -> Act:
    """Make a draft part of the record; the act is `publish`, `correct` or `retract`.

    `seen` is the newest ledger number the officer has seen: something newer on the same track is
    Refusal `stale`. `waiver` is the public reason why one officer does both (rule 4). Raises also
    `already_published`, `own_draft`, `unpublished_evidence`, `retracted_evidence`,
    `published_in_future`, and whatever the draft's own rules refuse by now.
    """
    model = model_of(noun)
    rows: Any = with_content(model)
    if issubclass(model, Evidenced):
        rows = rows.select_related("basis__source__publisher")
    elif model is Statement:
        rows = rows.select_related("source")
    row: Any = find(rows, id, pk=id)
    if row.published_at is not None:
        raise Refusal("already_published", noun=noun)
    row.waiver = clean(waiver, at="/waiver")
    if row.drafted_by_id == by.officer and not row.waiver:
        raise Refusal("own_draft", at="/waiver")
    tracks = scope_of(row)
    _check_seen(tracks, seen)
    row.known_on, row.known_at = _check(row, now=now)
    return Act(
        noun=noun,
        object_id=row.pk,
        payload=lambda stamp: _seal(row, by=by, stamp=stamp),
        public=True,
        tracks=tracks,
        verb="retract" if row.withdrawn else "correct" if row.supersedes_id else "publish",
    )


def _check_seen(tracks: list[Track], seen: int) -> None:
    last = LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0
    if not 0 <= seen <= last:
        raise Refusal("unseen_number", at="/seen", number=last)
    newest = (
        LedgerEntry.objects.filter(
            public=True, number__gt=seen, track_ids__overlap=[track.pk for track in tracks]
        )
        .order_by("-number")
        .first()
    )
    if newest is not None:
        raise Refusal("stale", number=newest.number)


def _check(row: Published, *, now: datetime) -> tuple[date | None, datetime | None]:
    """Keep the rules of the row's noun once more; from when it could be known."""
    if row.withdrawn and row.supersedes is not None:
        return row.supersedes.known_on, row.supersedes.known_at
    match row:
        case Source():
            return sources.known(row, now=now)
        case Statement():
            return _check_statement(row)
        case Evidenced():
            dissent = list(row.dissent.all()) if isinstance(row, StatusChange) else []
            evidence.check_published(row, dissent=dissent)
            evidence.check_reliable(evidence.basis_of(row))
            if isinstance(row, StatusChange):
                statuses.recheck(row)
            return evidence.known(row)
    raise TypeError(type(row))


def _check_statement(row: Statement) -> tuple[date | None, datetime | None]:
    cited: list[Published] = [row.source, *filter(None, (row.repeats, row.translates))]
    for other in cited:
        if other.published_at is None:
            raise Refusal("unpublished_evidence", noun=noun_of(other), id=other.pk)
    evidence.check_standing([row.source])
    if others := [other for other in (row.repeats, row.translates) if other is not None]:
        evidence.check_standing(others)
    statements.recheck(row)
    return row.source.known_on, row.source.known_at


def _seal(row: Published, *, by: Actor, stamp: Stamp) -> Mapping[str, Any]:
    row.published_at, row.ledger_number = stamp.at, stamp.number
    row.published_by_id = by.officer
    if isinstance(row, Statement):
        StatementTrack.objects.filter(statement=row).update(ledger_number=stamp.number)
    row.save(force_update=True)
    return content_of(row)


def scope_of(row: Published) -> list[Track]:
    """The tracks that hear of a row's publication: its own, and those that a correction leaves."""
    before = row.supersedes
    return tracks_of(row) if before is None else [*tracks_of(row), *tracks_of(before)]


def tracks_of(row: Published) -> list[Track]:
    """The tracks that a row bears on."""
    match row:
        case StatusChange():
            return [row.track]
        case Position():
            return [row.term.track]
        case Linkage():
            return [row.from_track, row.to_track]
        case Milestone() | Statement():
            return list(row.tracks.all())
        case _:
            return []
