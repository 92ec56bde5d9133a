"""What every page costs, in a record of one row of each kind and of three on its first track.

That a page does not grow with what it lists is tested with that page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import factories as make
from tests.api.rows import make_record
from tests.reading import ReadingClient

pytestmark = pytest.mark.django_db
# Where every row has its piece, and with the query for the entity tag. More is a decision, not an
# accident.
COSTS = {
    "/": 11,
    "/rok-us/": 17,
    "/rok-us/board.svg": 12,
    "/rok-us/board.csv": 12,
    "/rok-us/brief/": 15,
    "/rok-us/handover/": 17,
    "/rok-us/linkages/": 10,
    "/rok-us/linkages/?track=currency-swap": 10,
    "/rok-us/milestones/": 10,
    "/rok-us/positions/": 9,
    "/rok-us/figures/": 9,
    "/rok-us/figures.csv": 7,
    "/rok-us/meetings/": 8,
    "/rok-us/meetings/first-lee-trump-summit/": 10,
    "/rok-us/compare/": 25,
    "/rok-us/currency-swap/": 19,
    "/rok-us/currency-swap/compare/": 25,
    "/statements/{statements}/": 17,
    "/sources/{sources}/": 8,
    "/people/cho-hyun/": 6,
    "/search/?q=agreed": 16,
    "/changes/": 3,
    "/ledger/": 3,
    "/ledger/1/": 5,
    "/corrections/": 6,
    "/reports/": 8,
    "/reports/{reports}/": 6,
    "/embed/rok-us/": 10,
    "/embed/rok-us/currency-swap/": 15,
    "/embed/statements/{statements}/": 7,
}


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_costs_these_queries(size: int, query_count: Callable[..., int]) -> None:
    reader: Any = ReadingClient()
    rows = make_record(size)
    make.pieces()
    costs = {}
    for path in COSTS:
        address = path.format(**rows.ids)
        costs[path] = query_count(lambda address=address: reader.get(address))
    assert costs == COSTS
