"""The latest account of each party on each topic of a meeting, and what meetings are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from negotiations.models import Account, Clocks, Milestone
from negotiations.queries.held import held
from negotiations.vocabulary import MilestoneKind

_NEWEST = ("-effective_lower", "-effective_upper", "-ledger_number")


class LatestAccount(NamedTuple):
    """The latest account of one party on one topic of one meeting."""

    pk: int
    ledger_number: int
    meeting: str
    topic: str
    topic_en: str
    topic_ko: str
    track: int
    position: int
    party: int
    bearing: str
    chain: UUID
    contradicts: UUID | None


class MeetingTitle(NamedTuple):
    """What a meeting is called; empty where none of that slug is on record."""

    en: str = ""
    ko: str = ""


def latest_accounts(
    negotiations: Collection[int], *, clocks: Clocks, meetings: Collection[str] | None = None
) -> list[LatestAccount]:
    """Those of everybody on each topic of these meetings (of all); one SQL query."""
    rows = held(Account, clocks=clocks).filter(track__negotiation__in=list(negotiations))
    if meetings is not None:
        rows = rows.filter(meeting__in=list(meetings))
    key = ("track__negotiation", "meeting", "topic", "according_to")
    newest = rows.order_by(*key, *_NEWEST).distinct(*key)
    return [
        LatestAccount(*row)
        for row in newest.values_list(
            "pk", "ledger_number", "meeting", "topic", "topic_en", "topic_ko", "track",
            "track__position", "according_to", "bearing", "chain", "contradicts__chain",
        )
    ]  # fmt: skip


def latest_meetings(*, clocks: Clocks, negotiation: int | None = None) -> Any:
    """The latest row of each milestone (of a negotiation, or of all) that is a meeting by now."""
    rows = held(Milestone, clocks=clocks)
    if negotiation is not None:
        rows = rows.filter(negotiation=negotiation)
    key = ("negotiation_id", "slug")
    latest = rows.order_by(*key, *_NEWEST).distinct(*key).values("pk")
    return Milestone.objects.filter(pk__in=latest, kind=MilestoneKind.MEETING.value)


def meeting_titles(
    negotiation: int, meetings: Collection[str], *, clocks: Clocks
) -> dict[str, MeetingTitle]:
    """The titles of these meetings by slug, of those on record; one SQL query, none for none."""
    if not meetings:
        return {}
    found = latest_meetings(clocks=clocks, negotiation=negotiation).filter(slug__in=list(meetings))
    rows = found.values_list("slug", "title_en", "title_ko")
    return {slug: MeetingTitle(en, ko) for slug, en, ko in rows}
