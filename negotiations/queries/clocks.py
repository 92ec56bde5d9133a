"""The three clocks of a question, as its parameters give them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from negotiations.models import Clocks
from negotiations.queries.shapes import ClocksUsed
from negotiations.refusals import Both, Refusal

__all__ = [
    "FIRST_DAY", "LAST_DAY", "Clocks", "clocks_used", "end_of", "read_clocks", "read_day",
    "today", "within_reach", "worded",
]  # fmt: skip

# The days that readers may ask about, in whatever parameter. Around each of them lie centuries that
# the calendar still has, for zones, margins of pictures, and steps back and forth.
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9000, 12, 31)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)", re.ASCII
)
# Where the day begins first: what is dated today anywhere is not hidden by default.
_FIRST_ZONE = timezone(timedelta(hours=14))


def read_clocks(
    *,
    on: str | None,
    known_by: str | None,
    as_of: str | None,
    now: datetime,
    zone: ZoneInfo,
    reached: datetime | None = None,
) -> Clocks:
    """The clocks that the parameters name, with their defaults.

    `on` is a date (today in `zone`); `known_by` and `as_of` are dates, which include that whole
    day, or instants with an offset (now). Refuses `bad_parameter` and `clock_in_future`.

    `reached` is the instant of the newest act, which may be later than `now`: it came since, or its
    writer's clock is ahead of ours. What is published is then told all the same.
    """
    day = now.astimezone(zone).date()
    now = now if reached is None else max(now, reached)
    known_day, known_at = _read_known_by(known_by, now=now)
    return Clocks(
        on=day if on is None else read_day("on", on),
        known_by=known_day,
        known_at=known_at,
        as_of=_read_as_of(as_of, now=now, zone=zone),
    )


def worded(clocks: Clocks, *, asked: bool, zone: ZoneInfo) -> Clocks:
    """The clocks as readers are told them: a `known_by` that was `asked` for as it was asked.

    By default it is the day of the first place on earth to begin it, so that nothing is hidden; in
    `zone` that is tomorrow from the evening on. Told it is the day of `as_of` there, at the latest.
    """
    day = clocks.as_of.astimezone(zone).date()
    return clocks if asked else replace(clocks, known_by=min(clocks.known_by, day))


def today(*, now: datetime, as_of: datetime, zone: ZoneInfo) -> Clocks:
    """The clocks of a brief that is asked for nothing at `now`, with the record up to `as_of`."""
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=now, zone=zone)
    return worded(replace(clocks, as_of=as_of), asked=False, zone=zone)


def clocks_used(clocks: Clocks) -> ClocksUsed:
    """The clocks as they are told beside an answer."""
    return ClocksUsed(on=clocks.on, known_by=clocks.known_at or clocks.known_by, as_of=clocks.as_of)


def _read_known_by(text: str | None, *, now: datetime) -> tuple[date, datetime | None]:
    last = now.astimezone(_FIRST_ZONE).date()
    if text is None:
        return last, None
    if "T" not in text:
        day = _day("known_by", text)
        if day > last:
            raise Refusal("clock_in_future", at="known_by", name=text)
        return _reached("known_by", day), None
    moment = _read_instant("known_by", text, now=now)
    return moment.date(), moment


def _read_as_of(text: str | None, *, now: datetime, zone: ZoneInfo) -> datetime:
    if text is None:
        return now
    if "T" in text:
        return _read_instant("as_of", text, now=now)
    day, last = _day("as_of", text), now.astimezone(zone).date()
    if day > last:
        raise Refusal("clock_in_future", at="as_of", name=text)
    if day == last:
        return now
    return end_of(_reached("as_of", day), zone=zone)


def end_of(day: date, *, zone: ZoneInfo) -> datetime:
    """The last instant of a day there."""
    return datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(microseconds=1)


def read_day(name: str, text: str) -> date:
    """The day that the parameter `name` gives; refuses `bad_parameter`, also out of reach."""
    return _reached(name, _day(name, text))


def within_reach(day: date, days: int = 0) -> date:
    """The day so many days later, or the nearest one to it that may be asked about."""
    first, last = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
    return date.fromordinal(min(max(day.toordinal() + days, first), last))


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        why = Both(
            f"“{_shown(text)}” is not a date such as 2025-10-05",
            f"2025-10-05 같은 날짜가 아닙니다: ‘{_shown(text)}’",
        )
        raise Refusal("bad_parameter", at=name, name=name, why=why)
    return day


def _reached(name: str, day: date) -> date:
    if day != within_reach(day):
        why = Both(
            f"days from {FIRST_DAY} to {LAST_DAY} can be asked about",
            f"{FIRST_DAY}부터 {LAST_DAY}까지의 날짜만 물을 수 있습니다",
        )
        raise Refusal("bad_parameter", at=name, name=name, why=why)
    return day


def _read_instant(name: str, text: str, *, now: datetime) -> datetime:
    moment = None
    try:
        if _INSTANT.fullmatch(text):
            moment = datetime.fromisoformat(text)
    except ValueError:
        pass
    if moment is None:
        why = Both(
            f"“{_shown(text)}” is neither a date such as 2025-10-05 nor an instant with its offset "
            "such as 2025-10-05T09:30:00+09:00 (in an address, + is written %2B)",
            f"날짜도 시각도 아닙니다: ‘{_shown(text)}’. 날짜는 2025-10-05처럼, 시각은 "
            "2025-10-05T09:30:00+09:00처럼 시차를 붙여 적습니다(주소에서 +는 %2B로 씁니다)",
        )
        raise Refusal("bad_parameter", at=name, name=name, why=why)
    if moment > now:
        raise Refusal("clock_in_future", at=name, name=text)
    _reached(name, moment.date())
    return moment


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
