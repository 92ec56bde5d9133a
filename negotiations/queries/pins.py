"""A moment of the record that stays: a ledger number, and the clocks that stand for it.

What is told under a pin is the same for ever. Several acts may fall into one instant, so where a
later one does, the clocks name the act as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from negotiations.models import Clocks
from negotiations.refusals import Refusal
from negotiations.sql import fetch

_LARGEST = 2**63 - 1
_NEWEST = """
    SELECT number, at, hash, false FROM negotiations_ledgerentry
    WHERE public AND at <= %(as_of)s ORDER BY at DESC, number DESC LIMIT 1
"""
_AT = """
    SELECT number, at, hash, EXISTS (
        SELECT FROM negotiations_ledgerentry later
        WHERE later.at = entry.at AND later.number > entry.number)
    FROM negotiations_ledgerentry entry WHERE public AND number = %(number)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The act `number` (0: there is none yet) with its hash, and the clocks that stand at it."""

    number: int
    hash: str
    clocks: Clocks


def newest_pin(clocks: Clocks) -> Pin:
    """The newest public act by `as_of`; the other clocks stay. One SQL query."""
    for number, at, hash, _ in fetch(_NEWEST, {"as_of": clocks.as_of}):
        return Pin(number=number, hash=hash, clocks=replace(clocks, as_of=at))
    return Pin(number=0, hash="", clocks=clocks)


def pin_at(
    number: int,
    *,
    on: date | None,
    known_by: date | None,
    known_at: datetime | None = None,
    zone: ZoneInfo,
) -> Pin:
    """The public act of that number; clocks that are not given stand on its day in `zone`.

    One SQL query; refuses `no_public_act`.
    """
    found = fetch(_AT, {"number": number}) if 0 < number <= _LARGEST else []
    if not found:
        raise Refusal("no_public_act", number=number)
    ((_, at, hash, shared),) = found
    day = at.astimezone(zone).date()
    clocks = Clocks(
        on=on or day,
        known_by=known_by or day,
        known_at=known_at,
        as_of=at,
        number=number if shared else None,
    )
    return Pin(number=number, hash=hash, clocks=clocks)
