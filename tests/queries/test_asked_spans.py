"""Which two states are compared, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.queries.asked_spans import AskedSpan, is_before_all, read_span
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

CLOCKS = clocks_at("2025-10-14")


def span(
    from_day: str | None = None,
    to_day: str | None = None,
    since: str | None = None,
    *,
    given: tuple[str, ...] = (),
    clocks: Any = CLOCKS,
) -> AskedSpan:
    """What is asked on 14 October."""
    return read_span(from_day=from_day, to_day=to_day, since=since, given=given, clocks=clocks)


def never() -> date | None:
    """Where it is said from when, the newest change is not asked for."""
    raise AssertionError


def test_two_days_set_the_clocks_of_the_world_and_of_the_public() -> None:
    asked = span("2025-09-01", "2025-10-01")
    assert asked.after == replace(CLOCKS, on=date(2025, 10, 1), known_by=date(2025, 10, 1))
    first = date(2025, 9, 1)
    assert asked.before(never) == replace(CLOCKS, on=first, known_by=first)


def test_without_to_the_clocks_count() -> None:
    assert span("2025-09-01").after == CLOCKS
    assert span(given=("on", "known_by")).to_day == date(2025, 10, 14)


@pytest.mark.parametrize(
    ("newest", "begins"),
    [
        (None, date(2025, 9, 14)),
        (date(2025, 10, 10), date(2025, 9, 10)),
        (date(2025, 10, 20), date(2025, 9, 14)),
    ],
)
def test_without_from_it_begins_a_while_before_the_newest_change(
    newest: date | None, begins: date
) -> None:
    assert span().before(lambda: newest).on == begins


def test_the_same_day_may_stand_twice() -> None:
    asked = span("2025-10-01", "2025-10-01")
    assert asked.before(never) == asked.after


def test_an_instant_of_the_public_is_none_of_the_day_before() -> None:
    clocks = replace(CLOCKS, known_at=datetime(2025, 10, 14, 3, tzinfo=UTC))
    assert span("2025-10-01", clocks=clocks).before(never).known_at is None
    assert span(clocks=clocks).after.known_at == clocks.known_at


@pytest.mark.parametrize(
    ("asked", "code", "at"),
    [
        ({"from_day": "2025-10-15"}, "bad_parameter", "from"),
        ({"from_day": "2025-10-02", "to_day": "2025-10-01"}, "bad_parameter", "from"),
        ({"from_day": "yesterday"}, "bad_parameter", "from"),
        ({"to_day": "2025-13-01"}, "bad_parameter", "to"),
        ({"to_day": "2025-10-15"}, "clock_in_future", "to"),
        ({"to_day": "2025-10-01", "given": ("known_on",)}, "bad_parameter", "to"),
        ({"to_day": "2025-10-01", "given": ("on", "as_of")}, "bad_parameter", "to"),
        ({"since": "3", "from_day": "2025-10-01"}, "bad_parameter", "since"),
        ({"since": "3", "to_day": "2025-10-01"}, "bad_parameter", "since"),
        ({"since": "-1"}, "bad_parameter", "since"),
        ({"since": "٣"}, "bad_parameter", "since"),
        ({"since": "9" * 19}, "bad_parameter", "since"),
    ],
)
def test_what_cannot_be_compared_is_refused(asked: dict[str, Any], code: str, at: str) -> None:
    with pytest.raises(Refusal) as refused:
        span(**asked)
    assert (refused.value.code, refused.value.at) == (code, at)


def test_our_record_may_be_asked_as_of_a_moment_for_both_days() -> None:
    asked = span("2025-09-01", "2025-10-01", given=("as_of",))
    assert asked.before(never).as_of == asked.after.as_of == CLOCKS.as_of


@pytest.fixture
def acts() -> list[Any]:
    """Three acts a day apart; of the second nobody is told."""
    return [
        make.enter(at=datetime(2025, 10, number, tzinfo=UTC), public=number != 2)
        for number in (1, 2, 3)
    ]


@pytest.mark.django_db
def test_a_number_stands_for_the_record_as_it_was_then(acts: list[Any]) -> None:
    for number, at in ((1, acts[0].at), (2, acts[0].at), (3, acts[2].at)):
        clocks = span(since=str(number)).before(never)
        assert clocks == replace(CLOCKS, as_of=at)
        assert not is_before_all(clocks.as_of)
    assert is_before_all(span(since="0").before(never).as_of)


@pytest.mark.django_db
@pytest.mark.usefixtures("acts")
def test_a_number_that_is_not_told_yet_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        span(since="4").before(never)
    assert (refused.value.code, refused.value.facts) == ("number_ahead", {"number": 3})


@pytest.mark.django_db
@pytest.mark.usefixtures("acts")
def test_a_number_from_after_the_moment_asked_about_is_refused() -> None:
    clocks = replace(CLOCKS, as_of=datetime(2025, 10, 2, tzinfo=UTC))
    with pytest.raises(Refusal) as refused:
        span(since="3", clocks=clocks).before(never)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", "since")


@pytest.mark.django_db
def test_before_the_first_act_there_is_nothing_to_go_back_to() -> None:
    assert is_before_all(span(since="0").before(never).as_of)
    with pytest.raises(Refusal):
        span(since="1").before(never)
