"""Reports of errors: what everybody is told of them, and what the desk reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubject:
    """What a report is about: a row of the record by noun and id, or a track.

    `key` names it in `about=`: `statement:12`, `track:rok-us/security`. `negotiation` and `track`
    are where it stands, null for a source; `ledger_number` is its entry there, null for a track.
    """

    noun: str
    id: int
    key: str
    title_en: str
    title_ko: str
    negotiation: str | None
    track: str | None
    ledger_number: int | None
    superseded_by: int | None
    retracted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """A report as everybody is told of it: never what its reader wrote.

    `answer_en`, `answer_ko` are the desk's; `correction` is the ledger number of the act that
    mended the record, `duplicate_of` the number of the other report.
    """

    id: int
    about: ReportSubject
    kind: str
    state: str
    received_at: datetime
    answered_at: datetime | None
    answer_en: str
    answer_ko: str
    correction: int | None
    duplicate_of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSums:
    """How many reports there are, by state, and how many days passed to half of the answers.

    `median_days` is null before the first answer; abuse is not counted in it.
    """

    total: int
    states: Mapping[str, int]
    median_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskReport:
    """A report as the desk reads it, with what was written, which may be gone (empty)."""

    record: ReportRecord
    version: int
    text: str
    source_url: str
    language: str
    taken_by: str
    answered_by: str
