"""The one way a page is answered: strict parameters, conditional GET, refusals in words.

A page is a function from a question (and what the address names) to the template's context:

    @page("board.html", twin="/api/v1/negotiations/{negotiation}/")
    def board(question: Question, *, negotiation: str) -> Context:
        laid = layout(negotiation, clocks=question.clocks)
        return {"board": boards.board(laid)}
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
from negotiations.aside import aside
from negotiations.kept_answers import KeptAnswer
from negotiations.memory import Kept, answers, keep
from negotiations.pages.caching import cache_control
from negotiations.pages.frames import frame, language_now, root_of
from negotiations.pages.questions import Question, plain_question, read_question
from negotiations.queries import ledger
from negotiations.refusals import Refusal

Context = Mapping[str, object]
View = Callable[..., HttpResponse]
Latest = Callable[[], ledger.Latest]
_REFUSAL = "refusal.html"


class Unanswered(Exception):
    """A page says itself what is wrong with what was asked: its context, and the status."""

    def __init__(self, context: Context, *, status: int) -> None:
        self.context = context
        self.status = status
        self.body = b""
        super().__init__(status)


def page(
    template: str,
    *,
    twin: str = "",
    twin_takes: tuple[str, ...] = (),
    twin_needs: str = "",
    takes: tuple[str, ...] = (),
    clocked: bool = True,
    fixed: bool = False,
    limited: bool = False,
    latest: Latest | None = None,
    refusal: str = _REFUSAL,
) -> Callable[[Callable[..., Context]], View]:
    """Make a view of a function that answers a `Question` with the context of `template`.

    `twin` is the path of the same facts as JSON, with the address's names in braces; `takes` are
    the query parameters beside the clocks, `twin_takes` those that its twin knows, too, and
    `twin_needs` the one without which there is none; a page that is not `clocked` shows no state,
    so it carries the clocks on in its links but has no control and no banner; the address of a
    `fixed` one names their moment, so it has none either, but its twin does. What a reader can
    make dear is `limited`: where anything is asked (`twin_needs`), it counts with the requests to
    the API from the same address (`too_many_requests`); a 304 does not. What changes without an
    act of the ledger names by `latest` what it stands on instead. `refusal` is the template of what
    is refused.
    """

    def wrap(tell: Callable[..., Context]) -> View:
        @functools.wraps(tell)
        def view(request: HttpRequest, **named: object) -> HttpResponse:
            def told(question: Question) -> bytes:
                same = _with(twin.format(**named), question, twin_takes) if there(question) else ""
                try:
                    return rendered(question, tell(question, **named), twin=same)
                except Unanswered as asked:
                    asked.body = rendered(question, asked.context, twin="")
                    raise

            def there(question: Question) -> bool:
                return not twin_needs or bool(question.parameter(twin_needs))

            def rendered(question: Question, context: Context, *, twin: str) -> bytes:
                around = frame(
                    request, question, twin=twin, clocked=clocked, fixed=fixed, named=named
                )
                told = {"page": around, "question": question, **context}
                return render(request, template, told).content

            # The empty form costs nothing.
            return _answer(
                request,
                takes,
                told,
                counts=lambda asked: limited and there(asked),
                clocked=clocked,
                latest=latest,
                refusal=refusal,
            )

        return view

    return wrap


def file(
    content_type: str, *, takes: tuple[str, ...] = (), name: str = "", limited: bool = False
) -> Callable[[Callable[..., bytes]], View]:
    """Make a view of a function that answers a `Question` with the bytes of a file beside a page.

    Pictures, tables and papers take the same questions, are kept as long and refused as pages are.
    A `name` (with the address's names, `{on}` and `{language}` in braces) makes it a download. What
    is dear to make is `limited` as pages are.
    """

    def wrap(tell: Callable[..., bytes]) -> View:
        @functools.wraps(tell)
        def view(request: HttpRequest, **named: object) -> HttpResponse:
            def dress(question: Question, response: HttpResponse) -> None:
                response["Content-Type"] = content_type
                if name:
                    here = {"on": question.clocks.on, "language": language_now()}
                    called = name.format(**here, **named)
                    response["Content-Disposition"] = f'attachment; filename="{called}"'

            return _answer(
                request,
                takes,
                lambda question: tell(question, **named),
                counts=lambda _: limited,
                dress=dress,
            )

        return view

    return wrap


def _answer(
    request: HttpRequest,
    takes: tuple[str, ...],
    make: Callable[[Question], bytes],
    counts: Callable[[Question], bool] = lambda _: False,
    dress: Callable[[Question, HttpResponse], None] = lambda *_: None,
    clocked: bool = True,
    latest: Latest | None = None,
    refusal: str = _REFUSAL,
) -> HttpResponse:
    """What is made of the question, or has been, `dress`ed; or 304; or the refusal as a page."""
    try:
        question, etag = _asked(request, takes, latest)
        answer = _fresh(request, etag)
        if answer is None:
            if counts(question):
                _count(request, question)
            answer = _kept(request, etag, lambda: make(question))
            dress(question, answer)
        # What changes without an act may change under any clocks.
        kept = cache_control(request, question, clocked=clocked and latest is None)
        return _tagged(answer, etag, kept)
    except Unanswered as asked:
        return HttpResponse(asked.body, status=asked.status)
    except Refusal as refused_for:
        return refused(request, refused_for, template=refusal)


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


def refused(request: HttpRequest, refusal: Refusal, *, template: str = _REFUSAL) -> HttpResponse:
    """The refusal as a page: its own sentence, in the page's language, with its status."""
    question = plain_question(now=timezone.now())
    around = frame(request, question, twin="", clocked=False)
    told = {
        "page": around,
        "sentence": refusal.sentence(around.language),
        "status": refusal.status,
        "code": refusal.code,
    }
    response = render(request, template, told, status=refusal.status)
    if refusal.status == 405:
        response["Allow"] = "GET, HEAD"
    if refusal.code == "too_many_requests":
        response["Retry-After"] = str(refusal.facts["seconds"])
    if refusal.status == 503:
        response["Retry-After"] = "5"
    return response


def _count(request: HttpRequest, question: Question) -> None:
    _, refusal = limits.count(request, officer=None, now=question.now)
    if refusal is not None:
        raise refusal


def _asked(
    request: HttpRequest, takes: tuple[str, ...], latest: Latest | None
) -> tuple[Question, str]:
    """The question, and the tag of what its answer stands on.

    The ledger is asked before anything is read, and the clocks reach what it has: so a tag never
    counts what the page does not tell.
    """
    if request.method not in {"GET", "HEAD"}:
        raise Refusal("method_not_allowed", name=request.method)
    now = timezone.now()
    read = functools.partial(
        read_question,
        request.GET,
        takes=takes,
        now=now,
        root=root_of(request),
        aside=functools.partial(aside, request.META),
    )
    question, newest = read(), (latest or ledger.latest)()
    if newest.at is not None and newest.at > now:
        question = read(reached=newest.at)
    return question, _etag(request, question, newest)


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
        question.worded.known_by,
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
    kinds = {".html", ".py", ".toml", ".po", ".css", ".js", ".svg", ".typ"}
    for file in sorted(f for folder in folders for f in Path(folder).rglob("*")):
        if file.suffix in kinds:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
