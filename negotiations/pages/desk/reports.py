"""Reports of errors at the desk: what readers wrote, and the answer that everybody reads."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations.operations import reports as verbs
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.desk.words import word_choices
from negotiations.pages.questions import plain_question
from negotiations.queries import reports as told
from negotiations.queries.clocks import Clocks
from negotiations.queries.shapes.reports import DeskReport
from negotiations.trust_words import OUTCOMES

_PILES = {"open": _("To answer"), "mine": _("You look at"), "answered": _("Answered")}
_OUTCOMES = frozenset(outcome.value for outcome in OUTCOMES)


class AnswerForm(DeskForm):
    """What became of one report: the outcome, and what everybody reads of it."""

    outcome = forms.ChoiceField(label=_("Outcome"), required=False, widget=forms.RadioSelect)
    correction = forms.IntegerField(
        label=_("Corrected by № (of the ledger)"),
        required=False,
        min_value=1,
        help_text=_("The correction, retraction or mended name, as it stands among the changes."),
    )
    duplicate_of = forms.IntegerField(
        label=_("The other report’s number"), required=False, min_value=1
    )
    answer_en = forms.CharField(
        label=_("Answer in English, as everybody reads it"),
        required=False,
        max_length=verbs.LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 4, "lang": "en"}),
        help_text=_("Say what was reported in your own words; what the reader wrote is not shown."),
    )
    answer_ko = forms.CharField(
        label=_("Answer in Korean, as everybody reads it"),
        required=False,
        max_length=verbs.LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 4, "lang": "ko"}),
    )

    def __init__(self, *args: Any, report: DeskReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [one for one in word_choices("report_state") if one[0] in _OUTCOMES]
        record = report.record
        for name in ("correction", "duplicate_of", "answer_en", "answer_ko"):
            self.initial.setdefault(name, getattr(record, name))
        if record.state in _OUTCOMES:
            self.initial.setdefault("outcome", record.state)
        self.initial.setdefault("version", report.version)


@desk_page(form=False)
def reports(sitting: Sitting) -> HttpResponse:
    """A pile of them, newest first."""
    asked = sitting.request.GET
    pile = asked.get("pile", "open")
    pile = pile if pile in _PILES else "open"
    found = told.desk_reports(
        sitting.seat, clocks=_clocks(sitting), pile=pile, cursor=asked.get("cursor") or None
    )
    page = {
        "pile": pile, "piles": list(_PILES.items()), "reports": found.results, "onward": found.next,
    }  # fmt: skip
    return sitting.render("desk/reports/list.html", page)


@desk_page()
def report(sitting: Sitting, *, id: int) -> HttpResponse:
    """One report with what was written, and the form of its answer."""
    found = _found(sitting, id)
    form, was_kept = sent(sitting, partial(AnswerForm, report=found))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _act(sitting, form, id))
        if done is not None:
            return done
        found = _found(sitting, id)
        form.renew(version=found.version)
    return answered(sitting, "desk/reports/one.html", form, {"report": found, "kept": was_kept})


def _act(sitting: Sitting, form: AnswerForm, id: int) -> str:
    """Do what the button says; where it leads."""
    seen: dict[str, Any] = {"report": id, "version": form.cleaned_data.get("version") or 0}
    if sitting.request.POST.get("action") == "take":
        verbs.take_report(by=sitting.by, **seen)
        messages.success(sitting.request, _now("It is yours to answer."))
        return reverse("pages:desk_report", kwargs={"id": id})
    verbs.answer_report(by=sitting.by, now=sitting.now, **seen, **form.arguments())
    messages.success(sitting.request, _now("Answered, for everybody to read."))
    return reverse("pages:desk_reports")


def _found(sitting: Sitting, id: int) -> DeskReport:
    return told.desk_report(id, seat=sitting.seat, clocks=_clocks(sitting))


def _clocks(sitting: Sitting) -> Clocks:
    return plain_question(now=sitting.now).clocks
