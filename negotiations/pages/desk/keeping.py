"""What was typed and could not be taken waits in the session until its form is shown again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from negotiations.pages.frames import frame
from negotiations.pages.questions import plain_question

_KEPT = "kept"
# What a session may hold of one form, in letters, and of how many addresses.
_MOST, _ADDRESSES = 400_000, 5
_OURS = frozenset({"csrfmiddlewaretoken", "once"})
# What no person typed.
_HIDDEN = frozenset({"action", "version", "saw", "seen", "start", "end"})


def keep(request: HttpRequest) -> HttpResponse | None:
    """Keep what was sent to this address; of a request without a cookie of ours, nothing.

    Where it is too long to be kept, the page that shows it once more, to be copied.
    """
    typed = {name: texts for name, texts in request.POST.lists() if name not in _OURS}
    if not typed or not known(request):
        return None
    if sum(len(text) for texts in typed.values() for text in texts) > _MOST:
        return _too_long(request, typed)
    by = request.session.get("_auth_user_id")
    here = {request.get_full_path(): {"typed": typed, "by": by}}
    others = {at: one for at, one in _all(request).items() if at not in here}
    newest = [*others.items(), *here.items()][-_ADDRESSES:]
    request.session[_KEPT] = dict(newest)
    return None


def known(request: HttpRequest) -> bool:
    """Whether it brings a cookie of ours; a stranger's gets no row in the database."""
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return not names.isdisjoint(request.COOKIES)


def kept(request: HttpRequest) -> QueryDict | None:
    """What was kept for this address, once; never what another account typed."""
    waiting = _all(request)
    found = waiting.pop(request.get_full_path(), None)
    if found is None or found["by"] not in (None, request.session.get("_auth_user_id")):
        return None
    request.session[_KEPT] = waiting
    typed = QueryDict(mutable=True)
    for name, texts in found["typed"].items():
        typed.setlist(name, texts)
    return typed


def _all(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(_KEPT) or {})


def _too_long(request: HttpRequest, typed: dict[str, list[str]]) -> HttpResponse:
    question = plain_question(now=timezone.now())
    told = {
        "page": frame(request, question, twin="", clocked=False),
        "question": question,
        "typed": [
            (name, text) for name, texts in typed.items() for text in texts
            if text and name not in _HIDDEN
        ],
        "back": request.get_full_path(),
    }  # fmt: skip
    return render(request, "desk/too_long.html", told, status=413)
