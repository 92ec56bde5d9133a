"""Choices of forms: words of the vocabulary and names of the record, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from negotiations.pages.frames import language_now
from negotiations.pages.wording import label
from negotiations.queries.ground import Ground
from negotiations.vocabulary import VOCABULARIES

Choices = list[tuple[Any, Any]]


class Words(forms.ChoiceField):
    """One word of a vocabulary; `radio` shows all at once, so that their meanings can stand there.

    What the choices are called is settled when the form is made: by then there is a language.
    """

    def __init__(self, vocabulary: str, *, radio: bool = False, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        widget = forms.RadioSelect if radio else forms.Select
        super().__init__(widget=widget, choices=lambda: word_choices(vocabulary), **kwargs)


def word_choices(vocabulary: str) -> Choices:
    """The words of a vocabulary in its order, with their labels."""
    return [(word.value, label(vocabulary, word.value)) for word in VOCABULARIES[vocabulary]]


def ground_choices(ground: Iterable[Ground]) -> Choices:
    """Names grouped by what they stand under; a term's with its unit."""
    korean = language_now() == "ko"
    groups: dict[str, Choices] = {}
    for one in ground:
        title = one.title_ko if korean else one.title_en
        if one.unit and one.unit != "none":
            title = f"{title} ({label('unit', one.unit)})"
        groups.setdefault(one.of_ko if korean else one.of_en, []).append((one.key, title))
    return [*groups.items()] if list(groups) != [""] else groups[""]


def offered(field: forms.Field, *groups: Choices) -> None:
    """Give a field of choices what it offers."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = [choice for group in groups for choice in group]
