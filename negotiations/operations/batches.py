"""Many drafts in one act: all lines of a batch, or none and what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from negotiations.desk_words import Role
from negotiations.models import Statement
from negotiations.operations.arguments import check_arguments
from negotiations.operations.batch_finding import find_for_all, find_texts
from negotiations.operations.columns import check_values
from negotiations.operations.drafting import unseen
from negotiations.operations.finders import Finders
from negotiations.operations.members import check_members, members
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor, require
from negotiations.operations.statement_lookups import kept_text
from negotiations.operations.statement_rows import StatementRead, insert_many
from negotiations.operations.statements import draft_statement, read_statement
from negotiations.refusals import Refusal

MOST = 10_000
# As many lines are read between two looks for texts, which are then let go.
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
            ids = insert_many(read, by=by.officer, now=now)
            receipt = draft_statements(by=by, now=now, ids=ids, read=read)
    except IntegrityError as error:
        # Something that a line points to was thrown away meanwhile.
        raise Refusal("busy") from error
    return Batch(noun=receipt.noun, ids=tuple(ids), number=receipt.number, at=receipt.at)


@operation(needs=Role.OFFICER)
def draft_statements(*, by: Actor, now: datetime, ids: Sequence[Any], read: Sequence[Any]) -> Act:
    """Enter the drafts of a batch (`draft_batch`) into the ledger, as one act.

    Refusal `repeats_a_repetition` where that came about since the lines were read.
    """
    repeated = {one.values["repeats_id"] for one in read} - {None}
    if repeated and Statement.objects.filter(pk__in=repeated, repeats__isnull=False).exists():
        raise Refusal("repeats_a_repetition", at="/repeats")
    tracks = {track.pk: track for one in read for track in one.tracks}
    return Act(noun="statement", object_id=ids[0], payload={}, tracks=tracks.values())


def _read(lines: Sequence[Mapping[str, Any] | Refusal]) -> list[StatementRead]:
    """All lines, read by source, so that each kept text is in memory once and not for long."""
    finders, read, faults = Finders(), {}, []
    find_for_all(finders, [line for line in lines if isinstance(line, Mapping)])
    numbered = sorted(enumerate(lines, start=1), key=lambda one: _source(one[1]))
    for begin in range(0, len(numbered), _AT_ONCE):
        some = numbered[begin : begin + _AT_ONCE]
        find_texts(finders, [line for _, line in some if isinstance(line, Mapping)])
        for number, line in some:
            try:
                read[number] = _read_line(line, finders)
            except Refusal as refusal:
                faults.append((number, refusal))
        finders.forget(kept_text)
    if faults:
        raise BadLines(sorted(faults, key=lambda fault: fault[0]), lines=len(lines))
    return [read[number] for number in range(1, len(lines) + 1)]


def _check_named(read: Sequence[StatementRead], *, by: Actor) -> None:
    """What lines point to is there for who drafts; told like any fault of theirs."""
    named = [(number, row) for number, one in enumerate(read, start=1) for row in one.named]
    hidden = unseen(by, (row for _, row in named))
    faults = [
        (number, Refusal("no_such_row", noun="statement", id=row.pk))
        for number, row in named
        if row.pk in hidden
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
    check_values(Statement, read.values)
    return read
