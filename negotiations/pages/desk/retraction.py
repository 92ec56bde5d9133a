"""Withdrawing what is published: the reason is written here, a second officer publishes it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries import drafts
from negotiations.refusals import Refusal


class RetractionForm(DeskForm):
    """Why it no longer stands."""

    correction_reason = forms.CharField(
        label=_("Reason for the retraction, as readers will see it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@desk_page()
def retract(sitting: Sitting, *, noun: str, id: int) -> HttpResponse:
    """Draft the withdrawal of a published row, and hand it in where that is asked."""
    told = drafts.draft(noun, id, seat=sitting.seat)
    if not told.published:
        raise Refusal("not_published", noun=noun)
    form, was_kept = sent(sitting, RetractionForm)
    if sitting.posted and form.is_valid():
        response = send(sitting, form, lambda: _draft(sitting, form, noun, id))
        if response is not None:
            return response
    told_too = {"draft": told, "kept": was_kept}
    return answered(sitting, "desk/review/retraction.html", form, told_too)


def _draft(sitting: Sitting, form: RetractionForm, noun: str, id: int) -> str:
    receipt = operations.draft_retraction(
        by=sitting.by, now=sitting.now, noun=noun, id=id, **form.arguments()
    )
    if sitting.request.POST.get("action") == "submit":
        operations.submit_draft(
            by=sitting.by, now=sitting.now, noun=noun, id=receipt.id, version=receipt.version
        )
    messages.success(
        sitting.request, gettext("The retraction is drafted; nothing is withdrawn yet.")
    )
    return reverse("pages:desk_draft", kwargs={"noun": noun, "id": receipt.id})
