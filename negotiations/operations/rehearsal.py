"""Doing something to see what it would look like, and undoing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

R = TypeVar("R")
T = TypeVar("T")


def rehearse(act: Callable[[], R], then: Callable[[R], T]) -> T:
    """What `then` makes of the receipt of an operation, in the record as it would be after it.

    Nothing of it stays, and nobody else sees it meanwhile; other writers wait for its end. Raises
    the refusals of the operation.
    """
    with transaction.atomic():
        told = then(act())
        transaction.set_rollback(True)
    return told
