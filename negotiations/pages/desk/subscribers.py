"""Readers by mail, in numbers; letters that were set aside, with the reason, and tried again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now

from negotiations.desk_words import Role
from negotiations.operations.mailing import retry_letter
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries.subscribers import letters_aside, letters_waiting, readers
from negotiations.waking import wake


class RetryForm(DeskForm):
    """Which letter is tried again."""

    letter = forms.IntegerField(min_value=1)


@desk_page(needs=Role.ADMIN)
def subscribers(sitting: Sitting) -> HttpResponse:
    """How many readers each negotiation has; what could not be sent."""
    form, _kept = sent(sitting, RetryForm)
    if sitting.posted and form.is_valid():
        response = send(sitting, form, lambda: _retry(sitting, form))
        if response is not None:
            wake("negotiations.send_letters")
            return response
    told = {
        "readers": readers(sitting.seat),
        "aside": letters_aside(sitting.seat),
        "waiting": letters_waiting(),
    }
    return answered(sitting, "desk/mails/subscribers.html", form, told)


def _retry(sitting: Sitting, form: DeskForm) -> str:
    retry_letter(by=sitting.by, now=sitting.now, letter=form.cleaned_data["letter"])
    messages.success(sitting.request, _now("The letter is tried again."))
    return reverse("pages:desk_subscribers")
