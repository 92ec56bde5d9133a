"""Publication: a second officer makes drafts part of the record, one or several as one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db.models import Max, QuerySet

from negotiations.desk_words import Role
from negotiations.models import (
    Account,
    LedgerEntry,
    Published,
    Snapshot,
    Source,
    Statement,
    StatementTrack,
    StatusChange,
    Track,
)
from negotiations.models.evidenced import Evidenced
from negotiations.operations import accounts, evidence, sources, statements, statuses
from negotiations.operations.content import content_of, noun_of, with_content
from negotiations.operations.drafting import NOUNS, draft_of, model_of
from negotiations.operations.ledger import Stamp
from negotiations.operations.operation import Act, joint_operation, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.scopes import scope_of
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal
from negotiations.vocabulary import Capture

# Acts that add nothing which a publication could contradict.
_LOOKED = frozenset({"check_track", "mend"})
# As many drafts as an officer can look through in one go.
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What a reviewer stands for: having seen the record up to `seen`, and the transcriptions."""

    by: Actor
    now: datetime
    seen: int
    waiver: str
    confirmed: bool


@operation(needs=Role.REVIEWER)
def publish(
    *,
    by: Actor,
    now: datetime,
    noun: str,
    id: int,
    version: int,
    seen: int,
    waiver: str = "",
    confirmed: bool = False,
) -> Act:
    """Make a draft part of the record; the act is `publish`, `correct` or `retract`.

    `version` is the draft's as the reviewer saw it, `seen` the newest ledger number seen: something
    newer on the same track is Refusal `stale`. `waiver` is the public reason why one officer does
    both (rule 4); `confirmed` says that transcribed text was compared with its original. Raises
    also `already_published`, `version_conflict`, `own_draft`, `transcription_unconfirmed`,
    `unpublished_evidence`, `retracted_evidence`, `published_in_future`, and whatever the draft's
    own rules refuse by now.
    """
    row = _draft(noun, id, version)
    _check_seen(scope_of(row), seen)
    return _publication(row, _approval(by, now, seen, waiver, confirmed))


@joint_operation(needs=Role.REVIEWER)
def publish_together(
    *,
    by: Actor,
    now: datetime,
    items: Sequence[Mapping[str, Any]],
    seen: int,
    waiver: str = "",
    confirmed: bool = False,
) -> Iterator[Act]:
    """Publish drafts that belong together, each after what it rests on: all of them or none.

    `items` hold `noun`, `id` and `version` each, in any order, at most MOST. Refuses as `publish`
    does, naming the item, and `bad_items`.
    """
    approval = _approval(by, now, seen, waiver, confirmed)
    rows = drafts_of(items)
    _check_seen([track for row in rows for track in scope_of(row)], seen)
    for row in rows:
        # Read again: what it rests on has become part of the record meanwhile.
        yield _publication(_draft(noun_of(row), row.pk, row.version), approval)


