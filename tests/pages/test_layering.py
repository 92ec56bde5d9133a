"""Boxes and arrows laid out: nothing stands on anything else, whatever there is to draw."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.pages.layering import Arrow, Box, laid_out

NAMES = [f"t{n}" for n in range(12)]
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])
ARROWS = st.lists(PAIRS, max_size=25)
Part = tuple[float, float, float, float]


def boxes(names: list[str]) -> list[Box]:
    """A box for each name, of two heights."""
    return [Box(name=name, width=150, height=36 + 17 * (n % 2)) for n, name in enumerate(names)]


def arrows(pairs: list[tuple[str, str]]) -> list[Arrow]:
    """An arrow for each pair, with words of two widths."""
    return [
        Arrow(tail=a, head=b, width=60 + 40 * (n % 2), height=36) for n, (a, b) in enumerate(pairs)
    ]


def overlap(one: Part, other: Part) -> bool:
    """Whether two of left, top, right, bottom have anything in common."""
    return (
        one[0] < other[2] - 0.2 and other[0] < one[2] - 0.2
        and one[1] < other[3] - 0.2 and other[1] < one[3] - 0.2
    )  # fmt: skip


@settings(max_examples=60)
@given(ARROWS)
def test_nothing_stands_on_anything_else(pairs: list[tuple[str, str]]) -> None:
    drawn, lines = boxes(NAMES), arrows(pairs)
    laid = laid_out(drawn, lines)
    parts: list[Part] = []
    for box in drawn:
        x, y = laid.boxes[box.name]
        parts.append((x, y, x + box.width, y + box.height))
    for arrow, (x, y) in zip(lines, laid.words, strict=True):
        wide, high = arrow.width / 2, arrow.height / 2
        parts.append((x - wide, y - high, x + wide, y + high))
    assert not any(overlap(one, other) for one, other in combinations(parts, 2))
    assert all(part[0] >= -0.2 and part[1] >= -0.2 for part in parts)
    assert all(part[2] <= laid.width + 0.2 for part in parts)
    assert all(part[3] <= laid.height + 0.2 for part in parts)


@settings(max_examples=60)
@given(ARROWS)
def test_a_line_runs_from_its_tail_to_its_head_through_its_words(
    pairs: list[tuple[str, str]],
) -> None:
    drawn = {box.name: box for box in boxes(NAMES)}
    laid = laid_out(list(drawn.values()), arrows(pairs))
    for (tail, head), line, words in zip(pairs, laid.lines, laid.words, strict=True):
        for name, (x, y) in ((tail, line[0]), (head, line[-1])):
            left, top = laid.boxes[name]
            assert left <= x <= left + drawn[name].width
            assert min(abs(y - top), abs(y - top - drawn[name].height)) < 0.2
        above, below = ((x, y) for x, y in line if x == words[0] and abs(y - words[1]) <= 18.1)
        assert sorted((above[1], below[1]))[0] <= words[1] <= sorted((above[1], below[1]))[1]


@settings(max_examples=20)
@given(ARROWS)
def test_it_is_the_same_each_time(pairs: list[tuple[str, str]]) -> None:
    assert laid_out(boxes(NAMES), arrows(pairs)) == laid_out(boxes(NAMES), arrows(pairs))


def test_a_chain_runs_down() -> None:
    laid = laid_out(boxes(["a", "b", "c"]), arrows([("a", "b"), ("b", "c")]))
    assert laid.boxes["a"][1] < laid.boxes["b"][1] < laid.boxes["c"][1]


def test_a_ring_is_drawn_with_one_line_upwards() -> None:
    laid = laid_out(boxes(["a", "b", "c"]), arrows([("a", "b"), ("b", "c"), ("c", "a")]))
    upwards = [line for line in laid.lines if line[0][1] > line[-1][1]]
    assert len(upwards) == 1


def test_many_around_one_stand_in_rows_of_six() -> None:
    names = ["hub", *(f"n{n}" for n in range(39))]
    laid = laid_out(boxes(names), arrows([("hub", name) for name in names[1:]]))
    rows: dict[float, int] = {}
    for name in names:
        row = round(laid.boxes[name][1] / 60)
        rows[row] = rows.get(row, 0) + 1
    assert max(rows.values()) <= 6


def test_nothing_takes_no_room() -> None:
    laid = laid_out([], [])
    assert (laid.width, laid.height, laid.boxes, laid.lines) == (0, 0, {}, ())
