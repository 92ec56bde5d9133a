"""Personal tokens: whose one is, and those of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who a token speaks for, and what it is good for."""

    token: int
    officer: int
    scopes: tuple[str, ...]
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRecord:
    """A token as its owner sees it; `begins` are the first letters of its secret."""

    id: int
    name: str
    begins: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    # Neither ended nor over.
    valid: bool


def bearer(sha256: str, *, now: datetime) -> Bearer | None:
    """Who a valid token of an open account speaks for, by its digest; None otherwise."""
    found = Token.objects.filter(
        sha256=sha256, revoked_at=None, expires_at__gt=now, officer__is_active=True
    ).first()
    if found is None:
        return None
    return Bearer(
        token=found.pk,
        officer=found.officer_id,
        scopes=tuple(found.scopes),
        last_used_at=found.last_used_at,
    )


def tokens_of(officer: int, *, now: datetime) -> tuple[TokenRecord, ...]:
    """The tokens of an account, newest first, with those that are over."""
    return tuple(
        TokenRecord(
            id=row.pk,
            name=row.name,
            begins=row.begins,
            scopes=tuple(row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            last_used_at=row.last_used_at,
            valid=row.revoked_at is None and row.expires_at > now,
        )
        for row in Token.objects.filter(officer=officer).order_by("-created_at", "-pk")
    )
