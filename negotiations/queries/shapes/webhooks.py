"""Webhooks as admins see them at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRecord:
    """An endpoint and what it is told; `scope_en` and `scope_ko` are "" where that is all acts.

    `reason` is the code of the refusal for which it was disabled or set aside, `waiting` counts the
    deliveries to come, `given_up` those that were set aside.
    """

    id: int
    name: str
    url: str
    scope_en: str
    scope_ko: str
    types: tuple[str, ...]
    state: str
    reason: str
    owner: str
    made_at: datetime
    delivered_at: datetime | None
    failing_since: datetime | None
    due_at: datetime | None
    old_secret_until: datetime | None
    waiting: int
    given_up: int

    @property
    def over(self) -> bool:
        """Whether it is closed for good."""
        return self.state == "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRecord:
    """One post: `latency_ms` null and no `refusal` while it is under way; a status, or a refusal.

    `aside` is the refusal for which its delivery was given up, "" for none.
    """

    at: datetime
    message_id: str
    type: str
    status: int | None
    refusal: str
    latency_ms: int | None
    answer: str
    aside: str

    @property
    def well(self) -> bool:
        """Whether it arrived."""
        return self.status is not None and 200 <= self.status < 300
