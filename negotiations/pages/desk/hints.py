"""What is pointed out beside the form of a statement: offices held, odd dates, likely repeats.

All of it is made of the fields as they stand, typed or shown; nothing of it is imposed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from negotiations.operations.dates import Dated, read_date
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.phrases import disagreements
from negotiations.pages.desk.picks import Pick, meant
from negotiations.queries.choices import Choice, TrackChoice, offices_held
from negotiations.queries.repeats import Spoken, likely_repeats
from negotiations.queries.shapes.captures import LikelyRepeat
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The tracks of one negotiation as they are ticked: each box with its depth in the tree."""

    title_en: str
    title_ko: str
    boxes: tuple[tuple[Any, int], ...]


def tree(field: BoundField, tracks: tuple[TrackChoice, ...]) -> tuple[Branch, ...]:
    """The boxes of a field whose choices are these tracks, by negotiation."""
    branches: dict[tuple[str, str], list[tuple[Any, int]]] = {}
    for box, choice in zip(field.subwidgets, tracks, strict=True):
        title = choice.negotiation_en, choice.negotiation_ko
        branches.setdefault(title, []).append((box, choice.depth))
    return tuple(
        Branch(title_en=en, title_ko=ko, boxes=tuple(boxes)) for (en, ko), boxes in branches.items()
    )


def odd_dates(form: DeskForm) -> tuple[str, ...]:
    """Where the phrase names another day than the date does."""
    zone = picked(form, "zone") or _text(form, "zone")
    return disagreements(_text(form, "said_phrase"), _text(form, "said_on"), zone)


def offices_then(form: DeskForm) -> tuple[Choice, ...]:
    """The offices that the speaker held on that date, unless one of them stands there already."""
    dated, speaker = _dated(form), picked(form, "speaker")
    if dated is None or not speaker:
        return ()
    held = offices_held(speaker, lower=dated.lower, upper=dated.upper)
    named = picked(form, "office_held")
    return () if any(choice.value == named for choice in held) else held


def repeats(sitting: Sitting, form: DeskForm) -> Mapping[str, Any]:
    """`likely`: statements that this one may repeat; `chosen`: the number that stands there;
    `apart`: whether it is another one's.
    """
    chosen = _text(form, "repeats")
    likely = _likely(sitting, form)
    apart = bool(chosen) and chosen not in {str(one.statement) for one in likely}
    return {"likely": likely, "chosen": chosen, "apart": apart}


def picked(form: DeskForm, name: str) -> str:
    """The value of what is meant in a field of names; empty where that is not clear."""
    field = form.fields[name]
    assert isinstance(field, Pick)
    found = meant(_text(form, name), field.options)
    return found[0].value if len(found) == 1 else ""


def _likely(sitting: Sitting, form: DeskForm) -> tuple[LikelyRepeat, ...]:
    dated = _dated(form)
    words = next((w for n in _WORDS if (w := _text(form, n))), "")
    if dated is None or not words:
        return ()
    tracks = form["tracks"].value() or ()
    spoken = Spoken(
        said_lower=dated.lower, said_upper=dated.upper, words=words,
        speaker=picked(form, "speaker") or None, office=picked(form, "office_held") or None,
        tracks=[tracks] if isinstance(tracks, str) else tracks,
    )  # fmt: skip
    match = sitting.request.resolver_match
    itself: int | None = match.kwargs.get("id") if match else None
    return likely_repeats(spoken, seat=sitting.seat, besides=itself)


_WORDS = ("quotation", "paraphrase_en", "paraphrase_ko")


def _dated(form: DeskForm) -> Dated | None:
    try:
        return read_date(_text(form, "said_on"))
    except Refusal:
        return None


def _text(form: DeskForm, name: str) -> str:
    value = form[name].value()
    return "" if value is None else str(value).strip()
