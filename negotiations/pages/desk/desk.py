"""What every desk page is: signed in, in a role, never cached, and nothing typed is lost.

    @desk_page(needs=Role.OFFICER)
    def gaps(sitting: Sitting) -> HttpResponse:
        return sitting.render("desk/uncaptured.html", {"found": uncaptured(seat=sitting.seat)})

A view reads with `sitting.seat` and writes with `sitting.by`; a Refusal that it lets through
becomes a page of its own. What was sent without a sitting is kept in the session through sign-in.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from negotiations.desk_words import Role
from negotiations.lifetimes import PRIVATE
from negotiations.operations import Actor
from negotiations.pages.desk.keeping import keep, known
from negotiations.pages.frames import frame
from negotiations.pages.page import refused
from negotiations.pages.questions import plain_question
from negotiations.queries.seats import Seat, seat
from negotiations.refusals import Refusal

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One request at the desk: who asks, and when."""

    request: HttpRequest
    seat: Seat
    now: datetime

    @property
    def by(self) -> Actor:
        """Who acts, for operations."""
        return Actor(officer=self.seat.officer)

    @property
    def posted(self) -> bool:
        """Whether something was sent."""
        return self.request.method == "POST"

    def render(
        self, template: str, told: Mapping[str, object] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """A page of the desk: its frame, the seat, and what the view tells."""
        question = plain_question(now=self.now)
        around = frame(self.request, question, twin="", clocked=False)
        context = {"page": around, "question": question, "seat": self.seat, "now": self.now}
        return render(self.request, template, {**context, **(told or {})}, status=status)


def desk_page(*, needs: Role = Role.OFFICER, form: bool = True) -> Callable[[View], View]:
    """Make a view of a function that answers a `Sitting`.

    `needs` is the least role, anywhere; nothing can be sent to a page that is no `form`.
    """
    methods = {"GET", "HEAD", "POST"} if form else {"GET", "HEAD"}

    def wrap(tell: View) -> View:
        @functools.wraps(tell)
        def view(request: HttpRequest, **named: object) -> HttpResponse:
            response = _answer(request, tell, needs, methods, named)
            response["Cache-Control"] = PRIVATE
            return response

        return view

    return wrap


def _answer(
    request: HttpRequest,
    tell: View,
    needs: Role,
    methods: Collection[str],
    named: Mapping[str, object],
) -> HttpResponse:
    try:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if request.method not in methods:
            raise Refusal("method_not_allowed", name=request.method)
        here = seat(request.user.pk)
        if not here.may(needs):
            raise Refusal("not_allowed", role=needs.value)
        return tell(Sitting(request=request, seat=here, now=timezone.now()), **named)
    except Refusal as refusal:
        return refused(request, refusal)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; what was typed waits in the session meanwhile."""
    too_long = keep(request) if request.method == "POST" else None
    query = urlencode({"next": request.get_full_path()})
    return too_long or HttpResponseRedirect(f"{reverse('account_login')}?{query}")


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose CSRF token is not of this session: shown again with all that was typed.

    Nothing of it was done. What Django says does not come from a form of ours (its origin, its
    referrer), and what brings no cookie of ours, is refused: nobody else writes into our forms.
    """
    ours = reason.startswith("CSRF ") and known(request)
    if ours and "/desk/" in request.path and "/desk/account/" not in request.path:
        return keep(request) or HttpResponseRedirect(request.get_full_path(), status=303)
    return refused(request, Refusal("form_expired"))
