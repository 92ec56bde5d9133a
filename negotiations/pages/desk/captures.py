"""Where a statement begins: an address or a text is pasted, and a page is fetched by a worker."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from negotiations.addresses import shown_host
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.drafting import begin as begin_draft
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.proposals import proposed
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.desk.sources import ask_for
from negotiations.pages.desk.transcriptions import TranscriptionForm, guesses
from negotiations.queries import captures, reading
from negotiations.queries.captures import known_source

_ADDRESS = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:[/?]\S*)?)", re.IGNORECASE)


class BeginForm(DeskForm):
    """The first step: an address, or a text."""

    what = forms.CharField(
        label=_("Address of the page, or its text"), widget=forms.Textarea({"rows": 3})
    )


@desk_page()
def begin(sitting: Sitting) -> HttpResponse:
    """Paste an address, which is fetched, or a text, which is kept as transcribed.

    A source whose text is to follow later is drafted here as well.
    """
    if sitting.request.GET.get("text") == "later" or "title" in sitting.request.POST:
        return begin_draft(sitting, "source")
    form, was_kept = sent(sitting, partial(BeginForm, initial=sitting.request.GET.dict()))
    told: dict[str, Any] = {"form": form, "kept": was_kept}
    if sitting.posted and form.is_valid():
        what = form.cleaned_data["what"].strip()
        if not _ADDRESS.fullmatch(what):
            return _as_text(sitting, what)
        url = what if "://" in what else f"https://{what}"
        known = known_source(url, seat=sitting.seat)
        told["known"] = known and reading.read_source(known.id)
        response = None if known else send(sitting, form, lambda: ask_for(sitting, url))
        if response is not None:
            return response
    return answered(sitting, "desk/sources/begin.html", form, told)


def _as_text(sitting: Sitting, text: str) -> HttpResponse:
    form = TranscriptionForm(initial=guesses(text), seat=sitting.seat)
    told = {"form": form, "action": reverse("pages:desk_transcription")}
    return sitting.render("desk/sources/transcription.html", told)


@desk_page()
def capture(sitting: Sitting, *, id: int) -> HttpResponse:
    """How far a capture is; when it is done, the source as it is proposed."""
    told = captures.capture(id, seat=sitting.seat)
    if told.found is not None:
        return proposed(sitting, told, told.found)
    form, _kept = sent(sitting, DeskForm)
    if sitting.posted and told.over:
        response = send(sitting, form, lambda: ask_for(sitting, told.url))
        if response is not None:
            return response
    page = {"form": form, "capture": told, "host": shown_host(told.url)}
    return answered(sitting, "desk/sources/progress.html", form, page)
