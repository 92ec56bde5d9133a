"""Meetings of a negotiation, and both accounts of one of them side by side, by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from negotiations.models import Clocks, Milestone
from negotiations.queries import names
from negotiations.queries.account_verdicts import HeardAccount, compared
from negotiations.queries.accounts import LatestAccount, latest_accounts, latest_meetings
from negotiations.queries.acts import newest_act
from negotiations.queries.clocks import clocks_used
from negotiations.queries.held import held
from negotiations.queries.layouts import plan
from negotiations.queries.lookups import plain
from negotiations.queries.milestones import slipped
from negotiations.queries.negotiations import find_whole, summaries
from negotiations.queries.paging import Order, page_rows
from negotiations.queries.pieces import Teller, Tellers, records, records_of
from negotiations.queries.shapes import (
    AccountCell,
    Meeting,
    MeetingSummary,
    NegotiationSummary,
    Page,
    PartyRef,
    TopicLine,
    TrackRef,
)
from negotiations.refusals import Refusal
from negotiations.vocabulary import AccountBearing, AccountVerdict, MilestoneKind

_NEWEST = ("-effective_lower", "-effective_upper", "-ledger_number")
_VERDICTS = [verdict.value for verdict in AccountVerdict]
_CONTRADICT = AccountVerdict.CONTRADICTED.value


def list_meetings(
    negotiation_slug: str,
    *,
    clocks: Clocks,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[MeetingSummary]:
    """The meetings on record as they stand, latest date first; refuses `not_found`.

    Four SQL queries, and five more for what has no piece.
    """
    negotiation = find_whole(negotiation_slug, clocks=clocks).pk
    return _page(negotiation, clocks=clocks, limit=limit, cursor=cursor, tell=tell)


def told_meetings(
    negotiation_slug: str, *, clocks: Clocks, limit: int, cursor: str | None
) -> tuple[NegotiationSummary, Page[MeetingSummary]]:
    """The same with their negotiation, which is looked up once; six SQL queries."""
    whole = find_whole(negotiation_slug, clocks=clocks)
    (told,) = summaries([whole], clocks=clocks)
    return told, _page(whole.pk, clocks=clocks, limit=limit, cursor=cursor, tell=records)


def _page(
    negotiation: int, *, clocks: Clocks, limit: int, cursor: str | None, tell: Teller
) -> Page[MeetingSummary]:
    columns = ("due_lower", "due_upper", "ledger_number")
    order = Order(name=f"meetings of {negotiation}", columns=columns, kinds=(date, date, int))
    rows = latest_meetings(clocks=clocks, negotiation=negotiation).values_list(
        "pk", "slug", *columns, named=True
    )
    found, following = page_rows(rows, order=order, limit=limit, cursor=cursor)
    meetings = [row.slug for row in found]
    lines = _lines(latest_accounts([negotiation], clocks=clocks, meetings=meetings))
    told = tell("milestone", [row.pk for row in found], clocks=clocks)
    return Page(
        results=tuple(_summary(told[r.pk], lines.get(r.slug, {}).values()) for r in found),
        next=following,
    )


def meeting(
    negotiation_slug: str, meeting_slug: str, *, clocks: Clocks, tell: Tellers = records_of
) -> Meeting:
    """One meeting with its accounts by topic; refuses `not_found`.

    Seven SQL queries, six more for what has no piece; `tell` says in which form the rows come.
    """
    room = plan(negotiation_slug, clocks=clocks)
    negotiation = room.whole
    slug = plain(meeting_slug)
    rows = held(Milestone, clocks=clocks).filter(negotiation=negotiation.pk, slug=slug)
    history = list(rows.order_by(*_NEWEST).values_list("pk", "kind", "due_on"))[::-1]
    if not history or history[-1][1] != MilestoneKind.MEETING.value:
        raise Refusal("not_found")
    latest = latest_accounts([negotiation.pk], clocks=clocks, meetings=[slug])
    earlier = slipped([(pk, due) for pk, _, due in history])
    told = tell(
        clocks=clocks,
        milestone=[history[-1][0], *earlier],
        account=[one.pk for one in latest],
    )
    parties = names.parties({*negotiation.party_ids, *(one.party for one in latest)})
    columns = [*negotiation.party_ids, *sorted(parties.keys() - set(negotiation.party_ids))]
    tracks = {row.pk: room.ref(row) for row in room.tracks}
    lines = [
        _line(rows, columns=[(pk, parties[pk]) for pk in columns], tracks=tracks, told=told.account)
        for rows in _lines(latest).get(slug, {}).values()
    ]
    places = {tracks[one.track]: one.position for one in latest}
    lines.sort(key=lambda one: (_VERDICTS.index(one.verdict), places[one.track], one.topic))
    return Meeting(
        negotiation=room.summary(parties),
        meeting=told.milestone[history[-1][0]],
        slips=tuple(told.milestone[pk] for pk in earlier),
        parties=tuple(parties[pk] for pk in columns),
        lines=tuple(lines),
        clocks=clocks_used(clocks),
        ledger_number=newest_act(negotiation.pk, clocks=clocks),
    )


class Topic(NamedTuple):
    """What the parties tell of at a meeting, in both languages."""

    slug: str
    en: str
    ko: str


def contradicted(negotiation: int, *, clocks: Clocks) -> list[tuple[Milestone, list[Topic]]]:
    """Meetings of which accounts contradict each other, latest date first, and on which topics.

    Two SQL queries, one where there is none.
    """
    found = {
        meeting: [_topic(rows[0]) for rows in topics.values() if _verdict(rows) == _CONTRADICT]
        for meeting, topics in _lines(latest_accounts([negotiation], clocks=clocks)).items()
    }
    wanted = [meeting for meeting, topics in found.items() if topics]
    if not wanted:
        return []
    meetings = latest_meetings(clocks=clocks, negotiation=negotiation).filter(slug__in=wanted)
    order = ("-due_lower", "-due_upper", "-ledger_number")
    return [(one, found[one.slug]) for one in meetings.order_by(*order)]


def _topic(row: LatestAccount) -> Topic:
    return Topic(row.topic, row.topic_en, row.topic_ko)


def _lines(latest: Iterable[LatestAccount]) -> dict[str, dict[str, list[LatestAccount]]]:
    """The accounts by meeting and topic."""
    found: dict[str, dict[str, list[LatestAccount]]] = {}
    for one in latest:
        found.setdefault(one.meeting, {}).setdefault(one.topic, []).append(one)
    return found


def _verdict(rows: Iterable[LatestAccount]) -> str:
    return compared(
        [
            HeardAccount(bearing=one.bearing, chain=one.chain, contradicts=one.contradicts)
            for one in rows
        ]
    ).value


def _summary(meeting: Any, topics: Collection[list[LatestAccount]]) -> MeetingSummary:
    counts = Counter(_verdict(rows) for rows in topics)
    return MeetingSummary(
        meeting=meeting,
        topics=len(topics),
        **{verdict: counts[verdict] for verdict in _VERDICTS},
    )


def _line(
    rows: list[LatestAccount],
    *,
    columns: list[tuple[int, PartyRef]],
    tracks: dict[int, TrackRef],
    told: Any,
) -> TopicLine:
    """The parties' accounts of one topic; the one published last names it and its track."""
    by_party = {one.party: one for one in rows}
    newest = max(rows, key=lambda one: one.ledger_number)

    def codes(bearing: AccountBearing) -> tuple[str, ...]:
        return tuple(
            party.code
            for pk, party in columns
            if pk in by_party and by_party[pk].bearing == bearing
        )

    return TopicLine(
        topic=newest.topic,
        topic_en=newest.topic_en,
        topic_ko=newest.topic_ko,
        track=tracks[newest.track],
        verdict=_verdict(rows),
        told_by=codes(AccountBearing.TELLS),
        left_out_by=codes(AccountBearing.OMITS),
        cells=tuple(
            AccountCell(party=party, account=told[by_party[pk].pk] if pk in by_party else None)
            for pk, party in columns
        ),
    )
