"""Where a statement begins: a page is fetched by a worker, and what it found is proposed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.addresses import shown_host
from negotiations.operations.captures import keep_captured
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.drafting import begin as begin_draft
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.desk.sources import SourceForm, ask_for, statement_from
from negotiations.pages.desk.transcriptions import TranscriptionForm, WaivedForm, guesses
from negotiations.queries import captures, reading
from negotiations.queries.captures import known_source
from negotiations.queries.likeness import similar_texts
from negotiations.queries.shapes.captures import CaptureRecord, Proposal

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
        return _done(sitting, told, told.found)
    form, _kept = sent(sitting, DeskForm)
    if sitting.posted and told.over:
        response = send(sitting, form, lambda: ask_for(sitting, told.url))
        if response is not None:
            return response
    page = {"form": form, "capture": told, "host": shown_host(told.url)}
    return answered(sitting, "desk/sources/progress.html", form, page)


def _done(sitting: Sitting, told: CaptureRecord, found: Proposal) -> HttpResponse:
    page: dict[str, Any] = {"capture": told, "found": found, "host": shown_host(found.url)}
    known = _known(sitting, told, found)
    if known is None:
        return _proposal(sitting, told, found, page)
    page |= {"known": known, "used": told.source is not None}
    form, page["kept"] = sent(sitting, partial(WaivedForm, published=known.published))
    act = partial(_keep, sitting, told.id, known.id)
    return _sent(sitting, form, act) or answered(sitting, "desk/sources/known.html", form, page)


def _proposal(
    sitting: Sitting, told: CaptureRecord, found: Proposal, page: dict[str, Any]
) -> HttpResponse:
    make = partial(SourceForm, initial=_proposed(found), seat=sitting.seat)
    form, page["kept"] = sent(sitting, make)
    _tell_origins(form, found)
    page["similar"] = similar_texts(found.text, seat=sitting.seat)
    act = partial(_draft, sitting, form, told.id)
    return _sent(sitting, form, act) or answered(sitting, "desk/sources/proposed.html", form, page)


def _sent(sitting: Sitting, form: DeskForm, act: Callable[[], str]) -> HttpResponse | None:
    return send(sitting, form, act) if sitting.posted and form.is_valid() else None


def _known(sitting: Sitting, told: CaptureRecord, found: Proposal) -> reading.ReadSource | None:
    """The source that was made of this capture, or stands at one of its addresses."""
    if told.source is not None:
        return reading.read_source(told.source)
    known = known_source(found.url, seat=sitting.seat) or known_source(told.url, seat=sitting.seat)
    return reading.read_source(known.id) if known else None


def _keep(sitting: Sitting, capture: int, source: int) -> str:
    waiver = sitting.request.POST.get("waiver", "")
    keep_captured(by=sitting.by, now=sitting.now, capture=capture, source=source, waiver=waiver)
    messages.success(sitting.request, _now("The text was kept."))
    return statement_from(source)


def _draft(sitting: Sitting, form: DeskForm, capture: int) -> str:
    source = operations.draft_source(by=sitting.by, now=sitting.now, **form.arguments()).id
    keep_captured(by=sitting.by, now=sitting.now, capture=capture, source=source)
    messages.success(sitting.request, _now("Source saved as a draft, with its text."))
    return statement_from(source)


def _proposed(found: Proposal) -> dict[str, Any]:
    return {
        "url": found.url, "title": found.title, "publisher": found.publisher or "",
        "published_on": found.published_on, "language": found.language,
    }  # fmt: skip


def _tell_origins(form: DeskForm, found: Proposal) -> None:
    """Say of each proposal where it came from, and of each gap that the page does not fill it."""
    silent = _now("The page does not tell it.")
    origins = {
        "url": _now("The page’s own address."),
        "title": _now("Proposed: the page’s own title.") if found.title else silent,
        "published_on": _now("Proposed: the date that the page gives.")
        if found.published_on
        else silent,
        "language": _now("Proposed: what the page or its text says.") if found.language else silent,
    }
    for name, origin in origins.items():
        form.fields[name].help_text = f"{origin} {form.fields[name].help_text}".strip()
    form.fields["publisher"].help_text = _whose(found)


def _whose(found: Proposal) -> str:
    if found.publisher:
        return _now("Proposed: whose sources stand at %(host)s, or go by its name.") % {
            "host": shown_host(found.url)
        }
    if found.publisher_name:
        return _now(
            "The page calls itself “%(name)s”, which is no publisher known here. "
            "A new one is registered by an admin."
        ) % {"name": found.publisher_name}
    return f"{_now('The page does not tell it.')} {SourceForm.base_fields['publisher'].help_text}"
