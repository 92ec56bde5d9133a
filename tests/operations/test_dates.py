"""Dates as EDTF texts."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from negotiations.operations.dates import read_date, read_zone
from negotiations.refusals import Refusal

KST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2025-10-01", "2025-10-01", "2025-10-01"),
        ("2025-10", "2025-10-01", "2025-10-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-10~", "2025-10-01", "2025-10-31"),
        ("2025-10-01?", "2025-10-01", "2025-10-01"),
        ("2025-10-01%", "2025-10-01", "2025-10-01"),
        ("2025-XX", "2025-01-01", "2025-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2025-10-XX", "2025-10-01", "2025-10-31"),
        ("2025-10-31/2025-11-01", "2025-10-31", "2025-11-01"),
        ("2025-10/2025-12", "2025-10-01", "2025-12-31"),
        ("../2025-10-31", "0001-01-01", "2025-10-31"),
        ("2025-10-31/..", "2025-10-31", "9999-12-31"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_text_has_a_first_and_a_last_day(text: str, lower: str, upper: str) -> None:
    dated = read_date(text)
    assert (dated.text, dated.lower.isoformat(), dated.upper.isoformat()) == (text, lower, upper)
    assert dated.instant is None


@pytest.mark.parametrize(
    ("text", "day", "instant"),
    [
        ("2025-10-01T08:30:00+09:00", "2025-10-01", datetime(2025, 9, 30, 23, 30, tzinfo=UTC)),
        ("2025-09-30T19:30-04:00", "2025-09-30", datetime(2025, 9, 30, 23, 30, tzinfo=UTC)),
        ("2025-09-30T23:30:00Z", "2025-09-30", datetime(2025, 9, 30, 23, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_stands_on_the_day_of_its_own_wall_clock(
    text: str, day: str, instant: datetime
) -> None:
    dated = read_date(text)
    assert (dated.lower, dated.upper) == (date.fromisoformat(day), date.fromisoformat(day))
    assert dated.instant == instant


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "soon", "2025-13", "2025-02-30", "2025-00", "２０２５-10-01", "2025-10-0١",
        "2025-09-30T17:46", "2025-09-30T17:46:00", "2025-09-30T25:00:00Z",
        "2025-09-30T17:46:00+99:99", "/2025-10", "2025-10/", "2025-10/2025-09", "2025-10-01 ",
        "0000-01-01", "10000-01-01", "Y170000002", "2025-10-01\n", "2025-10-01\x00", "../..",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2025-10-01" * 1000,
        "(" * 5000, "\ud800", "2025-10-01T", "[2025-10-01,2025-10-02]T",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_date(text)
    assert refused.value.code == "bad_date"


_pieces = st.sampled_from(
    ["2025", "10", "01", "-", "/", "..", "T", "Z", "+09:00", ":", "X", "~", "?", "%", "Y", "E", "S",
     "[", "]", "{", "}", ",", " ", "0", "9", "2025-10-01", "24", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_pieces, max_size=12).map("".join)))
@example("2025-10-01T24:00:00Z")
@example("Y99999999999999999999")
@example("2025-24/..")
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    with suppress(Refusal):
        dated = read_date(text)
        assert (dated.text, dated.lower <= dated.upper) == (text, True)


def test_a_zone_of_the_iana_list_is_taken() -> None:
    assert read_zone("Asia/Seoul") == "Asia/Seoul"


@pytest.mark.parametrize(
    "name", ["", "Seoul", "KST", "asia/seoul", "../etc/passwd", "Asia/Seoul\x00"]
)
def test_another_zone_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_zone(name)
    assert refused.value.code == "bad_zone"
