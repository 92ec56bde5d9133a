"""The form of a status change: where a track stands, by whose reading, on what evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.evidence_picker import EvidencedForm, Numbers, pick
from negotiations.pages.desk.preview import as_published
from negotiations.pages.desk.words import Words, ground_choices, offered
from negotiations.queries import ground


class StatusChangeForm(EvidencedForm):
    """A reading of a track."""

    track = forms.ChoiceField(label=_("Track"))
    according_to = forms.ChoiceField(
        label=_("Whose reading"),
        required=False,
        help_text=_("A party’s reading may claim whatever that party has claimed."),
    )
    stage = Words("stage", radio=True, label=_("Stage"))
    momentum = Words("momentum", radio=True, label=_("Momentum"))
    documentary_basis = Words("documentary_basis", radio=True, label=_("Documentary basis"))
    headline_en = forms.CharField(
        label=_("Headline in English"), max_length=200, help_text=_("Both headlines are needed.")
    )
    headline_ko = forms.CharField(
        label=_("Headline in Korean"), max_length=200, widget=forms.TextInput({"lang": "ko"})
    )
    dissent = Numbers(label=_("Speaks against it"), required=False)
    reason_en = forms.CharField(
        label=_("Reason for an unusual move, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Where the track skips a stage, goes back, or is reopened. One language is enough."
        ),
    )
    reason_ko = forms.CharField(
        label=_("Reason for an unusual move, in Korean"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ko"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered(self.fields["track"], [("", "—")], ground_choices(ground.tracks_of(self.seat)))
        parties = ground_choices(ground.voices())
        offered(self.fields["according_to"], [("", gettext("The desk’s own reading"))], parties)

    def arguments(self) -> dict[str, Any]:
        """No party is the desk's own reading."""
        told = super().arguments()
        return {**told, "according_to": told["according_to"] or None}


NOUNS["status_change"] = Noun(
    form=StatusChangeForm,
    template="desk/changes/status_change.html",
    verb=operations.draft_status_change,
    preview=as_published,
    around=pick,
)
