"""The one fetcher: what it brings, and what it refuses on the way."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import SocketConnectBlockedError

from negotiations.network import Fetched, allowed_pairs, fetch
from negotiations.refusals import Refusal
from tests.loopback import Loopback, drip, own_certificate, reply, serving

PAGE = "<p>합의 임박</p>".encode()


def _refused(url: str, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        fetch(url, **options)
    assert refused.value.at == "/url"
    assert "{" not in refused.value.sentence("ko")
    return refused.value


def test_a_page_is_brought_with_what_its_server_says_of_it(server: Loopback) -> None:
    server.answers["/a?b=1"] = reply(PAGE, kind="text/HTML; charset=UTF-8")
    assert fetch(server.url("/a?b=1#c"), allow=server.pairs) == Fetched(
        final_url=server.url("/a?b=1"), content_type="text/html", charset="utf-8", body=PAGE
    )


def test_the_request_says_who_asks_and_carries_nothing_else(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.answers["/"] = reply(PAGE, head="Set-Cookie: a=b\r\n")
    server.answers["/from"] = reply(
        status="302 Found", head="Location: /\r\nSet-Cookie: c=d; Path=/\r\n"
    )
    fetch(server.url("/from"), allow=server.pairs)
    assert server.requests[1].split("\r\n") == [
        "GET / HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: Parley/0.1 (one page at an officer's request)",
        "Accept: text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding: gzip, deflate, br",
        "Connection: close",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "", "paper.example", "//paper.example/", "ftp://paper.example/", "file:///etc/passwd",
        "http://", "http:///a", "http://officer:secret@paper.example/", "http://a@paper.example/",
        "javascript:alert(1)", "http://paper.example:port/", "http://[::1/", "http://a\x00b/",
        "http://0177.0.0.1/", "gopher://paper.example:80/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert _refused(url).code == "bad_url"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::1]", "[::127.0.0.1]",
        "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "169.254.169.254", "localhost", "0.0.0.0",
    ],
)  # fmt: skip
def test_a_host_that_is_not_public_is_refused(host: str) -> None:
    assert _refused(f"http://{host}/").code == "address_forbidden"


@pytest.mark.parametrize("port", [1, 22, 25, 8000, 8080, 6379, 65535])
def test_other_ports_than_those_of_the_web_are_refused_before_the_name_is_asked_for(
    port: int,
) -> None:
    asked: list[str] = []
    refusal = _refused(f"http://paper.example:{port}/", resolve=lambda *of: asked.append(str(of)))
    assert (refusal.code, asked) == ("address_forbidden", [])


def test_one_private_address_among_public_ones_is_enough() -> None:
    refusal = _refused("http://paper.example/", resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])
    assert refusal.code == "address_forbidden"


def test_an_allowed_pair_is_allowed_on_this_machine_only(server: Loopback) -> None:
    pairs = allowed_pairs(["Paper.example:80", "[::1]:81"])
    assert pairs == {("paper.example", 80), ("::1", 81)}
    refusal = _refused("http://paper.example/", allow=pairs, resolve=lambda *_: ["10.0.0.1"])
    assert refusal.code == "address_forbidden"
    assert _refused(server.url(), allow=pairs).code == "address_forbidden"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/keys", "address_forbidden"),
        ("http://127.0.0.1:1/", "address_forbidden"),
        ("file:///etc/passwd", "bad_url"),
        ("http://u:p@127.0.0.1/", "bad_url"),
    ],
)
def test_a_redirect_is_checked_as_an_address_is(server: Loopback, location: str, code: str) -> None:
    server.answers["/"] = reply(status="302 Found", head=f"Location: {location}\r\n")
    assert _refused(server.url(), allow=server.pairs).code == code


def _rebound(server: Loopback, answer: bytes) -> tuple[str, dict[str, Any], Iterator[list[str]]]:
    """A name that is this machine's when first asked for, and a private one's after that."""
    server.answers["/"] = answer
    addresses = iter([["127.0.0.1"], ["10.0.0.1"]])
    pairs = frozenset({("rebound.example", server.port)})
    options = {"allow": pairs, "resolve": lambda *_: next(addresses)}
    return f"http://rebound.example:{server.port}/", options, addresses


def test_a_name_that_answers_differently_the_second_time_gains_nothing(server: Loopback) -> None:
    url, options, addresses = _rebound(server, reply(PAGE))
    assert fetch(url, **options).body == PAGE
    assert next(addresses) == ["10.0.0.1"]


def test_each_hop_is_asked_for_and_checked_anew(server: Loopback) -> None:
    url, options, _ = _rebound(server, reply(status="302 Found", head="Location: /again\r\n"))
    assert (_refused(url, **options).code, len(server.requests)) == ("address_forbidden", 1)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    # The tests may reach this machine only, and say which address was tried instead.
    blocked = (SocketConnectBlockedError, UserWarning)
    with pytest.raises(blocked, match=r"93\.184\.216\.34"):
        fetch("http://rebound.example/", resolve=lambda *_: next(answers))


def test_five_redirects_are_followed_and_not_six(server: Loopback) -> None:
    for step in range(6):
        server.answers[f"/{step}"] = reply(status="301 On", head=f"Location: /{step + 1}\r\n")
    server.answers["/6"] = reply(PAGE)
    assert fetch(server.url("/1"), allow=server.pairs).final_url == server.url("/6")
    assert _refused(server.url("/0"), allow=server.pairs).code == "too_many_redirects"


@pytest.mark.parametrize("status", [204, 206, 304, 401, 403, 404, 410, 429, 500, 503])
def test_another_answer_than_a_document_is_refused_with_its_status(
    server: Loopback, status: int
) -> None:
    server.answers["/"] = reply(status=f"{status} So")
    refusal = _refused(server.url(), allow=server.pairs)
    assert (refusal.code, refusal.facts["status"]) == ("fetch_failed", status)


@pytest.mark.parametrize(
    ("errno", "code"),
    [(socket.EAI_NONAME, "host_not_found"), (socket.EAI_AGAIN, "connection_failed")],
)
def test_a_resolver_out_of_order_is_not_taken_for_a_missing_name(errno: int, code: str) -> None:
    def resolve(*_: Any) -> list[str]:
        raise socket.gaierror(errno, "no")

    assert _refused("http://paper.example/", resolve=resolve).code == code


def test_a_closed_door_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    pairs = frozenset({("127.0.0.1", port)})
    assert _refused(f"http://127.0.0.1:{port}/", allow=pairs).code == "connection_failed"


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"HTTP/1.1 200", b"no HTTP at all\r\n\r\n", b"\x00" * 5000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nA: " + b"a" * 200_000 + b"\r\n\r\n",
        reply(b"no gzip", head="Content-Encoding: gzip\r\n"),
        reply(gzip.compress(PAGE)[:-9], head="Content-Encoding: gzip\r\n"),
        reply(PAGE, head="Content-Encoding: br\r\n"),
        reply(gzip.compress(gzip.compress(PAGE)), head="Content-Encoding: gzip, gzip\r\n"),
    ],
)  # fmt: skip
def test_an_answer_that_breaks_off_or_makes_no_sense_is_refused(
    server: Loopback, answer: bytes
) -> None:
    server.answers["/"] = answer
    assert _refused(server.url(), allow=server.pairs).code == "connection_failed"


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(
    server: Loopback, head: bytes, drop: bytes
) -> None:
    server.answers["/"] = drip(head, drop)
    began = time.monotonic()
    assert _refused(server.url(), allow=server.pairs, seconds=0.4).code == "fetch_timed_out"
    assert time.monotonic() - began < 1.5


def test_redirects_do_not_win_time(server: Loopback) -> None:
    def slowly(peer: socket.socket) -> None:
        time.sleep(0.2)
        peer.sendall(reply(status="302 Found", head="Location: /\r\n"))

    server.answers["/"] = slowly
    assert _refused(server.url(), allow=server.pairs, seconds=0.5).code == "fetch_timed_out"


def test_a_resolver_that_does_not_answer_is_left_when_the_time_is_over() -> None:
    over = threading.Event()

    def asleep(*_: Any) -> list[str]:
        over.wait(5)
        return []

    refusal = _refused("http://paper.example/", resolve=asleep, seconds=0.2)
    over.set()
    assert refusal.code == "fetch_timed_out"


_CHUNK = b"10000\r\n" + b"a" * 65536 + b"\r\n"
_HINT = b"HTTP/1.1 103 Early\r\nA: " + b"a" * 9900 + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "piece"),
    [(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", _CHUNK), (b"", _HINT)],
)
def test_eleven_megabytes_without_a_length_are_refused(
    server: Loopback, head: bytes, piece: bytes
) -> None:
    server.answers["/"] = head + piece * (1 + 11 * 1024 * 1024 // len(piece))
    assert _refused(server.url(), allow=server.pairs).code == "too_large"


def test_a_certificate_is_verified_for_the_host_name(tmp_path: Path) -> None:
    theirs, ours = own_certificate(tmp_path, "paper.example")
    with serving(theirs) as server:
        server.answers["/"] = reply(PAGE)
        pairs = frozenset({("paper.example", server.port), ("other.example", server.port)})
        here = {"allow": pairs, "resolve": lambda *_: ["127.0.0.1"]}
        url = f"https://paper.example:{server.port}/"
        assert fetch(url, trust=ours, **here).body == PAGE
        assert _refused(url.replace("paper", "other"), trust=ours, **here).code == (
            "certificate_invalid"
        )
        assert _refused(url, **here).code == "certificate_invalid"
