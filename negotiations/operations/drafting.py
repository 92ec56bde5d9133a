"""Drafts: how every noun's new row begins, also when it corrects or withdraws a published one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import ProtectedError

from negotiations.models import (
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
from negotiations.operations.operation import Act, Actor, operation
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

R = TypeVar("R", bound=Published)
NOUNS: dict[str, type[Published]] = {
    noun_of(model): model
    for model in (Source, Statement, StatusChange, Position, Linkage, Milestone)
}


def model_of(noun: str) -> type[Published]:
    """The model of a noun that can be published; Refusal `no_such_row` for another word."""
    if noun not in NOUNS:
        raise Refusal("no_such_row", noun="noun", id=noun)
    return NOUNS[noun]


def new_draft(
    model: type[R],
    *,
    by: Actor,
    now: datetime,
    supersedes: int | None,
    correction_reason: str,
    values: Mapping[str, Any],
    links: Mapping[str, Iterable[models.Model]],
    withdrawn: bool = False,
) -> R:
    """Write a draft row with its links; with `supersedes` it corrects that published row.

    Raises Refusal `not_published`, `already_corrected`, `no_reason`, and those of columns.
    """
    row = model(**values, drafted_by_id=by.officer, drafted_at=now, withdrawn=withdrawn)
    if supersedes is not None:
        row.correction_reason = clean(correction_reason, at="/correction_reason")
        before: Published = find(model_of(noun_of(model)), supersedes, pk=supersedes)
        _take_place(row, before)
    check_columns(row)
    row.save(force_insert=True)
    for name, linked in links.items():
        getattr(row, name).add(*linked)
    return row


def _take_place(row: Published, before: Published) -> None:
    if before.published_at is None:
        raise Refusal("not_published", noun=noun_of(before))
    rows: Any = type(before)._default_manager
    if before.withdrawn or rows.filter(supersedes=before).exists():
        raise Refusal("already_corrected", noun=noun_of(before))
    if not row.correction_reason:
        raise Refusal("no_reason", at="/correction_reason")
    row.supersedes, row.chain = before, before.chain


def drafted(row: Published) -> Act:
    """The act of having drafted a row: told to nobody, without content."""
    return Act(noun=noun_of(row), object_id=row.pk, payload={})


@operation
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
        model, by=by, now=now, supersedes=id, correction_reason=correction_reason,
        values=values, links=links, withdrawn=True,
    )  # fmt: skip
    if isinstance(row, Statement) and isinstance(before, Statement):
        link_tracks(row, before.tracks.all())
    return drafted(row)


_OWN = frozenset(field.name for field in Published._meta.get_fields()) | {"id"}


def link_tracks(statement: Statement, tracks: Iterable[Any]) -> None:
    """Tie a drafted statement to its tracks, with the key that sorts it there."""
    StatementTrack.objects.bulk_create(
        StatementTrack(
            statement=statement,
            track=track,
            said_lower=statement.said_lower,
            said_upper=statement.said_upper,
        )
        for track in tracks
    )


@operation
def discard_draft(*, by: Actor, now: datetime, noun: str, id: int) -> Act:
    """Throw a draft away; Refusal `already_published` for what is in the record, `in_use` for what
    other drafts or a kept text rest on.
    """
    row = find(model_of(noun), id, pk=id)
    if row.published_at is not None:
        raise Refusal("already_published", noun=noun)
    try:
        row.delete()
    except ProtectedError as error:
        raise Refusal("in_use", noun=noun) from error
    return Act(noun=noun, object_id=id, payload={})
