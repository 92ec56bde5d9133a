"""Reports of errors, by readers without an account: sent, and answered where all can read it.

What is asked of a reader is what is wrong, and nothing about themselves: no address is taken, so
the report's own page is where its answer is found.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from negotiations import limits
from negotiations.lifetimes import PRIVATE
from negotiations.operations import reports as verbs
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.words import Words
from negotiations.pages.frames import frame, language_now
from negotiations.pages.page import Context, page, refused
from negotiations.pages.questions import Question, plain_question, read_question
from negotiations.queries import reports as told
from negotiations.queries.clocks import Clocks
from negotiations.queries.report_subjects import subject
from negotiations.queries.shapes.reports import ReportSubject, ReportSums
from negotiations.refusals import Refusal
from negotiations.trust_words import OUTCOMES, ReportState

View = Callable[..., HttpResponse]
PAGE_LENGTH = 30
# With fewer answers than this, how long half of them took says nothing.
_ENOUGH = 4
# All fields at their longest, in three bytes a letter, each written %AB.
_LARGEST = 100_000


class ReportForm(DeskForm):
    """What is wrong, what it should be, and where that stands."""

    kind = Words("report_kind", radio=True, label=_("What is wrong"))
    text = forms.CharField(
        label=_("In your words: what is wrong, and what it should be"),
        max_length=verbs.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Only the desk reads this. Please leave out names and addresses of people who are not "
            "part of the record."
        ),
    )
    source_url = forms.CharField(
        label=_("Where that can be read (an address, if you have one)"),
        required=False,
        max_length=verbs.LONGEST_URL,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    # People do not see it; programs fill in whatever there is.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def arguments(self) -> dict[str, Any]:
        """As arguments of the verb; refuses `left_blank` where the trap was filled in."""
        fields = super().arguments()
        if fields.pop("website"):
            raise Refusal("left_blank")
        return fields


@page(
    "reports/list.html",
    twin="/api/v1/reports/",
    twin_takes=("state",),
    takes=("state", "cursor"),
    clocked=False,
    latest=told.latest,
)
def reports(question: Question) -> Context:
    """What was reported, newest first, and what became of it."""
    found = told.reports(
        clocks=_now(question),
        state=question.parameter("state"),
        limit=PAGE_LENGTH,
        cursor=question.parameter("cursor"),
    )
    sums = told.sums()
    return {
        "reports": found,
        "sums": sums,
        "enough": _answered(sums) >= _ENOUGH,
        "states": tuple(state.value for state in ReportState),
        "state": question.parameter("state"),
    }


def _answered(sums: ReportSums) -> int:
    """How many have an answer that says something: abuse gets none."""
    return sum(sums.states[state] for state in OUTCOMES if state != ReportState.REFUSED)


@page("reports/report.html", twin="/api/v1/reports/{id}/", clocked=False, latest=told.latest)
def report(question: Question, *, id: int) -> Context:
    """One report, by its number."""
    return {"report": told.report(id, clocks=_now(question))}


def _private(view: View) -> View:
    """A form that is kept by nobody; what is refused has a page of its own."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            if request.method not in {"GET", "HEAD", "POST"}:
                raise Refusal("method_not_allowed", name=request.method)
            if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST:
                raise Refusal("too_large_body", most=f"{_LARGEST // 1000} kB")
            response = view(request)
        except Refusal as refusal:
            response = refused(request, refusal)
            if refusal.status == 405:
                response["Allow"] = "GET, HEAD, POST"
        response["Cache-Control"] = PRIVATE
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


@_private
def new(request: HttpRequest) -> HttpResponse:
    """Report an error in what `about` names; a draft is as unknown here as what there is not."""
    now = timezone.now()
    question = read_question(request.GET, takes=("about",), now=now)
    about = subject(question.parameter("about") or "", clocks=_now(question))
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm()
    if form.is_bound and form.is_valid():
        try:
            return _sent(request, form, about, question)
        except Refusal as refusal:
            form.refuse(refusal)
    return _show(request, question, about, form)


def _sent(
    request: HttpRequest, form: ReportForm, about: ReportSubject, question: Question
) -> HttpResponse:
    fields = form.arguments()
    limits.count_report(request, now=question.now)
    number = verbs.report_error(
        about=(about.noun, about.id), language=language_now(), now=question.now, **fields
    )
    return HttpResponseRedirect(reverse("pages:report", kwargs={"id": number}), status=303)


def _show(
    request: HttpRequest, question: Question, about: ReportSubject, form: ReportForm
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors and form.status == 200 else form.status
    around = frame(request, question, twin="", clocked=False)
    context = {"page": around, "question": question, "about": about, "form": form}
    return render(request, "reports/new.html", context, status=status)


def _now(question: Question) -> Clocks:
    """A report is of today's record, whatever day its reader came from."""
    return plain_question(now=question.now, reached=question.reached).clocks
