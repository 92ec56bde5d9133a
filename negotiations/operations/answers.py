"""Answering once: the same request under the same key changes the record once.

As in the IETF draft "The Idempotency-Key HTTP Header Field"; the answer is kept in the transaction
of what it answers, so there is never one without the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from psycopg.errors import LockNotAvailable, QueryCanceled
from psycopg.types.json import Jsonb

from negotiations.models import Answer
from negotiations.refusals import Refusal
from negotiations.sql import run

KEPT_FOR = timedelta(days=2)
_TAKE = """
INSERT INTO negotiations_answer (officer_id, key, asked, status, headers, body, at)
    VALUES (%s, %s, %s, 0, '{}', '', %s) ON CONFLICT (officer_id, key) DO NOTHING
"""
_KEEP = """
UPDATE negotiations_answer SET status = %s, headers = %s, body = %s
    WHERE officer_id = %s AND key = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it went out: status, headers of its own, body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def once(
    *, officer: int, key: str, asked: bytes, now: datetime, answer: Callable[[], Kept]
) -> Kept:
    """The answer to this request: made now, or given again as it was.

    `asked` is all that makes the request what it is. Copies that come at the same time wait for
    the first. A refusal of `answer` is kept by nobody: the request may be mended and sent again.
    Raises Refusal `key_reused` where the key stands for another request, `busy` when the first
    one takes longer than the lock limit.
    """
    digest = hashlib.sha256(asked).hexdigest()
    try:
        with transaction.atomic():
            if not _take(officer, key, digest, now):
                return _given(officer, key, digest)
            made = answer()
            headers = Jsonb(dict(made.headers))
            run(_KEEP, [made.status, headers, made.body, officer, key])
            return made
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | QueryCanceled):
            raise Refusal("busy") from error
        raise


def given(*, officer: int, key: str) -> Kept:
    """The answer kept under this key, whatever was asked; it must be there."""
    row = Answer.objects.get(officer=officer, key=key)
    return Kept(status=row.status, headers=row.headers, body=bytes(row.body))


def _take(officer: int, key: str, digest: str, now: datetime) -> bool:
    """Whether the key is ours; waits for who holds it in a transaction that has not ended."""
    return run(_TAKE, [officer, key, digest, now]) == 1


def _given(officer: int, key: str, digest: str) -> Kept:
    if not Answer.objects.filter(officer=officer, key=key, asked=digest).exists():
        raise Refusal("key_reused", at="Idempotency-Key")
    return given(officer=officer, key=key)


def forget_answers(*, now: datetime) -> int:
    """Drop answers older than KEPT_FOR; how many."""
    return Answer.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
