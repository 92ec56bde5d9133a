"""Answers as bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from negotiations.api.rendering import JSONRenderer, decimal_text, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A little of everything."""

    on: date
    at: datetime
    amount: Decimal | None
    words: tuple[str, ...]


def test_dataclass_as_json() -> None:
    """Dates as days, instants in UTC with Z, decimals as text."""
    seoul = datetime(2025, 10, 5, 9, tzinfo=ZoneInfo("Asia/Seoul"))
    shape = Shape(on=date(2025, 10, 5), at=seoul, amount=Decimal("8.200000"), words=("통화",))

    assert encode(shape).decode() == (
        '{"on":"2025-10-05","at":"2025-10-05T00:00:00.000000Z","amount":"8.2","words":["통화"]}\n'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("25.000000", "25"),
        ("350", "350"),
        ("-0.50", "-0.5"),
        ("1E+3", "1000"),
        ("0.000001", "0.000001"),
    ],
)
def test_decimal(value: str, text: str) -> None:
    """Never an exponent, never a trailing zero after the point."""
    assert decimal_text(Decimal(value)) == text


def test_refuses_what_has_no_form() -> None:
    """An instant without a zone is a bug, and so is a stranger."""
    with pytest.raises(TypeError):
        encode(datetime(2025, 10, 5))  # noqa: DTZ001
    with pytest.raises(TypeError):
        encode({1, 2})


def test_renderer_passes_bytes_through() -> None:
    """Stored bytes are not encoded again; nothing stays nothing."""
    assert JSONRenderer().render(b'{"a":1}') == b'{"a":1}'
    assert JSONRenderer().render(None) == b""
    assert JSONRenderer().render(datetime(2025, 1, 1, tzinfo=UTC)) == (
        b'"2025-01-01T00:00:00.000000Z"\n'
    )
