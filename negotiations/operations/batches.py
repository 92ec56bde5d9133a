"""Many drafts in one act: all lines of a batch, or none and what is wrong with each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from negotiations.desk_words import Role
from negotiations.models import Snapshot, Source, Statement, StatementTrack, Track
from negotiations.operations.arguments import check_arguments
from negotiations.operations.columns import check_columns
from negotiations.operations.drafting import unseen
from negotiations.operations.finders import Finders
from negotiations.operations.members import check_members, members
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor, require
from negotiations.operations.statements import (
    StatementRead,
    draft_statement,
    newest_snapshot,
    read_statement,
    source_of,
    statement_of,
    utterance,
)
from negotiations.refusals import Refusal

MOST = 10_000
# A statement a line: each SQL statement stays far below the time that one may take.
_AT_ONCE = 500
# What corrects something is drafted by itself.
_NOT_IN_LINES = frozenset({"supersedes", "correction_reason"})
LINE = {name: one for name, one in members(draft_statement).items() if name not in _NOT_IN_LINES}
_USUAL = {name: one.default for name, one in LINE.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of a batch: the ids of the drafts in the order of the lines, and the one act."""

    noun: str
    ids: tuple[int, ...]
    number: int
    at: datetime


class BadLines(Refusal):
    """A batch that was refused: `faults` are the lines at fault, counted from 1, and why."""

    def __init__(self, faults: Sequence[tuple[int, Refusal]], *, lines: int) -> None:
        """All faults, of how many lines."""
        self.faults = tuple(faults)
        super().__init__("bad_lines", total=len(self.faults), lines=lines)


def draft_batch(*, by: Actor, now: datetime, lines: Sequence[Mapping[str, Any] | Refusal]) -> Batch:
    """Draft a statement for each line, all in one act, `draft_statements`.

    A line has the arguments of `draft_statement` without those of a correction, or is the Refusal
    that reading it met. Lines point to what is in the record or in older drafts, not to each other.
    The lines are read before the ledger is locked, which other writers wait for. Raises Refusal
    `bad_lines` (BadLines) with what is wrong with each, `wrong_kind` for none or more than MOST,
    `not_allowed`, `busy`.
    """
    if not 1 <= len(lines) <= MOST:
        raise Refusal("wrong_kind", name="lines", kind=f"a list of 1 to {MOST}")
    require(by, Role.OFFICER)
    read = _read(lines)
    _check_named(read, by=by)
    try:
        with transaction.atomic():
            _check_at_once()
            rows = _insert(read, by=by, now=now)
            receipt = draft_statements(by=by, now=now, rows=rows, read=read)
    except IntegrityError as error:
        # Something that a line points to was thrown away meanwhile.
        raise Refusal("busy") from error
    return Batch(
        noun=receipt.noun, ids=tuple(row.pk for row in rows), number=receipt.number, at=receipt.at
    )


@operation(needs=Role.OFFICER)
def draft_statements(*, by: Actor, now: datetime, rows: Sequence[Any], read: Sequence[Any]) -> Act:
    """Enter the drafts of a batch (`draft_batch`) into the ledger, as one act.

    Refusal `repeats_a_repetition` where that came about since the lines were read.
    """
    repeated = [row.repeats_id for row in rows if row.repeats_id is not None]
    if Statement.objects.filter(pk__in=repeated, repeats__isnull=False).exists():
        raise Refusal("repeats_a_repetition", at="/repeats")
    tracks = {track.pk: track for one in read for track in one.tracks}
    return Act(noun="statement", object_id=rows[0].pk, payload={}, tracks=tracks.values())


def _read(lines: Sequence[Mapping[str, Any] | Refusal]) -> list[StatementRead]:
    """All lines, read by source, so that each kept text is in memory once and not for long."""
    finders, read, faults = Finders(), {}, []
    numbered = sorted(enumerate(lines, start=1), key=lambda one: _source(one[1]))
    for begin in range(0, len(numbered), _AT_ONCE):
        some = numbered[begin : begin + _AT_ONCE]
        _find_together(finders, [line for _, line in some if isinstance(line, Mapping)])
        for number, line in some:
            try:
                read[number] = _read_line(line, finders)
            except Refusal as refusal:
                faults.append((number, refusal))
        finders.forget(newest_snapshot)
    if faults:
        raise BadLines(sorted(faults, key=lambda fault: fault[0]), lines=len(lines))
    return [one for _, one in sorted(read.items())]


