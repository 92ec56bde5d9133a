"""Texts copied by hand: of a new source, or of one that has none yet.

A transcription is marked as such; a second officer compares it with the original.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.numbers import number
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.desk.sources import SourceForm, ask_for, statement_from
from negotiations.queries import reading
from negotiations.queries.captures import capture, known_source
from negotiations.queries.likeness import similar_texts
from negotiations.recognition import is_korean

_LATIN = re.compile(r"[a-zA-Z]")
_LONGEST_TITLE = 200


class TranscriptionForm(SourceForm):
    """A source with the text that somebody copied from it."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 16}))

    def arguments(self) -> dict[str, Any]:
        """Those of the source alone."""
        return {name: value for name, value in super().arguments().items() if name != "text"}


class WaivedForm(DeskForm):
    """A text for a source that is published already needs a reason, which readers see."""

    waiver = forms.CharField(
        label=_("Why one officer alone adds this text, as readers will see it"),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["waiver"]


class TextForm(WaivedForm):
    """The text of a source that exists."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 16}))


@desk_page()
def transcribe(sitting: Sitting) -> HttpResponse:
    """Draft a source with a text copied by hand; begins with what a capture found, if any."""
    make = partial(TranscriptionForm, initial=_begins(sitting), seat=sitting.seat)
    form, was_kept = sent(sitting, make)
    if sitting.posted and form.is_valid():
        if sitting.request.POST.get("action") == "check":
            return _shown(sitting, form, was_kept)
        response = send(sitting, form, lambda: _draft(sitting, form))
        if response is not None:
            return response
    return _shown(sitting, form, was_kept)


@desk_page()
def text(sitting: Sitting, *, id: int) -> HttpResponse:
    """Keep a text of a source that exists: copied by hand here, or fetched for it."""
    source = reading.read_source(id)
    form, was_kept = sent(sitting, partial(TextForm, published=source.published))
    response = None
    if sitting.posted and sitting.request.POST.get("action") == "fetch":
        response = send(sitting, form, lambda: ask_for(sitting, source.url))
    elif sitting.posted and form.is_valid():
        response = send(sitting, form, lambda: _add(sitting, form, id))
    told = {"form": form, "kept": was_kept, "source": source}
    return response or answered(sitting, "desk/sources/text.html", form, told)


def guesses(text: str) -> dict[str, str]:
    """What a text that was pasted tells of itself: its first line, the letters it is written in."""
    first = text.strip().splitlines()[0].strip() if text.strip() else ""
    language = "ko" if is_korean(text) else "en" if _LATIN.search(text) else ""
    title = first if len(first) <= _LONGEST_TITLE else ""
    return {"text": text, "title": title, "language": language}


def _begins(sitting: Sitting) -> dict[str, Any]:
    asked = sitting.request.GET
    id = number(asked.get("capture", ""))
    if id is None:
        return {"url": asked.get("url", "")}
    told = capture(id, seat=sitting.seat)
    found = told.found
    if found is None:
        return {"url": told.url}
    names = ("url", "text", "title", "publisher", "published_on", "language")
    return {name: getattr(found, name) for name in names}


def _shown(sitting: Sitting, form: DeskForm, was_kept: bool) -> HttpResponse:
    told: dict[str, Any] = {"form": form, "kept": was_kept}
    if form.is_bound:
        told["known"] = known_source(form["url"].value() or "", seat=sitting.seat)
        told["similar"] = similar_texts(form["text"].value() or "", seat=sitting.seat)
        told["checked"] = sitting.posted and not form.errors
    return answered(sitting, "desk/sources/transcription.html", form, told)


def _draft(sitting: Sitting, form: DeskForm) -> str:
    source = operations.draft_source(by=sitting.by, now=sitting.now, **form.arguments())
    _keep(sitting, form.cleaned_data, source.id)
    said = _now("Source saved as a draft. A second officer compares its text with the original.")
    messages.success(sitting.request, said)
    return statement_from(source.id)


def _add(sitting: Sitting, form: DeskForm, id: int) -> str:
    _keep(sitting, form.cleaned_data, id)
    messages.success(sitting.request, _now("The text was kept."))
    return statement_from(id)


def _keep(sitting: Sitting, typed: Mapping[str, Any], source: int) -> None:
    # Browsers send line ends as CR LF; offsets count what officers see.
    plain = typed["text"].replace("\r\n", "\n")
    operations.capture_source(
        by=sitting.by, now=sitting.now, source=source, text=plain, captured_at=sitting.now,
        capture="transcribed", waiver=typed.get("waiver", ""),
    )  # fmt: skip
