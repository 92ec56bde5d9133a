"""Cursors are opaque, bound to their list, and read strictly."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.refusals import Refusal

KEY = (date(2025, 10, 1), date(2025, 10, 31), 42)
KINDS = (date, date, int)


def sealed(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def test_a_cursor_comes_back_as_its_key() -> None:
    cursor = write_cursor(name="statements", key=KEY)
    assert read_cursor(cursor, name="statements", kinds=KINDS) == KEY


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_any_text_can_be_a_key(text: str) -> None:
    cursor = write_cursor(name="people", key=(text,))
    assert cursor.isascii()
    assert read_cursor(cursor, name="people", kinds=(str,)) == (text,)


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = write_cursor(name="statements", key=KEY)
    with pytest.raises(Refusal) as refused:
        read_cursor(cursor, name="status_change", kinds=KINDS)
    assert (refused.value.code, refused.value.at) == ("bad_cursor", "cursor")


GOOD = write_cursor(name="statements", key=KEY)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "null",
        "커서",
        "A" * 10_000,
        f"{GOOD}=",
        f"{GOOD} ",
        f"{GOOD}!",
        GOOD[:-2],
        sealed(None),
        sealed({"name": "statements"}),
        sealed([]),
        sealed(["statements"]),
        sealed(["statements", "2025-10-01", "2025-10-31"]),
        sealed(["statements", "2025-10-01", "2025-10-31", "42"]),
        sealed(["statements", "2025-10-01", "2025-10-31", True]),
        sealed(["statements", "2025-10-01", "2025-10-31", 42.0]),
        sealed(["statements", "2025-10-01", "2025-10-31", -1]),
        sealed(["statements", "2025-10-01", "2025-10-31", 2**63]),
        sealed(["statements", "20251001", "2025-10-31", 42]),
        sealed(["statements", "2025-10-01", None, 42]),
        sealed([*["["] * 300]),
        urlsafe_b64encode(b"[" * 300).decode(),
        urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_what_was_not_issued_is_refused(cursor: str) -> None:
    with pytest.raises(Refusal, match="not issued by this list"):
        read_cursor(cursor, name="statements", kinds=KINDS)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_a_text_that_cannot_be_asked_for_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_cursor(sealed(["people", text]), name="people", kinds=(str,))


@given(st.text(max_size=60))
def test_anything_else_is_refused_and_never_fails(cursor: str) -> None:
    with pytest.raises(Refusal):
        read_cursor(cursor, name="statements", kinds=KINDS)
