"""Plain reads take a short way, and memory a shorter one: the answers are those of the long way."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pytest
from django.test import Client

from negotiations.memory import Kept, Memory, answers
from tests.api.rows import PUBLIC, Rows

PATHS = [route.path for route in PUBLIC if route.path != "/api/v1/health/"]
# Which only the framework's own negotiation reads.
WEIGHED = {"accept": "application/json;q=0.9"}
ODD = ("/api/v1/statements/?limit=0", "/api/v1/nothing/", "/api/v1/statements/999999999/")


@pytest.fixture
def room(settings: Any) -> Memory[Kept]:
    """As much memory as a test needs, for itself."""
    settings.ANSWER_CACHE_MB = 10
    answers.cache_clear()
    return answers()


def told(response: Any) -> tuple[Any, ...]:
    """All that a reader gets, but for the name of the request."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: text for name, text in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, body, headers


def without_moment(answer: tuple[Any, ...]) -> tuple[Any, ...]:
    """The answer without the instant it was given for, and what counts down."""
    status, body, headers = answer
    body = re.sub(rb'"as_of":"[^"]+"', b"", body)
    return status, body, {k: v for k, v in headers.items() if k != "RateLimit"}


@pytest.mark.parametrize("path", [*PATHS, *ODD])
def test_the_short_way_tells_what_the_long_way_tells(
    reader: Client, rows: Rows, room: Memory[Kept], path: str
) -> None:
    address = rows.fill(path)
    short = told(reader.get(address))
    room.clear()
    assert without_moment(short) == without_moment(told(reader.get(address, headers=WEIGHED)))


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("path", PATHS)
def test_an_answer_from_memory_is_the_answer(reader: Client, rows: Rows, path: str) -> None:
    address = rows.fill(path)
    assert told(reader.get(address)) == told(reader.get(address))


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("path", ["/api/v1/statements/", "/vocabulary/"])
def test_what_is_held_compressed_is_unpacked_for_who_takes_it_plain_alone(
    reader: Client, rows: Rows, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("negotiations.memory.LARGE", 0)
    address = rows.fill(path) if path.startswith("/api/") else path
    plain, again = (told(reader.get(address)) for _ in range(2))
    assert plain == again
    monkeypatch.setattr("negotiations.memory.gzip.decompress", None)
    _, packed, headers = told(reader.get(address, headers={"accept-encoding": "gzip"}))
    assert headers["Content-Encoding"] == "gzip"
    assert zlib.decompress(packed, 31) == plain[1]


@pytest.mark.usefixtures("room")
def test_memory_asks_the_database_one_thing(reader: Client, rows: Rows, query_count: Any) -> None:
    address = rows.fill("/api/v1/statements/")
    reader.get(address)
    assert query_count(lambda: reader.get(address)) == 1


@pytest.mark.usefixtures("room")
def test_memory_holds_each_host_apart(reader: Client, rows: Rows, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    address = rows.fill("/api/v1/statements/?limit=1")
    hosts = ("one.example", "other.example", "one.example")
    found = [reader.get(address, headers={"host": host}).json()["next"] for host in hosts]
    assert [address.split("/")[2] for address in found] == list(hosts)


@pytest.mark.usefixtures("room")
def test_what_is_kept_is_compressed_once_and_weakly_tagged(reader: Client, rows: Rows) -> None:
    address = rows.fill("/api/v1/statements/")
    plain = reader.get(address)
    small = [reader.get(address, headers={"accept-encoding": "gzip"}) for _ in range(2)]
    assert [one["Content-Encoding"] for one in small] == ["gzip", "gzip"]
    assert small[0].content == small[1].content != plain.content
    assert small[0]["ETag"] == plain["ETag"]
    assert int(small[0]["Content-Length"]) == len(small[0].content)


def test_without_room_every_answer_is_made_anew(
    reader: Client, rows: Rows, query_count: Any
) -> None:
    address = rows.fill("/api/v1/statements/")
    first = query_count(lambda: reader.get(address))
    assert (answers().bytes, query_count(lambda: reader.get(address))) == (0, first)
