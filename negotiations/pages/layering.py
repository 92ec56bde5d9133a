"""Boxes and arrows laid out in rows, the same each time: a layered drawing.

After K. Sugiyama, S. Tagawa and M. Toda, “Methods for visual understanding of hierarchical system
structures” (1981): arrows run downwards as far as they can, the order within rows is that of
barycentres with the fewest crossings of several sweeps, and words on arrows have places in rows of
their own, so that nothing is written over anything else. Lengths are SVG units.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# Boxes beside each other at most; between things in a row; between rows.
_ACROSS = 6
_BESIDE = 18
_BELOW = 30
_SWEEPS = 16
_BEND = 14
_PORT = 26

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What is tied: its name and how large it is drawn."""

    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From one box to another, by their names, with words of that size on it.

    Where it has no direction it is laid out like any other.
    """

    tail: str
    head: str
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Where everything stands: boxes by their upper left corners, arrows in the order in which they
    were given, as points from tail to head, and the middles of their words, through which the lines
    run.
    """

    width: float
    height: float
    boxes: Mapping[str, Point]
    lines: tuple[tuple[Point, ...], ...]
    words: tuple[Point, ...]


@dataclass(slots=True, eq=False)
class _Spot:
    """A box, the words of an arrow, or a bend of one, in its row."""

    row: int
    width: float
    height: float
    x: float = 0
    above: list[_Spot] = field(default_factory=list)
    below: list[_Spot] = field(default_factory=list)


_Rows = list[list[_Spot]]


