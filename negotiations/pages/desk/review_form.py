"""The form of a review: which drafts, as of what was seen, and the words that go with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.moments import WallClock, instant_of, zone_choices
from negotiations.pages.desk.numbers import number
from negotiations.refusals import Refusal

Item = tuple[str, int, int]
_MOST_KEPT = 200_000
_SIGNER = Signer(salt="saw")


class Items(forms.Field):
    """Drafts as `noun:id:version`, any number of them."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[Item]:
        """Noun, id and version of each."""
        return [read_item(str(one)) for one in dict.fromkeys(value or ())]


def read_item(text: str) -> Item:
    """Noun, id and version; ValidationError for what does not say them."""
    noun, _colon, rest = text.partition(":")
    id, _colon, version = rest.partition(":")
    named, at = number(id), number(version)
    if named is None or at is None:
        raise forms.ValidationError(gettext("That is no draft."))
    return noun, named, at


class ReviewForm(DeskForm):
    """What a reviewer says of drafts; `items` and `seen` name what was looked at.

    `saw` are the words of the draft as they were shown, for comparison when they change meanwhile.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    saw = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    items = Items(label=_("Published together"), required=False)
    waiver = forms.CharField(
        label=_("Waiver: why no second officer could look"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see these words beside the entry for as long as it stands."),
    )
    confirmed = forms.BooleanField(
        label=_("I have compared the transcription with the original."), required=False
    )
    release_on = WallClock(label=_("Publish at"), required=False)
    release_zone = forms.ChoiceField(label=_("on the clock of"), required=False)
    note = forms.CharField(
        label=_("What should change"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    places = {"release_at": "release_on", "own_draft": "waiver"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release_zone"].choices = zone_choices()  # type: ignore[attr-defined]

    def named(self) -> list[dict[str, Any]]:
        """The drafts as operations name them."""
        return [{"noun": n, "id": i, "version": v} for n, i, v in self.cleaned_data["items"]]

    def approval(self) -> dict[str, Any]:
        """What publication takes beside the account and the clock."""
        typed = self.cleaned_data
        return {
            "items": self.named(),
            "seen": typed["seen"] if typed["seen"] is not None else -1,
            "waiver": typed["waiver"],
            "confirmed": typed["confirmed"],
        }

    def release_at(self) -> datetime:
        """The instant of the embargo's end; Refusal `release_in_past` where none was given."""
        typed = self.cleaned_data
        if typed["release_on"] is None:
            raise Refusal("release_in_past", at="/release_at")
        return instant_of(typed["release_on"], typed["release_zone"])

    def clean(self) -> dict[str, Any]:
        """A time that a clock leaves out is no time."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed["release_zone"] = typed.get("release_zone") or zone_choices()[0][0]
        if typed.get("release_on") is not None:
            try:
                instant_of(typed["release_on"], typed["release_zone"])
            except forms.ValidationError as error:
                self.add_error("release_on", error)
        return typed


def saw(body: Mapping[str, Any]) -> str:
    """A body for the form's `saw`, signed; empty where it is too long to be carried."""
    text = json.dumps(body, ensure_ascii=False)
    return _SIGNER.sign(text) if len(text) <= _MOST_KEPT else ""


def seen_body(form: ReviewForm, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The body that the reviewer saw, as the form brought it back.

    None unless we wrote it, with the members that the draft's `body` has now.
    """
    try:
        told: dict[str, Any] = json.loads(_SIGNER.unsign(form["saw"].value() or ""))
    except BadSignature:
        return None
    return told if told.keys() == body.keys() else None
