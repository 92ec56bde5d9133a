"""What a picture over time shows, as rows of one table: the same facts for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from negotiations.cells import BETWEEN, bound
from negotiations.pages.drawings import Drawing
from negotiations.queries.shapes import Band, Lane, LinkageRecord, StatementRecord, Tick

# Documented in the API's README; new ones are added at the end.
COLUMNS = (
    "kind", "track", "track_en", "track_ko", "other_tracks", "from", "until", "stage", "momentum",
    "according_to", "statements", "headline_en", "headline_ko", "earlier_dates", "outcome",
    "linkage_kind", "standing", "ledger_number", "statement_ids", "quotation", "paraphrase_en",
    "paraphrase_ko", "speaker_en", "speaker_ko", "source_url",
)  # fmt: skip
Row = dict[str, object]


def rows(shown: Drawing) -> Iterator[Row]:
    """A row for each band, day with statements, milestone, last word and silence of each track;
    then the ties, and what moved together.
    """
    reader = shown.lanes.according_to.code if shown.lanes.according_to else "desk"
    for lane in shown.lanes.lanes:
        for band in lane.bands:
            yield {**_band(lane, band, reader), **_evidence(shown, band.statement_ids)}
        for tick in lane.ticks:
            yield _milestone(lane, tick) if tick.milestone else _day(shown, lane, tick)
        yield from _voices(lane)
        for silence in lane.silences:
            row = {"from": silence.since, "until": silence.until, "according_to": reader}
            yield {"kind": "silence", **_track(lane), **row}
    for linkage in shown.lanes.linkages:
        yield _linkage(linkage)
    for move in shown.lanes.moves:
        ids = (move.statement,) if move.statement else ()
        tracks = BETWEEN.join(_path(track) for track in move.tracks)
        row = {"kind": "move", "from": move.on, "other_tracks": tracks}
        yield {**row, **_evidence(shown, ids)}


def _path(track: Any) -> str:
    return f"{track.negotiation}/{track.slug}"


def _track(lane: Lane) -> Row:
    track = lane.track
    return {"track": _path(track), "track_en": track.title_en, "track_ko": track.title_ko}


def _band(lane: Lane, band: Band, reader: str) -> Row:
    return {
        "kind": "band",
        **_track(lane),
        "from": band.since,
        "until": band.until,
        "stage": band.stage,
        "momentum": band.momentum,
        "according_to": reader,
        "headline_en": band.headline_en,
        "headline_ko": band.headline_ko,
        "ledger_number": band.ledger_number,
    }


def _day(shown: Drawing, lane: Lane, tick: Tick) -> Row:
    row = {"kind": "day", **_track(lane), "from": tick.on, "until": tick.on}
    return {**row, "statements": tick.statements, **_evidence(shown, tick.statement_ids)}


def _milestone(lane: Lane, tick: Tick) -> Row:
    milestone = tick.milestone
    if milestone is None:
        return {}
    return {
        "kind": "milestone",
        **_track(lane),
        "from": bound(milestone.due_lower),
        "until": bound(milestone.due_upper),
        "headline_en": milestone.title_en,
        "headline_ko": milestone.title_ko,
        "earlier_dates": BETWEEN.join(slip.due_on for slip in tick.slips),
        "outcome": milestone.outcome,
        "ledger_number": milestone.ledger_number,
        **_words(milestone.basis),
    }


def _voices(lane: Lane) -> Iterator[Row]:
    for word in lane.last_words:
        row = {"kind": "last_word", **_track(lane), "from": word.said_on}
        ids = str(word.statement) if word.statement else ""
        yield {**row, "according_to": word.party.code, "statement_ids": ids}


def _linkage(linkage: LinkageRecord) -> Row:
    start, voice = linkage.from_track, linkage.according_to
    return {
        "kind": "linkage",
        "track": _path(start),
        "track_en": start.title_en,
        "track_ko": start.title_ko,
        "other_tracks": _path(linkage.to_track),
        "from": bound(linkage.effective_lower),
        "according_to": voice.code if voice else "desk",
        "linkage_kind": linkage.kind,
        "standing": linkage.standing,
        "ledger_number": linkage.ledger_number,
        **_words(linkage.basis),
    }


def _evidence(shown: Drawing, ids: tuple[int, ...]) -> Row:
    words = shown.hints.words
    known = tuple(words[pk] for pk in ids if pk in words)
    return {**_words(known), "statement_ids": BETWEEN.join(map(str, ids))}


def _words(statements: tuple[StatementRecord, ...]) -> Row:
    if not statements:
        return {}
    first = statements[0]
    return {
        "statement_ids": BETWEEN.join(str(one.id) for one in statements),
        "quotation": first.quotation,
        "paraphrase_en": first.paraphrase_en,
        "paraphrase_ko": first.paraphrase_ko,
        "speaker_en": first.speaker.name_en,
        "speaker_ko": first.speaker.name_ko,
        "source_url": first.source.url,
    }
