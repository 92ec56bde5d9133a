"""An answer as a WARC file: what another program reads out of it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from negotiations.intake.warc import warc_of
from negotiations.network import Fetched, fetch
from tests.loopback import Loopback, reply, serving

AT = datetime(2025, 10, 14, 3, tzinfo=UTC)


@pytest.fixture
def server() -> Any:
    """A server on this machine."""
    with serving() as here:
        yield here


def _read(warc: bytes) -> list[tuple[Any, ...]]:
    """Type, address and date, first line, headers and body of each record."""
    return [
        (
            record.rec_type, record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Date"), record.http_headers.statusline,
            dict(record.http_headers.headers), record.content_stream().read(),
        )
        for record in ArchiveIterator(BytesIO(warc))
    ]  # fmt: skip


def test_request_and_answer_are_there_as_they_were(server: Loopback) -> None:
    server.answers["/a"] = reply(status="301 Moved", head="Location: /b?x=1\r\n")
    body = gzip.compress("<p>서울</p>".encode())
    server.answers["/b?x=1"] = reply(body, head="Content-Encoding: gzip\r\nX-Odd: caf\xe9\r\n")
    fetched = fetch(server.url("/a"), allow=server.pairs)
    told, asked = _read(warc_of(fetched, at=AT))
    url, date = server.url("/b?x=1"), "2025-10-14T03:00:00.000000Z"
    assert asked[:3] == ("request", url, date)
    assert told[:3] == ("response", url, date)
    # What this library reads of a request is without its method.
    assert asked[4]["Host"] == f"127.0.0.1:{server.port}"
    assert asked[4]["User-Agent"].startswith("Parley/")
    assert told[3] == "200 OK"
    assert told[4] == {
        "Content-Type": "text/html", "X-Archive-Orig-Content-Length": str(len(body)),
        "X-Archive-Orig-Content-Encoding": "gzip", "X-Odd": told[4]["X-Odd"],
        "Content-Length": "13",
    }  # fmt: skip
    assert told[5] == "<p>서울</p>".encode()


def test_each_record_is_a_member_of_its_own_and_its_digests_are_right(tmp_path: Any) -> None:
    warc = warc_of(
        Fetched(
            final_url="https://a.example/", content_type="", charset="", body=b"x" * 1000,
            headers=(("A", "b"), ("A", "c")), asked=(("Host", "a.example"),),
        ),
        at=AT,
    )  # fmt: skip
    (tmp_path / "a.warc.gz").write_bytes(warc)
    # `warcio check`: block and payload digests, lengths, one member a record.
    checker = Checker(
        type("Options", (), {"inputs": [str(tmp_path / "a.warc.gz")], "verbose": True})
    )
    checker.process_all()
    assert checker.exit_value == 0
    assert warc.count(b"\x1f\x8b\x08") == 2


def test_an_answer_without_a_body_has_its_record(server: Loopback) -> None:
    server.answers["/"] = reply()
    fetched = fetch(server.url("/"), allow=server.pairs)
    assert [record[0] for record in _read(warc_of(fetched, at=AT))] == ["response", "request"]
