"""The one way a page is answered: strict parameters, conditional GET, refusals in words.

A page is a function from a question (and what the address names) to the template's context:

    @page("board.html", twin="/api/v1/negotiations/{negotiation}/")
    def board(question: Question, *, negotiation: str) -> Context:
        return {"board": boards.board(negotiation, clocks=question.clocks)}
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from negotiations import limits
from negotiations.kept_answers import KeptAnswer
from negotiations.memory import Kept, answers, keep
from negotiations.pages.caching import cache_control
from negotiations.pages.frames import frame, language_now
from negotiations.pages.questions import Question, plain_question, read_question
from negotiations.queries import ledger
from negotiations.refusals import Refusal

Context = Mapping[str, object]
View = Callable[..., HttpResponse]


class Unanswered(Exception):
    """A page says itself what is wrong with what was asked: its context, and the status."""

    def __init__(self, context: Context, *, status: int) -> None:
        self.context = context
        self.status = status
        super().__init__(status)


def page(
    template: str,
    *,
    twin: str = "",
    twin_takes: tuple[str, ...] = (),
    twin_needs: str = "",
    takes: tuple[str, ...] = (),
    clocked: bool = True,
    limited: bool = False,
) -> Callable[[Callable[..., Context]], View]:
    """Make a view of a function that answers a `Question` with the context of `template`.

    `twin` is the path of the same facts as JSON, with the address's names in braces; `takes` are
    the query parameters beside the clocks, `twin_takes` those that its twin knows, too, and
    `twin_needs` the one without which there is none; a page that is not `clocked` shows no state,
    so it carries the clocks on in its links but has no control and no banner. What a reader can
    make dear is `limited`: where anything is asked (`twin_needs`), it counts with the requests to
    the API from the same address (`too_many_requests`); a 304 does not.
    """

    def wrap(tell: Callable[..., Context]) -> View:
        @functools.wraps(tell)
        def view(request: HttpRequest, **named: object) -> HttpResponse:
            try:
                question, etag = _asked(request, takes)
                answer = _fresh(request, etag)
                if answer is None:
                    # The empty form costs nothing.
                    if limited and (not twin_needs or question.parameter(twin_needs)):
                        _count(request, question)
                    answer = _kept(request, etag, lambda: _tell(request, question, named))
                return _tagged(answer, etag, cache_control(request, question))
            except Unanswered as asked:
                told = _rendered(request, question, asked.context, twin="", named=named)
                return HttpResponse(told, status=asked.status)
            except Refusal as refusal:
                return refused(request, refusal)

        def _tell(request: HttpRequest, question: Question, named: Mapping[str, object]) -> bytes:
            there = not twin_needs or question.parameter(twin_needs)
            same = _with(twin.format(**named), question, twin_takes) if there else ""
            return _rendered(request, question, tell(question, **named), twin=same, named=named)

        def _rendered(
            request: HttpRequest,
            question: Question,
            context: Context,
            *,
            twin: str,
            named: Mapping[str, object],
        ) -> bytes:
            around = frame(request, question, twin=twin, clocked=clocked, named=named)
            return render(
                request, template, {"page": around, "question": question, **context}
            ).content

        return view

    return wrap


def _kept(request: HttpRequest, etag: str, make: Callable[[], bytes]) -> HttpResponse:
    """The page of this tag from memory, made where it is not there."""
    key = (etag, request.scheme, request.get_host())
    kept = answers().get(key)
    if kept is None:
        kept = Kept(make())
        keep(key, kept)
    return KeptAnswer(kept)


def _with(twin: str, question: Question, names: tuple[str, ...]) -> str:
    """The twin's address, narrowed as the page is."""
    query = urlencode({name: text for name in names if (text := question.parameter(name))})
    return f"{twin}?{query}" if query else twin


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page: its own sentence, in the page's language, with its status."""
    question = plain_question(now=timezone.now())
    around = frame(request, question, twin="", clocked=False)
    told = {
        "page": around,
        "sentence": refusal.sentence(around.language),
        "status": refusal.status,
        "code": refusal.code,
    }
    response = render(request, "refusal.html", told, status=refusal.status)
    if refusal.status == 405:
        response["Allow"] = "GET, HEAD"
    if refusal.code == "too_many_requests":
        response["Retry-After"] = str(refusal.facts["seconds"])
    return response


def _count(request: HttpRequest, question: Question) -> None:
    _, refusal = limits.count(request, officer=None, now=question.now)
    if refusal is not None:
        raise refusal


def _asked(request: HttpRequest, takes: tuple[str, ...]) -> tuple[Question, str]:
    """The question, and the tag of what its answer stands on.

    The ledger is asked before anything is read, and the clocks reach what it has: so a tag never
    counts what the page does not tell.
    """
    if request.method not in {"GET", "HEAD"}:
        raise Refusal("method_not_allowed", name=request.method)
    now = timezone.now()
    question, latest = read_question(request.GET, takes=takes, now=now), ledger.latest()
    if latest.at is not None and latest.at > now:
        question = read_question(request.GET, takes=takes, now=now, reached=latest.at)
    return question, _etag(request, question, latest)


def _fresh(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 (or 412) when the reader's copy still holds, at the price of one small query."""
    if "If-None-Match" not in request.headers:
        return None
    return get_conditional_response(request, etag=etag)


def _etag(request: HttpRequest, question: Question, latest: ledger.Latest) -> str:
    """Changes with the record, the question, the language and the release; never with a draft."""
    clocks = question.clocks
    parts = (
        latest.number,
        latest.hash,
        request.get_full_path(),
        language_now(),
        clocks.on,
        clocks.known_by,
        clocks.known_at if "known_by" in question.given else "",
        question.given.get("as_of", ""),
        release(),
    )
    digest = hashlib.sha256("\n".join(map(str, parts)).encode(errors="surrogateescape"))
    return f'W/"{digest.hexdigest()[:32]}"'


def _tagged(response: HttpResponse, etag: str, kept: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "no-store" if response.status_code == 412 else kept
    return response


@functools.cache
def release() -> str:
    """A digest of what pages are made of, so that a new release is never answered with 304."""
    digest = hashlib.sha256()
    folders = (settings.BASE_DIR / "templates", settings.BASE_DIR / "negotiations")
    kinds = {".html", ".py", ".toml", ".po", ".css", ".typ"}
    for file in sorted(f for folder in folders for f in Path(folder).rglob("*")):
        if file.suffix in kinds:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
