"""Waiting for an act: woken by what was asked for, bounded, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from negotiations.api import waiting
from negotiations.api.waiting import Room
from negotiations.queries.ledger import Scope, Sign
from tests import factories
from tests.standing import lasting
from tests.tracker.conftest import wait_for

CHANGES = "/api/v1/changes/"
LONG = 25.0
HERE, THERE = Scope(track=1), Scope(negotiation=2)


def sign(number: int, *, track: int = 1) -> Sign:
    return Sign(number=number, negotiations=frozenset({track}), tracks=frozenset({track}))


class Acts:
    """A ledger to look at: what is put into it is seen by the next look."""

    def __init__(self) -> None:
        self.signs: list[Sign] = []
        self.fails = 0

    def look(self, after: int, *, limit: int) -> Sequence[Sign]:
        """The first acts after a number; fails so many times first."""
        if self.fails:
            self.fails -= 1
            raise OperationalError("the database is being started again")
        return [one for one in self.signs if one.number > after][:limit]


@pytest.fixture
def acts() -> Acts:
    return Acts()


@pytest.fixture
def room(acts: Acts) -> Iterator[Room]:
    made = Room(acts.look, tick=0.01)
    yield made
    made.close()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as made:
        yield made


def waits(pool: ThreadPoolExecutor, room: Room, scope: Scope, *, seen: int = 0) -> Future[bool]:
    """Somebody who waits in the room."""
    before = len(room)
    one = pool.submit(room.wait, scope, seen=seen, seconds=LONG, places=8)
    wait_for(lambda: len(room) > before)
    return one


def test_who_waits_is_woken_by_an_act_on_what_was_asked(
    acts: Acts, room: Room, pool: ThreadPoolExecutor
) -> None:
    here, there = waits(pool, room, HERE), waits(pool, room, THERE)
    acts.signs = [sign(1)]
    assert here.result(LONG)
    assert not there.done()
    acts.signs = [sign(1), sign(2, track=2)]
    assert there.result(LONG)


def test_an_act_that_was_seen_wakes_nobody(
    acts: Acts, room: Room, pool: ThreadPoolExecutor
) -> None:
    early, late = waits(pool, room, Scope(), seen=0), waits(pool, room, Scope(), seen=5)
    acts.signs = [sign(5)]
    assert early.result(LONG)
    assert not late.done()
    acts.signs = [sign(5), sign(6)]
    assert late.result(LONG)


def test_who_comes_after_the_watcher_passed_looks_again_soon(
    acts: Acts, room: Room, pool: ThreadPoolExecutor
) -> None:
    other = waits(pool, room, THERE)
    acts.signs = [sign(1)]
    wait_for(lambda: room.wait(HERE, seen=0, seconds=0, places=8) and room._number == 1)
    assert room.wait(HERE, seen=0, seconds=LONG, places=8)
    assert not other.done()
    room.close()


def test_the_time_is_over_without_an_act(room: Room) -> None:
    assert room.wait(HERE, seen=0, seconds=0.01, places=1)
    assert len(room) == 0


def test_there_are_so_many_places(acts: Acts, room: Room, pool: ThreadPoolExecutor) -> None:
    first = waits(pool, room, HERE)
    assert not room.wait(HERE, seen=0, seconds=LONG, places=1)
    acts.signs = [sign(1)]
    assert first.result(LONG)


def test_the_watcher_rests_while_nobody_waits_and_comes_back(
    acts: Acts, room: Room, pool: ThreadPoolExecutor
) -> None:
    for number in (1, 2):
        one = waits(pool, room, HERE, seen=number - 1)
        acts.signs = [*acts.signs, sign(number)]
        assert one.result(LONG)
        wait_for(lambda: room._number is None)


def test_a_database_that_fails_for_a_while_wakes_nobody(
    acts: Acts, room: Room, pool: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    acts.fails = 3
    one = waits(pool, room, HERE)
    wait_for(lambda: acts.fails == 0)
    assert not one.done()
    acts.signs = [sign(1)]
    assert one.result(LONG)
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 3


def test_after_very_many_acts_everybody_looks_for_themselves(
    acts: Acts, room: Room, pool: ThreadPoolExecutor
) -> None:
    one = waits(pool, room, THERE)
    acts.signs = [sign(number) for number in range(1, 600)]
    assert one.result(LONG)


def test_at_the_end_everybody_is_sent_away(room: Room, pool: ThreadPoolExecutor) -> None:
    one = waits(pool, room, HERE)
    room.close()
    assert one.result(LONG)
    assert room.closed
    assert room.wait(HERE, seen=0, seconds=LONG, places=0)


# Against the database, on connections of their own.


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """What is written is there for all connections."""
    with lasting(django_db_blocker):
        yield
        wait_for(lambda: waiting.ROOM._number is None)


Ask = Callable[..., Future[HttpResponse]]


@pytest.fixture
def ask(db: None, pool: ThreadPoolExecutor) -> Ask:  # noqa: ARG001
    """Ask from a thread, and be told once the question waits."""

    def asked(headers: dict[str, str] | None = None, **query: Any) -> Future[HttpResponse]:
        def get() -> Any:
            try:
                return Client().get(CHANGES, {"wait": 30, **query}, headers=headers)
            finally:
                connection.close()

        before = len(waiting.ROOM)
        answer = pool.submit(get)
        wait_for(lambda: len(waiting.ROOM) > before)
        return answer

    return asked


def numbers(answer: Future[HttpResponse]) -> list[int]:
    told: Any = answer.result(LONG)
    return [act["number"] for act in told.json()["results"]]


def test_an_answer_waits_for_the_act_that_was_asked_for(ask: Ask) -> None:
    track: Any = factories.TrackFactory()
    factories.enter()
    every = ask(after=1)
    narrowed = ask(after=1, track=track.slug)
    factories.enter(public=False)
    factories.enter()
    assert numbers(every) == [3]
    assert not narrowed.done()
    factories.enter(tracks=[track])
    assert numbers(narrowed) == [4]


def test_what_was_waited_for_is_kept_in_no_cache(ask: Ask) -> None:
    factories.enter()
    answer = ask(after=1)
    factories.enter()
    assert answer.result(LONG)["Cache-Control"] == "no-store"


def test_the_tag_is_compared_after_waiting(ask: Ask) -> None:
    factories.enter()
    held = Client().get(CHANGES, {"after": 1})
    connection.close()
    answer = ask(after=1, headers={"If-None-Match": held["ETag"]})
    factories.enter()
    assert numbers(answer) == [2]


def test_nothing_came_so_nothing_has_changed(db: None) -> None:  # noqa: ARG001
    factories.enter()
    held = Client().get(CHANGES, {"after": 1})
    told = Client().get(CHANGES, {"after": 1, "wait": 1}, headers={"If-None-Match": held["ETag"]})
    assert (told.status_code, told["Cache-Control"]) == (304, "no-store")
    assert Client().get(CHANGES, {"after": 1, "wait": 1}).json() == {"results": [], "next": None}


def test_who_finds_no_place_is_told_when_to_come_again(ask: Ask, settings: Any) -> None:
    settings.CHANGES_WAITERS = 1
    factories.enter()
    first = ask(after=1)
    turned_away = Client().get(CHANGES, {"after": 1, "wait": 30})
    assert (turned_away.json()["results"], turned_away["Retry-After"]) == ([], "5")
    # What there is already takes no place.
    assert "Retry-After" not in Client().get(CHANGES, {"wait": 30})
    factories.enter()
    assert numbers(first) == [2]


def test_who_waits_holds_no_connection(ask: Ask) -> None:
    def connections() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            return int(cursor.fetchone()[0])

    factories.enter()
    alone = connections()
    answers = [ask(after=1) for _ in range(5)]
    # The watcher's own is the only one more.
    wait_for(lambda: connections() == alone + 1)
    factories.enter()
    assert [numbers(answer) for answer in answers] == [[2]] * 5
