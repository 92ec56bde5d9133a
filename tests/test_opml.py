"""Lists of feeds: what somebody sends is read safely, what is written can be read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.confined.outlines import read_outlines
from negotiations.opml import Outline, read_opml, write_opml
from negotiations.refusals import Refusal
from tests.loopback import serving

AT = datetime(2025, 10, 14, 3, tzinfo=UTC)
FEEDS = (
    Outline(title="Yonhap", url="https://wire.example/rss?a=1&b=2"),
    Outline(
        title='외교부 "발표"',
        url="https://mofa.example/news/",
        kind="page",
        folder="Seoul",
        links_under="https://mofa.example/news/2025/",
    ),
    Outline(title="", url="https://paper.example/feed", folder="Seoul"),
)


def _list(body: str, prolog: str = "") -> bytes:
    return f'{prolog}<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def _refused(document: bytes, **given: float) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_opml(document, **given)
    assert refused.value.at == "/file"
    return refused.value


def test_what_is_written_is_read_again() -> None:
    assert read_opml(write_opml(FEEDS, title="Talks", at=AT)) == FEEDS


def test_a_list_is_opml_2() -> None:
    written = write_opml(FEEDS[:1], title="Talks & <more>", at=AT)
    assert written.decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml version="2.0"><head><title>Talks &amp; &lt;more&gt;</title>'
        "<dateCreated>Tue, 14 Oct 2025 03:00:00 +0000</dateCreated></head><body>"
        '<outline text="Yonhap" title="Yonhap" type="rss"'
        ' xmlUrl="https://wire.example/rss?a=1&amp;b=2" /></body></opml>'
    )


def test_folders_in_folders_and_what_others_write_are_read() -> None:
    document = _list(
        '<outline text="Asia"><outline title="Seoul"><outline XMLURL=" https://a.example/1 "'
        ' text="One\u202e"/><outline xmlUrl="https://a.example/1" text="twice"/></outline>'
        '<outline text="A note"/></outline><outline type="RSS" xmlUrl="https://b.example/"/>'
    )
    assert read_opml(document) == (
        Outline(title="One", url="https://a.example/1", folder="Asia / Seoul"),
        Outline(title="", url="https://b.example/"),
    )


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_a_list_in_another_charset_is_read(encoding: str) -> None:
    document = _list('<outline text="연합뉴스" xmlUrl="https://a.example/"/>').decode()
    assert [one.title for one in read_opml(document.encode(encoding))] == ["연합뉴스"]


LAUGHS = '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
THIEF = '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "document",
    [
        b"", b"no list", b"<opml", b"<opml/>", b"<rss><body/></rss>", b"\x00" * 99,
        _list('<outline text="&a;" xmlUrl="https://a.example/"/>', LAUGHS),
        _list('<outline text="&a;" xmlUrl="https://a.example/"/>', THIEF),
        b"\xff\xfe\x00\xd8", "<opml><body>\ud800</body></opml>".encode("utf-16", "surrogatepass"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(document: bytes) -> None:
    assert _refused(document).code == "not_opml"


def test_folders_that_lie_very_deep_are_left_out() -> None:
    deep = '<outline text="x">' * 20_000 + '<outline xmlUrl="https://a.example/"/>'
    assert read_opml(_list(deep + "</outline>" * 20_000)) == ()


def test_nothing_is_fetched_for_a_list() -> None:
    with serving() as server:
        doctype = f'<!DOCTYPE opml SYSTEM "{server.url()}">'
        entry = '<outline text="a" xmlUrl="https://a.example/"/>'
        assert [one.title for one in read_opml(_list(entry, doctype))] == ["a"]
        assert server.requests == []


def test_a_list_of_a_megabyte_is_read_and_a_larger_one_is_not() -> None:
    assert read_opml(_list("").ljust(1024 * 1024)) == ()
    assert _refused(b" " * (1024 * 1024 + 1)).code == "too_large"


def test_a_list_of_five_hundred_feeds_is_read_and_a_longer_one_is_not() -> None:
    lines = [f'<outline text="a" xmlUrl="https://a.example/{n}"/>' for n in range(501)]
    assert len(read_opml(_list("".join(lines[:500])))) == 500
    assert _refused(_list("".join(lines))).code == "too_many_feeds"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode(errors="replace"))
)
def test_no_list_makes_the_reader_fail(inside: bytes) -> None:
    for document in (inside, b"<opml><body>" + inside, _list("").replace(b"</body>", inside)):
        found = read_outlines(document)
        assert found is None or isinstance(found, list)


_TITLES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"]), max_size=40
)


@settings(max_examples=40, deadline=None)
@given(_TITLES)
def test_any_name_comes_back(title: str) -> None:
    written = write_opml([replace(FEEDS[0], title=title)], title=title, at=AT)
    (found,) = read_outlines(written) or []
    assert found["title"].split() == title.split() or not title.isprintable()
