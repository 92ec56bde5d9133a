"""What reports of errors are about: rows of the record and tracks, by noun and id, in bulk."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from negotiations.models import Clocks, Source, Statement
from negotiations.queries import names
from negotiations.queries.assembly import MODELS, assemble
from negotiations.queries.entries import entry
from negotiations.queries.lookups import unreadable
from negotiations.queries.shapes import SourceRecord, StatementRecord, TrackRef
from negotiations.queries.shapes.reports import ReportSubject
from negotiations.queries.states import find_track
from negotiations.refusals import Refusal

_ROWS: dict[str, Any] = {"statement": Statement, "source": Source, **MODELS}
NOUNS = (*_ROWS, "track")
_KEY = re.compile(r"([a-z_]{1,20}):([A-Za-z0-9_/-]{1,260})", re.ASCII)
_SLUGS = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_-]+", re.ASCII)
# Of the words of a statement so many letters.
_LONGEST = 160
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class Named(NamedTuple):
    """A row or a track."""

    noun: str
    id: int


def subject(key: str, *, clocks: Clocks) -> ReportSubject:
    """What `statement:12` or `track:rok-us/security` is, if it was told by these clocks.

    Refuses `bad_parameter` for what cannot be read, and `not_found`: a draft is nothing here.
    """
    found = _KEY.fullmatch(key)
    noun, name = found.groups() if found else ("", "")
    if noun == "track" and _SLUGS.fullmatch(name):
        row = find_track(*name.split("/"), clocks=clocks)
        return next(iter(subjects([Named(noun, row.pk)], clocks=clocks).values()))
    if noun not in _ROWS or not _NUMBER.fullmatch(name):
        raise unreadable(
            "about",
            "it names what is wrong, as statement:12 or track:rok-us/security",
            "statement:12나 track:rok-us/security처럼 무엇이 잘못됐는지 가리킵니다",
        )
    if not _ROWS[noun].objects.told(clocks).filter(pk=int(name)).exists():
        raise Refusal("not_found")
    return next(iter(subjects([Named(noun, int(name))], clocks=clocks).values()))


def subjects(of: Collection[Named], *, clocks: Clocks) -> Mapping[Named, ReportSubject]:
    """These published rows and tracks; eight SQL queries at most."""
    ids: dict[str, set[int]] = {}
    for noun, pk in of:
        ids.setdefault(noun, set()).add(pk)
    tracks = names.tracks(ids["track"]) if ids.get("track") else {}
    found = {Named("track", pk): _of_track(pk, ref) for pk, ref in tracks.items()}
    rows = {noun: pks for noun, pks in ids.items() if noun != "track"}
    if rows:
        records = assemble(clocks=clocks, **rows)
        for noun, pks in rows.items():
            told = getattr(records, noun)
            found |= {Named(noun, pk): _of_row(noun, told[pk]) for pk in pks}
    return found


def _of_track(pk: int, ref: TrackRef) -> ReportSubject:
    return ReportSubject(
        noun="track", id=pk, key=f"track:{ref.negotiation}/{ref.slug}", title_en=ref.title_en,
        title_ko=ref.title_ko, negotiation=ref.negotiation, track=ref.slug, ledger_number=None,
        superseded_by=None, retracted=False,
    )  # fmt: skip


def _of_row(noun: str, record: Any) -> ReportSubject:
    if isinstance(record, SourceRecord):
        titles, place = (record.title, record.title), None
    else:
        titles, place = _titles(record), _place(noun, record)
    return ReportSubject(
        noun=noun, id=record.id, key=f"{noun}:{record.id}", title_en=titles[0],
        title_ko=titles[1], negotiation=place.negotiation if place else None,
        track=place.slug if place else None, ledger_number=record.ledger_number,
        superseded_by=record.superseded_by, retracted=record.retracted,
    )  # fmt: skip


def _titles(record: Any) -> tuple[str, str]:
    """A row's headline; a statement's speaker and words, by which it is known again."""
    if not isinstance(record, StatementRecord):
        told = entry(record)
        return told.headline_en, told.headline_ko
    return (
        f"{record.speaker.name_en}: {_words(record, 'en')}",
        f"{record.speaker.name_ko}: {_words(record, 'ko')}",
    )


def _words(statement: StatementRecord, language: str) -> str:
    """Its words where they are in that language, or what they mean in it."""
    ours = statement.paraphrase_ko if language == "ko" else statement.paraphrase_en
    other = statement.paraphrase_en or statement.paraphrase_ko
    if statement.quotation and (statement.language[:2] == language or not ours):
        return f"“{_short(statement.quotation)}”"
    return _short(ours or other)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _place(noun: str, record: Any) -> TrackRef | None:
    match noun:
        case "position":
            return record.term.track
        case "linkage":
            return record.from_track
        case "status_change" | "account":
            return record.track
        case _:
            return record.tracks[0] if record.tracks else None
