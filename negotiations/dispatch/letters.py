"""The words of letters, in the language of who reads them: plain text, and the same as HTML.

Whatever stands in the record, a line is one line and ends somewhere; nothing in a letter loads
anything from anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from negotiations.dispatch.mails import root
from negotiations.queries.clocks import read_clocks
from negotiations.queries.ledger import latest
from negotiations.queries.mailing import news, subjects, subscription_of
from negotiations.queries.shapes.mailing import Line, MailSubscriptionRecord, News

_LONGEST = {"line": 300, "subject": 120}
# Control characters, and those that turn the direction of what follows.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a letter says."""

    subject: str
    text: str
    html: str


def confirmation(subscription: int, *, token: str) -> Words | None:
    """The question whether an address is right; None where nothing is left to confirm."""
    record = subscription_of(subscription)
    if record is None or record.confirmed_at is not None:
        return None
    return _render("confirmation", record, token, {})


def news_letter(
    subscription: int, *, token: str, after: int, through: int, now: datetime
) -> Words | None:
    """The acts of these numbers in lines; None where none is left to tell, or nobody to tell."""
    record = subscription_of(subscription)
    if record is None or record.confirmed_at is None:
        return None
    clocks = read_clocks(
        on=None, known_by=None, as_of=None, now=now, zone=settings.DESK_ZONE, reached=latest().at
    )
    found = news(subscription, after=after, through=through, clocks=clocks)
    if not found.lines:
        return None
    return _render("news", record, token, _news(found, record.language))


def one_line(text: str, *, of: str = "line") -> str:
    """The text on one line, without characters that nobody sees, cut where it is very long."""
    longest = _LONGEST[of]
    # What is cut off need not be looked through.
    words = " ".join(_UNWANTED.sub(" ", text[: longest * 4]).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def links(language: str, token: str) -> dict[str, str]:
    """The addresses that letters of a subscription name."""
    below = root() + ("/ko" if language == "ko" else "")
    return {"root": below, "own": f"{below}/subscriptions/{token}/"}


def _render(name: str, record: MailSubscriptionRecord, token: str, told: dict[str, Any]) -> Words:
    since = record.confirmed_at
    with override(record.language):
        context = {
            "subscription": record,
            "about": _about(record),
            "day": since and since.astimezone(settings.DESK_ZONE).date(),
            **links(record.language, token),
            **told,
        }
        parts = {
            part: render_to_string(f"letters/{name}{part}", context).strip()
            for part in ("_subject.txt", ".txt", ".html")
        }
    return Words(
        subject=one_line(parts["_subject.txt"], of="subject"),
        text=f"{parts['.txt']}\n",
        html=parts[".html"],
    )


def _about(record: MailSubscriptionRecord) -> list[str]:
    """What was chosen, as readers call it."""
    language, chosen = record.language, set(record.about)
    return [
        one_line(_in(s, "negotiation", language) if s.track is None
                 else f"{_in(s, 'negotiation', language)}: {_in(s.track, 'title', language)}")
        for s in subjects() if s.path in chosen
    ]  # fmt: skip


def _news(found: News, language: str) -> dict[str, Any]:
    lines = [_line(line, language) for line in found.lines]
    return {"lines": lines, "more": found.more, "count": len(lines) + found.more}


def _line(line: Line, language: str) -> dict[str, str]:
    return {
        "verb": line.verb,
        "tracks": one_line(", ".join(_in(track, "title", language) for track in line.tracks)),
        "headline": one_line(_in(line, "headline", language)),
        # A statement's headline begins with its speaker.
        "speaker": "" if line.noun == "statement" else one_line(_in(line, "speaker", language)),
        "reason": one_line(line.reason),
        "path": line.path,
    }


def _in(row: Any, field: str, language: str) -> str:
    other = "en" if language == "ko" else "ko"
    return getattr(row, f"{field}_{language}") or getattr(row, f"{field}_{other}")
