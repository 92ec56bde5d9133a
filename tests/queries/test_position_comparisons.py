"""How far positions are from each other, and since when; against a naive oracle."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.queries.position_comparisons import History, Stand, compare, mixed, spans
from negotiations.vocabulary import Qualifier

START = date(2025, 10, 1)


def stand(amount: object = None, amount_to: object = None, **members: Any) -> Stand:
    """A figure (or, with `text_en`, a text) that is held from the first day on."""
    given: dict[str, Any] = {
        "since": START,
        "on": "2025-10-01",
        "text_en": "",
        "text_ko": "",
        "qualifier": "exactly",
        "standing": "announced",
        **members,
    }
    return Stand(
        amount=None if amount is None else Decimal(str(amount)),
        amount_to=None if amount_to is None else Decimal(str(amount_to)),
        by=given.pop("by", given["since"]),
        **given,
    )


UP_TO, AT_LEAST, ABOUT = ({"qualifier": word} for word in ("up_to", "at_least", "about"))
BELOW, ABOVE = ({"qualifier": word} for word in ("below", "above"))


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        (stand(15), stand("15.000000"), "same"),
        (stand(15), stand(25), "apart"),
        (stand(10, 20), stand(10, 20), "same"),
        (stand(10, 20), stand(15), "compatible"),
        (stand(10, 20), stand(20, 30), "compatible"),
        (stand(10, 20), stand(21, 30), "apart"),
        (stand(20, **UP_TO), stand(20, **UP_TO), "same"),
        (stand(20, **UP_TO), stand(15), "compatible"),
        (stand(20, **UP_TO), stand(20), "compatible"),
        (stand(20, **BELOW), stand(20), "apart"),
        (stand(20, **UP_TO), stand(21), "apart"),
        (stand(20, **UP_TO), stand(350, **UP_TO), "apart"),
        (stand(20, **UP_TO), stand(20, **BELOW), "compatible"),
        (stand(5, **AT_LEAST), stand(8, **AT_LEAST), "apart"),
        (stand(5, **AT_LEAST), stand(8, **UP_TO), "compatible"),
        (stand(8, **AT_LEAST), stand(8, **UP_TO), "compatible"),
        (stand(8, **ABOVE), stand(8, **UP_TO), "apart"),
        (stand(300, **ABOVE), stand(317), "compatible"),
        (stand(20, **ABOUT), stand(21), "compatible"),
        (stand(20, **ABOUT), stand("21.1"), "apart"),
        (stand(-20, **ABOUT), stand(-21), "compatible"),
        (stand(0), stand(0, **ABOUT), "compatible"),
        (stand(15), stand(text_en="unlimited"), "reworded"),
        (stand(text_en="Upfront"), stand(text_en=" upfront "), "same"),
        (stand(text_en="upfront"), stand(text_en="guarantee limit"), "reworded"),
        (stand(text_en="upfront"), stand(text_ko="선불"), "reworded"),
        (
            stand(text_en="upfront", text_ko="선불"),
            stand(text_en="upfront", text_ko="보증"),
            "reworded",
        ),
    ],
)
def test_two_positions(one: Stand, other: Stand, word: str) -> None:
    assert compare([one, other]) == compare([other, one]) == word


@pytest.mark.parametrize(
    ("stands", "word"),
    [
        ([], "unknown"),
        ([None, None], "unknown"),
        ([stand(15)], "one_sided"),
        ([stand(15), None], "one_sided"),
        ([stand(15), stand(15), None], "one_sided"),
        ([stand(15), stand(25), None], "apart"),
        ([stand(15), stand(25), stand(text_en="none")], "apart"),
        ([stand(15), stand(15), stand(text_en="none")], "reworded"),
        ([stand(15), stand(15), stand(20, **UP_TO)], "compatible"),
        ([stand(15), stand(15), stand(15)], "same"),
    ],
)
def test_any_number_of_voices(stands: list[Stand | None], word: str) -> None:
    assert compare(stands) == word


def test_force_is_told_apart_from_the_figure() -> None:
    agreed, demanded = stand(15, standing="agreed"), stand(15, standing="demanded")
    assert mixed([agreed, demanded])
    assert not mixed([agreed, agreed, None])
    assert not mixed([])


amounts = st.integers(-3, 3).map(lambda n: n * 20)
figures = st.builds(
    lambda low, size, qualifier: stand(low, low + size if size else None, qualifier=qualifier),
    amounts,
    st.sampled_from([0, 1, 20]),
    st.sampled_from([word.value for word in Qualifier]),
)


def fits(figure: Stand, value: Decimal) -> bool:
    """Whether an amount is what the figure says, by the words of its qualifier."""
    low = figure.amount or Decimal(0)
    high = low if figure.amount_to is None else figure.amount_to
    match figure.qualifier:
        case "up_to":
            return value <= high
        case "below":
            return value < high
        case "at_least":
            return value >= low
        case "above":
            return value > low
        case "about":
            return low - abs(low) / 20 <= value <= high + abs(high) / 20
        case _:
            return low <= value <= high


# Every bound of the figures above is a whole number: between any two of them lies a half.
GRID = [Decimal(n) / 2 for n in range(-300, 301)]
BOUNDS = ({"up_to", "below"}, {"at_least", "above"})


@given(figures, figures)
def test_figures_are_apart_where_no_amount_fits_both(one: Stand, other: Stand) -> None:
    word = compare([one, other])
    if any({one.qualifier, other.qualifier} <= bound for bound in BOUNDS):
        at = 1 if one.qualifier in BOUNDS[0] else 0
        ends = {(f.amount, f.amount_to or f.amount)[at] for f in (one, other)}
        assert (word == "apart") == (len(ends) > 1)
    else:
        assert (word == "apart") == (not any(fits(one, v) and fits(other, v) for v in GRID))
    same = (one.amount, one.amount_to, one.qualifier) == (
        other.amount,
        other.amount_to,
        other.qualifier,
    )
    assert (word == "same") == same


def history(*steps: tuple[int, object], cut: bool = False) -> History:
    """A party that says these amounts from these days after the first on; None: withdrawn."""
    return History(
        stands=tuple(
            stand(
                1 if amount is None else amount,
                since=START + timedelta(days=day),
                on=(START + timedelta(days=day)).isoformat(),
                standing="withdrawn" if amount is None else "demanded",
            )
            for day, amount in steps
        ),
        cut=cut,
    )


histories = st.lists(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from([None, 15, 25])), max_size=6).map(
        lambda steps: history(*sorted(steps, key=lambda step: step[0]))
    ),
    max_size=3,
)


def on_day(told: History, day: date) -> Stand | None:
    """What a party holds on a day, looked up one by one."""
    last = None
    for one in told.stands:
        if one.since <= day:
            last = one
    return None if last is None or last.standing == "withdrawn" else last


@given(histories)
def test_every_day_has_the_comparison_of_what_was_held_on_it(told: list[History]) -> None:
    went = spans(told)
    for number in range(15):
        day = START + timedelta(days=number)
        (word,) = [
            span.comparison
            for span in went
            if span.since <= day and (span.until is None or day < span.until)
        ] or ["unknown"]
        assert word == compare([on_day(one, day) for one in told])


@given(histories)
def test_the_clock_runs_back_to_the_first_day_without_interruption(told: list[History]) -> None:
    went = spans(told)
    if not went:
        assert not any(one.stands for one in told)
        return
    first = min(one.stands[0].since for one in told if one.stands)
    day = START + timedelta(days=14)
    word = compare([on_day(one, day) for one in told])
    while day > first and compare([on_day(o, day - timedelta(days=1)) for o in told]) == word:
        day -= timedelta(days=1)
    assert (went[-1].since, went[-1].comparison) == (day, word)


def test_a_clock_begins_anew_after_an_interruption() -> None:
    seoul = history((0, 15))
    washington = history((1, 25), (3, 15), (5, 25), (6, 30))
    assert [(s.comparison, s.on) for s in spans([seoul, washington])] == [
        ("one_sided", "2025-10-01"),
        ("apart", "2025-10-02"),
        ("same", "2025-10-04"),
        ("apart", "2025-10-06"),
    ]


def test_a_vague_date_says_by_when_at_the_latest() -> None:
    vague = stand(25, since=START, by=date(2025, 10, 31), on="2025-10")
    (span,) = spans([history((0, 15)), History(stands=(vague,))])
    assert (span.since, span.by, span.on) == (START, date(2025, 10, 31), "2025-10")


def test_what_is_cut_off_may_have_been_so_before() -> None:
    went = spans([history((2, 15), (4, 16), cut=True), history((0, 25))])
    assert [(s.comparison, s.on, s.cut) for s in went] == [("apart", "2025-10-03", True)]
