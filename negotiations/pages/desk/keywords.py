"""The words by which what feeds catch is proposed for tracks, as officers edit them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now

from negotiations.operations.keywords import set_keywords
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.frames import language_now
from negotiations.queries.keywords import Keywords, keywords

# Slugs are anybody's; the form has fields of its own.
_OF = "words:"


class KeywordsForm(DeskForm):
    """A field for each track: a word a line. `seen` is the digest of the words that were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, found: Keywords, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.initial.setdefault("seen", found.digest)
        for one in found.tracks:
            title = one.track.title_ko if language_now() == "ko" else one.track.title_en
            self.fields[_OF + one.track.slug] = forms.CharField(
                label=title, required=False, widget=forms.Textarea({"rows": 3}), max_length=15_000
            )
            self.initial.setdefault(_OF + one.track.slug, "\n".join(one.words))

    def alike(self, initial: Mapping[str, Any]) -> KeywordsForm:
        """As every form's, for the same tracks."""
        return type(self)(initial=dict(initial), found=self.found)

    def words(self) -> dict[str, list[str]]:
        """The words by the slug of their track."""
        return {
            name.removeprefix(_OF): typed.split("\n")
            for name, typed in self.arguments().items()
            if name.startswith(_OF)
        }


@desk_page()
def edit(sitting: Sitting, *, negotiation: str) -> HttpResponse:
    """The words of all tracks of a negotiation."""
    found = keywords(negotiation, seat=sitting.seat)
    form, was_kept = sent(sitting, partial(KeywordsForm, found=found))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _keep(sitting, form, negotiation))
        if done is not None:
            return done
        if form.has_error("__all__", "words_changed"):
            form.compare({}, version=0)
            form.renew(seen=found.digest)
    page = {"of": found, "kept": was_kept}
    return answered(sitting, "desk/clippings/keywords.html", form, page)


def _keep(sitting: Sitting, form: KeywordsForm, negotiation: str) -> str:
    seen = form.cleaned_data["seen"]
    set_keywords(by=sitting.by, negotiation=negotiation, words=form.words(), seen=seen)
    messages.success(sitting.request, _now("The words are kept; they count for what comes in."))
    return reverse("pages:desk_keywords", kwargs={"negotiation": negotiation})
