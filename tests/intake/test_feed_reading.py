"""Feeds and pages of strangers: what is taken out of them, and what is not let through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.confined import feeds
from negotiations.intake.feed_reading import FeedItem, FeedRead, read_feed
from negotiations.network import Fetched
from negotiations.refusals import Refusal

URL = "https://wire.example/news/feed.xml"


def _fetched(body: str | bytes, charset: str = "") -> Fetched:
    content = body.encode() if isinstance(body, str) else body
    return Fetched(final_url=URL, content_type="text/xml", charset=charset, body=content)


def _rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Wire</title>{"".join(items)}</channel></rss>'


def _item(inside: str = "", link: str = "https://wire.example/1", title: str = "Talks") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{inside}</item>"


def _one(body: str | bytes, **given: Any) -> FeedItem:
    (item,) = read_feed(_fetched(body, **given), kind="feed").items
    return item


RSS = _rss(
    _item(
        "<guid>urn:1</guid>"
        "<description>&lt;p&gt;They &lt;b&gt;met&lt;/b&gt;.&lt;/p&gt;</description>"
        "<pubDate>Tue, 14 Oct 2025 12:00:00 +0900</pubDate>",
        "https://wire.example/1?utm_source=feed",
    )
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title>Wire</title><entry>
<id>urn:1</id><title>관세 협상</title><link href="/1"/><summary>만났다.</summary>
<updated>2025-10-14T12:00:00+09:00</updated><author><name>김</name></author></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "language": "en-US",
"items": [{"id": 1, "url": "https://wire.example/1", "title": "Talks",
"content_html": "<p>They met.",
"date_published": "2025-10-14T03:00:00Z"}, "no item", {"id": "2", "content_text": "no address"}]}"""
MOMENT = datetime(2025, 10, 14, 3, tzinfo=UTC)


def test_rss_is_read() -> None:
    assert read_feed(_fetched(RSS), kind="feed") == FeedRead(
        title="Wire",
        items=(
            FeedItem(
                key="urn:1", url="https://wire.example/1", title="Talks", text="They met.",
                published_at=MOMENT,
            ),
        ),
    )  # fmt: skip


def test_atom_is_read() -> None:
    assert _one(ATOM) == FeedItem(
        key="urn:1", url="https://wire.example/1", title="관세 협상", text="만났다.",
        published_at=MOMENT, language="ko",
    )  # fmt: skip


def test_json_feed_is_read_and_what_is_of_no_use_is_counted() -> None:
    assert read_feed(_fetched(JSON), kind="feed") == FeedRead(
        title="Wire",
        items=(
            FeedItem(
                key="1", url="https://wire.example/1", title="Talks", text="They met.",
                published_at=MOMENT, language="en",
            ),
        ),
        dropped=2,
    )  # fmt: skip


PAGE = """<html lang=ko><title>Briefings</title>
<a href="/brief/1#top">한미 관세 후속 협의 결과 브리핑</a><a href="/brief/1">twice the same</a>
<a href="?page=2">2</a><a href="javascript:alert(1)">click here now</a>
<a href="https://other.example/">somewhere else entirely</a>
<a href="/about/us">About this ministry</a>"""


@pytest.mark.parametrize(
    ("under", "found"),
    [
        ("", ["https://wire.example/brief/1", "https://wire.example/about/us"]),
        ("/brief/", ["https://wire.example/brief/1"]),
        ("https://other.example/", ["https://other.example/"]),
    ],
)
def test_the_links_of_a_page_are_its_items(under: str, found: list[str]) -> None:
    read = read_feed(_fetched(PAGE), kind="page", links_under=under)
    assert [item.url for item in read.items] == found
    assert read.title == "Briefings"


@pytest.mark.parametrize(
    "body", ["", "<html><p>Not found", "{}", '{"items": []}', "[" * 100_000, "<rss", "\x00" * 99]
)
def test_what_is_no_feed_is_refused(body: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_feed(_fetched(body), kind="feed")
    assert refused.value.code == "not_a_feed"


def test_a_feed_that_breaks_off_gives_what_came() -> None:
    read = read_feed(_fetched(_rss(_item(), "<item><title>Half")[:-20]), kind="feed")
    assert [item.title for item in read.items][:1] == ["Talks"]


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]>"""
THIEF = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [LAUGHS, THIEF], ids=["laughs", "thief"])
def test_entities_of_a_document_s_own_are_not_expanded(prolog: str) -> None:
    item = _one(prolog + _rss(_item("<description>x&f;y</description>")))
    assert "haha" not in item.text
    assert "root:" not in item.text
    assert len(item.text) < 20


KOREAN = _rss(_item(title="관세 협상이 재개됐다"))


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (KOREAN.encode(), "euc-kr"),
        (KOREAN.encode("euc-kr"), "utf-8"),
        (b'<?xml version="1.0" encoding="utf-8"?>' + KOREAN.encode("cp949"), ""),
        (KOREAN.encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + KOREAN.encode(), "latin-1"),
        (KOREAN.encode(), "no-such-charset"),
    ],
    ids=["utf-8 as euc-kr", "euc-kr as utf-8", "declared wrongly", "utf-16", "bom", "unknown"],
)
def test_letters_are_read_whatever_is_declared(body: bytes, charset: str) -> None:
    assert _one(body, charset=charset).title == "관세 협상이 재개됐다"


def test_scripts_are_left_out_of_every_member() -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Well"
    item = _one(_rss(_item(f"<description>{evil}</description>", title=evil)))
    assert (item.title, item.text) == ("Well", "Well")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "",
             "https://me:secret@wire.example/", f"https://wire.example/{'a' * 3000}"],
)  # fmt: skip
def test_what_leads_to_no_web_page_is_left_out(link: str) -> None:
    read = read_feed(_fetched(_rss(_item(link=link), _item())), kind="feed")
    assert ([item.url for item in read.items], read.dropped) == (["https://wire.example/1"], 1)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "soon", ""])
def test_a_date_that_cannot_be_is_none(moment: str) -> None:
    assert _one(_rss(_item(f"<pubDate>{moment}</pubDate>"))).published_at is None


def test_controls_and_turned_letters_are_left_out() -> None:
    item = _one(_rss(_item(title="The\u202e sid\u2066es\u200b me\x07t\x00")))
    assert item.title == "The sides met"


def test_a_title_of_a_megabyte_is_cut() -> None:
    assert len(_one(_rss(_item(title="word " * 200_000))).title) <= 500


def test_an_item_without_guid_is_known_by_its_address() -> None:
    assert _one(_rss(_item())).key == "https://wire.example/1"


def test_of_too_many_items_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ITEMS", 3)
    many = _rss(*(_item(link=f"https://wire.example/{n}") for n in range(5)))
    found = feeds.read_items(many.encode(), kind="feed", url=URL, charset="")
    assert (len(found["items"]), found["dropped"]) == (3, 2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["feed", "page"]))
def test_no_document_makes_the_reader_fail(document: bytes, kind: str) -> None:
    for begin in (
        b"",
        b"<rss><channel><item><title>",
        b"<feed><entry>",
        b'{"items": [',
        b"<a href=",
    ):
        found = feeds.read_items(begin + document, kind=kind, url=URL, charset="")
        assert set(found) == {"title", "items", "dropped"}
