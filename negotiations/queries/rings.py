"""Rings in a web of waits: which nodes wait for each other, and round by round, for whom.

Nothing here knows what a node is. Groups are the strongly connected components (R. Tarjan,
“Depth-first search and linear graph algorithms”, 1972); rings are the elementary circuits, found as
by D. B. Johnson, “Finding all the elementary circuits of a directed graph” (1975): between one ring
and the next lies no more work than the web is large, so a bound on rings bounds the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

Web = Mapping[int, Collection[int]]


def rings(web: Web, *, most: int) -> tuple[list[tuple[int, ...]], bool]:
    """The rings, `most` of them at the most, and whether these are all.

    `web` has for each node those that it waits for. A ring begins with its lowest node; rings come
    in the order of their nodes' numbers, and a node that waits for itself is one.
    """
    found = list(islice(_rings(web), most + 1))
    return found[:most], len(found) <= most


def groups(web: Web) -> list[tuple[int, ...]]:
    """The nodes that wait for each other, however indirectly: each group in order, lowest first.

    A node alone is none, unless it waits for itself.
    """
    found = (tuple(sorted(group)) for group in _components(web, set(_nodes(web))))
    return sorted(g for g in found if len(g) > 1 or g[0] in web.get(g[0], ()))


def _rings(web: Web) -> Iterator[tuple[int, ...]]:
    left = set(_nodes(web))
    for start in sorted(left):
        here = next((c for c in _components(web, left) if start in c), {start})
        yield from _through(web, start, here)
        left.discard(start)


def _through(web: Web, start: int, here: set[int]) -> Iterator[tuple[int, ...]]:
    """The rings of `start` within `here`; a node that led nowhere is not tried again until one on
    its way is free.
    """
    path, blocked = [start], {start}
    closed: set[int] = set()
    waiting: dict[int, set[int]] = {}
    steps = [_next_of(web, start, here)]
    while path:
        node = path[-1]
        following = next(steps[-1], None)
        if following is None:
            if node in closed:
                _free(node, blocked, waiting)
            else:
                for other in web.get(node, ()):
                    if other in here:
                        waiting.setdefault(other, set()).add(node)
            steps.pop()
            path.pop()
            if path and node in closed:
                closed.add(path[-1])
        elif following == start:
            yield tuple(path)
            closed.update(path)
        elif following not in blocked:
            path.append(following)
            blocked.add(following)
            closed.discard(following)
            steps.append(_next_of(web, following, here))


def _next_of(web: Web, node: int, here: set[int]) -> Iterator[int]:
    return iter(sorted({other for other in web.get(node, ()) if other in here}))


def _free(node: int, blocked: set[int], waiting: dict[int, set[int]]) -> None:
    left = [node]
    while left:
        one = left.pop()
        if one in blocked:
            blocked.discard(one)
            left.extend(waiting.pop(one, ()))


def _nodes(web: Web) -> Iterator[int]:
    for node, others in web.items():
        yield node
        yield from others


def _components(web: Web, within: set[int]) -> Iterator[set[int]]:
    """Tarjan's, without recursion: a web may be deeper than Python's stack."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    for root in sorted(within):
        if root in index:
            continue
        work = [(root, _next_of(web, root, within))]
        index[root] = low[root] = len(index)
        stack.append(root)
        held.add(root)
        while work:
            node, others = work[-1]
            following = next(others, None)
            if following is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    yield _popped(stack, held, node)
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                held.add(following)
                work.append((following, _next_of(web, following, within)))
            elif following in held:
                low[node] = min(low[node], index[following])


def _popped(stack: list[int], held: set[int], node: int) -> set[int]:
    component: set[int] = set()
    while node not in component:
        component.add(stack.pop())
    held -= component
    return component
