"""Which two states are compared, as the parameters `from`, `to` and `since` give them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from negotiations.models import Clocks
from negotiations.queries.clocks import read_day
from negotiations.refusals import Both, Refusal
from negotiations.sql import fetch

# How far before the newest change a comparison begins, where nobody says from when.
WITHOUT_FROM = timedelta(days=30)
# How the day of the newest change is found, if there was any.
Newest = Callable[[], date | None]
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)
_LONGEST = 18
_ACT = """
    SELECT newest.number, act.at, act.number, EXISTS (
        SELECT FROM negotiations_ledgerentry later
        WHERE later.public AND later.at = act.at AND later.number > act.number)
    FROM (SELECT number FROM negotiations_ledgerentry
          WHERE public ORDER BY number DESC LIMIT 1) newest
    LEFT JOIN LATERAL (
        SELECT number, at FROM negotiations_ledgerentry
        WHERE public AND number <= %(number)s ORDER BY number DESC LIMIT 1) act ON true
"""


def is_before_all(instant: datetime) -> bool:
    """Whether a comparison begins before everything: no act had been told by this `as_of`."""
    return instant == _BEFORE_ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSpan:
    """From a day (null: from a while before the newest change) or a ledger number to `after`."""

    from_day: date | None
    since: int | None
    after: Clocks

    @property
    def to_day(self) -> date:
        """The last day of which everything that is told can be known."""
        return min(self.after.on, self.after.known_by)

    def before(self, newest: Newest) -> Clocks:
        """The clocks to compare with; `newest` finds the newest change by `to_day`.

        It is asked only where neither a day nor a number says from when; one SQL query where a
        number does. Refuses `number_ahead` and `bad_parameter`.
        """
        if self.since is not None:
            at, number = _act_at(self.since, until=self.after.as_of)
            return replace(self.after, as_of=at, number=number)
        day = self.from_day or min(newest() or self.to_day, self.to_day) - WITHOUT_FROM
        return replace(self.after, on=day, known_by=day, known_at=None)


def read_span(
    *,
    from_day: str | None,
    to_day: str | None,
    since: str | None,
    given: Collection[str],
    clocks: Clocks,
) -> AskedSpan:
    """What is asked; `given` are the names of the clocks that `clocks` were read from.

    `to` sets the world's and the public's clock together, as `known_on` does. Refuses
    `bad_parameter` (no such day; days the wrong way round; two ways of asking at once) and
    `clock_in_future`.
    """
    if since is not None and (from_day is not None or to_day is not None):
        raise _refusal("since", *_EITHER)
    after = clocks if to_day is None else _at(to_day, given, clocks)
    begin = None if from_day is None else read_day("from", from_day)
    span = AskedSpan(from_day=begin, since=_number(since), after=after)
    if begin is not None and begin > span.to_day:
        raise _refusal("from", *_REVERSED)
    return span


def _at(text: str, given: Collection[str], clocks: Clocks) -> Clocks:
    if set(given) - {"as_of"}:
        raise _refusal("to", *_TWICE)
    day = read_day("to", text)
    if day > clocks.known_by:
        raise Refusal("clock_in_future", at="to", name=text)
    return replace(clocks, on=day, known_by=day, known_at=None)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= _LONGEST:
        return int(text)
    raise _refusal("since", *_NO_NUMBER)


def _act_at(number: int, *, until: datetime) -> tuple[datetime, int | None]:
    """The instant by which the public acts up to this number were told.

    With the last number that counts, where later acts fell into that instant, too.
    """
    found = fetch(_ACT, {"number": number})
    newest, at, last, shared = found[0] if found else (0, None, None, False)
    if number > newest:
        raise Refusal("number_ahead", at="since", number=newest)
    if (at or _BEFORE_ALL) > until:
        raise _refusal("since", *_AFTER_AS_OF)
    return at or _BEFORE_ALL, last if shared else None


def _refusal(name: str, en: str, ko: str) -> Refusal:
    return Refusal("bad_parameter", at=name, name=name, why=Both(en, ko))


_EITHER = (
    "it compares our record with itself; leave out “from” and “to”, which compare two days",
    "since는 기록의 두 시점을 견줍니다. 두 날짜를 견주는 from과 to는 빼십시오",
)
_REVERSED = (
    "it is later than the day to compare with; the earlier day comes first",
    "비교할 날짜보다 늦습니다. 이른 날짜를 먼저 적으십시오",
)
_TWICE = (
    "a clock sets that day already; leave one of them out",
    "다른 기준 시점이 이미 그 날짜를 정했습니다. 하나만 적으십시오",
)
_NO_NUMBER = ("it is a ledger number", "원장 번호를 적으십시오")
_AFTER_AS_OF = (
    "that act came after the moment that “as_of” names",
    "그 행위는 as_of로 적은 시점보다 뒤에 있었습니다",
)
