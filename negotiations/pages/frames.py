"""What stands around every page: its addresses, its languages, its JSON twin, the clock control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from negotiations.pages.questions import Question, plain_question
from negotiations.pages.steps import StepLinks, step_links
from negotiations.queries.clocks import Clocks

LANGUAGES = ("en", "ko")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in one language, at its absolute address."""

    language: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockControl:
    """The “as known on” form and the banner that stands while a clock is set.

    `day` is the date in the field, `latest` the last one that may be asked; `kept` are the other
    parameters the form carries along; `back` is this page today. `one_day` tells that on and
    known_by are the same day, so that the banner can be one short sentence. `steps` lead from
    change to change, on pages of a negotiation; nothing is asked for them before they are shown.
    """

    day: date
    latest: date
    kept: tuple[tuple[str, str], ...]
    is_set: bool
    one_day: bool
    back: str
    steps: StepLinks | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What `base.html` needs to know about the page within it.

    `stands` are the clocks of a page that takes them: a print says what it stands for.
    """

    path: str
    root: str
    language: str
    canonical: str
    alternates: tuple[Alternate, ...]
    switch: str
    twin: str
    clock_query: str
    clock: ClockControl | None
    stands: Clocks | None


def language_now() -> str:
    """The page's language: "ko" or "en"."""
    return "ko" if (get_language() or "en").startswith("ko") else "en"


def in_language(path: str, language: str) -> str:
    """The same page's path in `language`: Korean stands under /ko/, English has no prefix."""
    bare = path.removeprefix("/ko") if path.startswith("/ko/") else path
    return f"/ko{bare}" if language == "ko" else bare


def address(question: Question, name: str, **named: object) -> str:
    """The full address of a page, by its name in `urls.py`, in the reader's language."""
    return question.root + reverse(f"pages:{name}", kwargs=named)


def root_of(request: HttpRequest) -> str:
    """Scheme and host of the site, as this reader knows it."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def frame(
    request: HttpRequest,
    question: Question,
    *,
    twin: str,
    clocked: bool,
    fixed: bool = False,
    named: Mapping[str, object] = MappingProxyType({}),
) -> Frame:
    """The frame of a page at `request` whose JSON twin is at the path `twin` (may be empty).

    `named` are the names in its address.
    """
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    root = root_of(request)
    language = language_now()
    paths = {code: in_language(request.path, code) + query for code in LANGUAGES}
    joint = "&" if "?" in twin else "?"
    twin_query = f"{joint}{question.twin_query}" if clocked and question.given else ""
    return Frame(
        path=request.path,
        root=root,
        language=language,
        canonical=root + paths[language],
        alternates=tuple(Alternate(language=c, url=root + p) for c, p in paths.items()),
        switch=paths["en" if language == "ko" else "ko"],
        twin=twin and twin + twin_query,
        clock_query=question.clock_query,
        clock=_clock(request, question, named) if clocked and not fixed else None,
        stands=question.worded if clocked and not fixed else None,
    )


def _clock(request: HttpRequest, question: Question, named: Mapping[str, object]) -> ClockControl:
    clocks = question.clocks
    others = {k: v for k, v in question.parameters.items() if v and k != "cursor"}
    back = f"{request.path}?{urlencode(others)}" if others else request.path
    as_of = {k: v for k, v in question.given.items() if k == "as_of"}
    steps: Any = SimpleLazyObject(
        lambda: step_links(question, named, path=request.path, kept=others | as_of)
    )
    return ClockControl(
        day=clocks.on,
        latest=question.now.astimezone(settings.DESK_ZONE).date(),
        kept=tuple((others | as_of).items()),
        is_set=bool(question.given),
        one_day=clocks.on == clocks.known_by and not as_of,
        back=back,
        steps=steps,
    )


def framed(request: HttpRequest) -> dict[str, object]:
    """A context processor: the frame of pages whose views are not ours (sign-in)."""

    def plain() -> Frame:
        return frame(request, plain_question(now=timezone.now()), twin="", clocked=False)

    return {"page": SimpleLazyObject(plain)}
