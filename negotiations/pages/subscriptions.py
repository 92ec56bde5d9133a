"""Letters by e-mail, for readers without an account: asked for, confirmed, changed, ended.

A GET never changes anything, since programs follow the links in mails. What ends a subscription
at once, without a cookie, is the one request that mail programs make (RFC 8058).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from negotiations import limits
from negotiations.desk_words import Rhythm
from negotiations.lifetimes import PRIVATE
from negotiations.operations import mail_subscriptions
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.frames import frame, language_now
from negotiations.pages.page import refused
from negotiations.pages.places import city
from negotiations.pages.questions import Question, read_question
from negotiations.queries import ledger, mailing
from negotiations.queries.shapes.mailing import MailSubscriptionRecord, Subject
from negotiations.refusals import Refusal
from negotiations.waking import wake

View = Callable[..., HttpResponse]
_ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}
_SEND = "negotiations.send_letters"
_RHYTHMS = (
    (Rhythm.IMMEDIATE.value, _("at once, when something is published")),
    (Rhythm.DAILY.value, _("every day at 07:00, if there is news")),
    (Rhythm.WEEKLY.value, _("every Monday at 07:00, if there is news")),
)


class ChangeForm(DeskForm):
    """What letters are about, how often they come and in which language."""

    about = forms.MultipleChoiceField(
        label=_("About"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label=_("How often"), choices=_RHYTHMS, initial=Rhythm.DAILY.value, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, subjects: Sequence[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [(one.path, _title(one)) for one in subjects]
        where = city(settings.TIME_ZONE, language_now())
        self.fields["rhythm"].help_text = _now("Times are those of {city}.").format(city=where)
        self.initial.setdefault("language", language_now())


class SubscribeForm(ChangeForm):
    """The same, and where they go."""

    address = forms.CharField(
        label=_("E-mail address"),
        max_length=320,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    field_order = ("address", "about", "rhythm", "language")


def _page(*methods: str) -> Callable[[View], View]:
    """A page that is one reader's: kept by nobody, its address told to nobody."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **named: str) -> HttpResponse:
            try:
                if request.method not in {"GET", "HEAD", *methods}:
                    raise Refusal("method_not_allowed", name=request.method)
                response = view(request, **named)
            except Refusal as refusal:
                response = refused(request, refusal)
            response["Cache-Control"] = PRIVATE
            response["Referrer-Policy"] = "same-origin"
            return response

        return guarded

    return wrap


@_page("POST")
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for letters; the answer is the same whether the address is known or not."""
    question = _question(request, "negotiation", "track")
    subjects = mailing.subjects()
    if request.method != "POST":
        chosen = _chosen(question, subjects)
        form = SubscribeForm(subjects=subjects, initial={"about": chosen})
        return _show(request, question, "subscriptions/subscribe.html", {"form": form})
    form = SubscribeForm(request.POST, subjects=subjects)
    if form.is_valid():
        try:
            limits.count_subscription(request, now=question.now)
            mail_subscriptions.ask_subscription(now=question.now, **form.arguments())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            wake(_SEND)
            return HttpResponseRedirect(reverse("pages:subscriptions_asked"), status=303)
    return _show(request, question, "subscriptions/subscribe.html", {"form": form}, form=form)


@_page()
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next: a mail, if the address is right."""
    return _show(request, _question(request), "subscriptions/asked.html", {})


@csrf_exempt
def subscription(request: HttpRequest, *, token: str) -> HttpResponse:
    """One subscription, for whoever has its link."""
    if request.method == "POST" and dict(request.POST.lists()) == _ONE_CLICK and not request.FILES:
        return _one_click(request, token=token)
    return _own(request, token=token)


@_page("POST")
def _one_click(request: HttpRequest, *, token: str) -> HttpResponse:  # noqa: ARG001
    mail_subscriptions.end_subscription(token=token, now=timezone.now())
    return HttpResponse(_now("You get no more letters."), content_type="text/plain; charset=utf-8")


@csrf_protect
@_page("POST")
def _own(request: HttpRequest, *, token: str) -> HttpResponse:
    question = _question(request, "done")
    record = mailing.subscription(mail_subscriptions.digest_of(token))
    late = record.asked_at <= question.now - mail_subscriptions.CONFIRM_WITHIN
    if record.confirmed_at is None and late and not record.over:
        raise Refusal("link_unknown")
    if request.method == "POST":
        return _done(request, question, record, token)
    return _show_own(request, question, record)


def _done(
    request: HttpRequest, question: Question, record: MailSubscriptionRecord, token: str
) -> HttpResponse:
    """What one of the page's buttons does."""
    now, zone = question.now, settings.DESK_ZONE
    match request.POST.get("do"):
        case "confirm":
            mail_subscriptions.confirm_subscription(token=token, now=now, zone=zone)
            return _to(token, "confirmed")
        case "end":
            mail_subscriptions.end_subscription(token=token, now=now)
            return _to(token)
        case _:
            form = ChangeForm(request.POST, subjects=mailing.subjects())
            if not form.is_valid():
                return _show_own(request, question, record, form)
            try:
                mail_subscriptions.change_subscription(
                    token=token, now=now, zone=zone, **form.arguments()
                )
            except Refusal as refusal:
                form.refuse(refusal)
                return _show_own(request, question, record, form)
            return _to(token, "changed")


def _show_own(
    request: HttpRequest,
    question: Question,
    record: MailSubscriptionRecord,
    form: ChangeForm | None = None,
) -> HttpResponse:
    if record.over:
        return _show(request, question, "subscriptions/over.html", {"subscription": record})
    subjects = mailing.subjects()
    if form is None:
        held = {"about": record.about, "rhythm": record.rhythm, "language": record.language}
        form = ChangeForm(subjects=subjects, initial=held)
    told = {
        "subscription": record,
        "form": form,
        "about": [_title(one) for one in subjects if one.path in record.about],
        "done": question.parameter("done"),
    }
    name = "own" if record.confirmed_at else "confirm"
    return _show(request, question, f"subscriptions/{name}.html", told, form=form)


def _show(
    request: HttpRequest,
    question: Question,
    template: str,
    told: dict[str, object],
    *,
    form: DeskForm | None = None,
) -> HttpResponse:
    status = form.status if form else 200
    if form and form.is_bound and form.errors and status == 200:
        status = 422
    around = frame(request, question, twin="", clocked=False)
    return render(request, template, {"page": around, "question": question, **told}, status=status)


def _question(request: HttpRequest, *takes: str) -> Question:
    return read_question(request.GET, takes=takes, now=timezone.now())


def _chosen(question: Question, subjects: Sequence[Subject]) -> list[str]:
    """What the page that led here was about."""
    of, track = question.parameter("negotiation"), question.parameter("track")
    # Refuses what there is not.
    ledger.scope_of(negotiation=of, track=track)
    named = [one for one in subjects if of in (None, one.path.partition("/")[0])]
    if track:
        return [one.path for one in named if one.track is not None and one.track.slug == track]
    return [of] if of else []


def _to(token: str, done: str = "") -> HttpResponse:
    path = reverse("pages:subscription", kwargs={"token": token})
    return HttpResponseRedirect(f"{path}?done={done}" if done else path, status=303)


def _title(subject: Subject) -> str:
    korean = language_now() == "ko"
    of = subject.negotiation_ko if korean else subject.negotiation_en
    if subject.track is None:
        return _now("{negotiation}: everything").format(negotiation=of)
    return f"{of}: {subject.track.title_ko if korean else subject.track.title_en}"
