"""Foreign markup is reduced to what may be kept and shown, whatever it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.confined import cleaning
from negotiations.intake.cleaned import cleaned_html, is_clean
from negotiations.operations.texts import keepable
from negotiations.refusals import Refusal
from tests.intake.pages import ARTICLE

BASE = "https://paper.example/news/1"
_REL = 'rel="noopener nofollow noreferrer"'


def test_an_article_keeps_its_paragraphs_headings_and_links() -> None:
    assert cleaned_html(ARTICLE, base_url=BASE) == (
        f'<nav><a href="https://paper.example/" {_REL}>홈</a>'
        f'<a href="https://paper.example/p" {_REL}>정치</a></nav>'
        "<article><h1>정부, 무제한 통화스와프 요구</h1>\n"
        "<p>구윤철 부총리는 1일 “무제한 통화스와프를 요구했다”고 밝혔다. 밝혀 온 입장과 같다.</p>\n"
        "<p>그는 이어서 미국 측의 답변을 기다리고 있다고 전했다. "
        "정부는 관련 부처와 협의를 계속하고 있다.</p>\n"
        "</article><footer>저작권 연합뉴스, 무단 전재 금지</footer>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_bytes_are_read_in_the_charset_that_they_are_in(encoding: str) -> None:
    page = "<p>통화스와프 요구</p>"
    assert cleaned_html(page.encode(encoding), base_url=BASE) == page


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p onclick=alert(1) style='x' class=y id=z>a</p>", "<p>a</p>"),
        ("<script>alert(1)</script><style>p{}</style><p>a", "<p>a</p>"),
        ("<form action=/x><input name=a><p>a</p><button>b</button></form>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)><iframe src=//e.example></iframe>", ""),
        ("<svg><script>alert(1)</script></svg><math><mi>x</math>", ""),
        ("<a href='javascript:alert(1)'>a</a>", f"<a {_REL}>a</a>"),
        ("<a href='java&#1;script:alert(1)'>a</a>", None),
        ("<a href='data:text/html,x'>a</a>", f"<a {_REL}>a</a>"),
        ("<a href='../2' target=_top>a</a>", f'<a href="https://paper.example/2" {_REL}>a</a>'),
        ("<time datetime='2025-10-01'>a</time>", '<time datetime="2025-10-01">a</time>'),
        ("<time datetime='<x>'>a</time>", "<time>a</time>"),
        ("<p>a<!-- b --><?php c ?></p>", "<p>a</p>"),
        ("a\x00b\x85&#1;c", "abc"),
        ("<b>\u0338 onclick=alert(1)>a</b>", "<b>&#x338; onclick=alert(1)&gt;a</b>"),
        ("", ""),
    ],
)
def test_what_could_act_is_left_out(html: str, kept: str | None) -> None:
    found = cleaning.clean(html, BASE)
    assert is_clean(found)
    assert kept is None or found == kept


def test_without_an_address_of_the_web_relative_links_lead_nowhere() -> None:
    for base in ("", "file:///etc/", "no address", "https://["):
        assert cleaning.clean("<a href='/a'>a</a>", base) == f"<a {_REL}>a</a>"


_PIECES = st.sampled_from(
    [
        "<", ">", "</", "/>", "<p>", "</p>", "<a href='", "'>", '"', "<table>", "<tr><td>",
        "</table>", "<b>", "<i>", "</b>", "<a>", "<li>", "<ul>", "<pre>\n\n", "<svg>", "<math>",
        "<style>", "<title>", "</style>", "<!--", "-->", "<![CDATA[", "<script>", "</script>",
        "onclick=alert(1) ", "\u0338", "javascript:", "https://e.example/", " ", "\n", "\x00",
        "\x0b", "&lt;", "&#60;", "&#x338;", "&", "\u202e", "\ud800", "é", "e\u0301",
        "<img src=x onerror=alert(1)>", "<noscript>", "<template>", "<select><option>", "<form>",
        "<textarea>", "<mglyph>", "<mtext>", "<foreignObject>", "<h1>", " lang='ko'",
        " datetime=1", "=", "\u037e", "\u1fef", "<ruby>", "<rt>", "<dl><dd>", "<plaintext>",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=4), max_size=24).map("".join))
def test_cleaned_markup_is_clean_and_stays_as_it_is(html: str) -> None:
    once = cleaning.clean(html, BASE)
    assert is_clean(once)
    assert keepable(once) == once == unicodedata.normalize("NFC", once)
    assert cleaning.clean(once, BASE) == once


@pytest.mark.parametrize(
    "html",
    [
        "<script>", "<p onclick=a>", "<p class=a>", "<a href=https://a>",
        '<a href="javascript:a">', '<a href="https://a" onclick="b">', '<p lang="a"onclick="b">',
        "a > b", "<img>", "a\x00", "\ud800",
    ],
)  # fmt: skip
def test_what_is_not_clean_is_told(html: str) -> None:
    assert not is_clean(html)


def test_markup_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        cleaned_html("<div>" * 200_000, base_url=BASE, seconds=0.5)
    assert refused.value.code == "unreadable_document"
