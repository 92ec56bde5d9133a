"""Webhooks at the desk: which endpoints are told of what, how that goes, and telling it again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from negotiations.desk_words import Role
from negotiations.event_types import EVENT_TYPES
from negotiations.network import allowed_pairs
from negotiations.operations import webhooks as verbs
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.moments import WallClock, instant_of, zone_choices
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.frames import language_now
from negotiations.queries import choices, officers
from negotiations.queries.webhooks import attempts, webhook, webhooks
from negotiations.waking import wake

# How an attempt failed, or why nothing is sent any more, where the sentences of the fetcher speak
# of captures.
_WHY = {
    "address_forbidden": _("its address is not one of a public host"),
    "host_not_found": _("there is no such host"),
    "connection_failed": _("no connection, or it broke off"),
    "certificate_invalid": _("its certificate is not valid"),
    "fetch_timed_out": _("no answer in time"),
    "secret_unreadable": _("its secret was sealed with another key: give it a new one"),
    "worker_lost": _("the sender died over it"),
    "event_given_up": _("five days of failure: what came after it went on without it"),
    "endpoint_gone": _("the endpoint answered 410: it is gone for good"),
    "endpoint_failing": _("for five days no delivery succeeded"),
}


class WebhookForm(DeskForm):
    """An endpoint, and what it is told of."""

    name = forms.CharField(
        label=_("Name"), help_text=_("Who is told, so that you know it later."),
        max_length=verbs.LONGEST_NAME,
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address of the endpoint"),
        help_text=_("A public address that takes POST; https keeps what is told private."),
        max_length=verbs.LONGEST_URL,
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label=_("It is told of"), required=False)
    types = forms.MultipleChoiceField(
        label=_("Only these events"),
        help_text=_("None ticked: all of them."),
        choices=[(one, one) for one in EVENT_TYPES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scope"]
        field.choices = _scopes(sitting)


class ReplayForm(DeskForm):
    """One event, or those of a time."""

    message_id = forms.CharField(
        label=_("One event, by its webhook-id"), max_length=60, required=False
    )
    since = WallClock(label=_("Or all from"), required=False)
    until = WallClock(label=_("until before"), required=False)
    zone = forms.ChoiceField(label=_("on the clock of"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["zone"]
        field.choices = zone_choices()

    def clean(self) -> dict[str, Any]:
        """The moments as instants."""
        given = dict(self.cleaned_data)
        zone = given.pop("zone", "") or settings.TIME_ZONE
        for name in ("since", "until"):
            if given.get(name) is not None:
                try:
                    given[name] = instant_of(given[name], zone)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return given


@desk_page(needs=Role.ADMIN, form=False)
def listed(sitting: Sitting) -> HttpResponse:
    """All webhooks that the admin rules."""
    found = [(one, why(one.reason)) for one in webhooks(sitting.seat)]
    return sitting.render("desk/webhooks/list.html", {"webhooks": found})


@desk_page(needs=Role.ADMIN)
def new(sitting: Sitting) -> HttpResponse:
    """A new one; its secret is shown in the answer to the request that made it."""
    form, was_kept = sent(sitting, partial(WebhookForm, sitting=sitting))
    if sitting.posted and form.is_valid():
        shown: list[str] = []
        done = send(sitting, form, lambda: _subscribe(sitting, form, shown))
        if shown:
            id = int(shown[1])
            return _show(sitting, id, ReplayForm(), secret=shown[0])
        if done:
            return _already(sitting, done)
    return answered(sitting, "desk/webhooks/form.html", form, {"kept": was_kept})


@desk_page(needs=Role.ADMIN)
def one(sitting: Sitting, *, id: int) -> HttpResponse:
    """One webhook with its newest attempts; what its buttons do."""
    webhook(id, seat=sitting.seat)
    if not sitting.posted:
        return _show(sitting, id, ReplayForm())
    action = sitting.request.POST.get("action", "")
    form = (ReplayForm if action == "replay" else DeskForm)(sitting.request.POST)
    if form.is_valid():
        shown: list[str] = []
        done = send(sitting, form, lambda: _act(sitting, id, action, form, shown))
        if shown:
            return _show(sitting, id, ReplayForm(), secret=shown[0])
        if done:
            return _already(sitting, done) if action == "rotate" else done
    return _show(sitting, id, form)


def why(code: str) -> str:
    """What the code of a refusal means here; "" for none."""
    known = _WHY.get(code)
    return str(known) if known else code


def _scopes(sitting: Sitting) -> list[tuple[str, Any]]:
    """All acts for a superuser, else negotiations and their tracks where the account is admin."""
    ruled, at = officers.ruled(sitting.seat), f"title_{language_now()}"
    found: list[tuple[str, Any]] = [("", _("all acts"))] if sitting.seat.superuser else []
    tracks = choices.tracks(sitting.seat)
    for held in ruled:
        found.append((held.negotiation, getattr(held, at)))
        found += [
            (track.path, f"{getattr(held, at)} / {getattr(track.track, at)}")
            for track in tracks
            if track.path.partition("/")[0] == held.negotiation
        ]
    return found


def _subscribe(sitting: Sitting, form: DeskForm, shown: list[str]) -> str:
    secret = verbs.new_secret()
    id = verbs.subscribe(
        by=sitting.by, now=sitting.now, secret=secret, **form.arguments(),
        allow=allowed_pairs(settings.FETCH_ALLOW),
    )  # fmt: skip
    shown += [secret, str(id)]
    return _page_of(id)


def _act(sitting: Sitting, id: int, action: str, form: DeskForm, shown: list[str]) -> str:
    by, now = sitting.by, sitting.now
    match action:
        case "pause":
            verbs.pause_webhook(by=by, subscription=id)
            said = _now("Nothing more is sent for now. What happens meanwhile waits.")
        case "resume":
            verbs.resume_webhook(by=by, now=now, subscription=id)
            said = _now("What waits is on its way.")
        case "test":
            verbs.send_test(by=by, now=now, subscription=id)
            said = _now("A test event is on its way. Load the page again to see how it went.")
        case "rotate":
            secret = verbs.new_secret()
            verbs.rotate_secret(by=by, now=now, subscription=id, secret=secret)
            shown.append(secret)
            return _page_of(id)
        case "close":
            verbs.close_webhook(by=by, subscription=id)
            said = _now("The webhook is closed. Nothing is sent to it any more.")
        case "replay":
            found = verbs.replay(by=by, now=now, subscription=id, **form.arguments())
            said = ngettext("{count} event is sent again.", "{count} events are sent again.", found)
            said = said.format(count=found)
        case _:
            return _page_of(id)
    messages.success(sitting.request, said)
    transaction.on_commit(lambda: wake("negotiations.deliver"))
    return _page_of(id)


def _already(sitting: Sitting, done: HttpResponse) -> HttpResponse:
    """A copy of a request that was answered: nothing tells the secret again."""
    messages.warning(
        sitting.request,
        _now("This was done already, and the secret was shown then. If you did not see it, make a"
             " new one."),
    )  # fmt: skip
    return done


def _show(sitting: Sitting, id: int, form: DeskForm, *, secret: str = "") -> HttpResponse:
    found = webhook(id, seat=sitting.seat)
    told = {
        "webhook": found,
        "why": why(found.reason),
        "attempts": [(one, why(one.refusal), why(one.aside)) for one in attempts(id)],
        "secret": secret,
        "replay": form if isinstance(form, ReplayForm) else ReplayForm(),
        "actions": DeskForm(auto_id="act_%s"),
        "closing": DeskForm(auto_id="close_%s"),
    }
    return answered(sitting, "desk/webhooks/one.html", form, told)


def _page_of(id: int) -> str:
    return reverse("pages:desk_webhook", kwargs={"id": id})
