"""The words by which what feeds catch is proposed for tracks, as officers edit them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now

from negotiations.operations.keywords import set_keywords
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.frames import language_now
from negotiations.queries.keywords import TrackWords, keywords


class KeywordsForm(DeskForm):
    """A field for each track: a word a line."""

    def __init__(self, *args: Any, tracks: Sequence[TrackWords], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in tracks:
            title = one.track.title_ko if language_now() == "ko" else one.track.title_en
            self.fields[one.track.slug] = forms.CharField(
                label=title, required=False, widget=forms.Textarea({"rows": 3}), max_length=15_000
            )
            self.initial.setdefault(one.track.slug, "\n".join(one.words))


@desk_page()
def edit(sitting: Sitting, *, negotiation: str) -> HttpResponse:
    """The words of all tracks of a negotiation."""
    found = keywords(negotiation, seat=sitting.seat)
    form, was_kept = sent(sitting, partial(KeywordsForm, tracks=found.tracks))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _keep(sitting, form, negotiation))
        if done is not None:
            return done
    page = {"of": found, "kept": was_kept}
    return answered(sitting, "desk/clippings/keywords.html", form, page)


def _keep(sitting: Sitting, form: DeskForm, negotiation: str) -> str:
    with transaction.atomic():
        for slug, words in form.arguments().items():
            set_keywords(by=sitting.by, track=f"{negotiation}/{slug}", words=words.split("\n"))
    messages.success(sitting.request, _now("The words are kept; they count for what comes in."))
    return reverse("pages:desk_keywords", kwargs={"negotiation": negotiation})
