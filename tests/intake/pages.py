"""Documents as strangers serve them, friendly and otherwise."""

from __future__ import annotations

import random

ARTICLE = """<!DOCTYPE html><html lang="ko-KR"><head><title>통화스와프 요구 - 연합뉴스</title>
<meta property="og:title" content="정부, 무제한 통화스와프 요구">
<meta property="og:site_name" content="연합뉴스">
<meta property="article:published_time" content="2025-10-01T09:30:00+09:00">
<link rel="canonical" href="/view/AKR20251001"></head><body>
<nav><a href="/">홈</a><a href="/p">정치</a></nav><article><h1>정부, 무제한 통화스와프 요구</h1>
<p>구윤철 부총리는 1일 &ldquo;무제한 통화스와프를 요구했다&rdquo;고 밝혔다. 밝혀 온 입장과 같다.</p>
<p>그는 이어서 미국 측의 답변을 기다리고 있다고 전했다. 정부는 관련 부처와 협의를 계속하고 있다.</p>
</article><footer>저작권 연합뉴스, 무단 전재 금지</footer></body></html>"""
TEXT = (
    "정부, 무제한 통화스와프 요구\n"
    "구윤철 부총리는 1일 “무제한 통화스와프를 요구했다”고 밝혔다. "
    "밝혀 온 입장과 같다.\n"
    "그는 이어서 미국 측의 답변을 기다리고 있다고 전했다. 정부는 관련 부처와 협의를 계속하고 있다."
)
_LINE = "The two sides are close to a deal, the minister said on Wednesday in Seoul. "
PLAIN = f"<html><body><article><p>{_LINE * 5}</p></article></body></html>"


def _page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


# Each of a megabyte or so; each must come to an end, with a text or without one.
HOSTILE: dict[str, bytes] = {
    "nested blocks": _page("<div>" * 200_000 + _LINE),
    "nested inlines": _page("<p>" + "<b><i>" * 100_000 + _LINE),
    "nested tables": _page("<table><tr><td>" * 60_000 + _LINE),
    "many attributes": _page("<p " + "a='b' " * 200_000 + f">{_LINE}</p>"),
    "one huge attribute": _page(f"<p title='{'x' * 2_000_000}'>{_LINE}</p>"),
    "entities of entities": (
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(1000))
        + f"]><html><body><p>&a;&a999; {_LINE}</p></body></html>"
    ).encode(),
    "nothing but brackets": b"<" * 1_000_000,
    "nothing but ampersands": b"&" * 1_000_000,
    "comments without end": b"<!--" * 250_000,
    "scripts without end": b"<script>" * 100_000,
    "paragraphs without end": b"<p>" * 300_000,
    "links without end": b"<a href=x>" * 100_000,
    "noise": random.Random(1).randbytes(300_000),
    "nothing": b"",
    "an address": b"http://127.0.0.1:1/",
}
# Two burn all the processor time that they are given, others more of it than the kind that is left
# for every day: what nests, what refers, what is malformed, what is nothing at all.
SLOW = frozenset({
    "paragraphs without end", "links without end", "nested inlines", "nested tables",
    "many attributes", "one huge attribute", "scripts without end",
})  # fmt: skip
