"""Which date a statement's day was for the other parties.

A day in Seoul lies on two days in Washington. Without the hour both are named; none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from negotiations.pages.places import said_instant
from negotiations.queries.shapes import PartyRef, StatementRecord

_LAST_MINUTE = timedelta(days=1) - timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The day of a statement on the clock of a party's capital, as EDTF."""

    party: PartyRef
    on: str


def dates_elsewhere(
    *, statement: StatementRecord, parties: Iterable[PartyRef]
) -> tuple[Elsewhere, ...]:
    """The statement's day for those of `parties` for which it was not the same day."""
    span = _span(statement)
    if span is None:
        return ()
    here = span[0].date()
    told = (
        Elsewhere(party=party, on=_days(span, ZoneInfo(party.zone)))
        for party in parties
        if party.zone and party.zone != statement.zone
    )
    return tuple(other for other in told if other.on != here.isoformat())


def _span(statement: StatementRecord) -> tuple[datetime, datetime] | None:
    """The first and last minute in which it may have been said; None for a vague date."""
    zone = ZoneInfo(statement.zone)
    instant = said_instant(statement.said_on)
    if instant is not None:
        return instant.astimezone(zone), instant.astimezone(zone)
    day: date = statement.said_lower
    if day != statement.said_upper or statement.said_on != day.isoformat():
        return None
    midnight = datetime.combine(day, time.min, zone)
    return midnight, midnight + _LAST_MINUTE


def _days(span: tuple[datetime, datetime], zone: ZoneInfo) -> str:
    first, last = (moment.astimezone(zone).date() for moment in span)
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
