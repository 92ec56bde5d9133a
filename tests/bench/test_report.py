"""The table says by how much a figure is met or missed."""

from __future__ import annotations

from tests.bench.measure import Cost
from tests.bench.report import table
from tests.bench.running import Found
from tests.bench.servers import DELIVERED


def _found(size: str, own: float, plain: float) -> Found:
    costs = {"W1": {"parley": Cost([own] * 3), "plain": Cost([plain] * 3)}}
    return Found(size, costs, {DELIVERED: 70.0}, {DELIVERED: 1.8})


def test_a_ratio_is_that_of_requests_a_second() -> None:
    lines = table([_found("100k", 0.001, 0.012)], rounds=3).splitlines()
    assert "| W1 | plain | ≥ 10 × | 12.00 × | met |  |" in lines


def test_what_falls_short_says_by_how_much() -> None:
    lines = table([_found("100k", 0.001, 0.005)], rounds=3).splitlines()
    assert "| W1 | plain | ≥ 10 × | 5.00 × | short by 50% |  |" in lines
    assert (
        "| s to the first answer, as delivered (two) | | ≤ 1.5 | 1.80 | short by 20% | |" in lines
    )
    assert "| MB a worker, as delivered (two) | | ≤ 80 | 70.00 | met | |" in lines


def test_growth_is_told_between_the_sizes_of_one_run() -> None:
    lines = table([_found("10k", 0.001, 0.01), _found("1m", 0.0012, 0.1)], rounds=3).splitlines()
    assert "| W1 | parley | 10k → 1m | ≤ 1.3 | 1.20 | met |" in lines
    assert "| W1 | plain | 10k → 1m |  | 10.00 |  |" in lines


def test_the_spread_is_half_the_way_between_the_rounds() -> None:
    cost = Cost([0.9, 1.0, 1.1])
    assert (cost.typical, round(cost.spread, 6)) == (1.0, 0.1)
