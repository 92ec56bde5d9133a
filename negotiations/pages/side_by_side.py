"""Marks that would cover each other, laid beside each other."""

from __future__ import annotations

from collections.abc import Sequence


def side_by_side(
    places: Sequence[float], *, size: float, within: tuple[float, float]
) -> list[float]:
    """Where marks of that size stand for these places in rising order: as near to them as they can
    without one covering another, their middles `within` two ends; where that has no room for all,
    evenly over it.

    The least squares under an order, by pooling neighbours (Ayer et al. 1955, Annals of
    Mathematical Statistics 26, 641-647).
    """
    room = within[1] - within[0]
    step = min(size, room / max(len(places) - 1, 1))
    pools: list[tuple[float, int]] = []
    for number, place in enumerate(places):
        total, count = place - step * number, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools.pop()[1]
        pools.append((total, count))
    least, most = within[0], within[0] + room - step * (len(places) - 1)
    pooled = [total / count for total, count in pools for _ in range(count)]
    return [
        round(min(max(place, least), most) + step * number, 1)
        for number, place in enumerate(pooled)
    ]


def rows(heights: Sequence[float], *, size: float) -> list[list[int]]:
    """The numbers of the marks by rows, in which each would touch the next above or below it."""
    found: list[list[int]] = []
    for n in sorted(range(len(heights)), key=heights.__getitem__):
        if found and heights[n] - heights[found[-1][-1]] < size:
            found[-1].append(n)
        else:
            found.append([n])
    return found
