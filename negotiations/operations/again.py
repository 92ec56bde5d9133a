"""Trying again what was set aside: an admin says that its cause is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from negotiations.desk_words import Role
from negotiations.models.work import ELSEWHERE, Work, works
from negotiations.operations.lookups import find
from negotiations.operations.permissions import Actor, require
from negotiations.refusals import Refusal


def try_again(*, by: Actor, now: datetime, kind: str, id: int) -> None:
    """Make work of this kind (`feed`, …) that was set aside due now, as if no worker had died.

    Work that belongs to a negotiation takes its admin, other work an admin of any. Refusal
    `no_such_row`, `not_allowed`, `not_set_aside`. It leaves no entry in the ledger.
    """
    allowed = require(by, Role.ADMIN)
    model: Any = None if kind in ELSEWHERE else works().get(kind)
    if model is None:
        raise Refusal("no_such_row", at="/kind", noun=kind[:40], id=id)
    with transaction.atomic():
        row: Work = find(model._default_manager.select_for_update(of=("self",)), id, pk=id)
        negotiation = getattr(row, "negotiation_id", None)
        allowed.within([] if negotiation is None else [negotiation])
        if not row.aside:
            raise Refusal("not_set_aside", at="/id")
        row.aside, row.lost, row.due_at = "", 0, now
        row.save(update_fields=["aside", "lost", "due_at"])
