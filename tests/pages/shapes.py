"""Answers of the read door made by hand, for tests of what pages do with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from negotiations.queries.shapes import (
    MilestoneRecord,
    PartyRef,
    PublisherRef,
    SourceRef,
    Speaker,
    StatementRecord,
    TrackRef,
)

KR = PartyRef(
    code="KR",
    name_en="Republic of Korea",
    name_ko="대한민국",
    capital_en="Seoul",
    capital_ko="서울",
)
SECURITY = TrackRef(negotiation="rok-us", slug="security", title_en="Security", title_ko="안보")
PUBLISHER = PublisherRef(
    slug="yonhap",
    name_en="Yonhap News Agency",
    name_ko="연합뉴스",
    tier="press",
    reliability="B",
)
CHO = Speaker(
    person="cho-hyun",
    name_en="Cho Hyun",
    name_ko="조현",
    office="foreign-minister",
    office_en="Minister of Foreign Affairs",
    office_ko="외교부 장관",
)


def source(**changes: Any) -> SourceRef:
    """A captured source, or what `changes` make of it."""
    fields: dict[str, Any] = {
        "id": 3,
        "title": "Preliminary agreement",
        "url": "https://example.org/a?b=1",
        "publisher": PUBLISHER,
        "language": "en",
        "published_on": "2025-10-02",
        "sha256": "ab" * 32,
    }
    return SourceRef(**fields | changes)


def statement(**changes: Any) -> StatementRecord:
    """A quotation of the foreign minister, or what `changes` make of it."""
    fields: dict[str, Any] = {
        "id": 12,
        "quotation": "not optimistic",
        "start": 10,
        "end": 24,
        "prefix": "situation is “",
        "suffix": ".”",
        "paraphrase_en": "He sees little hope.",
        "paraphrase_ko": "전망이 밝지 않다고 봤다.",
        "speaker": CHO,
        "parties": (KR,),
        "about": (),
        "said_on": "2025-10-01",
        "said_lower": date(2025, 10, 1),
        "said_upper": date(2025, 10, 1),
        "said_phrase": "",
        "zone": "Asia/Seoul",
        "place_en": "",
        "place_ko": "",
        "kind": "expresses_pessimism",
        "modality": "asserted",
        "attribution": "on_record",
        "credibility": "2",
        "language": "en",
        "original_language": "ko",
        "tracks": (SECURITY,),
        "source": source(),
        "repeats": None,
        "translates": None,
        "note_en": "",
        "note_ko": "",
        "known_on": date(2025, 10, 2),
        "published_at": datetime(2025, 10, 3, tzinfo=UTC),
        "ledger_number": 40,
        "waiver": "",
        "supersedes": None,
        "correction_reason": "",
        "superseded_by": None,
        "retracted": False,
    }
    return StatementRecord(**fields | changes)


def promise(due_on: str, **changes: Any) -> MilestoneRecord:
    """A deadline on that day, open, or what `changes` make of it."""
    day = date.fromisoformat(due_on) if len(due_on) == 10 else date(2025, 10, 1)
    fields: dict[str, Any] = {
        "id": 7,
        "negotiation": "rok-us",
        "slug": "announcement",
        "tracks": (SECURITY,),
        "kind": "deadline",
        "title_en": "Announcement",
        "title_ko": "발표",
        "due_on": due_on,
        "due_lower": day,
        "due_upper": day,
        "place_en": "",
        "place_ko": "",
        "outcome": "open",
        "effective_on": "2025-09-01",
        "effective_lower": date(2025, 9, 1),
        "effective_upper": date(2025, 9, 1),
        "note_en": "",
        "note_ko": "",
        "basis": (statement(),),
        "thinly_sourced": False,
        "corroboration": 1,
        "known_on": date(2025, 9, 2),
        "published_at": datetime(2025, 9, 3, tzinfo=UTC),
        "ledger_number": 41,
        "waiver": "",
        "supersedes": None,
        "correction_reason": "",
        "superseded_by": None,
        "retracted": False,
    }
    return MilestoneRecord(**fields | changes)
