"""One line for each kind of entry, in English and Korean, from the vocabulary's own labels."""

from __future__ import annotations

from typing import Any

from negotiations.definitions import define
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PartyRef,
    PositionRecord,
    StatementRecord,
    StatusChangeRecord,
)
from negotiations.queries.written_dates import date_en, date_ko
from negotiations.vocabulary import AccountBearing, LinkageStanding

Lines = tuple[str, str]


def headline(record: Any) -> Lines:
    """The headline of a record in English and Korean."""
    return _LINES[type(record)](record)


def status_change_line(record: StatusChangeRecord) -> Lines:
    """As the desk wrote it."""
    return record.headline_en, record.headline_ko


def position_line(record: PositionRecord) -> Lines:
    """ "Washington: Car tariff 15 % – agreed"."""
    standing = define("standing", record.standing)
    en = _joined(record.term.name_en, record.figure_en, figure=record.amount is not None)
    ko = _joined(record.term.name_ko, record.figure_ko, figure=record.amount is not None)
    return (
        f"{_voice(record.according_to)[0]}{en} – {_lower(standing.label_en)}",
        f"{_voice(record.according_to)[1]}{ko} – {standing.label_ko}",
    )


def linkage_line(record: LinkageRecord) -> Lines:
    """ "Seoul: Security – decoupled from – Tariffs", with what is denied or ended said so."""
    kind, standing = define("linkage_kind", record.kind), ("", "")
    if record.standing != LinkageStanding.ASSERTED:
        word = define("linkage_standing", record.standing)
        standing = f" ({_lower(word.label_en)})", f" ({word.label_ko})"
    before, after = record.from_track, record.to_track
    voice_en, voice_ko = _voice(record.according_to)
    return (
        f"{voice_en}{before.title_en} – {kind.label_en} – {after.title_en}{standing[0]}",
        f"{voice_ko}{before.title_ko} – {kind.label_ko} – {after.title_ko}{standing[1]}",
    )


def milestone_line(record: MilestoneRecord) -> Lines:
    """ "Due 31 October 2025: Announcement before APEC – open"."""
    outcome = define("outcome", record.outcome)
    return (
        f"Due {date_en(record.due_on)}: {record.title_en} – {_lower(outcome.label_en)}",
        f"{date_ko(record.due_on)} 예정: {record.title_ko} – {outcome.label_ko}",
    )


def account_line(record: AccountRecord) -> Lines:
    """ "Seoul’s account: Rice market – no further opening"; where it is silent, that it is."""
    en, ko = record.text_en or record.text_ko, record.text_ko or record.text_en
    if record.bearing == AccountBearing.OMITS:
        word = define("account_bearing", record.bearing)
        en, ko = _lower(word.label_en), word.label_ko
    party = record.according_to
    return (
        f"{party.capital_en}’s account: {record.topic_en} – {en}",
        f"{party.capital_ko} 측 설명: {record.topic_ko} – {ko}",
    )


def statement_line(record: StatementRecord) -> Lines:
    """ "Cho Hyun – Claims agreement"."""
    kind = define("statement_kind", record.kind)
    return (
        f"{record.speaker.name_en} – {kind.label_en}",
        f"{record.speaker.name_ko} – {kind.label_ko}",
    )


_LINES: dict[type, Any] = {
    StatusChangeRecord: status_change_line,
    PositionRecord: position_line,
    LinkageRecord: linkage_line,
    MilestoneRecord: milestone_line,
    AccountRecord: account_line,
    StatementRecord: statement_line,
}


def _voice(party: PartyRef | None) -> Lines:
    return ("", "") if party is None else (f"{party.capital_en}: ", f"{party.capital_ko}: ")


def _joined(term: str, said: str, *, figure: bool) -> str:
    return f"{term} {said}" if figure else f"{term}: {said}"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
