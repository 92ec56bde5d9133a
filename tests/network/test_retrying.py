"""Retry-After in both forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from negotiations.network.retrying import retry_after

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0), ("90", 90), (" 90 ", 90), ("9" * 400, 86400),
        ("Tue, 14 Oct 2025 03:01:00 GMT", 60), ("Tue, 14 Oct 2025 02:00:00 GMT", 0),
        ("Tue, 14 Oct 2025 12:05:00 +0900", 300), ("Tue, 14 Oct 9999 03:01:00 GMT", 86400),
        ("Tue, 14 Oct 2025 03:01:00 -0000", 60),

    ],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms_and_bounded(text: str, seconds: int) -> None:
    assert retry_after(text, now=NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "1.5", "-1", "٣", "later", "Tue, 14 Oct 2025 03:01:00 +9999", "Tue, 99 Oct 2025"]
)
def test_what_cannot_be_read_names_no_moment(text: str) -> None:
    assert retry_after(text, now=NOW) is None
