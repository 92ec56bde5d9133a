"""The form of a linkage: how a track is tied to another, in whose words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.evidence_picker import EvidencedForm, pick
from negotiations.pages.desk.preview import as_published
from negotiations.pages.desk.words import Words, ground_choices, offered
from negotiations.queries import ground


class LinkageForm(EvidencedForm):
    """A tie between two tracks."""

    on = ("from_track", "to_track")

    from_track = forms.ChoiceField(label=_("From track"))
    kind = Words("linkage_kind", radio=True, label=_("Kind"))
    to_track = forms.ChoiceField(label=_("To track"))
    standing = Words(
        "linkage_standing",
        radio=True,
        initial="asserted",
        label=pgettext_lazy("a linkage", "Standing"),
    )
    according_to = forms.ChoiceField(label=_("According to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = ground_choices(ground.tracks_of(self.seat))
        for end in self.on:
            offered(self.fields[end], [("", "—")], tracks)
        parties = ground_choices(ground.voices())
        offered(self.fields["according_to"], [("", gettext("The desk’s own reading"))], parties)
        if not self.is_bound and "track" in self.initial:
            self.initial.setdefault("from_track", self.initial["track"])

    def arguments(self) -> dict[str, Any]:
        """No party is the desk's own word."""
        told = super().arguments()
        return {**told, "according_to": told["according_to"] or None}


NOUNS["linkage"] = Noun(
    form=LinkageForm,
    template="desk/changes/linkage.html",
    verb=operations.draft_linkage,
    preview=as_published,
    around=pick,
)
