"""Accounts: who they are and what each may do where."""

from __future__ import annotations

from django.db.models.functions import Lower

from negotiations.models import Officer


def username_at(address: str) -> str:
    """The name of the account with this e-mail address, whatever its case; "" for none."""
    row = _at(address).values_list("username", flat=True).first()
    return row or ""


def id_at(address: str) -> int | None:
    """The id of the open account with this e-mail address, whatever its case."""
    return _at(address).filter(is_active=True).values_list("pk", flat=True).first()


def _at(address: str):  # type: ignore[no-untyped-def]
    return Officer.objects.annotate(low=Lower("email")).filter(low=address.lower()).order_by("pk")
