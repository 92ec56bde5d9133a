"""Readers who subscribe, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from negotiations.models import MailSubscription
from negotiations.operations.mail_subscriptions import (
    ask_subscription,
    confirm_subscription,
    token_of,
)
from tests.operations.desk import NOW

SEOUL = ZoneInfo("Asia/Seoul")


def asked(**changes: Any) -> MailSubscription:
    """What a reader asked for and has not confirmed."""
    usual: dict[str, Any] = {
        "address": "kim@paper.example", "about": ["talks"], "rhythm": "immediate",
        "language": "en", "now": NOW,
    }  # fmt: skip
    return MailSubscription.objects.get(pk=ask_subscription(**{**usual, **changes}))


def reader(**changes: Any) -> MailSubscription:
    """A reader who asked and confirmed at once; the letter that asked is gone."""
    row = asked(**changes)
    at: datetime = changes.get("now", NOW)
    confirm_subscription(token=token_of(row), now=at, zone=SEOUL)
    row.letters.all().delete()
    row.refresh_from_db()
    return row
