"""The columns of the flat tables, by noun: their names and order are part of the contract.

`name` is a member of the record; `name=path` a member within it. What points to something is told
by its path (`rok-us/currency-swap`), code, slug or id. New columns are added at the end.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from operator import itemgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    NegotiationSummary,
    PartyRef,
    PersonRecord,
    PositionRecord,
    PublisherRef,
    SourceRecord,
    StatementRecord,
    StatusChangeRecord,
)

SHAPES: Mapping[str, type[Any]] = {
    "statement": StatementRecord,
    "source": SourceRecord,
    "status_change": StatusChangeRecord,
    "position": PositionRecord,
    "linkage": LinkageRecord,
    "milestone": MilestoneRecord,
    "account": AccountRecord,
    "negotiation": NegotiationSummary,
    "person": PersonRecord,
    "party": PartyRef,
    "publisher": PublisherRef,
}
_STANDING = "waiver supersedes correction_reason superseded_by retracted"
_TOLD = f"known_on published_at ledger_number {_STANDING}"
_EFFECTIVE = "effective_on effective_lower effective_upper"
_EVIDENCE = "note_en note_ko basis basis_urls=basis.source.url thinly_sourced corroboration"
_PARTY = "according_to according_to_en=according_to.name_en according_to_ko=according_to.name_ko"
_TRACKS = "tracks tracks_en=tracks.title_en tracks_ko=tracks.title_ko"
_COLUMNS = {
    "statement": "id quotation paraphrase_en paraphrase_ko speaker=speaker.person"
    " speaker_en=speaker.name_en speaker_ko=speaker.name_ko office=speaker.office"
    " office_en=speaker.office_en office_ko=speaker.office_ko"
    " parties parties_en=parties.name_en parties_ko=parties.name_ko"
    " about about_en=about.name_en about_ko=about.name_ko"
    " said_on said_lower said_upper said_phrase zone place_en place_ko"
    f" kind modality attribution credibility language original_language {_TRACKS}"
    " source source_title=source.title source_url=source.url"
    " publisher=source.publisher publisher_en=source.publisher.name_en"
    " publisher_ko=source.publisher.name_ko tier=source.publisher.tier"
    " reliability=source.publisher.reliability source_language=source.language"
    " source_published_on=source.published_on source_sha256=source.sha256"
    f" start end prefix suffix repeats translates note_en note_ko {_TOLD}",
    "source": "id title url publisher publisher_en=publisher.name_en publisher_ko=publisher.name_ko"
    " tier=publisher.tier reliability=publisher.reliability language published_on"
    f" capture captured_at sha256 {_TOLD}",
    "status_change": f"id track track_en=track.title_en track_ko=track.title_ko {_PARTY}"
    f" stage momentum documentary_basis {_EFFECTIVE} headline_en headline_ko unusual"
    f" reason_en reason_ko dissent {_EVIDENCE} {_TOLD}",
    "position": "id track=term.track term=term.slug term_en=term.name_en term_ko=term.name_ko"
    f" unit=term.unit {_PARTY} amount amount_to qualifier text_en text_ko figure_en figure_ko"
    f" standing {_EFFECTIVE} {_EVIDENCE} {_TOLD}",
    "linkage": "id from_track from_track_en=from_track.title_en from_track_ko=from_track.title_ko"
    " kind to_track to_track_en=to_track.title_en to_track_ko=to_track.title_ko"
    f" {_PARTY} standing {_EFFECTIVE} {_EVIDENCE} {_TOLD}",
    "milestone": f"id negotiation slug title_en title_ko kind {_TRACKS} due_on due_lower due_upper"
    f" place_en place_ko outcome {_EFFECTIVE} {_EVIDENCE} {_TOLD}",
    "account": "id track track_en=track.title_en track_ko=track.title_ko meeting topic topic_en"
    f" topic_ko {_PARTY} bearing text_en text_ko contradicts {_EFFECTIVE} {_EVIDENCE} {_TOLD}",
    "negotiation": "slug title_en title_ko summary_en summary_ko"
    f" parties parties_en=parties.name_en parties_ko=parties.name_ko {_TRACKS}",
    "person": "slug name_en name_ko aliases offices=tenures.office offices_en=tenures.title_en"
    " offices_ko=tenures.title_ko parties=tenures.party held_from=tenures.held_from"
    " held_to=tenures.held_to",
    "party": "code name_en name_ko capital_en capital_ko zone",
    "publisher": "slug name_en name_ko tier reliability",
}
_POINTERS = ("code", "slug", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `read` takes the record as read from its JSON; a list stays a list.

    `hint` is the type of what it holds, `listed` whether that comes in lists.
    """

    name: str
    read: Callable[[Mapping[str, Any]], Any]
    hint: type
    listed: bool


@cache
def columns(noun: str) -> tuple[Column, ...]:
    """The columns of a noun's table, in order."""
    return tuple(_column(SHAPES[noun], words) for words in _COLUMNS[noun].split())


def _column(shape: type, words: str) -> Column:
    name, _, path = words.partition("=")
    parts = tuple((path or name).split("."))
    hint, listed = _hint(shape, parts)
    # Most columns are plain members, which need no looking into.
    plain = len(parts) == 1 and get_type_hints(shape)[name] in (hint, hint | None)
    read = itemgetter(name) if plain else partial(_read, parts=parts)
    return Column(name=name, read=read, hint=hint, listed=listed)


def _read(value: Any, parts: tuple[str, ...]) -> Any:
    for n, part in enumerate(parts):
        if value is None:
            return None
        if type(value) is list:
            return [_read(one, parts[n:]) for one in value]
        value = value[part]
    return _pointed(value) if type(value) in (list, dict) else value


def _pointed(value: Any) -> Any:
    if isinstance(value, list):
        return [_pointed(one) for one in value]
    if not isinstance(value, dict):
        return value
    if {"negotiation", "slug"} <= value.keys():
        return f"{value['negotiation']}/{value['slug']}"
    return next(value[name] for name in _POINTERS if name in value)


def _hint(hint: Any, parts: tuple[str, ...]) -> tuple[type, bool]:
    listed = False
    for part in (*parts, None):
        if get_origin(hint) in (Union, types.UnionType):
            (hint,) = (one for one in get_args(hint) if one is not type(None))
        if get_origin(hint) is tuple:
            hint, listed = get_args(hint)[0], True
        if part is not None:
            hint = get_type_hints(hint)[part]
    if dataclasses.is_dataclass(hint):
        members = get_type_hints(hint)
        pointer = next(name for name in _POINTERS if name in members)
        hint = str if "negotiation" in members else members[pointer]
    return hint, listed
