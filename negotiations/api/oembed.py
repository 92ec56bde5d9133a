"""oEmbed 1.0 (https://oembed.com/): how another site shows a page of this one in a frame."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from django.utils.html import format_html
from rest_framework.request import Request

from negotiations.api.asking import Asked
from negotiations.api.openapi import ReadSchema
from negotiations.api.parameters import among, number, text
from negotiations.api.reading import Read, absolute
from negotiations.languages import chosen
from negotiations.queries import negotiations, statements, tracks
from negotiations.queries.clocks import Clocks
from negotiations.queries.statement_titles import statement_title
from negotiations.refusals import Both, Refusal

_URL = replace(
    text(
        name="url",
        doc="The full address of a board, a track or a statement here, in either language.",
        example="http://localhost:8000/rok-us/currency-swap/",
        pattern=r"https?://[!-~]{1,1990}",
        en="an address begins with http:// or https://",
        ko="주소는 http:// 또는 https://로 시작합니다",
        longest=2000,
    ),
    required=True,
)
_WIDTH = number(
    name="maxwidth", doc="At most so many pixels wide.", example=600, most=10_000, default=None
)
_HEIGHT = number(
    name="maxheight", doc="At most so many pixels high.", example=400, most=10_000, default=None
)
_FORMAT = among(name="format", doc="There is JSON only.", valid={"json": "json"})
# Other sites ask that nobody be followed; here nobody is.
_DNT = among(
    name="dnt", doc="Taken, and always so.", valid=dict.fromkeys(("1", "0", "true", "false"), True)
)
_MISSING = Both("it says which page is to be shown", "어느 페이지를 보일지 적어야 합니다")
_PATH = re.compile(
    r"(?P<ko>/ko)?/(?:statements/(?P<id>[1-9][0-9]{0,17})"
    r"|(?P<negotiation>[A-Za-z0-9_-]+)(?:/(?P<track>[A-Za-z0-9_-]+))?)/"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """An answer of the type `rich`: `html` is a frame of `width` by `height` pixels."""

    version: Literal["1.0"]
    type: Literal["rich"]
    title: str
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: int
    cache_age: int


class _Described(ReadSchema):
    """The page that is asked for may not be there."""

    def statuses(self) -> tuple[int, ...]:
        """With `not_found`, though no name stands in the address."""
        return (*super().statuses(), 404)


class ShowEmbedding(Read):
    """A page of this site as other sites embed it, by oEmbed.

    What is answered is a frame without a script; its size is bounded by `maxwidth`, `maxheight`.
    """

    schema = _Described()
    tag = "The service"
    shape = Embedding
    parameters = (_URL, _WIDTH, _HEIGHT, _FORMAT, _DNT)

    def answer(self, asked: Asked) -> Embedding:
        """The frame of the page at `url`; Refusal `not_found`."""
        url = asked.values.get("url")
        if url is None:
            raise Refusal("bad_parameter", at="url", name="url", why=_MISSING)
        place, query, korean = _place(self.request, url)
        title, height = _subject(place, language="ko" if korean else "en", clocks=asked.clocks)
        inner = "/".join(part for part in place if part)
        return _embedding(
            self.request,
            title=title,
            frame=absolute(self.request, f"{'/ko' if korean else ''}/embed/{inner}/{query}"),
            width=min(asked.values.get("maxwidth") or 640, 640),
            height=min(asked.values.get("maxheight") or height, height),
        )


def _embedding(request: Request, *, title: str, frame: str, width: int, height: int) -> Embedding:
    html = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        frame, title, width, height,
    )  # fmt: skip
    return Embedding(
        version="1.0",
        type="rich",
        title=title,
        provider_name="Parley",
        provider_url=absolute(request, "/"),
        html=html,
        width=width,
        height=height,
        cache_age=600,
    )


def _place(request: Request, url: str) -> tuple[tuple[str, ...], str, bool]:
    """What a page of ours is about, as its address says, the query that it was asked with, and
    whether it is the Korean one.
    """
    home = urlsplit(absolute(request, "/"))
    try:
        asked = urlsplit(url)
    except ValueError:
        raise Refusal("not_found") from None
    found = _PATH.fullmatch(asked.path)
    if asked.netloc.lower() != home.netloc.lower() or found is None:
        raise Refusal("not_found")
    query = f"?{asked.query}" if asked.query else ""
    if found["id"]:
        return ("statements", found["id"]), query, bool(found["ko"])
    return (found["negotiation"], found["track"] or ""), query, bool(found["ko"])


def _subject(place: tuple[str, ...], *, language: str, clocks: Clocks) -> tuple[str, int]:
    """The title of the thing, and how high its frame is; refuses what is not there."""
    match place:
        case ("statements", id):
            found = statements.statement(int(id), clocks=clocks).statement
            return statement_title(found, language=language), 280
        case (negotiation, ""):
            whole = negotiations.negotiation(negotiation, clocks=clocks)
            return chosen(whole, "title", language)[0], 480
        case (negotiation, track):
            state = tracks.track(negotiation, track, clocks=clocks)
            return chosen(state, "title", language)[0], 380
    raise Refusal("not_found")
