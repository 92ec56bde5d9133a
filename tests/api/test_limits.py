"""How often scripts may ask: what counts, for whom, what is told, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import resolve

from negotiations.rates import Policy
from tests.api.office import Script, code_of
from tests.api.rows import Rows
from tests.reading import ReadingClient

LIST = "/api/v1/statements/"
NOON = "2026-11-24T12:00:00Z"
POLICY = '"anonymous";q=3;w=60'


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[Any]:
    """Three requests a minute, ten with a token; it is noon."""
    settings.RATE_ANONYMOUS = Policy("anonymous", 3, 60)
    settings.RATE_TOKEN = Policy("token", 10, 60)
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def _stranger_address() -> str:
    """An address of their own: all tests count in one store."""
    raw = uuid4().hex
    return f"fd00:{raw[:4]}:{raw[4:8]}:{raw[8:12]}::1"


def _stranger() -> Client:
    """A reader at such an address."""
    return ReadingClient(REMOTE_ADDR=_stranger_address())


@pytest.fixture
def stranger(rows: Rows, db: None) -> Client:  # noqa: ARG001
    """Who asks for the first time."""
    return _stranger()


def _left(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.get("RateLimit")


def test_every_answer_tells_the_policy_and_what_is_left(stranger: Client, clock: Any) -> None:
    """As structured fields: `r` requests for `t` seconds."""
    first = stranger.get(LIST)
    clock.shift(12.5)
    second = stranger.get("/api/v1/changes/")
    assert first["RateLimit-Policy"] == second["RateLimit-Policy"] == POLICY
    assert _left(first) == (200, '"anonymous";r=2;t=60')
    assert _left(second) == (200, '"anonymous";r=1;t=48')
    assert "Retry-After" not in first


def test_who_asks_too_often_is_refused_and_told_when_to_come_back(
    stranger: Client, clock: Any
) -> None:
    for _ in range(3):
        stranger.get(LIST)
    clock.shift(20)
    refused = stranger.get(LIST)
    assert refused.json() == {
        "type": "/api/docs/#problem-too_many_requests",
        "title": "Too many requests",
        "status": 429,
        "detail": "You have asked too often. Ask again in 40 s.",
        "code": "too_many_requests",
        "at": None,
    }
    assert refused["Retry-After"] == "40"
    assert refused["RateLimit-Policy"] == POLICY
    assert _left(refused) == (429, '"anonymous";r=0;t=40')
    assert refused["Cache-Control"] == "no-store"
    clock.shift(40)
    assert _left(stranger.get(LIST)) == (200, '"anonymous";r=2;t=60')


def test_the_refusal_speaks_korean(stranger: Client) -> None:
    for _ in range(3):
        stranger.get(LIST)
    refused = stranger.get(LIST, headers={"Accept-Language": "ko"})
    assert refused.json()["detail"].startswith("요청이 너무 잦습니다. 60초 뒤에")


def test_a_304_does_not_count(stranger: Client) -> None:
    """Nor does it tell anything; it is answered when nothing else is any more."""
    held = {"If-None-Match": stranger.get(LIST)["ETag"]}
    assert [_left(stranger.get(LIST, headers=held)) for _ in range(5)] == [(304, None)] * 5
    assert _left(stranger.get(LIST)) == (200, '"anonymous";r=1;t=60')
    stranger.get(LIST)
    assert stranger.get(LIST).status_code == 429
    assert stranger.get(LIST, headers=held).status_code == 304
    assert stranger.get(f"{LIST}?limit=1", headers=held).status_code == 429


def test_a_tag_that_no_longer_holds_counts(stranger: Client) -> None:
    """And so does a star, which names no copy: the answer had to be found."""
    told = [_left(stranger.get(LIST, headers={"If-None-Match": tag})) for tag in ('"old"', "*")]
    assert told == [(200, '"anonymous";r=2;t=60'), (304, '"anonymous";r=1;t=60')]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("get", f"{LIST}?colour=blue", {}, 400),
        ("get", f"{LIST}?colour=blue", {"If-None-Match": '"x"'}, 400),
        ("get", "/api/v1/statements/999999999/", {}, 404),
        ("get", LIST, {"Authorization": "Bearer parley_wrong"}, 401),
        ("get", LIST, {"Accept": "text/csv"}, 406),
        ("put", LIST, {}, 405),
        ("post", LIST, {}, 401),
        ("head", LIST, {}, 200),
    ],
)
def test_refusals_and_heads_count(
    stranger: Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """Each costs work; a token that is not valid counts for the address that sent it."""
    answer = getattr(stranger, method)(path, headers=headers)
    assert _left(answer) == (status, '"anonymous";r=2;t=60')
    for _ in range(2):
        stranger.get(LIST)
    answer = getattr(stranger, method)(path, headers=headers)
    assert _left(answer) == (429, '"anonymous";r=0;t=60')


@pytest.mark.parametrize(
    ("method", "path"),
    [("options", LIST), ("get", "/api/v1/health/"), ("get", "/api/docs/"), ("get", "/api/v1/no/")],
)
def test_what_costs_next_to_nothing_does_not_count(
    stranger: Client, method: str, path: str
) -> None:
    for _ in range(5):
        answer = getattr(stranger, method)(path)
        assert answer.status_code != 429
        assert "RateLimit" not in answer


def test_addresses_of_one_network_count_together_and_others_do_not(stranger: Client) -> None:
    for _ in range(3):
        stranger.get(LIST)
    near = ReadingClient(REMOTE_ADDR=stranger.defaults["REMOTE_ADDR"][:-1] + "beef")
    assert near.get(LIST).status_code == 429
    assert _stranger().get(LIST).status_code == 200


@pytest.mark.usefixtures("rows", "db")
def test_behind_a_proxy_readers_count_apart(settings: Any) -> None:
    """The last address of X-Forwarded-For counts, and only behind a proxy."""
    proxy = _stranger()
    apart = [{"X-Forwarded-For": f"10.0.0.1, {_stranger().defaults['REMOTE_ADDR']}"} for _ in "12"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    told = [proxy.get(LIST, headers=one)["RateLimit"] for one in apart]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    told += [proxy.get(LIST, headers=one)["RateLimit"] for one in apart]
    assert [one.split(";")[1] for one in told] == ["r=2", "r=2", "r=2", "r=1"]


@pytest.mark.parametrize("store", ["redis://127.0.0.1:1/0", ""])
def test_readers_are_answered_whatever_becomes_of_the_counter(
    stranger: Client, settings: Any, store: str
) -> None:
    """Out of reach nobody is counted; where there is none, each process counts for itself."""
    settings.RATE_STORE = store
    answers = [stranger.get(LIST) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429 if not store else 200]
    assert ["RateLimit" in answer for answer in answers] == [not store] * 4


def test_without_limits_nothing_is_told(stranger: Client, settings: Any) -> None:
    settings.RATE_ANONYMOUS = settings.RATE_TOKEN = None
    answer = stranger.get(LIST)
    assert (answer.status_code, "RateLimit" in answer) == (200, False)
    assert code_of(Script().send("GET", "/drafts/")) == "no_token"


def test_a_request_that_is_asked_again_elsewhere_counts_once(rows: Rows, db: None) -> None:  # noqa: ARG001
    """What a replica refuses, the primary is asked in the same request (tracker.replica)."""
    request = RequestFactory().get(LIST, {"unknown": "1"}, REMOTE_ADDR=_stranger_address())
    answers = [resolve(LIST).func(request) for _ in range(2)]
    assert [_left(one) for one in answers] == [(400, '"anonymous";r=2;t=60')] * 2
