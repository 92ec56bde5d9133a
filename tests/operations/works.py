"""Work that was set aside, for who tests what becomes of it."""

from __future__ import annotations

from typing import Any

from negotiations.models import Feed, Negotiation
from negotiations.operations.leases import POISONOUS
from tests.operations.desk import NOW, Desk


def feed(desk: Desk, number: int = 1, **columns: Any) -> Feed:
    """A feed of the talks; set aside where nothing else is said."""
    usual = {
        "negotiation": Negotiation.objects.get(slug="talks"), "kind": "feed",
        "url": f"https://paper.example/feed/{number}", "url_sha256": f"{number:064d}",
        "added_by_id": desk.drafter.officer, "added_at": NOW, "aside": POISONOUS, "lost": 3,
    }  # fmt: skip
    return Feed.objects.create(**{**usual, **columns})
