"""Personal tokens, with which scripts act for an account: made, shown once, ended."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.desk_words import Role, Scope
from negotiations.operations.officers import LONGEST
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.keeping import kept
from negotiations.pages.desk.sending import send
from negotiations.queries.tokens import tokens_of

_DAY = timedelta(days=1)
_USUAL = timedelta(days=90)
_SCOPES = (
    (Scope.READ.value, _("read: see the drafts that you may see")),
    (Scope.DRAFT.value, _("draft: write drafts and hand them in, as you may")),
    (Scope.PUBLISH.value, _("publish: publish and send back what others drafted, as you may")),
)


class TokenForm(DeskForm):
    """What a token is for, and until when."""

    name = forms.CharField(
        label=_("Name"), help_text=_("What will use it, so that you know it later."), max_length=80
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=_SCOPES, widget=forms.CheckboxSelectMultiple, initial=["read"]
    )
    expires_at = forms.DateField(
        label=_("Good until the end of"),
        help_text=_("At most one year."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounds = {"min": today.isoformat(), "max": (today + LONGEST - _DAY).isoformat()}
        self.fields["expires_at"].widget.attrs |= bounds
        self.initial.setdefault("expires_at", today + _USUAL)

    def arguments(self) -> dict[str, Any]:
        """The last moment of the day in the desk's zone."""
        given = super().arguments()
        end = datetime.combine(given["expires_at"], time.max, settings.DESK_ZONE)
        return {**given, "expires_at": end}


@desk_page(needs=Role.READER)
def tokens(sitting: Sitting) -> HttpResponse:
    """The account's tokens; a new one is shown in the answer to the request that made it."""
    today = sitting.now.astimezone(settings.DESK_ZONE).date()
    if not sitting.posted:
        typed = kept(sitting.request)
        form = TokenForm(typed, today=today)
        if typed:
            form.renew()
        return _show(sitting, form)
    form = TokenForm(sitting.request.POST, today=today)
    if not form.is_valid():
        form.status = 422
        return _show(sitting, form)
    shown: list[str] = []
    done = send(sitting, form, lambda: _issue(sitting, form, shown))
    if done is None:
        return _show(sitting, form)
    if not shown:
        # A copy of a request that was answered: nothing keeps the secret, so nobody can tell it.
        messages.warning(
            sitting.request,
            _now("This token was made already, and its secret was shown then. If you did not"
                 " see it, end that token and make another one."),
        )  # fmt: skip
        return done
    return _show(sitting, TokenForm(today=today), secret=shown[0])


@desk_page(needs=Role.READER)
def revoke(sitting: Sitting, *, id: int) -> HttpResponse:
    """End a token of one's own."""
    if sitting.posted:
        operations.revoke_token(by=sitting.by, now=sitting.now, token=id)
        messages.success(sitting.request, _now("The token is ended. Nothing can use it any more."))
    return HttpResponseRedirect(reverse("pages:desk_tokens"), status=303)


def _issue(sitting: Sitting, form: TokenForm, shown: list[str]) -> str:
    secret = f"parley_{secrets.token_urlsafe(32)}"
    operations.issue_token(by=sitting.by, now=sitting.now, secret=secret, **form.arguments())
    shown.append(secret)
    return reverse("pages:desk_tokens")


def _show(sitting: Sitting, form: TokenForm, *, secret: str = "") -> HttpResponse:
    told = {
        "form": form,
        "secret": secret,
        "tokens": tokens_of(sitting.seat.officer, now=sitting.now),
        "api": f"{_root(sitting)}/api/v1/drafts/",
    }
    return sitting.render("desk/tokens.html", told, status=form.status)


def _root(sitting: Sitting) -> str:
    return settings.SITE_URL or sitting.request.build_absolute_uri("/").rstrip("/")
