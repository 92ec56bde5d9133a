"""The axis of amounts that the charts of one unit share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_FLOOR, Decimal

from negotiations.queries.shapes import TermFigures

_INTERVALS = 4


def shared_levels(terms: Iterable[TermFigures]) -> tuple[Decimal, ...]:
    """Round amounts, lowest first, between which all that these terms say and zero stand."""
    every = [amount for term in terms for amount in amounts(term)]
    return tuple(_levels(min((*every, Decimal(0))), max((*every, Decimal(0)))))


def amounts(term: TermFigures) -> Iterator[Decimal]:
    """All amounts that are drawn, ends of ranges too."""
    for line in term.lines:
        for step in line.steps:
            for amount in (step.position.amount, step.position.amount_to):
                if amount is not None:
                    yield amount


def _levels(low: Decimal, top: Decimal) -> Iterator[Decimal]:
    """Round amounts from at most `low` (zero or below) to at least `top`, five steps at most."""
    span = top - low or Decimal(1)
    steps = (n * Decimal(10) ** (span.adjusted() - 1) for n in (1, 2, 5, 10, 20, 50, 100))
    step = next(step for step in steps if span / step <= _INTERVALS)
    level = (low / step).to_integral_value(ROUND_FLOOR) * step
    yield level
    while level < top or level <= 0:
        level += step
        yield level
