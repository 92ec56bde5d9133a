"""Forms of the desk: what is typed becomes the arguments of a verb; refusals become its errors.

The rules stand in the operations. A form only knows which fields there are, how they are written,
and how a body (`queries.bodies`) is shown in them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from negotiations.pages.frames import language_now
from negotiations.queries.seats import Seat
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field in which two versions of a draft are not the same."""

    label: str
    theirs: str
    mine: str


class DeskForm(forms.Form):
    """A form whose fields, but for those of its own bookkeeping, are arguments of a verb.

    `once` is the same for every copy of one sending, `version` the draft's that the officer saw.
    """

    use_required_attribute = False
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # Where a refusal is shown whose pointer, or code where it has none, is not a field's name.
    places: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.status = 200
        self.conflict: tuple[Difference, ...] = ()
        # Where the first sending of this form led, when another one came under its name.
        self.went = ""
        if not self.is_bound:
            self.initial.setdefault("once", uuid.uuid4().hex)

    @classmethod
    def shown(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show of a body. Subclasses say more where the two are not alike."""
        return {name: body[name] for name in cls.base_fields if name in body}

    def arguments(self) -> dict[str, Any]:
        """The cleaned fields as arguments of the verb; browsers send line ends as CR LF."""
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name not in ("once", "version")
        }

    def refuse(self, refusal: Refusal) -> None:
        """Show the sentence of a refusal at the field it speaks of, else above all fields."""
        self.status = refusal.status
        name = refusal.at.strip("/").split("/")[0] or refusal.code
        name = self.places.get(name, name)
        field = name if name in self.fields and not self.fields[name].widget.is_hidden else None
        self.add_error(field, forms.ValidationError(refusal.sentence(language_now()), refusal.code))

    def press(self, button: str) -> None:
        """What a button does that neither saves nor checks; the form is shown again after it."""

    def hold(self) -> None:
        """Show what was typed without judging it."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def alike(self, initial: Mapping[str, Any]) -> DeskForm:
        """A form of the same making that shows other values."""
        return type(self)(initial=dict(initial))

    def compare(self, body: Mapping[str, Any], *, version: int) -> None:
        """After a conflict: what differs from the present draft, which a new sending replaces."""
        theirs = self.alike(self.shown(body))
        self.conflict = tuple(
            Difference(label=str(field.label), theirs=written(theirs[name]), mine=written(field))
            for name, field in ((n, self[n]) for n in self.fields)
            if not field.is_hidden and written(theirs[name]) != written(field)
        )
        self.renew(version=version)

    def renew(self, **values: object) -> None:
        """Make the form ready to be sent again: a new `once`, and other hidden values."""
        sent: Any = self.data
        data = sent.copy()
        for name, value in {"once": uuid.uuid4().hex, **values}.items():
            data[self.add_prefix(name)] = str(value)
        self.data = data


class DraftForm(DeskForm):
    """The form of a draft: `seat` is who fills it in; a correction asks for its reason."""

    correction_reason = forms.CharField(
        label=_("Reason for the correction, as readers will see it"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, seat: Seat, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat, self.correcting = seat, correcting
        if not correcting:
            del self.fields["correction_reason"]

    def alike(self, initial: Mapping[str, Any]) -> DeskForm:
        """As every form's, for the same officer."""
        return type(self)(initial=dict(initial), seat=self.seat, correcting=self.correcting)


def written(field: forms.BoundField) -> str:
    """A field's value as a person reads it."""
    value = field.value()
    if value is None or value == "":
        return ""
    labels = {str(k): str(v) for k, v in getattr(field.field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)
