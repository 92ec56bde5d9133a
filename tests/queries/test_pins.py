"""A moment of the record that stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from negotiations.models import Statement
from negotiations.queries.pins import newest_pin, pin_at
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")
AT = datetime(2025, 10, 14, 16, tzinfo=UTC)


def pinned(number: int, **given):
    return pin_at(number, **{"on": None, "known_by": None, "zone": SEOUL, **given})


def test_the_newest_public_act_by_as_of_is_the_pin():
    first = make.enter(at=AT)
    make.enter(at=AT, public=False)
    make.enter(at=AT + timedelta(days=1))

    found = newest_pin(clocks_at("2025-10-14", as_of=AT))

    assert (found.number, found.hash, found.clocks.as_of) == (first.number, first.hash, AT)


def test_before_the_first_act_the_pin_has_no_number():
    clocks = clocks_at("2025-10-14")

    assert (newest_pin(clocks).number, newest_pin(clocks).clocks) == (0, clocks)


def test_clocks_that_are_not_given_stand_on_the_day_of_the_act_where_the_desk_is():
    number = make.enter(at=AT).number

    plain, given = pinned(number), pinned(number, on=date(2025, 1, 1), known_by=date(2025, 1, 2))

    assert (plain.clocks.on, plain.clocks.known_by) == (date(2025, 10, 15), date(2025, 10, 15))
    assert (given.clocks.on, given.clocks.known_by) == (date(2025, 1, 1), date(2025, 1, 2))


def test_acts_of_one_instant_are_told_apart():
    """Two acts may have the same instant; a pin at the first does not tell the second."""
    first = make.enter(at=AT)
    alone = pinned(first.number)
    one = make.StatementFactory(published_at=AT, ledger_number=first.number)
    second = make.enter(at=AT)
    make.StatementFactory(published_at=AT, ledger_number=second.number, supersedes=one)

    before, after = (pinned(number).clocks for number in (first.number, second.number))

    assert alone.clocks.number is None
    assert (before.number, after.number) == (first.number, None)
    told = [list(Statement.objects.visible(c).values_list("ledger_number", flat=True))
            for c in (before, after)]  # fmt: skip
    assert told == [[first.number], [second.number]]


@pytest.mark.parametrize("number", [0, 99, 10**30])
def test_a_number_that_no_act_has_is_not_found(number):
    with pytest.raises(Refusal) as refused:
        pinned(number)
    assert refused.value.code == "no_public_act"


def test_an_act_on_a_draft_is_not_found():
    with pytest.raises(Refusal):
        pinned(make.enter(public=False).number)
