"""What a statement is called where it stands alone: in a frame, in a list of links."""

from __future__ import annotations

from negotiations.languages import chosen
from negotiations.queries.shapes import StatementRecord
from negotiations.queries.written_dates import date_en, date_ko


def statement_title(statement: StatementRecord, *, language: str) -> str:
    """Whose words, of which track (the first that they bear on), and of which day.

    "Cho Hyun on Security agreement, 1 October 2025" in English, "조현 – 안보 합의, 2025년 10월 1일"
    in Korean; a name that is written in one language alone stands in that one.
    """
    who, _ = chosen(statement.speaker, "name", language)
    who = who or chosen(statement.speaker, "office", language)[0]
    day = (date_ko if language == "ko" else date_en)(statement.said_on)
    if not statement.tracks:
        return f"{who}, {day}"
    track, _ = chosen(statement.tracks[0], "title", language)
    return f"{who} – {track}, {day}" if language == "ko" else f"{who} on {track}, {day}"
