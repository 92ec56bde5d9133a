"""The period that a picture over time shows: what a reader asks for, and what is offered."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.pages.questions import Question
from negotiations.queries import clocks
from negotiations.queries.shapes import Lanes

_MONTHS = (12, 3, 1)
# Room around what happened, so that nothing stands at the very edge.
_ROOM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A period that may be chosen; empty texts leave that end open."""

    label: str
    since: str
    until: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """What is asked for (None: open), what else may be, and the periods before and after."""

    since: date | None
    until: date | None
    choices: tuple[Choice, ...]
    earlier: Choice | None
    later: Choice | None


def read_day(question: Question, name: str) -> date | None:
    """A day among the page's own parameters; left empty it is not set. Refuses `bad_parameter`."""
    text = question.parameter(name)
    return None if text is None else clocks.read_day(name, text)


def periods(lanes: Lanes) -> Periods:
    """What the picture of these lanes may be narrowed to."""
    asked = (lanes.since, lanes.until)
    return Periods(
        since=lanes.since,
        until=lanes.until,
        choices=tuple(_choice(label, ends, asked) for label, ends in _offered(lanes)),
        earlier=_step(_("Earlier"), asked, back=True),
        later=_step(_("Later"), asked, back=False) if _goes_on(lanes) else None,
    )


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last one of that month; within reach."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return clocks.within_reach(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


_Ends = tuple[date | None, date | None]


def _offered(lanes: Lanes) -> Iterator[tuple[str, _Ends]]:
    on = lanes.clocks.on
    yield _("All"), (None, None)
    for n in _MONTHS:
        label = ngettext("Last %(n)s month", "Last %(n)s months", n) % {"n": n}
        yield label, (months_before(on, n), on)
    if lanes.busy_since and lanes.busy_until:
        begin, end = lanes.busy_since, lanes.busy_until
        around = (clocks.within_reach(begin, -_ROOM), clocks.within_reach(end, _ROOM))
        yield _("Busy stretch"), (around[0], min(around[1], on))


def _choice(label: str, ends: _Ends, asked: _Ends) -> Choice:
    since, until = (day.isoformat() if day else "" for day in ends)
    return Choice(label=label, since=since, until=until, chosen=ends == asked)


def _step(label: str, asked: _Ends, *, back: bool) -> Choice | None:
    since, until = asked
    if since is None or until is None:
        return None
    length = (until - since).days + 1
    if (since == clocks.FIRST_DAY) if back else (until == clocks.LAST_DAY):
        return None
    moved = [clocks.within_reach(day, -length if back else length) for day in (since, until)]
    return _choice(label, (moved[0], moved[1]), asked)


def _goes_on(lanes: Lanes) -> bool:
    return lanes.until is not None and lanes.until < lanes.clocks.on
