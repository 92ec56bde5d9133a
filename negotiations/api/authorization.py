"""Who asks: a personal token in the header Authorization, and what it is good for."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from negotiations.desk_words import Scope
from negotiations.operations.officers import digest_of
from negotiations.queries.tokens import Bearer
from negotiations.queries.tokens import bearer as find_bearer
from negotiations.refusals import Refusal

_LADDER = tuple(Scope)
AT = "Authorization"


def bearer_of(request: HttpRequest, *, now: datetime) -> Bearer | None:
    """Whose token the request carries, None without one; Refusal `bad_token`.

    Schemes other than Bearer are not ours, and count as none.
    """
    secret = _secret(request.headers.get(AT, ""))
    if secret is None:
        return None
    found = find_bearer(digest_of(secret), now=now) if secret.isascii() else None
    if found is None:
        raise Refusal("bad_token", at=AT)
    return found


def admit(bearer: Bearer | None, *, needs: Scope) -> Bearer:
    """Whose token it is, if it is good for this; Refusal `no_token`, `token_scope`."""
    if bearer is None:
        raise Refusal("no_token", at=AT)
    require_scope(bearer, needs)
    return bearer


def require_scope(bearer: Bearer, needs: Scope) -> None:
    """Refusal `token_scope`, unless a scope of the token is this one or includes it."""
    held = (_LADDER.index(Scope(scope)) for scope in bearer.scopes)
    if max(held) < _LADDER.index(needs):
        raise Refusal("token_scope", at=AT, scope=needs.value)


def _secret(header: str) -> str | None:
    scheme, _, secret = header.strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None
