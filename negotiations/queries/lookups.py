"""From the words in an address or a filter to ids; what is unknown is refused, not left empty."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Model

from negotiations.models import Clocks, Party, Person, Publisher
from negotiations.refusals import Both, Refusal
from negotiations.sql import fetch

# Asked with almost every question, so written by hand.
_NEGOTIATION = "SELECT id FROM negotiations_negotiation WHERE slug = %s AND registered_at <= %s"
_TRACK_THERE = """
    SELECT id FROM negotiations_track
    WHERE slug = %s AND negotiation_id = %s AND registered_at <= %s
"""
_TRACK = """
    SELECT track.id FROM negotiations_track track
        JOIN negotiations_negotiation whole ON whole.id = track.negotiation_id
    WHERE track.slug = %s AND track.registered_at <= %s AND whole.registered_at <= %s LIMIT 2
"""
_PLACE = """
    SELECT whole.id, track.id FROM negotiations_negotiation whole
        LEFT JOIN negotiations_track track ON track.negotiation_id = whole.id
            AND track.slug = %s AND track.registered_at <= %s
    WHERE whole.slug = %s AND whole.registered_at <= %s
"""
LAST = datetime(9999, 12, 30, tzinfo=UTC)


def negotiation_id(slug: str | None, *, clocks: Clocks | None = None) -> int | None:
    """The id behind the filter `negotiation`; refuses `bad_parameter`."""
    if slug is None:
        return None
    found = fetch(_NEGOTIATION, [plain(slug), clocks.as_of if clocks else LAST])
    if not found:
        raise unreadable(
            "negotiation",
            f"there is no negotiation {shown(slug)}",
            f"없는 협상입니다: {shown(slug)}",
        )
    return int(found[0][0])


def track_id(
    slug: str | None, *, negotiation: int | None, clocks: Clocks | None = None
) -> int | None:
    """The id behind the filter `track`; refuses `bad_parameter`, also where the slug is not enough.

    A slug is unique in its negotiation only; without the filter `negotiation` it must be unique.
    """
    if slug is None:
        return None
    as_of = clocks.as_of if clocks else LAST
    if negotiation is not None:
        found = fetch(_TRACK_THERE, [plain(slug), negotiation, as_of])
    else:
        found = fetch(_TRACK, [plain(slug), as_of, as_of])
    if not found:
        raise no_track(slug)
    if len(found) > 1:
        raise unreadable(
            "track",
            f"several negotiations have a track {slug}; name the negotiation",
            f"여러 협상에 있는 의제입니다: {slug}. 협상을 지정하십시오",
        )
    return int(found[0][0])


def place(
    negotiation: str | None, track: str | None, *, clocks: Clocks
) -> tuple[int | None, int | None]:
    """The ids behind both filters at once, in one SQL query; refuses as each of them does."""
    if negotiation is not None and track is not None:
        asked = [plain(track), clocks.as_of, plain(negotiation), clocks.as_of]
        found = fetch(_PLACE, asked)
        if found and found[0][1] is not None:
            return found[0]
    whole = negotiation_id(negotiation, clocks=clocks)
    return whole, track_id(track, negotiation=whole, clocks=clocks)


def party_id(code: str | None, *, name: str = "party") -> int | None:
    """The id behind a filter that takes a party's code; refuses `bad_parameter`."""
    return _by(Party, "code", code, name=name, noun="party")


def person_id(slug: str | None, *, name: str = "speaker") -> int | None:
    """The id behind a filter that takes a person; refuses `bad_parameter`."""
    return _by(Person, "slug", slug, name=name, noun="person")


def publisher_id(slug: str | None) -> int | None:
    """The id behind the filter `publisher`; refuses `bad_parameter`."""
    return _by(Publisher, "slug", slug, name="publisher", noun="publisher")


def in_order(first: date | None, last: date | None, *, noun: str) -> None:
    """Refuses `bad_parameter` where the days `<noun>_from` and `<noun>_to` hold no day."""
    if first is not None and last is not None and last < first:
        raise unreadable(
            f"{noun}_to",
            f"it is before {noun}_from, {first.isoformat()}",
            f"{noun}_from({first.isoformat()})보다 앞선 날짜입니다",
        )


def word(text: str | None, words: type[StrEnum], *, name: str) -> str | None:
    """A word of the vocabulary in the filter `name`; refuses `bad_parameter`, naming the words."""
    if text is None or text in set(words):
        return text
    raise not_one_of(name, text, words)


def plain(text: str) -> str:
    """A name as the database can take it; one with control characters names nothing."""
    return text if text.isprintable() else ""


def typed(text: str) -> str:
    """A text of one line as it was meant: spaces of other widths are spaces, and what has no width
    is not there. Both come along with words that were copied from a page, or from a keyboard.
    """
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    return "".join(c for c in spaced if unicodedata.category(c) != "Cf")


def unreadable(name: str, en: str, ko: str) -> Refusal:
    """The refusal of one parameter, with why in both languages."""
    return Refusal("bad_parameter", at=name, name=name, why=Both(en, ko))


def no_track(slug: str) -> Refusal:
    """The refusal of a filter `track` that names none."""
    return unreadable(
        "track", f"there is no track {shown(slug)}", f"없는 의제입니다: {shown(slug)}"
    )


def not_one_of(name: str, text: str, words: Iterable[str]) -> Refusal:
    """The refusal of a value that is not one of these."""
    valid = ", ".join(words)
    return unreadable(
        name,
        f"{shown(text)} is not one of {valid}",
        f"{shown(text)}: 쓸 수 있는 값이 아닙니다. 쓸 수 있는 것: {valid}",
    )


def shown(text: str) -> str:
    """A value as it may stand in a sentence: not longer than a line."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _by(model: type[Model], column: str, text: str | None, *, name: str, noun: str) -> Any:
    if text is None:
        return None
    rows: Any = model._default_manager.filter(**{column: plain(text)})
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise unreadable(
            name, f"there is no {noun} {shown(text)}", f"{shown(text)}에 해당하는 것이 없습니다"
        )
    return found
