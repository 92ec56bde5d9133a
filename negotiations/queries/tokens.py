"""Personal tokens: whose one is, and those of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Token
from negotiations.sql import fetch_first


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


# Asked with every request of a script, before anything else.
_BEARER = """
SELECT token.id, token.officer_id, token.scopes, token.last_used_at
    FROM negotiations_token token JOIN negotiations_officer officer ON officer.id = token.officer_id
    WHERE token.sha256 = %s AND token.revoked_at IS NULL AND token.expires_at > %s
        AND officer.is_active
"""


def bearer(sha256: str, *, now: datetime) -> Bearer | None:
    """Who a valid token of an open account speaks for, by its digest; None otherwise."""
    for token, officer, scopes, last_used_at in fetch_first(_BEARER, [sha256, now]):
        return Bearer(token=token, officer=officer, scopes=tuple(scopes), last_used_at=last_used_at)
    return None


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
