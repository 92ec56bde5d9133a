"""Rings of waits, held against trying every order of every few nodes."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from negotiations.queries.rings import groups, rings

NODES = st.integers(1, 6)
WEBS = st.dictionaries(NODES, st.frozensets(NODES), max_size=6)


def every_ring(web: dict[int, frozenset[int]]) -> list[tuple[int, ...]]:
    """The oracle: each order of each set of nodes that begins with the lowest and closes."""
    nodes = sorted({*web, *(other for others in web.values() for other in others)})
    found = []
    for size in range(1, len(nodes) + 1):
        for chosen in combinations(nodes, size):
            for rest in permutations(chosen[1:]):
                ring = (chosen[0], *rest)
                steps = zip(ring, (*ring[1:], ring[0]), strict=True)
                if all(after in web.get(before, ()) for before, after in steps):
                    found.append(ring)
    return sorted(found)


def reached(web: dict[int, frozenset[int]], start: int) -> set[int]:
    """The nodes to which one or more steps lead."""
    found: set[int] = set()
    left = list(web.get(start, ()))
    while left:
        node = left.pop()
        if node not in found:
            found.add(node)
            left.extend(web.get(node, ()))
    return found


@given(WEBS)
def test_every_ring_is_found_once(web: dict[int, frozenset[int]]) -> None:
    found, whole = rings(web, most=10_000)
    assert whole
    assert sorted(found) == every_ring(web)


@given(WEBS, st.integers(0, 3))
def test_no_more_are_told_than_asked_for(web: dict[int, frozenset[int]], most: int) -> None:
    found, whole = rings(web, most=most)
    every = every_ring(web)
    assert len(found) == min(most, len(every))
    assert set(found) <= set(every)
    assert whole == (len(every) <= most)


@given(WEBS)
def test_a_group_is_who_reaches_each_other(web: dict[int, frozenset[int]]) -> None:
    there = {node: reached(web, node) for node in range(1, 7)}
    expected = {
        tuple(sorted({node, *(o for o in there[node] if node in there[o])}))
        for node in there
        if node in there[node]
    }
    assert groups(web) == sorted(expected)


def test_rings_come_in_order_and_begin_with_their_lowest_node() -> None:
    web = {3: {1}, 1: {2, 4}, 2: {3}, 4: {1}}
    assert rings(web, most=10) == ([(1, 2, 3), (1, 4)], True)


def test_a_web_where_all_wait_for_all_is_bounded() -> None:
    web = {node: set(range(40)) - {node} for node in range(40)}
    found, whole = rings(web, most=12)
    assert (len(found), whole) == (12, False)
    assert groups(web) == [tuple(range(40))]


def test_a_chain_is_no_ring_however_long() -> None:
    web = {node: {node + 1} for node in range(5000)}
    assert rings(dict(list(web.items())[:300]), most=5) == ([], True)
    assert groups(web) == []