def laid_out(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Laid:
    """Where these boxes and arrows stand; arrows name boxes that are there, and two of them."""
    rows_of = _rows_of([box.name for box in boxes], arrows)
    spots = {box.name: _Spot(2 * rows_of[box.name], box.width, box.height) for box in boxes}
    chains = _chains(spots, arrows)
    rows = _ordered([*spots.values(), *(one for chain in chains for one in chain[1:-1])])
    _placed(rows)
    return _told(rows, spots, chains, arrows)


def _rows_of(names: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """The row of each box: below all that lead to it, and no more than _ACROSS in one."""
    down = _downwards(names, arrows)
    left = {name: sum(name in heads for heads in down.values()) for name in names}
    rows: dict[str, int] = dict.fromkeys(names, 0)
    full: dict[int, int] = {}
    ready = [name for name in names if not left[name]]
    while ready:
        name = ready.pop(0)
        while full.get(rows[name], 0) >= _ACROSS:
            rows[name] += 1
        full[rows[name]] = full.get(rows[name], 0) + 1
        for head in down[name]:
            rows[head] = max(rows[head], rows[name] + 1)
            left[head] -= 1
            if not left[head]:
                ready.append(head)
    return rows


def _downwards(names: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, list[str]]:
    """To which boxes each leads, with those turned round that would close a ring."""
    leads: dict[str, list[str]] = {name: [] for name in names}
    for arrow in arrows:
        leads[arrow.tail].append(arrow.head)
    down: dict[str, dict[str, None]] = {name: {} for name in names}
    seen: set[str] = set()
    for root in names:
        if root in seen:
            continue
        seen.add(root)
        path, steps = {root: None}, [(root, iter(leads[root]))]
        while steps:
            name, heads = steps[-1]
            head = next(heads, None)
            if head is None:
                steps.pop()
                path.pop(name)
            elif head in path:
                down[head][name] = None
            else:
                down[name][head] = None
                if head not in seen:
                    seen.add(head)
                    path[head] = None
                    steps.append((head, iter(leads[head])))
    return {name: list(heads) for name, heads in down.items()}


def _chains(spots: Mapping[str, _Spot], arrows: Sequence[Arrow]) -> list[list[_Spot]]:
    """For each arrow its spots from the upper box to the lower, one of them that of its words."""
    taken: dict[int, float] = {}
    chains = []
    for arrow in arrows:
        upper, lower = sorted((spots[arrow.tail], spots[arrow.head]), key=lambda spot: spot.row)
        middle = (upper.row + lower.row) / 2
        free = range(upper.row + 1, lower.row, 2)
        words = min(free, key=lambda row: (taken.get(row, 0) // 400, abs(row - middle), row))
        taken[words] = taken.get(words, 0) + arrow.width
        between = [
            _Spot(row, arrow.width, arrow.height) if row == words else _Spot(row, _BEND, 0)
            for row in range(upper.row + 1, lower.row)
        ]
        chain = [upper, *between, lower]
        for one, next_one in pairwise(chain):
            one.below.append(next_one)
            next_one.above.append(one)
        chains.append(chain)
    return chains


def _ordered(spots: Sequence[_Spot]) -> _Rows:
    """The spots by row, in the order with the fewest crossings of several sweeps."""
    rows: _Rows = [[] for _ in range(max((spot.row for spot in spots), default=-1) + 1)]
    for spot in spots:
        rows[spot.row].append(spot)
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for sweep in range(_SWEEPS):
        upwards = sweep % 2 == 1
        for before, row in pairwise(rows[::-1] if upwards else rows):
            _sort(row, {spot: n for n, spot in enumerate(before)}, upwards=upwards)
        if (found := _crossings(rows)) < fewest:
            best, fewest = [list(row) for row in rows], found
    return best


def _sort(row: list[_Spot], places: Mapping[_Spot, int], *, upwards: bool) -> None:
    """Order a row by the barycentres of what it is tied to in the row before."""
    centres = {}
    for n, spot in enumerate(row):
        tied = [places[other] for other in (spot.below if upwards else spot.above)]
        centres[spot] = sum(tied) / len(tied) if tied else float(n)
    row.sort(key=centres.__getitem__)


def _crossings(rows: _Rows) -> int:
    """How many lines between neighbouring rows cross: the inversions of their ends."""
    count = 0
    for _, row in pairwise(rows):
        places = {spot: n for n, spot in enumerate(row)}
        ends: list[int] = []
        for upper in rows[row[0].row - 1] if row else ():
            here = sorted(places[lower] for lower in upper.below)
            for end in here:
                count += len(ends) - bisect_left(ends, end + 1)
            for end in here:
                insort(ends, end)
    return count


def _placed(rows: _Rows) -> None:
    """Give each spot its place across: as near to what it is tied to as its row has room."""
    for row in rows:
        _set(row, [0.0] * len(row))
    for sweep in range(_SWEEPS):
        upwards = sweep % 2 == 1
        for row in rows[::-1] if upwards else rows:
            _set(row, [_wish(spot, upwards=upwards) for spot in row])
    left = min((spot.x - spot.width / 2 for row in rows for spot in row), default=0)
    for row in rows:
        for spot in row:
            spot.x -= left


def _wish(spot: _Spot, *, upwards: bool) -> float:
    tied = (spot.below or spot.above) if upwards else (spot.above or spot.below)
    return sum(other.x for other in tied) / len(tied) if tied else spot.x


def _set(row: Sequence[_Spot], wishes: Sequence[float]) -> None:
    """The places nearest to the wishes that keep order and distance (pool adjacent violators)."""
    offsets = [0.0]
    for one, next_one in pairwise(row):
        offsets.append(offsets[-1] + (one.width + next_one.width) / 2 + _BESIDE)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=False):
        pool = (wish - offset, 1)
        while pools and pools[-1][0] > pool[0]:
            (left, size), (right, more) = pools.pop(), pool
            pool = ((left * size + right * more) / (size + more), size + more)
        pools.append(pool)
    places = [value for value, size in pools for _ in range(size)]
    for spot, place, offset in zip(row, places, offsets, strict=False):
        spot.x = place + offset


def _told(
    rows: _Rows,
    spots: Mapping[str, _Spot],
    chains: Sequence[Sequence[_Spot]],
    arrows: Sequence[Arrow],
) -> Laid:
    heights = [max((spot.height for spot in row), default=0) for row in rows]
    middles = [sum(heights[:n]) + n * _BELOW + height / 2 for n, height in enumerate(heights)]
    ports = {name: dict(_ports(spot)) for name, spot in spots.items()}
    lines, words = [], []
    for chain, arrow in zip(chains, arrows, strict=True):
        upper, lower = chain[0], chain[-1]
        down = spots[arrow.tail] is upper
        first, last = (arrow.tail, arrow.head) if down else (arrow.head, arrow.tail)
        top = (ports[first][chain[1], "below"], middles[upper.row] + upper.height / 2)
        end = (ports[last][chain[-2], "above"], middles[lower.row] - lower.height / 2)
        # Straight through each row: what bends between rows touches nothing in them.
        through = [
            (spot.x, middles[spot.row] + side * heights[spot.row] / 2)
            for spot in chain[1:-1]
            for side in (-1, 1)
        ]
        points = [top, *through, end]
        lines.append(tuple(_rounded(points if down else points[::-1])))
        middle = next(spot for spot in chain[1:-1] if spot.height)
        words.append((round(middle.x, 1), round(middles[middle.row], 1)))
    return Laid(
        width=round(max((s.x + s.width / 2 for row in rows for s in row), default=0), 1),
        height=round(sum(heights) + _BELOW * max(len(rows) - 1, 0), 1),
        boxes={
            name: (round(s.x - s.width / 2, 1), round(middles[s.row] - s.height / 2, 1))
            for name, s in spots.items()
        },
        lines=tuple(lines),
        words=tuple(words),
    )


def _ports(spot: _Spot) -> Iterator[tuple[tuple[_Spot, str], float]]:
    """Where the lines of a box begin: beside each other, in the order in which they go on."""
    for side, others in (("below", spot.below), ("above", spot.above)):
        ordered = sorted(others, key=lambda other: other.x)
        apart = min(_PORT, (spot.width - 2 * _BEND) / max(len(ordered) - 1, 1))
        for n, other in enumerate(ordered):
            yield (other, side), spot.x + (n - (len(ordered) - 1) / 2) * apart


def _rounded(points: Sequence[Point]) -> Iterator[Point]:
    return ((round(x, 1), round(y, 1)) for x, y in points)
