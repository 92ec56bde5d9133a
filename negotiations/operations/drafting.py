"""Drafts: how every noun's new row begins, also when it corrects or withdraws a published one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar

from django.db import models
from django.db.models import ProtectedError

from negotiations.desk_words import Role, includes
from negotiations.models import (
    Account,
    Linkage,
    Milestone,
    Position,
    Published,
    Source,
    Statement,
    StatementTrack,
    StatusChange,
)
from negotiations.operations.columns import check_columns
from negotiations.operations.content import noun_of
from negotiations.operations.lookups import find
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor, require
from negotiations.operations.scopes import negotiations_of, scope_of
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

R = TypeVar("R", bound=Published)
NOUNS: dict[str, type[Published]] = {
    noun_of(model): model
    for model in (Source, Statement, StatusChange, Position, Linkage, Milestone, Account)
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft goes: a new row, the correction of a published one, or over an older draft.

    `version` is that of the draft `amends` which the officer saw.
    """

    supersedes: int | None = None
    correction_reason: str = ""
    amends: int | None = None
    version: int | None = None


def model_of(noun: str) -> type[Published]:
    """The model of a noun that can be published; Refusal `no_such_row` for another word."""
    if noun not in NOUNS:
        raise Refusal("no_such_row", noun="noun", id=noun)
    return NOUNS[noun]


def draft_of(model: type[R], id: int, *, version: int | None) -> R:
    """The draft as the officer saw it.

    Refusal `no_such_row`, `already_published`, or `version_conflict` where it was changed since.
    """
    row = find(model, id, pk=id)
    if row.published_at is not None:
        raise Refusal("already_published", noun=noun_of(model))
    if row.version != version:
        raise Refusal("version_conflict", at="/version", version=row.version)
    return row


def new_draft(
    model: type[R],
    *,
    by: Actor,
    now: datetime,
    place: Place,
    values: Mapping[str, Any],
    links: Mapping[str, Sequence[models.Model]],
    named: Iterable[models.Model] = (),
    withdrawn: bool = False,
) -> R:
    """Write a draft row with its links, at its place; `named` are other rows that it points to.

    Raises Refusal `not_published`, `already_corrected`, `no_reason`, `version_conflict`,
    `already_published`, `no_such_row` for a draft of others that it names, and those of columns.
    """
    row: Any
    check_unseen(by, [*values.values(), *named, *chain.from_iterable(links.values())])
    if place.amends is not None:
        row = _amended(model, place, by=by, values=values)
    else:
        row = model(**values, drafted_by_id=by.officer, drafted_at=now, withdrawn=withdrawn)
    if place.supersedes is not None and place.amends is None:
        before: Published = find(model_of(noun_of(model)), place.supersedes, pk=place.supersedes)
        _take_place(row, before)
    if row.supersedes_id is not None:
        row.correction_reason = clean(place.correction_reason, at="/correction_reason")
        if not row.correction_reason:
            raise Refusal("no_reason", at="/correction_reason")
    check_columns(row)
    row.save()
    for name, linked in links.items():
        getattr(row, name).set(linked)
    return row


def check_unseen(by: Actor, named: Iterable[Any]) -> None:
    """Refusal `no_such_row` for the first of these statements that is not there for the actor."""
    if hidden := unseen(by, named):
        raise Refusal("no_such_row", noun="statement", id=min(hidden))


def unseen(by: Actor, named: Iterable[Any]) -> set[int]:
    """The ids of the statements among these that are not there for the actor.

    Those are drafts of negotiations in none of which the account is an officer.
    """
    drafts = {row.pk for row in named if isinstance(row, Statement) and row.published_at is None}
    roles = require(by, Role.OFFICER).roles if drafts else None
    if roles is None:
        return set()
    own = [negotiation for negotiation, role in roles.items() if includes(role, Role.OFFICER)]
    ties = StatementTrack.objects.filter(statement__in=drafts, track__negotiation__in=own)
    return drafts - set(ties.values_list("statement_id", flat=True))


def _amended(model: type[R], place: Place, *, by: Actor, values: Mapping[str, Any]) -> R:
    row: Any = draft_of(model, place.amends or 0, version=place.version)
    # What it leaves is touched as well; the act tells where it goes.
    require(by, Role.OFFICER).within(negotiations_of(row))
    if row.withdrawn or place.supersedes != row.supersedes_id:
        raise Refusal("not_this_draft", at="/amends")
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    # Whoever was to judge it saw other words.
    row.review = ""
    return row


def _take_place(row: Published, before: Published) -> None:
    if before.published_at is None:
        raise Refusal("not_published", noun=noun_of(before))
    rows: Any = type(before)._default_manager
    if before.withdrawn or rows.filter(supersedes=before).exists():
        raise Refusal("already_corrected", noun=noun_of(before))
    row.supersedes, row.chain = before, before.chain


def drafted(row: Published) -> Act:
    """The act of having drafted or changed a row: told to nobody, without content."""
    return Act(
        noun=noun_of(row), object_id=row.pk, payload={}, tracks=scope_of(row),
        verb="amend_draft" if row.version > 1 else "", version=row.version,
    )  # fmt: skip


@operation(needs=Role.OFFICER)
def draft_retraction(
    *, by: Actor, now: datetime, noun: str, id: int, correction_reason: str
) -> Act:
    """Draft the withdrawal of a published row: its content again, marked withdrawn, and why."""
    model = model_of(noun)
    before = find(model, id, pk=id)
    values = {
        field.attname: getattr(before, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in _OWN
    }
    links = {
        field.name: list(getattr(before, field.name).all())
        for field in model._meta.many_to_many
        if field.name != "tracks" or model is not Statement
    }
    row = new_draft(
        model, by=by, now=now, values=values, links=links, withdrawn=True,
        place=Place(id, correction_reason),
    )  # fmt: skip
    if isinstance(row, Statement) and isinstance(before, Statement):
        link_tracks(row, before.tracks.all())
    return drafted(row)


_OWN = frozenset(field.name for field in Published._meta.get_fields()) | {"id"}


def link_tracks(statement: Statement, tracks: Iterable[Any]) -> None:
    """Tie a drafted statement to its tracks, with the key that sorts it there."""
    StatementTrack.objects.filter(statement=statement).delete()
    StatementTrack.objects.bulk_create(
        StatementTrack(
            statement=statement,
            track=track,
            said_lower=statement.said_lower,
            said_upper=statement.said_upper,
        )
        for track in tracks
    )


@operation(needs=Role.OFFICER)
def discard_draft(*, by: Actor, now: datetime, noun: str, id: int, version: int) -> Act:
    """Throw a draft away: its drafter may, and an admin of where it belongs.

    Refusal `already_published`, `version_conflict`, `not_your_draft`, and `in_use` for what other
    drafts or a kept text rest on.
    """
    row = draft_of(model_of(noun), id, version=version)
    tracks = scope_of(row)
    if row.drafted_by_id != by.officer:
        try:
            require(by, Role.ADMIN).within(negotiations_of(row))
        except Refusal as refusal:
            raise Refusal("not_your_draft") from refusal
    try:
        row.delete()
    except ProtectedError as error:
        raise Refusal("in_use", noun=noun) from error
    return Act(noun=noun, object_id=id, payload={}, tracks=tracks, version=version)
