"""What is published at a desk, and what its feeds tell of it."""

from __future__ import annotations

import json
from typing import Any

from tests.operations.desk import Desk
from tests.reading import ReadingClient

PLACES = ("/", "/talks/", "/talks/security/", "/parties/KR/")


def items(address: str = "/feed.json", **asked: Any) -> list[dict[str, Any]]:
    """The items of a JSON Feed."""
    response = ReadingClient().get(address, asked)
    assert response.status_code == 200, response.content
    return json.loads(response.content)["items"]


def numbers(address: str = "/feed.json", **asked: Any) -> list[int]:
    """The numbers of its acts."""
    return [one["_parley"]["number"] for one in items(address, **asked)]


def desk_number(row: int, desk: Desk, noun: str) -> int:
    """The ledger number of a row."""
    return int(desk.row(noun, row).ledger_number)


_filled = iter(range(1, 1000))


def fill(desk: Desk, size: int) -> None:
    """So many published rows of every noun."""
    for _ in range(size):
        day = f"2025-09-{next(_filled) % 28 + 1:02}"
        desk.published("source")
        desk.published("statement", said_on="2025-10-01")
        for noun in ("status_change", "position", "linkage"):
            desk.published(noun, effective_on=day)
        desk.published("milestone", effective_on=day, slug=f"date-{next(_filled)}")
