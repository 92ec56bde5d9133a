"""A PDF answered as a page is: strict parameters, conditional GET, refusals in words.

@paper(name="{negotiation}-brief-{on}-{language}.pdf")
def brief_paper(question: Question, *, root: str, negotiation: str) -> bytes: ...
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from negotiations.pages.caching import cache_control
from negotiations.pages.frames import language_now
from negotiations.pages.page import View, asked, count, fresh, kept, refused, tagged
from negotiations.refusals import Refusal


def paper(*, name: str) -> Callable[[Callable[..., bytes]], View]:
    """Make a view of a function that makes a PDF of a question at a site (`root`, its address).

    `name` is that of the file, with the address's names, `{on}` and `{language}` in braces. It
    counts with the requests to the API from the same address; a 304 does not.
    """

    def wrap(make: Callable[..., bytes]) -> View:
        @functools.wraps(make)
        def view(request: HttpRequest, **named: object) -> HttpResponse:
            try:
                question, etag = asked(request, ())
                answer = fresh(request, etag)
                if answer is None:
                    count(request, question)
                    answer = kept(
                        request, etag, lambda: make(question, root=_root(request), **named)
                    )
                    answer["Content-Type"] = "application/pdf"
                    file = name.format(**named, on=question.clocks.on, language=language_now())
                    answer["Content-Disposition"] = f'inline; filename="{file}"'
                return tagged(answer, etag, cache_control(request, question))
            except Refusal as refusal:
                return refused(request, refusal)

        return view

    return wrap


def _root(request: HttpRequest) -> str:
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
