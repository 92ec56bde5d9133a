"""When a token was last used: told to its owner, no act of the record."""

from __future__ import annotations

from datetime import datetime, timedelta

from negotiations.models import Token

# Precise enough to see a forgotten token, without a write for every request.
EVERY = timedelta(hours=1)


def note_use(*, token: int, last_used_at: datetime | None, now: datetime) -> None:
    """Keep the moment of use, unless the one kept (`last_used_at`) is less than an hour old."""
    if last_used_at is None or last_used_at <= now - EVERY:
        Token.objects.filter(pk=token).update(last_used_at=now)
