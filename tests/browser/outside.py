"""The world outside as a worker meets it: a web server of this machine with two articles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

from tests.loopback import Loopback, reply, serving

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="{day}T09:00:00+09:00">
</head><body><nav><a href="/">Home</a></nav>
<article><h1>{title}</h1><p><time datetime="{day}">{day}</time></p>{body}</article>
<footer><p>All rights reserved.</p></footer></body></html>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page of the outside, paragraph by paragraph."""

    path: str
    language: str
    title: str
    day: str
    paragraphs: tuple[str, ...]

    def page(self) -> bytes:
        """As a server sends it."""
        body = "".join(f"<p>{escape(text, quote=False)}</p>" for text in self.paragraphs)
        told = {"language": self.language, "title": self.title, "day": self.day, "body": body}
        return _PAGE.format(**told).encode()


ENGLISH = Article(
    path="/news/swap-drafts",
    language="en",
    title="Seoul and Washington exchange first drafts of a currency swap",
    day="2025-10-20",
    paragraphs=(
        "“We have exchanged drafts and we are negotiating the text.”",
        "Deputy Prime Minister Koo Yun-cheol said so in Seoul on Monday, after a week in which the"
        " finance ministry had spoken only of exploring whether such an arrangement could be had.",
        "Officials of the ministry said that the two sides would meet again in November. They did"
        " not say how large the arrangement would be, nor for how many years it would be open.",
        "The Department of the Treasury in Washington had no comment on the talks on Monday, and"
        " nothing was published on either side that would show what the drafts contain.",
    ),
)
KOREAN = Article(
    path="/news/cost-sharing",
    language="ko",
    title="한미, 방위비 분담 협의 탐색 단계 시작",
    day="2025-10-20",
    paragraphs=(
        "“양측이 방위비 분담에 관한 입장을 처음으로 교환했습니다.”",
        "조현 외교부 장관은 월요일 서울에서 열린 기자간담회에서 이같이 말하고, 본격적인 협상이"
        " 아니라 서로의 생각을 알아보는 단계라고 설명했다.",
        "외교부 당국자는 양측이 다음 달 다시 만날 예정이라고 전했다. 다만 분담금의 규모와 적용"
        " 기간에 대해서는 아직 논의하지 않았다고 덧붙였다.",
        "미국 국무부는 이날 협의에 관해 언급하지 않았고, 어느 쪽도 문서를 공개하지 않았다. 정부는"
        " 국회에 진행 상황을 설명할 계획이라고 밝혔다.",
    ),
)


@contextmanager
def outside() -> Iterator[Loopback]:
    """The server, for as long as this lasts."""
    with serving() as server:
        for article in (ENGLISH, KOREAN):
            kind = "text/html; charset=utf-8"
            server.answers[article.path] = reply(article.page(), kind=kind)
        yield server
