"""How long a copy of a page may be kept, and by whom."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from negotiations.lifetimes import ASK_AGAIN, FIXED, is_fixed, lifetime
from negotiations.pages.questions import Question


def cache_control(request: HttpRequest, question: Question, *, clocked: bool) -> str:
    """Of a public page; it is the same for everybody, so its answer varies by no cookie.

    What is not `clocked` tells the present, whatever clocks its address carries along. Whose
    browser has been at the desk asks again each time, and so sees what was just published.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return ASK_AGAIN
    given, clocks = question.given, question.clocks
    one_day = "known_on" in given
    as_of = clocks.as_of if "as_of" in given else None
    on, known_by = one_day or "on" in given, one_day or "known_by" in given
    if clocked and is_fixed(on=on, known_by=known_by, as_of=as_of, now=question.now):
        return FIXED
    return lifetime(now=question.now, zone=settings.DESK_ZONE)
