"""Few requests are worked on at a time, and who waits steps aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from negotiations.aside import aside
from tests.tracker.conftest import wait_for
from tracker.turns import Turns


class House:
    """An application in which requests stay until they are let go."""

    def __init__(self) -> None:
        self.inside: set[str] = set()
        self.go, self.news = Event(), Event()

    def __call__(self, environ: dict[str, Any], _: Callable[..., Any]) -> Iterable[bytes]:
        """Stay, or wait aside."""
        if environ["name"] == "broken":
            raise ValueError("broken")
        if environ["name"] == "waiter":
            with aside(environ):
                self.inside.add("waiter")
                self.news.wait(20)
        else:
            self.inside.add(environ["name"])
            self.go.wait(20)
        return [environ["name"].encode()]


def _ask(turns: Turns, name: str) -> list[bytes]:
    return list(turns({"name": name}, lambda *_: None))


def test_so_many_at_a_time_and_the_waiting_beside_them() -> None:
    house = House()
    turns = Turns(house, most=2)
    with ThreadPoolExecutor(6) as pool:
        waiter = pool.submit(_ask, turns, "waiter")
        wait_for(lambda: house.inside == {"waiter"})
        first = [pool.submit(_ask, turns, name) for name in ("one", "two")]
        wait_for(lambda: house.inside == {"waiter", "one", "two"})
        third = pool.submit(_ask, turns, "three")
        house.news.set()
        # It takes its turn again, after the others.
        assert not waiter.done()
        house.go.set()
        answers = [one.result(20) for one in (*first, third, waiter)]
    assert answers == [[b"one"], [b"two"], [b"three"], [b"waiter"]]


def test_a_turn_ends_where_the_application_fails() -> None:
    turns = Turns(House(), most=1)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            _ask(turns, "broken")
