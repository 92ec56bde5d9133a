"""What workers do, as the desk sees it: long jobs, captures under way, work that was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from negotiations.desk_words import CaptureState, Role
from negotiations.models import Capture, JobRun
from negotiations.models.jobs import SILENT
from negotiations.models.work import ELSEWHERE, works
from negotiations.queries.seats import Seat
from negotiations.refusals import SENTENCES

_MOST = 100
_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTold:
    """The newest run of a job; `total` null: nobody knows how much there is.

    `state`: `running`, `done`, `failed` (of the kind of error in `failed`), or `silent`: it has not
    ended and was not heard of for ten minutes.
    """

    name: str
    state: str
    begun_at: datetime
    moved_at: datetime
    ended_at: datetime | None
    done: int
    total: int | None
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureUnderWay:
    """A capture that waits or runs."""

    id: int
    url: str
    running: bool
    asked_at: datetime
    asked_by: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Work that was set aside: what it is, why, and whether the account may try it again."""

    kind: str
    id: int
    what: str
    reason: str
    sentence_en: str
    sentence_ko: str
    may_try: bool


def runs(*, now: datetime) -> tuple[JobTold, ...]:
    """The newest run of each job, by name; one SQL query."""
    rows = JobRun.objects.order_by("name", "-begun_at", "-pk").distinct("name")
    return tuple(
        JobTold(
            name=row.name, state=_state(row, now), begun_at=row.begun_at, moved_at=row.moved_at,
            ended_at=row.ended_at, done=row.done, total=row.total, failed=row.failed,
        )
        for row in rows
    )  # fmt: skip


def last_ends() -> dict[str, datetime]:
    """When each job ended well last; one SQL query."""
    rows = JobRun.objects.filter(ended_at__isnull=False, failed="")
    newest = rows.order_by("name", "-begun_at", "-pk").distinct("name")
    return {name: ended for name, ended in newest.values_list("name", "ended_at") if ended}


def captures_under_way(seat: Seat) -> tuple[CaptureUnderWay, ...]:
    """What waits and runs, oldest first: the account's own; an admin's all. One SQL query."""
    open_states = (CaptureState.WAITING.value, CaptureState.RUNNING.value)
    rows = Capture.objects.filter(state__in=open_states).select_related("asked_by")
    if not seat.rules:
        rows = rows.filter(asked_by=seat.officer)
    columns = ("url", "state", "asked_at", "asked_by__first_name", "asked_by__username")
    return tuple(
        CaptureUnderWay(
            id=row.pk, url=row.url, running=row.state == CaptureState.RUNNING.value,
            asked_at=row.asked_at,
            asked_by=row.asked_by.first_name or row.asked_by.username,
            mine=row.asked_by_id == seat.officer,
        )
        for row in rows.only(*columns).order_by("asked_at", "pk")[:_MOST]
    )  # fmt: skip


def aside_rows(seat: Seat) -> tuple[SetAside, ...]:
    """What was set aside in the negotiations of the account, and to admins what is of none.

    One SQL query for each kind of work.
    """
    kinds = {kind: model for kind, model in works().items() if kind not in ELSEWHERE}
    return tuple(row for kind, model in kinds.items() for row in _aside(kind, model, seat))


def _aside(kind: str, model: Any, seat: Seat) -> Iterator[SetAside]:
    rows = model._default_manager.exclude(aside="")
    belongs = any(field.name == "negotiation" for field in model._meta.get_fields())
    if belongs:
        own = Q(negotiation__slug__in=seat.where(Role.OFFICER))
        # What is of all negotiations is the admins' affair.
        mine = own | Q(negotiation=None) if seat.rules else own
        rows = rows.filter(mine).select_related("negotiation")
    elif not seat.rules:
        return
    for row in rows.order_by("-pk")[:_MOST]:
        words = SENTENCES.get(row.aside)
        yield SetAside(
            kind=kind, id=row.pk, what=str(row)[:_SHOWN], reason=row.aside,
            sentence_en=words.en if words else "", sentence_ko=words.ko if words else "",
            may_try=seat.may(Role.ADMIN, _of(row) if belongs else []),
        )  # fmt: skip


def _of(row: Any) -> list[str]:
    return [] if row.negotiation is None else [row.negotiation.slug]


def _state(row: Any, now: datetime) -> str:
    if row.ended_at is not None:
        return "failed" if row.failed else "done"
    return "silent" if now - row.moved_at > SILENT else "running"
