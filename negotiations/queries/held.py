"""What holds on the day of the question."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from negotiations.models import Clocks


def held(model: type[Model], *, clocks: Clocks) -> QuerySet[Any]:
    """The visible rows that are effective by `on`."""
    rows: Any = model._default_manager
    return rows.visible(clocks).filter(effective_lower__lte=clocks.on)
