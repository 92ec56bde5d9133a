"""Rows that stand for a whole test module, and are gone after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def undone(blocker: Any) -> Iterator[None]:
    """A transaction around a module or, inside it, around one of its tests; never committed."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
