"""Positions: a figure, a range or a text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.operations.desk import Desk, last_entry, refuses


@pytest.mark.parametrize(
    ("amount", "kept"),
    [("15", "15"), ("+15.0", "15"), ("-0.5", "-0.5"), ("0", "0"), ("350.000001", "350.000001"),
     ("999999999999999999.999999", "999999999999999999.999999")],
)  # fmt: skip
def test_a_figure_is_kept_exactly(desk: Desk, amount: str, kept: str) -> None:
    row = desk.row("position", desk.published("position", amount=amount))
    assert row.amount == Decimal(kept)
    assert last_entry().payload["amount"] == kept


@pytest.mark.parametrize(
    "amount",
    ["", "x", "NaN", "Infinity", "1e3", "1e999999999", "1_000", "１５", "1,5", "0.0000001",
     "1" * 19, " 15", "15\n", "--1", ".5", "9" * 100_000],
)  # fmt: skip
def test_what_is_no_figure_is_refused(desk: Desk, amount: str) -> None:
    with refuses("figure_or_text", at="/amount"):
        desk.draft("position", amount=amount)


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": None},
        {"amount": "15", "text_en": "fifteen"},
        {"amount": "15", "amount_to": "15"},
        {"amount": "15", "amount_to": "10"},
        {"amount": None, "amount_to": "15"},
        {"amount": None, "amount_to": "15", "text_en": "to fifteen"},
        {"amount": None, "text_en": "  "},
    ],
)
def test_a_position_is_a_figure_or_a_text(desk: Desk, fields: dict[str, Any]) -> None:
    with refuses("figure_or_text"):
        desk.draft("position", **fields)


@pytest.mark.parametrize(
    ("standing", "legal"), [("in_force", True), ("void", True), ("announced", False)]
)
def test_what_is_law_stands_apart(desk: Desk, standing: str, legal: bool) -> None:
    assert desk.row("position", desk.published("position", standing=standing)).legal is legal


def test_a_range_and_a_text_are_kept(desk: Desk) -> None:
    row = desk.row("position", desk.draft("position", amount="10", amount_to="15").id)
    assert (row.amount, row.amount_to) == (10, 15)
    row = desk.row("position", desk.draft("position", amount=None, text_ko="개방 불가").id)
    assert (row.amount, row.text_en, row.text_ko) == (None, "", "개방 불가")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("term", "talks/trade/none", "no_such_row"), ("term", "car-tariff", "no_such_row"),
        ("term", "talks/none/car-tariff", "no_such_row"), ("according_to", "XX", "no_such_row"),
        ("standing", "maybe", "unknown_word"), ("qualifier", "roughly", "unknown_word"),
        ("effective_on", "soon", "bad_date"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(desk: Desk, field: str, value: str, code: str) -> None:
    with refuses(code):
        desk.draft("position", **{field: value})


def test_a_long_text_is_refused(desk: Desk) -> None:
    with refuses("too_long", at="/text_en"):
        desk.draft("position", amount=None, text_en="x" * 301)


def test_a_track_is_not_tied_to_itself(desk: Desk) -> None:
    with refuses("same_track", at="/to_track"):
        desk.draft("linkage", to_track="talks/security")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("from_track", "talks/none", "no_such_row"), ("to_track", "", "no_such_row"),
        ("kind", "near", "unknown_word"), ("standing", "maybe", "unknown_word"),
        ("according_to", "XX", "no_such_row"),
    ],
)  # fmt: skip
def test_a_tie_that_cannot_be_read_is_refused(
    desk: Desk, field: str, value: str, code: str
) -> None:
    with refuses(code):
        desk.draft("linkage", **{field: value})


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("tracks", [], "no_tracks"), ("negotiation", "none", "no_such_row"),
        ("slug", "A b", "bad_slug"), ("slug", "", "missing_text"), ("slug", "a" * 81, "too_long"),
        ("kind", "party", "unknown_word"), ("outcome", "won", "unknown_word"),
        ("due_on", "soon", "bad_date"), ("title_ko", " ", "missing_text"),
        ("place_en", "x" * 201, "too_long"),
    ],
)  # fmt: skip
def test_a_milestone_that_cannot_be_read_is_refused(
    desk: Desk, field: str, value: Any, code: str
) -> None:
    with refuses(code):
        desk.draft("milestone", **{field: value})
