"""A worker's look at a live page, with a real server, and once with real child processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from negotiations.intake.capture import capture_next
from negotiations.intake.keeping import keep_next
from negotiations.models import Archive, EvidenceCheck, LedgerEntry
from negotiations.operations.captures import keep_captured, request_capture
from negotiations.operations.nights import arrange_night
from tests.intake.pages import ARTICLE, PLAIN, TEXT
from tests.intake.reading_here import read_here
from tests.loopback import Answer, Loopback, reply, serving
from tests.operations.conftest import desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.standing import undone

__all__ = ["desk", "opened_desk", "read_here"]

QUOTATION = "무제한 통화스와프를 요구했다"
CHANGED = ARTICLE.replace(QUOTATION, "제한된 통화스와프를 요구했다")
GONE = reply(status="404 Not Found")


@pytest.fixture
def db(opened_desk: Desk, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """What a test does is undone after it."""
    with undone(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def listening() -> Iterator[Loopback]:
    """One address for the whole module, so that nights of several tests ask the same."""
    with serving() as here:
        yield here


@pytest.fixture
def server(listening: Loopback, settings: Any) -> Loopback:
    """A server on this machine that looks may reach."""
    settings.FETCH_ALLOW = [f"127.0.0.1:{listening.port}"]
    listening.requests.clear()
    listening.answers.clear()
    listening.answers["/view/AKR20251001"] = reply(ARTICLE.encode())
    return listening


@pytest.fixture
def statement(desk: Desk, server: Loopback, read_here: None) -> int:  # noqa: ARG001
    """A published statement that quotes a captured page."""
    return captured(desk, server)


def captured(desk: Desk, server: Loopback) -> int:
    """Capture the page, publish it, and a statement that quotes it."""
    url = server.url("/view/AKR20251001")
    asked = request_capture(by=desk.drafter, now=NOW, url=url)
    assert capture_next(now=NOW)
    draft = desk.draft("source", url=url, published_on="2025-10-01", language="ko")
    later = NOW + timedelta(minutes=1)
    keep_captured(by=desk.drafter, now=later, capture=asked, source=draft.id)
    source = desk.publish("source", draft.id, now=later).id
    return desk.published("statement", source=source, quotation=QUOTATION, language="ko", now=later)


def night(number: int, server: Loopback, answer: bytes | Answer | None = None) -> None:
    """A night in which the page answers so."""
    if answer is not None:
        server.answers["/view/AKR20251001"] = answer
    now = NOW + timedelta(days=number + 1)
    arrange_night(now=now)
    assert keep_next(now=now + timedelta(hours=6)) is True
    assert keep_next(now=now + timedelta(hours=6)) is False


def told() -> list[dict[str, Any]]:
    """What the ledger was told, without the source."""
    entries = LedgerEntry.objects.filter(verb="recheck_source").order_by("number")
    payloads = entries.values_list("payload", flat=True)
    return [{name: value for name, value in one.items() if name != "source"} for one in payloads]


def row(*names: str) -> tuple[Any, ...]:
    """Columns of the one check there is."""
    return EvidenceCheck.objects.values_list(*names).get()


def test_what_was_received_is_kept_beside_the_text(desk: Desk, server: Loopback) -> None:
    """By real processes, from the first to the last."""
    captured(desk, server)
    kept = Archive.objects.get()
    assert kept.snapshot.text == TEXT
    assert kept.final_url == server.url("/view/AKR20251001")
    assert bytes(kept.warc).startswith(b"\x1f\x8b")
    assert QUOTATION in kept.html
    assert "<nav" not in kept.html or "<script" not in kept.html


@pytest.mark.usefixtures("statement")
def test_an_unchanged_page_leaves_no_noise(server: Loopback) -> None:
    before = LedgerEntry.objects.count()
    night(0, server)
    night(1, server, reply(ARTICLE.replace("답변", "회신").encode()))
    assert row("state", "failures", "suspected") == ("intact", 0, "")
    assert LedgerEntry.objects.count() == before


def test_changed_words_are_told_with_what_stands_there_now(
    server: Loopback, statement: int
) -> None:
    for number in range(3):
        night(number, server, reply(CHANGED.encode()))
    (entry,) = told()
    (passage,) = entry.pop("passages")
    assert entry == {"state": "altered", "before": "unchecked"}
    assert passage["statement"] == statement
    assert "제한된 통화스와프를 요구했다" in passage["found"]


@pytest.mark.usefixtures("statement")
@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_page_that_is_not_there_on_two_nights_is_gone_until_it_is_back(
    server: Loopback, status: str
) -> None:
    for number in range(3):
        night(number, server, reply(status=status))
        assert len(told()) == min(number, 1)
    night(3, server, reply(ARTICLE.encode()))
    assert told() == [
        {"state": "gone", "before": "unchecked"},
        {"state": "intact", "before": "gone"},
    ]


@pytest.mark.usefixtures("statement")
@pytest.mark.parametrize(
    ("status", "moved"), [("301 Moved", True), ("308 Moved", True), ("302 Found", False)]
)
def test_who_is_sent_on_for_good_finds_the_page_moved(
    server: Loopback, status: str, moved: bool
) -> None:
    server.answers["/new"] = reply(ARTICLE.replace("/view/AKR20251001", "").encode())
    night(0, server, reply(status=status, head="Location: /new\r\n"))
    expected = {"state": "moved", "before": "unchecked", "address": server.url("/new")}
    assert told() == ([expected] if moved else [])


@pytest.mark.usefixtures("statement")
def test_a_page_that_names_another_address_of_its_own_has_moved(server: Loopback) -> None:
    night(0, server, reply(ARTICLE.replace("AKR20251001", "new-name").encode()))
    assert told() == [
        {"state": "moved", "before": "unchecked", "address": server.url("/view/new-name")}
    ]


@pytest.mark.usefixtures("statement")
@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (reply(status="500 Oops"), "fetch_failed"),
        (reply(status="403 Forbidden"), "fetch_failed"),
        (reply(b"x", kind="application/pdf"), "not_a_document"),
        (reply(b"<html></html>"), "unreadable_document"),
        (reply(status="302 Found", head="Location: /consent\r\n"), "sent_elsewhere"),
        (reply(status="301 Moved", head="Location: /\r\n"), "sent_elsewhere"),
        (b"", "connection_failed"),
    ],
)
def test_trouble_is_no_finding(server: Loopback, answer: bytes, refusal: str) -> None:
    server.answers["/consent"] = server.answers["/"] = reply(PLAIN.encode())
    night(0, server, answer)
    assert row("state", "failures", "refusal", "suspected") == ("unchecked", 1, refusal, "")
    assert told() == []


@pytest.mark.usefixtures("statement")
def test_without_a_network_nothing_is_gone(server: Loopback, settings: Any) -> None:
    settings.FETCH_ALLOW = []
    before = len(server.requests)
    for number in range(3):
        night(number, server)
    assert (told(), len(server.requests)) == ([], before)
    assert row("state", "failures", "refusal") == ("unchecked", 3, "address_forbidden")
