"""Few requests are worked on at a time, and who waits steps aside."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any

import pytest

from tests.tracker.conftest import wait_for
from tracker.turns import STEP_ASIDE, Turns


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
            with environ[STEP_ASIDE]() as may_wait:
                self.inside.add("waiter" if may_wait else "turned away")
                if may_wait:
                    self.news.wait(20)
        else:
            self.inside.add(environ["name"])
            self.go.wait(20)
        return [environ["name"].encode()]


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """Where the server of these tests listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def _ask(turns: Turns, name: str, door: socket.socket | None = None, **more: str) -> list[bytes]:
    port = door.getsockname()[1] if door else 1
    environ = {"name": name, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(port), **more}
    return list(turns(environ, lambda *_: None))


def _serve(turns: Turns, door: socket.socket, *, deaf: int) -> None:
    """Bring a new thread for one knock, after so many that others heard."""
    for _ in range(deaf + 1):
        knocking, _ = door.accept()
        assert b"\r\nParley-Knock: 1\r\n" in knocking.recv(1000)
        knocking.close()
    Thread(target=_ask, args=(turns, "knock", door), kwargs={"HTTP_PARLEY_KNOCK": "1"}).start()


def test_who_wants_to_wait_knocks_until_another_thread_is_there(door: socket.socket) -> None:
    house = House()
    turns = Turns(house, most=1)
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(_ask, turns, "waiter", door)
        _serve(turns, door, deaf=2)
        wait_for(lambda: house.inside == {"waiter"})
        house.news.set()
        assert waiter.result(20) == [b"waiter"]


def test_where_no_thread_comes_nobody_may_wait(door: socket.socket) -> None:
    house = House()
    door.close()
    assert _ask(Turns(house), "waiter", None) == [b"waiter"]
    assert house.inside == {"turned away"}


def test_a_thread_that_was_long_idle_may_be_gone(
    door: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House()
    turns = Turns(house)
    house.go.set()
    with ThreadPoolExecutor(1) as other:
        other.submit(_ask, turns, "one").result(20)
    door.close()
    monkeypatch.setattr("tracker.turns._FRESH", 0)
    _ask(turns, "waiter")
    assert house.inside == {"one", "turned away"}


def test_so_many_at_a_time_and_the_waiting_beside_them(door: socket.socket) -> None:
    house = House()
    turns = Turns(house, most=2)
    with ThreadPoolExecutor(6) as pool:
        waiter = pool.submit(_ask, turns, "waiter", door)
        _serve(turns, door, deaf=0)
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
