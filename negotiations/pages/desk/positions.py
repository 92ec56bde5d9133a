"""The form of a position: what a party says a term is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.evidence_picker import EvidencedForm, pick
from negotiations.pages.desk.preview import as_published
from negotiations.pages.desk.words import Words, ground_choices, offered
from negotiations.queries import ground


class PositionForm(EvidencedForm):
    """A figure, a range or a text."""

    on = ("term",)

    term = forms.ChoiceField(label=_("Term, with its unit"))
    according_to = forms.ChoiceField(label=_("According to"))
    amount = forms.CharField(
        label=_("Figure"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=_("In the term’s unit: 15 or 8.2. Leave it empty where it is said in words."),
    )
    amount_to = forms.CharField(
        label=_("to, where it is a range"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    qualifier = Words("qualifier", initial="exactly", label=_("How the figure is meant"))
    text_en = forms.CharField(label=_("In words, in English"), required=False, max_length=300)
    text_ko = forms.CharField(
        label=_("In words, in Korean"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"lang": "ko"}),
    )
    standing = Words("standing", radio=True, label=_("Standing"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Begun at a track, its terms come first.
        at = f"{self.initial.get('track', '')}/"
        terms = sorted(ground.terms_of(self.seat), key=lambda term: not term.key.startswith(at))
        offered(self.fields["term"], [("", "—")], ground_choices(terms))
        offered(self.fields["according_to"], [("", "—")], ground_choices(ground.voices()))

    def paths(self) -> tuple[str, ...]:
        """The track of the term, or the one at which the form was begun."""
        begun = str(self.initial.get("track", ""))
        return super().paths() or ((begun,) if begun else ())

    def arguments(self) -> dict[str, Any]:
        """An empty figure is none."""
        told = super().arguments()
        return {**told, **{name: told[name] or None for name in ("amount", "amount_to")}}


NOUNS["position"] = Noun(
    form=PositionForm,
    template="desk/changes/position.html",
    verb=operations.draft_position,
    preview=as_published,
    around=pick,
)
