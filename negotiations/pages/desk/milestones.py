"""The form of a milestone: a date and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.evidence_picker import EvidencedForm, pick
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.preview import as_published
from negotiations.pages.desk.words import Words, ground_choices, offered
from negotiations.queries import ground


class MilestoneForm(EvidencedForm):
    """How a milestone stands from a day on."""

    on = ("tracks",)

    tracks = forms.MultipleChoiceField(label=_("Tracks"), widget=forms.CheckboxSelectMultiple)
    slug = forms.CharField(
        label=_("Name in addresses"),
        max_length=80,
        widget=forms.TextInput({"list": "milestones"}),
        help_text=_(
            "Small Latin letters, digits and hyphens. The same name again tells what became of a "
            "milestone: a new date, an outcome."
        ),
    )
    kind = Words("milestone_kind", radio=True, label=_("Kind"))
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    title_ko = forms.CharField(
        label=_("Title in Korean"), max_length=200, widget=forms.TextInput({"lang": "ko"})
    )
    due_on = forms.CharField(
        label=_("Due"), max_length=60, help_text=_("2025-10-31, or 2025-10-31/2025-11-01.")
    )
    outcome = Words("outcome", radio=True, initial="open", label=_("Outcome"))
    place_en = forms.CharField(label=_("Place, in English"), required=False, max_length=200)
    place_ko = forms.CharField(
        label=_("Place, in Korean"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"lang": "ko"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered(self.fields["tracks"], ground_choices(ground.tracks_of(self.seat)))
        self.known = ground.milestones_of(self.seat)
        if not self.is_bound and "track" in self.initial:
            self._begin(self.initial["track"], self.initial.get("slug"))

    def _begin(self, track: str, slug: object) -> None:
        """A milestone that is known begins as it stands; another one on its track."""
        of = track.split("/")[0]
        known = next((m for m in self.known if (m.negotiation, m.slug) == (of, slug)), None)
        names = ("kind", "title_en", "title_ko", "due_on", "place_en", "place_ko")
        told = {name: getattr(known, name) for name in names} if known else {}
        tracks = list(known.tracks) if known else [track]
        self.initial = {**told, "tracks": tracks, **self.initial}

    def arguments(self) -> dict[str, Any]:
        """A milestone is of the negotiation of its first track."""
        told = super().arguments()
        negotiation = told["tracks"][0].split("/")[0] if told["tracks"] else ""
        return {**told, "negotiation": negotiation}


def _around(sitting: Sitting, form: DeskForm) -> Mapping[str, Any]:
    assert isinstance(form, MilestoneForm)
    return {**pick(sitting, form), "known": form.known}


NOUNS["milestone"] = Noun(
    form=MilestoneForm,
    template="desk/changes/milestone.html",
    verb=operations.draft_milestone,
    preview=as_published,
    around=_around,
)
