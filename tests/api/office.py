"""A desk whose people send scripts: accounts of every role, tokens, and what they send."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from negotiations import operations
from negotiations.models import Membership, Negotiation, Officer
from negotiations.operations import Actor
from tests.operations.desk import Desk, open_desk

SCOPES = ("read", "draft", "publish")
ROLES = ("stranger", "reader", "officer", "reviewer", "admin")
V1 = "/api/v1"
JSON, LINES = "application/json", "application/x-ndjson"


@dataclass
class Office:
    """The desk (`talks`), the ids of its accounts by role, and `elsewhere`, an admin of others."""

    desk: Desk
    people: dict[str, int]

    def script(self, role: str, scopes: Sequence[str] = SCOPES) -> Script:
        """A script of this account, with a token of these scopes."""
        return Script(token=issue(self.people[role], scopes))


@dataclass
class Script:
    """Who sends requests with a token, or without one."""

    token: str | None = None

    def send(
        self, method: str, path: str, body: Any = None, *, tag: str | int | None = None,
        key: str | None = None, kind: str = JSON, **headers: str,
    ) -> Any:  # fmt: skip
        """One request below /api/v1; `body` is sent as it is where it is bytes, `tag` a version."""
        sent = {**headers}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        if tag is not None:
            sent["If-Match"] = f'"v{tag}"' if isinstance(tag, int) else tag
        if key is not None:
            sent["Idempotency-Key"] = key
        data = body if isinstance(body, bytes) else b"" if body is None else _json(body)
        client = Client(raise_request_exception=False)
        return client.generic(method, V1 + path, data, content_type=kind, headers=sent)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """A POST."""
        return self.send("POST", path, body, **more)


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


def issue(officer: int, scopes: Sequence[str]) -> str:
    """The secret of a new token."""
    secret, now = f"parley_{secrets.token_urlsafe(32)}", timezone.now()
    operations.issue_token(
        by=Actor(officer=officer), now=now, name="a script", scopes=list(scopes),
        expires_at=now + timedelta(days=1), secret=secret,
    )  # fmt: skip
    return secret


def open_office() -> Office:
    """The desk with an account of every role beside its two officers."""
    desk = open_desk()
    people = {name: _account(name) for name in (*ROLES, "elsewhere")}
    talks = Negotiation.objects.get(slug="talks")
    desk.act(
        operations.register_negotiation, slug="other", parties=["KR", "US"], title_en="Other",
        title_ko="다른 협상",
    )  # fmt: skip
    other = Negotiation.objects.get(slug="other")
    for role in ROLES[1:]:
        Membership.objects.create(officer_id=people[role], negotiation=talks, role=role)
    Membership.objects.create(officer_id=people["elsewhere"], negotiation=other, role="admin")
    return Office(desk=desk, people=people)


def _account(name: str) -> int:
    return int(Officer.objects.create(username=f"{name}-{secrets.token_hex(4)}").pk)


def code_of(response: Any) -> str:
    """The code of a problem, which is one in every respect."""
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json", response.content[:300]
    assert problem["status"] == response.status_code
    assert response["Cache-Control"].removeprefix("private, ") == "no-store"
    return str(problem["code"])
