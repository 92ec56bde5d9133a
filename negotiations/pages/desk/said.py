"""The fields of a statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.pages.desk.forms import DraftForm
from negotiations.pages.desk.picks import Pick
from negotiations.pages.desk.words import Words, offered, word_choices
from negotiations.pages.desk.zones import ZonePick


def _words(label: Any, *, korean: bool = False, rows: int = 2, **more: Any) -> Any:
    attrs: dict[str, Any] = {"rows": rows, **({"lang": "ko"} if korean else {})}
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs), **more
    )  # fmt: skip


def _line(label: Any, *, korean: bool = False, **more: Any) -> Any:
    widget = forms.TextInput({"lang": "ko"} if korean else {})
    return forms.CharField(label=label, required=False, widget=widget, **more)


def _several(label: Any, **more: Any) -> Any:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **more)


def _number(label: Any, **more: Any) -> Any:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=2**63 - 1, **more
    )  # fmt: skip


# Seldom filled in: folded away.
_FURTHER = (
    "place_en", "place_ko", "original_language", "translates", "note_en", "note_ko",
)  # fmt: skip


class SaidForm(DraftForm):
    """What was said, by whom, when and on what; as the draft verb asks for it."""

    places = {"bad_date": "said_on", "bad_zone": "zone"}

    start = forms.IntegerField(widget=forms.HiddenInput, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, required=False)
    quotation = _words(_("Quotation"), rows=4, help_text=_("Word for word as the text has it."))
    paraphrase_en = _words(_("Paraphrase in English"))
    paraphrase_ko = _words(_("Paraphrase in Korean"), korean=True)
    speaker = Pick(
        label=_("Speaker"),
        required=False,
        help_text=_("By name, in either language. A new one is registered by an admin."),
    )
    office_held = Pick(label=_("Office held then"), required=False)
    voice_en = _line(_("Or a description, in English"), help_text=_("“a senior official”"))
    voice_ko = _line(_("Or a description, in Korean"), korean=True)
    parties_for = _several(_("Speaks for"), required=False)
    about = _several(_("Speaks of"), required=False)
    said_on = forms.CharField(
        label=_("Said on"),
        max_length=64,
        help_text=_(
            "The day there: 2025-10-01, 2025-10 for a month, or to the minute: "
            "2025-10-01T09:30+09:00."
        ),
    )
    zone = ZonePick(label=_("Whose clock"), help_text=_("A city, or an IANA zone."))
    said_phrase = _line(
        _("How the source words the date"), help_text=_("“on Wednesday”, “지난 1일”")
    )
    kind = Words("statement_kind", label=_("Kind"))
    modality = Words("modality", label=_("Modality"), initial="asserted")
    attribution = Words("attribution", label=_("Attribution"), initial="on_record")
    credibility = Words("credibility", radio=True, label=_("Credibility"), initial="6")
    language = forms.CharField(label=_("Language of the words"), max_length=12)
    tracks = _several(_("Tracks"))
    repeats = _number(_("Repeats"))
    original_language = _line(_("Language in which it was said, if another"))
    translates = _number(_("Number of the statement that it translates"))
    place_en = _line(_("Place, in English"))
    place_ko = _line(_("Place, in Korean"), korean=True)
    note_en = _words(_("Note in English, for readers"))
    note_ko = _words(_("Note in Korean, for readers"), korean=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered(self.fields["kind"], [("", "—")], word_choices("statement_kind"))

    @property
    def further_typed(self) -> bool:
        """Whether there is something in the fields that are folded away."""
        return any(self[name].value() or self[name].errors for name in _FURTHER)

    def pick(self, name: str) -> Pick:
        """A field in which a name is typed."""
        field = self.fields[name]
        assert isinstance(field, Pick)
        return field

    def arguments(self) -> dict[str, Any]:
        """Nobody named is no speaker and no office."""
        told = super().arguments()
        return {**told, **{n: told[n] or None for n in ("speaker", "office_held")}}