def _check_named(read: Sequence[StatementRead], *, by: Actor) -> None:
    """What lines point to is there for who drafts; told like any fault of theirs."""
    named = [
        (number, row)
        for number, one in enumerate(read, start=1)
        for row in (one.values["repeats"], one.values["translates"])
    ]
    hidden = unseen(by, (row for _, row in named))
    faults = [
        (number, Refusal("no_such_row", noun="statement", id=row.pk))
        for number, row in named
        if row is not None and row.pk in hidden
    ]
    if faults:
        raise BadLines(faults, lines=len(read))


def _source(line: Mapping[str, Any] | Refusal) -> int:
    named = line.get("source") if isinstance(line, Mapping) else None
    return named if type(named) is int else 0


def _read_line(line: Mapping[str, Any] | Refusal, finders: Finders) -> StatementRead:
    if isinstance(line, Refusal):
        raise line
    check_members(line, LINE)
    check_arguments(draft_statement, line)
    read = read_statement({**_USUAL, **line}, finders)
    snapshot = read.values.pop("snapshot")
    read.values["snapshot_id"] = snapshot and snapshot.pk
    check_columns(Statement(**read.values))
    return read


def _texts_of(sources: Collection[Source]) -> Iterator[tuple[Source, Snapshot | None]]:
    """The text of each source, as `newest_snapshot` finds that of one."""
    chains = {source.chain for source in sources}
    kept = Snapshot.objects.filter(source__chain__in=chains).select_related("source")
    rows = list(kept.order_by("-captured_at", "-id"))
    for one in sources:
        chain = (row for row in rows if row.source.chain == one.chain)
        own = (row for row in chain if row.source_id == one.pk or row.source.published_at)
        yield one, next(own, None)


def _find_together(finders: Finders, lines: Sequence[Mapping[str, Any]]) -> None:
    """Find in few queries what thousands of lines may each name another of."""
    sources = Source.objects.in_bulk(_ids(lines, "source"))
    finders.know(source_of, sources.items())
    finders.know(newest_snapshot, _texts_of(sources.values()))
    others = Statement.objects.in_bulk(_ids(lines, "repeats") | _ids(lines, "translates"))
    finders.know(statement_of, others.items())
    firsts = {id: row for id, row in others.items() if row.repeats_id is None}
    finders.know(utterance, firsts.items())


def _ids(lines: Sequence[Mapping[str, Any]], name: str) -> set[int]:
    return {id for line in lines if type(id := line.get(name)) is int and abs(id) < 2**63}


def _check_at_once() -> None:
    # By default the database looks for what rows point to at commit, which is one SQL statement.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _insert(read: Sequence[StatementRead], *, by: Actor, now: datetime) -> list[Statement]:
    rows = [Statement(**one.values, drafted_by_id=by.officer, drafted_at=now) for one in read]
    Statement.objects.bulk_create(rows, batch_size=_AT_ONCE)
    for name in ("parties", "about"):
        _link(name, rows, read)
    StatementTrack.objects.bulk_create(
        (_tie(row, track) for row, one in zip(rows, read, strict=True) for track in one.tracks),
        batch_size=_AT_ONCE,
    )
    return rows


def _link(name: str, rows: Sequence[Statement], read: Sequence[StatementRead]) -> None:
    through: Any = getattr(Statement, name).through
    pairs = {
        (row.pk, party.pk): None
        for row, one in zip(rows, read, strict=True)
        for party in one.links[name]
    }
    through.objects.bulk_create(
        (through(statement_id=statement, party_id=party) for statement, party in pairs),
        batch_size=_AT_ONCE,
    )


def _tie(row: Statement, track: Track) -> StatementTrack:
    return StatementTrack(
        statement=row, track=track, said_lower=row.said_lower, said_upper=row.said_upper
    )
