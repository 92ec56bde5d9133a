"""A row of the record as the arguments that would draft it: for changing and correcting it.

What goes into a draft verb comes out here under the same names, so that forms, scripts and the
comparison of two versions speak of one thing. The tests feed each body back to its verb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

_NOTES = ("note_en", "note_ko")
_HOLDS = ("effective_on", *_NOTES)
# Columns that go by their own name.
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "source": ("url", "title", "language", "published_on"),
    "statement": (
        "said_on", "zone", "kind", "language", "quotation", "start", "end", "paraphrase_en",
        "paraphrase_ko", "voice_en", "voice_ko", "modality", "attribution", "credibility",
        "said_phrase", "place_en", "place_ko", "original_language", *_NOTES,
    ),
    "status_change": (
        *_HOLDS, "stage", "momentum", "documentary_basis", "headline_en", "headline_ko",
        "reason_en", "reason_ko",
    ),
    "position": (*_HOLDS, "standing", "text_en", "text_ko", "qualifier"),
    "linkage": (*_HOLDS, "kind", "standing"),
    "milestone": (
        *_HOLDS, "slug", "kind", "title_en", "title_ko", "due_on", "outcome", "place_en",
        "place_ko",
    ),
    "account": (
        *_HOLDS, "meeting", "topic", "topic_en", "topic_ko", "bearing", "text_en", "text_ko",
    ),
}  # fmt: skip


def body_of(noun: str, row: Any) -> dict[str, Any]:
    """The arguments of the draft verb of `noun` that make this row, a draft or a published one."""
    told = {name: getattr(row, name) for name in _PLAIN[noun]}
    body = {**told, **_POINTERS[noun](row)}
    return {**body, "supersedes": row.supersedes_id, "correction_reason": row.correction_reason}


def track_path(track: Any) -> str:
    """A track as verbs name it."""
    return f"{track.negotiation.slug}/{track.slug}"


def _source(row: Any) -> dict[str, Any]:
    return {"publisher": row.publisher.slug}


def _statement(row: Any) -> dict[str, Any]:
    return {
        "source": row.source_id,
        "tracks": [track_path(track) for track in row.tracks.all()],
        "speaker": row.speaker.slug if row.speaker else None,
        "office_held": row.office.slug if row.office else None,
        "parties_for": [party.code for party in row.parties.all()],
        "about": [party.code for party in row.about.all()],
        "repeats": row.repeats_id,
        "translates": row.translates_id,
    }


def _basis(row: Any) -> dict[str, Any]:
    return {"basis": [row.basis_id, *(statement.pk for statement in row.further_basis.all())]}


def _voice(row: Any) -> dict[str, Any]:
    return {**_basis(row), "according_to": row.according_to.code if row.according_to else None}


def _status_change(row: Any) -> dict[str, Any]:
    dissent = [statement.pk for statement in row.dissent.all()]
    return {**_voice(row), "track": track_path(row.track), "dissent": dissent}


def _position(row: Any) -> dict[str, Any]:
    return {
        **_voice(row),
        "term": f"{track_path(row.term.track)}/{row.term.slug}",
        "amount": _figure(row.amount),
        "amount_to": _figure(row.amount_to),
    }


def _linkage(row: Any) -> dict[str, Any]:
    ends = {"from_track": track_path(row.from_track), "to_track": track_path(row.to_track)}
    return {**_voice(row), **ends}


def _milestone(row: Any) -> dict[str, Any]:
    tracks = [track_path(track) for track in row.tracks.all()]
    return {**_basis(row), "negotiation": row.negotiation.slug, "tracks": tracks}


def _account(row: Any) -> dict[str, Any]:
    return {**_voice(row), "track": track_path(row.track), "contradicts": row.contradicts_id}


def _figure(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"


_POINTERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "source": _source,
    "statement": _statement,
    "status_change": _status_change,
    "position": _position,
    "linkage": _linkage,
    "milestone": _milestone,
    "account": _account,
}
