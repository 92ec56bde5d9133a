"""What an answer costs: the same number of SQL queries for one row and for three."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.api.rows import PUBLIC, make_record

# With the one query for the entity tag.
MOST = 21
# Comparisons, and what has changed since a brief, ask two states, and what was corrected since.
MOST_OF_TWO = 42


def _costs(size: int, query_count: Callable[[Callable[[], Any]], int]) -> dict[str, int]:
    reader, costs = Client(), {}
    with transaction.atomic():
        rows = make_record(size)
        for route in PUBLIC:
            address = rows.fill(route.path)
            costs[route.path] = query_count(lambda address=address: reader.get(address))  # type: ignore[misc]
        transaction.set_rollback(True)
    return costs


@pytest.mark.django_db
def test_cost_does_not_grow_with_the_rows(query_count: Callable[[Callable[[], Any]], int]) -> None:
    """Every route."""
    costs, more = _costs(1, query_count), _costs(3, query_count)

    # A fixed brief asks once more where acts share the instant of the one that it names.
    fixed = {path for path in costs if re.search(r"/(brief|handover)/{number}/", path)}
    assert {path: more[path] - costs[path] for path in fixed} == dict.fromkeys(fixed, 1)
    assert {path: more.pop(path) for path in costs if path not in fixed} == {
        path: cost for path, cost in costs.items() if path not in fixed
    }
    two = ("/comparison/", "/since/")
    compared = {path: costs.pop(path) for path in list(costs) if path.endswith(two)}
    assert max(costs.values()) <= MOST
    assert max(compared.values()) <= MOST_OF_TWO