def drafts_of(items: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The drafts that these items name, in the order in which they can be published.

    Refusal `bad_items` unless each names a `noun`, `id` and `version`, and each draft once.
    """
    named = [_item(item) for item in items]
    if not named or len(named) > MOST or len({key[:2] for key in named}) < len(named):
        raise Refusal("bad_items", at="/items", most=MOST)
    order = list(NOUNS)
    rows = sorted((_draft(*key) for key in named), key=lambda row: row.pk)
    places = {model: _places(model, rows) for model in _POINTING}

    def place(row: Published) -> tuple[int, int]:
        of = places[type(row)][row.pk] if type(row) in places else row.pk
        return order.index(noun_of(row)), of

    return sorted(rows, key=place)


def _item(item: Mapping[str, Any]) -> tuple[str, int, int]:
    match item:
        case {"noun": str(noun), "id": int(id), "version": int(version)} if (
            len(item) == 3 and not isinstance(id, bool) and not isinstance(version, bool)
        ):
            return noun, id, version
    raise Refusal("bad_items", at="/items", most=MOST)


# Rows that name others of their own noun, which are published before them.
_POINTING: Mapping[type[Published], tuple[str, ...]] = {
    Statement: ("repeats_id", "translates_id"),
    Account: ("contradicts_id",),
}


def _places(model: type[Published], rows: Sequence[Any]) -> dict[int, int]:
    """The place of each row of this noun after those of the noun that it names."""
    of_noun = {row.pk: row for row in rows if isinstance(row, model)}
    before = {
        pk: of_noun.keys() & {getattr(row, name) for name in _POINTING[model]}
        for pk, row in of_noun.items()
    }
    try:
        order = TopologicalSorter(before).static_order()
        return {id: place for place, id in enumerate(order)}
    except CycleError as error:
        # Each would have to be published before the other.
        raise Refusal("unpublished_evidence", noun=noun_of(model), id=error.args[1][0]) from error


def _approval(by: Actor, now: datetime, seen: int, waiver: str, confirmed: bool) -> Approval:
    words = clean(waiver, at="/waiver")
    return Approval(by=by, now=now, seen=seen, waiver=words, confirmed=confirmed)


def _draft(noun: str, id: int, version: int) -> Any:
    model = model_of(noun)
    draft_of(model, id, version=version)
    rows: Any = with_content(model)
    if issubclass(model, Evidenced):
        rows = rows.select_related("basis__source__publisher")
    elif model is Statement:
        rows = rows.select_related("source")
    return rows.get(pk=id)


def _publication(row: Any, approval: Approval) -> Act:
    noun = noun_of(row)
    row.waiver = approval.waiver if _needs_waiver(row, approval) else ""
    row.known_on, row.known_at = _check(row, now=approval.now)
    return Act(
        noun=noun,
        object_id=row.pk,
        payload=lambda stamp: _seal(row, by=approval.by, stamp=stamp),
        public=True,
        tracks=scope_of(row),
        verb="retract" if row.withdrawn else "correct" if row.supersedes_id else "publish",
        version=row.version,
    )


def _needs_waiver(row: Published, approval: Approval) -> bool:
    """Whether this row is published by the waiver alone; Refusal where one is missing.

    The others of a set do not tell a reason that was given for one of them.
    """
    own = _wrote(approval.by, noun_of(row), row)
    if own and not approval.waiver:
        raise Refusal("own_draft", at="/waiver")
    if isinstance(row, Source):
        try:
            _check_transcription(row, replace(approval, waiver=""))
        except Refusal:
            _check_transcription(row, approval)
            return True
    return own


def _wrote(by: Actor, noun: str, row: Published) -> bool:
    """Whether the draft holds words of this account: as its drafter, or by changing it later."""
    acts = LedgerEntry.objects.filter(noun=noun, object_id=row.pk, by=by.officer)
    changed = acts.filter(verb="amend_draft").exists()
    return changed or row.drafted_by_id == by.officer


def _check_transcription(row: Source, approval: Approval) -> None:
    """What was copied by hand is compared with its original by who did not copy it."""
    by_hand = Snapshot.objects.filter(source=row, capture=Capture.TRANSCRIBED.value)
    copies = list(by_hand.values_list("pk", flat=True))
    if not copies or approval.waiver or row.withdrawn:
        return
    acts = LedgerEntry.objects.filter(noun="snapshot", object_id__in=copies)
    if not approval.confirmed or acts.filter(by=approval.by.officer).exists():
        raise Refusal("transcription_unconfirmed", at="/confirmed")


def _check_seen(tracks: Iterable[Track], seen: int) -> None:
    last = last_number()
    if not 0 <= seen <= last:
        raise Refusal("unseen_number", at="/seen", number=last)
    newest = newer_on(tracks, seen).first()
    if newest is not None:
        raise Refusal("stale", number=newest.number)


def last_number() -> int:
    """The number of the newest act; 0 before the first."""
    return LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0


def newer_on(tracks: Iterable[Track], seen: int) -> QuerySet[LedgerEntry]:
    """What these tracks were told after the number `seen`, newest first; looks do not count."""
    told = LedgerEntry.objects.filter(
        public=True, number__gt=seen, track_ids__overlap=[track.pk for track in tracks]
    )
    return told.exclude(verb__in=_LOOKED).order_by("-number")


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
            if isinstance(row, Account):
                accounts.recheck(row)
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
    row.published_by_id, row.review = by.officer, ""
    if isinstance(row, Statement):
        seal_ties(row)
    row.save(force_update=True)
    told = content_of(row)
    if isinstance(row, Source):
        # The text that was judged is sealed with its source.
        kept = Snapshot.objects.filter(source=row).order_by("pk")
        told["snapshots"] = list(kept.values_list("sha256", flat=True))
    return told


def seal_ties(row: Statement) -> None:
    """Copy to the tracks of a statement what it is found and seen by, before it is frozen."""
    StatementTrack.objects.filter(statement=row).update(
        ledger_number=row.ledger_number, published_at=row.published_at, known_on=row.known_on,
        known_at=row.known_at, chain=row.chain, withdrawn=row.withdrawn,
    )  # fmt: skip
