"""Bodies sent to endpoints, and conditional requests."""

from __future__ import annotations

import pytest

from negotiations.network import MOST_ANSWER, fetch, post
from negotiations.refusals import Refusal
from tests.loopback import Loopback, reply


def test_a_body_is_sent_with_its_headers(server: Loopback) -> None:
    server.answers["/hook?a=1"] = reply(b"thanks", status="202 Accepted", head="Retry-After: 7\r\n")
    answer = post(
        server.url("/hook?a=1"), body=b"{}", headers={"webhook-id": "msg_1"}, allow=server.pairs
    )
    assert (answer.status, answer.body, answer.header("retry-after")) == (202, b"thanks", "7")
    assert server.requests[0].split("\r\n")[:-2] == [
        "POST /hook?a=1 HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: Parley/0.1 (webhook)",
        "Accept-Encoding: identity",
        "Connection: close",
        "Content-Length: 2",
        "webhook-id: msg_1",
    ]


def test_no_redirect_is_followed(server: Loopback) -> None:
    server.answers["/"] = reply(status="302 Found", head="Location: /elsewhere\r\n")
    assert post(server.url(), body=b"{}", headers={}, allow=server.pairs).status == 302
    assert len(server.requests) == 1


def test_the_beginning_of_a_long_answer_is_read(server: Loopback) -> None:
    server.answers["/"] = reply(b"a" * (MOST_ANSWER * 20))
    answer = post(server.url(), body=b"{}", headers={}, allow=server.pairs)
    assert answer.body == b"a" * MOST_ANSWER


def test_an_endpoint_must_be_public_as_a_page_must() -> None:
    with pytest.raises(Refusal) as refused:
        post("http://169.254.169.254/", body=b"{}", headers={})
    assert refused.value.code == "address_forbidden"


def test_what_has_not_changed_has_no_body(server: Loopback) -> None:
    server.answers["/"] = reply(status="304 Not Modified", head='ETag: "b"\r\n')
    answer = fetch(server.url(), allow=server.pairs, unless={"If-None-Match": '"a"'})
    assert (answer.status, answer.body, answer.header("etag")) == (304, b"", '"b"')
    assert 'If-None-Match: "a"' in server.requests[0].split("\r\n")
