"""A stranger's document gives its text or a refusal, and takes nobody with it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from negotiations.intake.extraction import Extracted, extract
from negotiations.network import Fetched
from negotiations.operations.texts import keepable
from negotiations.refusals import Refusal
from tests.intake.pages import ARTICLE, HOSTILE, PLAIN, SLOW, TEXT
from tests.intake.reading_here import read_here
from tests.loopback import reply, serving

__all__ = ["read_here"]

TODAY = date(2025, 10, 14)
URL = "https://www.yna.co.kr/view/AKR20251001?section=politics"


def _fetched(body: bytes, kind: str = "text/html", charset: str = "") -> Fetched:
    return Fetched(final_url=URL, content_type=kind, charset=charset, body=body)


def _read(body: bytes, kind: str = "text/html", charset: str = "") -> Extracted:
    return extract(_fetched(body, kind, charset), today=TODAY)


def test_a_page_gives_its_text_and_says_whose_and_when_it_is() -> None:
    assert _read(ARTICLE.encode()) == Extracted(
        text=TEXT, title="정부, 무제한 통화스와프 요구", publisher_name="연합뉴스",
        published_on="2025-10-01", language="ko", canonical="/view/AKR20251001",
    )  # fmt: skip


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "no-such-charset"),
        ("cp949", "euc-kr"), ("utf-8", ""), ("utf-8", "iso-8859-1"), ("utf-8", "rot13"),
        ("cp949", ""), ("cp949", "ks_c_5601-1987"), ("utf-16", ""), ("utf-8-sig", "windows-1252"),
    ],
)  # fmt: skip
def test_a_wrong_or_missing_charset_does_not_spoil_the_text(encoding: str, charset: str) -> None:
    assert _read(ARTICLE.encode(encoding), charset=charset).text == TEXT


@pytest.mark.usefixtures("read_here")
def test_a_page_that_names_its_own_charset_is_read_so() -> None:
    page = ARTICLE.replace("<head>", "<head><meta charset='euc-kr'>")
    assert _read(page.encode("cp949")).text == TEXT


def test_a_plain_text_is_taken_as_it_is() -> None:
    body = "  One line, the minister said.\r\n\r\n<b>Two</b> lines.  \n"
    assert _read(body.encode(), "text/plain") == Extracted(
        text="One line, the minister said.\n\n<b>Two</b> lines.", language="en"
    )


@pytest.mark.usefixtures("read_here")
def test_the_language_is_the_declared_one_only_where_it_can_be() -> None:
    assert _read(ARTICLE.replace('lang="ko-KR"', 'lang="en"').encode()).language == "ko"
    assert _read(ARTICLE.replace(' lang="ko-KR"', "").encode()).language == "ko"
    assert _read(PLAIN.encode()).language == "en"


@pytest.mark.usefixtures("read_here")
def test_a_day_to_come_is_not_proposed() -> None:
    assert _read(ARTICLE.replace("2025-10-01", "2025-12-01").encode()).published_on != "2025-12-01"


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    "letters",
    ["&#x1F;", "\x00", "&#0;", "&#xD800;", "\x0b", "\ufffe", "&#xFFFF;", "\x7f"],
)
def test_letters_that_cannot_be_kept_are_left_out(letters: str) -> None:
    page = PLAIN.replace("close to", f"close {letters}to")
    text = _read(page.encode("utf-8", "surrogatepass")).text
    assert keepable(text) == text
    assert "The two sides are close" in text
    assert "on Wednesday in Seoul." in text


def _outcome(fetched: Fetched) -> str:
    """The code of the refusal, or the text."""
    try:
        return extract(fetched, today=TODAY).text
    except Refusal as refusal:
        return refusal.code


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=[pytest.mark.drill] * (what in SLOW)) for what in HOSTILE]
)
def test_a_hostile_document_ends_in_a_text_or_a_refusal(what: str) -> None:
    began = time.monotonic()
    outcome = _outcome(_fetched(HOSTILE[what]))
    assert outcome == "unreadable_document" or keepable(outcome) == outcome
    assert time.monotonic() - began < 20


def test_a_document_that_takes_too_long_is_left_alone() -> None:
    began = time.monotonic()
    with pytest.raises(Refusal) as refused:
        extract(_fetched(b"<p>" * 300_000), today=TODAY, seconds=1.0)
    assert refused.value.code == "unreadable_document"
    assert time.monotonic() - began < 3


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("body", [b"", b"   \n", b"<html></html>", b"<html><body></body></html>"])
def test_a_document_without_a_text_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        _read(body)
    assert refused.value.code == "unreadable_document"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/pdf", b"x"), ("text/html", b"%PDF-1.7 x"), ("image/png", b"x"),
        ("application/json", b"{}"), ("application/octet-stream", b"x"), ("video/mp4", b"x"),
    ],
)  # fmt: skip
def test_what_is_no_page_of_text_is_refused_by_its_kind(kind: str, body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        _read(body, kind)
    assert refused.value.code == "not_a_document"
    assert refused.value.facts["content_type"] == kind.replace("text/html", "application/pdf")


def test_reading_a_document_opens_no_connection() -> None:
    with serving() as server:
        server.answers["/"] = reply(ARTICLE.encode())
        inside = f'<img src="{server.url()}"><script src="{server.url()}"></script>'
        doctype = f'<!DOCTYPE html SYSTEM "{server.url()}">'
        for page in (server.url(), doctype + PLAIN, PLAIN.replace("<article>", inside)):
            outcome = _outcome(replace(_fetched(page.encode()), final_url=server.url()))
            assert outcome == "unreadable_document" or outcome.startswith("The two sides")
        assert server.requests == []
