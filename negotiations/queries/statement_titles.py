"""What a statement is called where it stands alone: in a frame, in a list of links."""

from __future__ import annotations

from typing import Any

from negotiations.queries.shapes import StatementRecord
from negotiations.queries.written_dates import date_en, date_ko


def statement_title(statement: StatementRecord, *, language: str) -> str:
    """Whose words, of which track (the first that they bear on), and of which day.

    "Cho Hyun on Security agreement, 1 October 2025" in English, "조현 – 안보 합의, 2025년 10월 1일"
    in Korean; a name that is written in one language alone stands in that one.
    """
    korean = language == "ko"
    who = _said(statement.speaker, "name", korean) or _said(statement.speaker, "office", korean)
    day = (date_ko if korean else date_en)(statement.said_on)
    if not statement.tracks:
        return f"{who}, {day}"
    track = _said(statement.tracks[0], "title", korean)
    return f"{who} – {track}, {day}" if korean else f"{who} on {track}, {day}"


def _said(row: Any, name: str, korean: bool) -> str:
    en, ko = getattr(row, f"{name}_en"), getattr(row, f"{name}_ko")
    return str((ko or en) if korean else (en or ko))
