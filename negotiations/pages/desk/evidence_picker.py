"""Citing statements: those of the tracks a form names, newest first, and whatever is looked for.

Each statement can be what a row rests on first (a radio button), be cited as well, or speak against
it. What is chosen stays listed while other statements are looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.forms import DeskForm, DraftForm
from negotiations.pages.desk.numbers import number
from negotiations.queries.citable import Citable, citable


class Numbers(forms.Field):
    """Ids of statements, any number of them."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[int]:
        """The ids, each once."""
        ids = [number(one) for one in value or ()]
        if None in ids:
            raise forms.ValidationError(gettext("That is no statement."))
        return list(dict.fromkeys(id for id in ids if id is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A statement with how the form cites it now."""

    statement: Citable
    first: bool
    further: bool
    against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """The statements of the form: `chosen`, then `others`; `more` there are than are shown."""

    chosen: tuple[Offer, ...]
    others: tuple[Offer, ...]
    more: bool
    tracks: tuple[str, ...]
    dissent: bool


class EvidencedForm(DraftForm):
    """The form of what rests on statements: how it cites them, from when it holds, and a note."""

    places = {"basis": "basis"}
    # Names of the fields that say on which tracks the row bears.
    on: Sequence[str] = ("track",)

    basis = forms.IntegerField(
        label=_("Evidence"), required=False, min_value=1, max_value=2**63 - 1
    )
    further = Numbers(label=_("Also bears it out"), required=False)
    find = forms.CharField(label=_("Find statements"), required=False, max_length=200)
    effective_on = forms.CharField(
        label=_("Effective on"),
        max_length=60,
        help_text=_(
            "The day in the world from which this holds: 2025-10-01, 2025-10 for a month, "
            "2025-10~ for about then, ../2025-10-31 for by then."
        ),
    )
    note_en = forms.CharField(
        label=_("Note in English, for readers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_ko = forms.CharField(
        label=_("Note in Korean, for readers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ko"}),
    )

    @classmethod
    def shown(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        """The first statement of the basis apart from the further ones."""
        first, *further = body["basis"]
        return {**super().shown(body), "basis": first, "further": further}

    def arguments(self) -> dict[str, Any]:
        """The basis as one list; where one statement alone is ticked, it is the first."""
        told = super().arguments()
        del told["find"]
        further = [id for id in told.pop("further") if id != told["basis"]]
        told["basis"] = [*([told["basis"]] if told["basis"] else []), *further]
        return told

    def clean(self) -> dict[str, Any]:
        """Which statement comes first is said where there are several."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not typed.get("basis") and len(typed.get("further") or ()) > 1:
            self.add_error("basis", gettext("Say which of the statements this rests on first."))
        return typed

    def numbers(self, name: str) -> list[int]:
        """The ids in a field as it is shown, whatever was typed there."""
        value = self[name].value() if name in self.fields else None
        given = value if isinstance(value, list | tuple) else [value]
        return [id for id in map(number, given) if id is not None]

    def paths(self) -> tuple[str, ...]:
        """The tracks that the form names now, as `negotiation/track` paths."""
        told: list[str] = []
        for name in self.on:
            value = self[name].value()
            told += value if isinstance(value, list | tuple) else [value or ""]
        return tuple(dict.fromkeys("/".join(path.split("/")[:2]) for path in told if path))


def pick(sitting: Sitting, form: DeskForm) -> dict[str, Any]:
    """What a form needs beside it to cite statements; two SQL queries."""
    assert isinstance(form, EvidencedForm)
    first, further, against = (form.numbers(n) for n in ("basis", "further", "dissent"))
    found = citable(
        form.paths(), seat=sitting.seat, find=form["find"].value() or "",
        chosen=list(dict.fromkeys([*first, *further, *against])),
    )  # fmt: skip

    def offer(one: Citable) -> Offer:
        id = one.id
        return Offer(statement=one, first=id in first, further=id in further, against=id in against)

    picker = Picker(
        chosen=tuple(map(offer, found.chosen)), others=tuple(map(offer, found.others)),
        more=found.more, tracks=form.paths(), dissent="dissent" in form.fields,
    )  # fmt: skip
    return {"picker": picker}
