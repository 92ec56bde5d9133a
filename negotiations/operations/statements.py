"""Statements: drafting what was said, and checking it against the kept text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from negotiations.desk_words import Role
from negotiations.models import Snapshot, Source, Statement
from negotiations.operations.dates import read_date, read_zone
from negotiations.operations.drafting import Place, drafted, link_tracks, new_draft
from negotiations.operations.lookups import find, office, parties, person, track, word
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.sources import snapshots_of
from negotiations.operations.texts import check_quotation, clean, find_quotation
from negotiations.refusals import Refusal

# What stands around a quotation, kept so that it can be found again in another capture.
_AROUND = 40


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
    dated = read_date(said_on)
    texts = {
        "paraphrase_en": paraphrase_en, "paraphrase_ko": paraphrase_ko,
        "voice_en": voice_en, "voice_ko": voice_ko, "said_phrase": said_phrase,
        "place_en": place_en, "place_ko": place_ko, "language": language,
        "original_language": original_language, "note_en": note_en, "note_ko": note_ko,
    }  # fmt: skip
    row_source = find(Source, source, pk=source)
    values: dict[str, Any] = {
        **{name: clean(text, at=f"/{name}") for name, text in texts.items()},
        **_quoted(row_source, quotation, start, end),
        "source": row_source,
        "speaker": person(speaker),
        "office": office(office_held),
        "said_on": dated.text,
        "said_lower": dated.lower,
        "said_upper": dated.upper,
        "zone": read_zone(zone),
        "kind": word("statement_kind", kind),
        "modality": word("modality", modality),
        "attribution": word("attribution", attribution),
        "credibility": word("credibility", credibility),
        "repeats": _utterance(repeats),
        "translates": find(Statement, translates, pk=translates)
        if translates is not None
        else None,
    }
    _require(values, tracks)
    on = [track(path) for path in tracks]
    row = new_draft(
        Statement, by=by, now=now, place=Place(supersedes, correction_reason, amends, version),
        values=values, links={"parties": parties(parties_for), "about": parties(about)},
    )  # fmt: skip
    link_tracks(row, on)
    return drafted(row)


def _require(values: dict[str, Any], tracks: Sequence[str]) -> None:
    if not (values["quotation"] or values["paraphrase_en"] or values["paraphrase_ko"]):
        raise Refusal("no_quotation_or_paraphrase", at="/quotation")
    if not (values["speaker"] or values["office"] or values["voice_en"]):
        raise Refusal("no_voice", at="/speaker")
    if not tracks:
        raise Refusal("no_tracks", at="/tracks")


def _quoted(source: Source, quotation: str, start: int | None, end: int | None) -> dict[str, Any]:
    words = clean(quotation, at="/quotation")
    if not words:
        return {"quotation": "", "snapshot": None, "start": None, "end": None}
    snapshot = snapshots_of(source).order_by("-captured_at", "-id").first()
    if snapshot is None:
        raise Refusal("no_snapshot", at="/quotation")
    if start is None or end is None:
        start, end = find_quotation(snapshot.text, words) or (0, 0)
    check_quotation(snapshot.text, words, start, end)
    return {
        "quotation": words,
        "snapshot": snapshot,
        "start": start,
        "end": end,
        "prefix": snapshot.text[max(0, start - _AROUND) : start],
        "suffix": snapshot.text[end : end + _AROUND],
    }


def _utterance(repeats: int | None) -> Statement | None:
    if repeats is None:
        return None
    first = find(Statement, repeats, pk=repeats)
    if first.repeats_id is not None:
        raise Refusal("repeats_a_repetition", at="/repeats")
    return first


def recheck(row: Statement) -> None:
    """Once more before publication: the quotation is where it was (rule 1)."""
    if row.snapshot_id is not None:
        snapshot = Snapshot.objects.get(pk=row.snapshot_id)
        check_quotation(snapshot.text, row.quotation, row.start or 0, row.end or 0)
