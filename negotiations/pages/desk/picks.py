"""Fields in which a name is typed and a row is meant: in either language, an alias, or the slug."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from negotiations.pages.frames import language_now
from negotiations.queries.choices import Choice

_SKIPPED = re.compile(r"[\W_]+")


class Pick(forms.CharField):
    """A text field with suggestions; its cleaned value is the value of the choice that is meant.

    What is unknown or fits several is refused with the names nearest to it.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options: tuple[Choice, ...] = ()

    def offer(self, options: tuple[Choice, ...], *, id_for_list: str) -> None:
        """Say what can be picked; the template writes the list with this id."""
        self.options = options
        self.widget.attrs |= {"list": id_for_list, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """A value as the name that people know it by."""
        found = next((choice for choice in self.options if choice.value == value), None)
        return name_of(found, among=self.options) if found else value

    def clean(self, value: Any) -> str:
        """The value of what is meant; empty for nothing."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return ""
        found = meant(typed, self.options)
        if len(found) == 1:
            return found[0].value
        near = found or nearest(typed, self.options)
        raise forms.ValidationError(_refused(typed, near, several=bool(found)), "no_such_name")


def name_of(choice: Choice, *, among: Iterable[Choice]) -> str:
    """The name of a choice in the page's language; the value where others go by that name."""
    name = choice.name_ko if language_now() == "ko" else choice.name_en
    return name if name and len(meant(name, among)) == 1 else choice.value


def meant(typed: str, options: Iterable[Choice]) -> tuple[Choice, ...]:
    """The choices that go by this name, or the one whose value it is."""
    options = tuple(options)
    exact = tuple(choice for choice in options if choice.value == typed)
    wanted = _folded(typed)
    return exact or tuple(c for c in options if wanted and wanted in map(_folded, _names(c)))


def nearest(typed: str, options: Iterable[Choice], *, limit: int = 3) -> tuple[Choice, ...]:
    """The choices whose names are most like what was typed."""
    # Read when first needed: it makes a table of all letters, which takes a tenth of a second.
    from rapidfuzz import fuzz, process

    names = [(_folded(name), choice) for choice in options for name in _names(choice)]
    found = process.extract(
        _folded(typed), [name for name, _ in names], scorer=fuzz.WRatio, limit=4 * limit,
        score_cutoff=60,
    )  # fmt: skip
    near = {names[at][1].value: names[at][1] for _name, _score, at in found}
    return tuple(near.values())[:limit]


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.name_en, choice.name_ko, *choice.others, choice.value)


def _folded(name: str) -> str:
    return _SKIPPED.sub("", unicodedata.normalize("NFC", name).casefold())


def _refused(typed: str, near: tuple[Choice, ...], *, several: bool) -> str:
    told = ", ".join(f"{c.name_en} · {c.name_ko} ({c.value})" for c in near)
    if several:
        return _("“%(typed)s” may be any of these: %(names)s.") % {"typed": typed, "names": told}
    if near:
        return _("Nothing goes by “%(typed)s”. Near to it: %(names)s.") % {
            "typed": typed,
            "names": told,
        }
    return _("Nothing goes by “%(typed)s”.") % {"typed": typed}
