"""Reports of errors: anybody sends one, an officer answers it where everybody can read it.

A report is work and no act on the record, so it leaves no entry in the ledger; what mends the
record (a correction, a retraction, a mended name) does, and the answer names it. What a reader
wrote is for the desk alone, and not kept for ever.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from negotiations.desk_words import Role, includes
from negotiations.models import ErrorReport, LedgerEntry, Statement, Track
from negotiations.operations.drafting import NOUNS
from negotiations.operations.lookups import find, word
from negotiations.operations.permissions import Actor, require
from negotiations.operations.sources import read_address
from negotiations.operations.texts import clean
from negotiations.operations.turns import one_at_a_time
from negotiations.refusals import Refusal
from negotiations.trust_words import OPEN_REPORTS, OUTCOMES, ReportState

LONGEST_TEXT = 4000
LONGEST_ANSWER = 2000
LONGEST_URL = 2000
# Beyond this nobody would look at them; who floods us fills no more than this.
MOST_OPEN = 2000
SENT_TWICE = timedelta(minutes=10)
# How long after the answer the desk keeps what was written.
KEPT_FOR = timedelta(days=180)
# The acts that mend a record.
MENDING = ("correct", "retract", "mend")
# Embeddings, overrides and isolates: they show text in another order than it has.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def report_error(
    *,
    about: tuple[str, int],
    kind: str,
    text: str,
    source_url: str = "",
    language: str,
    now: datetime,
) -> int:
    """Keep what a reader says is wrong with a published row, or a track; its number.

    `about` is noun and id. The same sent again within ten minutes is the same report. `source_url`
    is kept as text and never asked for. Refusal `not_found` (also for a draft), `unknown_word`,
    `missing_text`, `too_long`, `bad_text`, `bad_url`, `reports_full`.
    """
    noun, id = about
    negotiations = _negotiations_of(noun, id, now=now)
    sent = {
        "kind": word("report_kind", kind),
        "text": _text(text, at="/text", most=LONGEST_TEXT),
        "source_url": _url(source_url),
    }
    if not sent["text"]:
        raise Refusal("missing_text", at="/text", name="text")
    digest = _digest(noun, str(id), *sent.values())
    with one_at_a_time("error_report", digest):
        rows = ErrorReport.objects
        twice = rows.filter(digest=digest, received_at__gt=now - SENT_TWICE).order_by("pk").first()
        if twice is not None:
            return twice.pk
        if rows.filter(state__in=OPEN_REPORTS).count() >= MOST_OPEN:
            raise Refusal("reports_full")
        return rows.create(
            noun=noun, object_id=id, negotiation_ids=negotiations, digest=digest, received_at=now,
            language=language if language in dict(settings.LANGUAGES) else "en", **sent,
        ).pk  # fmt: skip


def take_report(*, by: Actor, report: int, version: int) -> None:
    """Say that somebody looks at it: the acting officer, also instead of another.

    Refusal `no_such_row`, `not_allowed`, `version_conflict`, `report_answered`.
    """
    with _writing(by, report, version) as row:
        if row.state not in OPEN_REPORTS:
            raise Refusal("report_answered")
        row.state, row.taken_by_id = ReportState.LOOKED_AT.value, by.officer


def answer_report(
    *,
    by: Actor,
    now: datetime,
    report: int,
    version: int,
    outcome: str,
    answer_en: str = "",
    answer_ko: str = "",
    correction: int | None = None,
    duplicate_of: int | None = None,
) -> None:
    """Answer it in public, or mend the answer; the first one's instant stays.

    `corrected` names the act that mended the record, which came after the report; `duplicate`
    another report. `corrected` and `not_a_mistake` say something in a language at least. As
    `take_report`, but for what is answered, and `unknown_word`, `no_public_answer`, `too_long`,
    `bad_text`, `no_such_correction`.
    """
    if outcome not in OUTCOMES:
        raise Refusal("unknown_word", at="/outcome", word=outcome, vocabulary="report_state")
    en = _text(answer_en, at="/answer_en", most=LONGEST_ANSWER)
    ko = _text(answer_ko, at="/answer_ko", most=LONGEST_ANSWER)
    if not (en or ko) and outcome in {ReportState.CORRECTED, ReportState.NOT_A_MISTAKE}:
        raise Refusal("no_public_answer", at="/answer_en")
    with _writing(by, report, version) as row:
        row.state, row.answer_en, row.answer_ko = outcome, en, ko
        row.correction = row.duplicate_of = None
        if outcome == ReportState.CORRECTED:
            row.correction = _mending(correction, row)
        if outcome == ReportState.DUPLICATE:
            row.duplicate_of = _other(duplicate_of, row)
        if outcome == ReportState.REFUSED:
            row.text = row.source_url = row.digest = ""
        row.answered_by_id, row.answered_at = by.officer, row.answered_at or now


def forget_report_texts(*, now: datetime) -> int:
    """Drop what readers wrote KEPT_FOR after its answer; how many there were."""
    late = ErrorReport.objects.filter(answered_at__lte=now - KEPT_FOR)
    return late.exclude(text="", source_url="", digest="").update(text="", source_url="", digest="")


@contextmanager
def _writing(by: Actor, report: int, version: int) -> Iterator[ErrorReport]:
    with transaction.atomic():
        row = find(ErrorReport.objects.select_for_update(of=("self",)), report, pk=report)
        allowed = require(by, Role.OFFICER)
        held = allowed.roles
        if (
            held is not None
            and row.negotiation_ids
            and not any(
                includes(held.get(one, Role.READER), Role.OFFICER) for one in row.negotiation_ids
            )
        ):
            raise Refusal("not_allowed", role=Role.OFFICER.value)
        if row.version != version:
            raise Refusal("version_conflict", at="/version", version=row.version)
        yield row
        row.version += 1
        row.save()


def _negotiations_of(noun: str, id: int, *, now: datetime) -> list[int]:
    """The negotiations of a published row or a track; none for a source that nothing cites yet."""
    if not 0 < id < 2**63:
        raise Refusal("not_found")
    if noun == "track":
        tracks = Track.objects.filter(pk=id, registered_at__lte=now)
        found = list(tracks.values_list("negotiation", flat=True))
        if not found:
            raise Refusal("not_found")
        return found
    row: Any = NOUNS[noun]._default_manager.filter(pk=id, published_at__lte=now).first()
    if row is None:
        raise Refusal("not_found")
    return sorted(set(_touched(noun, row)))


def _touched(noun: str, row: Any) -> Iterator[int]:
    match noun:
        case "source" | "statement":
            held = Q(source__chain=row.chain) if noun == "source" else Q(pk=row.pk)
            said = Statement.objects.filter(held, published_at__isnull=False)
            rows = said.filter(tracks__isnull=False).values_list("tracks__negotiation", flat=True)
            yield from rows.distinct()
        case "milestone":
            yield row.negotiation_id
        case "position":
            yield row.term.track.negotiation_id
        case "linkage":
            yield from (row.from_track.negotiation_id, row.to_track.negotiation_id)
        case _:
            yield row.track.negotiation_id


def _mending(number: int | None, row: ErrorReport) -> int:
    """The number, if that public act mended something of the same negotiation after the report."""
    acts = LedgerEntry.objects.filter(public=True, verb__in=MENDING, at__gt=row.received_at)
    act = acts.filter(number=number).first() if number and 0 < number < 2**63 else None
    elsewhere = (
        act is not None
        and bool(act.negotiation_ids and row.negotiation_ids)
        and (not set(act.negotiation_ids) & set(row.negotiation_ids))
    )
    if act is None or elsewhere:
        raise Refusal("no_such_correction", at="/correction", number=number or 0)
    return act.number


def _other(number: int | None, row: ErrorReport) -> ErrorReport:
    others = ErrorReport.objects.exclude(pk=row.pk).exclude(state=ReportState.DUPLICATE)
    other = others.filter(pk=number).first() if number and 0 < number < 2**63 else None
    if other is None:
        raise Refusal("no_such_row", at="/duplicate_of", noun="report", id=number or 0)
    return other


def _text(text: str, *, at: str, most: int) -> str:
    cleaned = clean(_TURNS.sub("", text.replace("\r\n", "\n")), at=at)
    if len(cleaned) > most:
        raise Refusal("too_long", at=at, name=at.strip("/"), most=most)
    return cleaned


def _url(text: str) -> str:
    cleaned = _text(text, at="/source_url", most=LONGEST_URL)
    if not cleaned:
        return ""
    try:
        return read_address(cleaned)
    except Refusal as refusal:
        raise Refusal(refusal.code, at="/source_url", **refusal.facts) from None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
