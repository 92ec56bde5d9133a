"""Feeds and watched pages of a negotiation, each with its health, for the officers there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from negotiations.desk_words import Role
from negotiations.models import Feed, HostTurn, Negotiation
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.feeds import FeedList, FeedRecord, Watched
from negotiations.refusals import SENTENCES, Refusal, fill

# What wants a look comes first.
_ORDER = ("aside", "failing", "paused", "new", "well")
_UNWELL = Q(feeds__failures__gt=0, feeds__paused=False) | Q(feeds__aside__gt="")


def watched(seat: Seat) -> tuple[Watched, ...]:
    """The negotiations in which the account is an officer; one SQL query."""
    rows = _counted(Negotiation.objects.filter(slug__in=seat.where(Role.OFFICER)))
    return tuple(_watched(row) for row in rows.order_by("slug"))


def feeds(negotiation: str, *, seat: Seat) -> FeedList:
    """The feeds of a negotiation; two SQL queries.

    Refuses `not_found` where the account is no officer there.
    """
    of = _counted(Negotiation.objects.filter(slug__in=seat.where(Role.OFFICER)))
    row = of.filter(slug=negotiation).first() if negotiation in seat.roles else None
    if row is None:
        raise Refusal("not_found")
    told = [_feed(one) for one in _rows().filter(negotiation=row)]
    told.sort(key=lambda one: (_ORDER.index(one.state), (one.title or one.url).casefold(), one.id))
    return FeedList(of=_watched(row), feeds=tuple(told))


def feed(id: int, *, seat: Seat) -> tuple[str, FeedRecord]:
    """One feed and the slug of its negotiation; one SQL query. Refuses `not_found` as `feeds`."""
    rows = _rows().filter(negotiation__slug__in=seat.where(Role.OFFICER))
    row = rows.select_related("negotiation").filter(pk=id).first() if 0 < id < 2**63 else None
    if row is None:
        raise Refusal("not_found")
    return row.negotiation.slug, _feed(row)


def _rows() -> QuerySet[Any]:
    turn = HostTurn.objects.filter(host=OuterRef("host")).values("next_at")
    return Feed.objects.select_related("publisher").annotate(host_at=Subquery(turn))


def _counted(rows: QuerySet[Negotiation]) -> QuerySet[Any]:
    return rows.annotate(total=Count("feeds"), unwell=Count("feeds", filter=_UNWELL))


def _watched(row: Any) -> Watched:
    return Watched(
        slug=row.slug, title_en=row.title_en, title_ko=row.title_ko, feeds=row.total,
        unwell=row.unwell,
    )  # fmt: skip


def _feed(row: Any) -> FeedRecord:
    code = row.aside or row.refusal
    words = SENTENCES.get(code)
    return FeedRecord(
        id=row.pk, version=row.version, kind=row.kind, url=row.url, title=row.title,
        links_under=row.links_under, publisher=row.publisher and row.publisher.slug,
        every_minutes=row.every_minutes, state=_state(row), checked_at=row.checked_at,
        succeeded_at=row.succeeded_at, news_at=row.news_at, next_at=_next(row), caught=row.caught,
        failures=row.failures, refusal=code or None,
        sentence_en=fill(words, row.facts, "en") if words else "",
        sentence_ko=fill(words, row.facts, "ko") if words else "",
    )  # fmt: skip


def _state(row: Any) -> str:
    if row.aside:
        return "aside"
    if row.paused:
        return "paused"
    if row.failures:
        return "failing"
    return "well" if row.succeeded_at else "new"


def _next(row: Any) -> datetime | None:
    """When it is due and its host may be asked."""
    return max(row.due_at, row.host_at or row.due_at) if row.due_at else None
