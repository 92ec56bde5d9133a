"""Statements: drafting what was said, and checking it against the kept text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from negotiations.desk_words import Role
from negotiations.models import Snapshot, Source, Statement
from negotiations.operations.columns import check_values
from negotiations.operations.dates import read_date, read_zone
from negotiations.operations.drafting import Place, check_unseen, drafted, link_tracks, new_draft
from negotiations.operations.finders import Finders
from negotiations.operations.lookups import office, party, person, track, word
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.statement_lookups import (
    find_together,
    kept_text,
    optional_statement,
    source_of,
    statement_of,
    utterance,
)
from negotiations.operations.statement_rows import StatementRead, insert_one
from negotiations.operations.texts import check_quotation, clean
from negotiations.refusals import Refusal

# What stands around a quotation, kept so that it can be found again in another capture.
_AROUND = 40
# Arguments that are columns by the same name, and texts.
_TEXTS = (
    "paraphrase_en", "paraphrase_ko", "voice_en", "voice_ko", "said_phrase", "place_en", "place_ko",
    "language", "original_language", "note_en", "note_ko",
)  # fmt: skip
_PARTIES = {"parties": "parties_for", "about": "about"}


@operation(needs=Role.OFFICER)
def draft_statement(
    *,
    by: Actor,
    now: datetime,
    source: int,
    tracks: Sequence[str],
    said_on: str,
    zone: str,
    kind: str,
    language: str,
    quotation: str = "",
    start: int | None = None,
    end: int | None = None,
    paraphrase_en: str = "",
    paraphrase_ko: str = "",
    speaker: str | None = None,
    office_held: str | None = None,
    voice_en: str = "",
    voice_ko: str = "",
    parties_for: Sequence[str] = (),
    about: Sequence[str] = (),
    modality: str = "asserted",
    attribution: str = "on_record",
    credibility: str = "6",
    said_phrase: str = "",
    place_en: str = "",
    place_ko: str = "",
    original_language: str = "",
    repeats: int | None = None,
    translates: int | None = None,
    note_en: str = "",
    note_ko: str = "",
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft one utterance as given in one source.

    A quotation is verbatim; without `start` and `end` (code points, half-open) it is found in the
    newest snapshot. `said_on` is EDTF, `zone` an IANA zone; `tracks` are `negotiation/track` paths,
    `speaker` and `office_held` slugs, `parties_for` and `about` codes. Raises Refusal
    `quotation_not_found`, `no_snapshot`, `no_quotation_or_paraphrase`, `no_voice`, `no_tracks`,
    `repeats_a_repetition` and those of dates, words and names.
    """
    given, finders = locals(), Finders()
    find_together(finders, given)
    told = read_statement(given, finders)
    if supersedes is None and amends is None:
        return _new(told, by=by, now=now)
    row = new_draft(
        Statement, by=by, now=now, place=Place(supersedes, correction_reason, amends, version),
        values=told.values, links=told.links, named=told.named,
    )  # fmt: skip
    link_tracks(row, told.tracks)
    check_repeats(row)
    return drafted(row)


def _new(told: StatementRead, *, by: Actor, now: datetime) -> Act:
    """A draft that takes no other row's place: one SQL statement writes it with its links."""
    check_unseen(by, told.named)
    check_values(Statement, told.values)
    id = insert_one(told, by=by.officer, now=now)
    return Act(noun="statement", object_id=id, payload={}, tracks=told.tracks)


def read_statement(given: Mapping[str, Any], finders: Finders) -> StatementRead:
    """Read the arguments of a draft, all by name; raises what `draft_statement` refuses for them.

    The same for one draft and for each line of a batch.
    """
    dated = read_date(given["said_on"])
    source = finders.one(source_of, given["source"])
    values: dict[str, Any] = {
        **{name: clean(text, at=f"/{name}") if (text := given[name]) else "" for name in _TEXTS},
        **_quoted(source, given, finders),
        "source_id": source.pk,
        "speaker_id": _id(finders.one(person, given["speaker"])),
        "office_id": _id(finders.one(office, given["office_held"])),
        "said_on": dated.text,
        "said_lower": dated.lower,
        "said_upper": dated.upper,
        "zone": read_zone(given["zone"]),
        "kind": word("statement_kind", given["kind"]),
        "modality": word("modality", given["modality"]),
        "attribution": word("attribution", given["attribution"]),
        "credibility": word("credibility", given["credibility"]),
    }
    named = {
        "repeats_id": finders.one(utterance, given["repeats"]),
        "translates_id": finders.one(optional_statement, given["translates"]),
    }
    values |= {name: _id(row) for name, row in named.items()}
    _require(values, given["tracks"])
    return StatementRead(
        values=values,
        named=[row for row in named.values() if row is not None],
        # A track named twice is meant once.
        tracks=finders.each(track, dict.fromkeys(given["tracks"])),
        links={name: finders.each(party, given[of]) for name, of in _PARTIES.items()},
    )


def _require(values: dict[str, Any], tracks: Sequence[str]) -> None:
    if not (values["quotation"] or values["paraphrase_en"] or values["paraphrase_ko"]):
        raise Refusal("no_quotation_or_paraphrase", at="/quotation")
    if not (values["speaker_id"] or values["office_id"] or values["voice_en"]):
        raise Refusal("no_voice", at="/speaker")
    if not tracks:
        raise Refusal("no_tracks", at="/tracks")


def _quoted(source: Source, given: Mapping[str, Any], finders: Finders) -> dict[str, Any]:
    words = clean(given["quotation"], at="/quotation")
    if not words:
        return {"quotation": "", "snapshot_id": None, "start": None, "end": None}
    kept = finders.one(kept_text, source)
    if kept is None:
        raise Refusal("no_snapshot", at="/quotation")
    start, end = given["start"], given["end"]
    if start is None or end is None:
        start, end = kept.searched.find(words) or (0, 0)
    check_quotation(kept.searched.text, words, start, end)
    return {
        "quotation": words,
        "snapshot_id": kept.snapshot,
        "start": start,
        "end": end,
        "prefix": kept.searched.text[max(0, start - _AROUND) : start],
        "suffix": kept.searched.text[end : end + _AROUND],
    }


def _id(row: Model | None) -> int | None:
    return None if row is None else row.pk


def check_repeats(row: Statement) -> None:
    """Refusal `repeats_a_repetition`: what repeats points to a first rendering, and is none."""
    if row.repeats_id is None:
        return
    first = statement_of(row.repeats_id)
    repeated = Statement.objects.filter(repeats=row).exists()
    if repeated or first.repeats_id is not None or first.chain == row.chain:
        raise Refusal("repeats_a_repetition", at="/repeats")


def recheck(row: Statement) -> None:
    """Once more before publication: what it repeats, and the quotation where it was (rule 1)."""
    check_repeats(row)
    if row.snapshot_id is not None:
        snapshot = Snapshot.objects.select_related("source").get(pk=row.snapshot_id)
        if snapshot.source.published_at is None:
            raise Refusal("unpublished_evidence", noun="source", id=snapshot.source_id)
        check_quotation(snapshot.text, row.quotation, row.start or 0, row.end or 0)
