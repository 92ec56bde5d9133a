"""Meetings that an officer publishes in a drill, and what readers were told of them by letter."""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes, policy

from tests.journeys.product import Product


def publish(inside: Product, number: int, track: str) -> None:
    """Draft a meeting of this number, and publish it."""
    said = inside.rows("SELECT min(id) FROM negotiations_statement WHERE published_at IS NOT NULL")
    words = {
        "negotiation": "rok-us", "slug": f"drill-{number}", "tracks": [f"rok-us/{track}"],
        "kind": "meeting", "title_en": _meeting(number), "title_ko": _meeting(number),
        "due_on": "2027-01-01", "effective_on": "2025-10-14", "basis": [said[0][0]],
    }  # fmt: skip
    draft = inside.insist("/api/v1/milestones/", words)
    seen = {"seen": draft["number"], "confirmed": True, "waiver": "The drill has one officer."}
    path = f"/api/v1/milestones/{draft['id']}/publication/"
    inside.insist(path, seen, If_Match=f'"v{draft["version"]}"')


def _meeting(number: int) -> str:
    return f"Meeting no. {number:03} of the drill"


def each_is_told_once(inside: Product, address: str, told: Sequence[bool]) -> None:
    """Whether the letters to an address tell of these meetings, by number, and of no others.

    A mail may come twice, but then it is the same mail: by its Message-ID.
    """
    texts: dict[str, str] = {}
    for file in (inside.folder.path / "mails").glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",))
        if body is not None and mail["List-Unsubscribe"] and mail["To"] == address:
            texts[mail["Message-ID"]] = body.get_content()
    counts = ["\n".join(texts.values()).count(_meeting(number)) for number in range(len(told))]
    assert counts == [int(one) for one in told]
