"""Publishing to see what readers would see, and undoing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from negotiations.desk_words import Role
from negotiations.operations.operation import Receipt
from negotiations.operations.permissions import Actor
from negotiations.operations.publishing import publish_together
from negotiations.operations.rehearsal import rehearse
from negotiations.refusals import Refusal

T = TypeVar("T")
# What a second officer settles: another one publishes, or a waiver is given.
_PERSONAL = frozenset({"own_draft", "transcription_unconfirmed"})


def rehearse_publication(
    *,
    officer: int,
    now: datetime,
    items: Sequence[Mapping[str, Any]],
    seen: int,
    waiver: str,
    then: Callable[[tuple[Receipt, ...]], T],
) -> tuple[T, str]:
    """What `then` makes of the record with these drafts published, and what stands in this
    officer's way personally: "", "own_draft" or "transcription_unconfirmed".

    Whoever may read the drafts may see this, whatever their role; who asks has to see to it that
    they may. `waiver` is what stands for the words of a waiver where one is needed. Nothing stays.
    Raises the other refusals of `publish_together`.
    """
    by = Actor(officer=officer, role=Role.CONSOLE)

    def publish(words: str) -> tuple[Receipt, ...]:
        return publish_together(
            by=by, now=now, items=items, seen=seen, waiver=words, confirmed=True
        )

    try:
        return rehearse(lambda: publish(""), then), ""
    except Refusal as refusal:
        if refusal.code not in _PERSONAL:
            raise
        return rehearse(lambda: publish(waiver), then), refusal.code
