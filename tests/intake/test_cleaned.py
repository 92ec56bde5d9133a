"""Foreign markup, cleaned."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.intake.cleaned import cleaned_html

_PARTS = st.sampled_from(
    ["<p>", "</p>", "<a href='javascript:alert(1)'>", "<a href=' /x'>", "<img src=x onerror=a>",
     "<svg><a xlink:href='javascript:x'>", "<math><mi>", "<style>*{}</style>",
     "<table><td colspan=2>", "<script>a</script>", "한국어", "&lt;b&gt;", "<form action=x>",
     '<noscript><p title="</noscript><img src=x onerror=a>">', "<b onclick=x style='a:b'>",
     "<!--", "-->", "\u202e", "<iframe srcdoc='<b>'>"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<p onclick=x style=y>They <b>met</b></p>", "<p>They <b>met</b></p>"),
        ("<script>alert(1)</script><style>p{}</style>well", "well"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener noreferrer nofollow">a</a>'),
        (
            "<a href='/b?c=1&d=2'>a</a>",
            '<a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer nofollow">a</a>',
        ),
        ("<img src=x onerror=alert(1)><form><input></form>", ""),
    ],
)
def test_what_a_text_needs_is_kept_and_nothing_else(markup: str, kept: str) -> None:
    assert cleaned_html(markup, base_url="https://a.example/") == kept


@given(st.lists(_PARTS, max_size=12).map("".join) | st.text(max_size=60))
def test_cleaned_again_it_stays_the_same_and_nothing_acts(markup: str) -> None:
    once = cleaned_html(markup, base_url="https://a.example/")
    assert cleaned_html(once, base_url="https://a.example/") == once
    tags = re.findall(r"<[^>]*>", once)
    assert [
        tag for tag in tags if re.search(r"\son\w+=|javascript:|<script|<img|style=", tag)
    ] == []
