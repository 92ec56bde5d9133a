"""A desk with two officers, and rows made as they make them: through the operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import LedgerEntry, Membership, Negotiation, Officer, Published
from negotiations.operations import Actor, Receipt, Role
from negotiations.operations.drafting import NOUNS
from negotiations.refusals import Refusal

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
TEXT = (
    "The minister said:\n“We are  close to a deal.” Asked when, he said, “Soon, I hope.”"
    " 협상은 끝났다."
)
DRAFTS: dict[str, Callable[..., Receipt]] = {
    "source": operations.draft_source,
    "statement": operations.draft_statement,
    "status_change": operations.draft_status_change,
    "position": operations.draft_position,
    "linkage": operations.draft_linkage,
    "milestone": operations.draft_milestone,
    "account": operations.draft_account,
}
_numbers = count(1)


@contextmanager
def refuses(code: str, *, at: str | None = None) -> Iterator[None]:
    """What stands inside is refused with this code, pointing there, and leaves no entry."""
    before = LedgerEntry.objects.count()
    with pytest.raises(Refusal) as refused:
        yield
    assert refused.value.code == code
    if at is not None:
        assert refused.value.at == at
    for language in ("en", "ko"):
        assert "{" not in refused.value.sentence(language)
    assert LedgerEntry.objects.count() == before


@dataclass
class Desk:
    """Two officers at work in the negotiation `talks`."""

    drafter: Actor
    reviewer: Actor
    # Ids of what is published already: a source with its text, and a statement from it.
    ids: dict[str, int] = field(default_factory=dict)

    def act(self, verb: Callable[..., Receipt], **fields: Any) -> Receipt:
        """One act of the first officer at NOW; `by` and `now` can be given."""
        return verb(**{"by": self.drafter, "now": NOW, **fields})

    def draft(self, noun: str, **fields: Any) -> Receipt:
        """A draft, complete by default."""
        return self.act(DRAFTS[noun], **{**self.usual(noun), **fields})

    def publish(self, noun: str, id: int, **fields: Any) -> Receipt:
        """The second officer publishes, having seen everything."""
        usual = {"by": self.reviewer, "now": NOW, "seen": last_entry().number, "confirmed": True}
        if "version" not in fields:
            usual["version"] = self.row(noun, id).version
        return operations.publish(**{**usual, **fields}, noun=noun, id=id)

    def published(self, noun: str, **fields: Any) -> int:
        """The id of a row that one drafted and the other published."""
        draft = self.draft(noun, **fields)
        return self.publish(noun, draft.id).id

    def correct(self, noun: str, before: int, **fields: Any) -> int:
        """The id of the published correction of a published row."""
        return self.published(
            noun, supersedes=before, correction_reason="A slip of the pen.", **fields
        )

    def retract(self, noun: str, before: int) -> int:
        """The id of the published retraction of a published row."""
        draft = self.act(
            operations.draft_retraction, noun=noun, id=before, correction_reason="It is not so."
        )
        return self.publish(noun, draft.id).id

    def row(self, noun: str, id: int) -> Any:
        """A row as the database has it."""
        model: type[Published] = NOUNS[noun]
        return model._default_manager.get(pk=id)

    def meeting(self) -> str:
        """The slug of a meeting, which is on record from the first time that it is asked for."""
        if "meeting" not in self.ids:
            self.ids["meeting"] = self.published(
                "milestone", slug="summit", kind="meeting", due_on="2025-10-01",
                tracks=["talks/trade"],
            )  # fmt: skip
        return "summit"

    def usual(self, noun: str) -> dict[str, Any]:
        """What a complete draft of a noun says when nothing else is asked for."""
        holds = {"effective_on": "2025-10-02", "basis": [self.ids.get("statement", 0)]}
        match noun:
            case "source":
                return {
                    "url": f"https://paper.example/{next(_numbers)}", "title": "Close to a deal",
                    "publisher": "paper", "language": "en", "published_on": "2025-10-01",
                }  # fmt: skip
            case "statement":
                return {
                    "source": self.ids.get("source", 0), "tracks": ["talks/security"],
                    "said_on": "2025-10-01", "zone": "Asia/Seoul", "kind": "reports",
                    "language": "en", "paraphrase_en": "They are close.",
                    "paraphrase_ko": "가까워졌다.", "speaker": "cho", "office_held": "minister",
                    "parties_for": ["KR"], "about": ["US"],
                }  # fmt: skip
            case "status_change":
                return {
                    **holds, "track": "talks/security", "stage": "negotiating",
                    "momentum": "advancing", "documentary_basis": "oral",
                    "headline_en": "Talks go on", "headline_ko": "협상 계속",
                }  # fmt: skip
            case "position":
                return {
                    **holds, "term": "talks/trade/car-tariff", "according_to": "US",
                    "standing": "announced", "amount": "15",
                }  # fmt: skip
            case "linkage":
                return {
                    **holds, "from_track": "talks/security", "to_track": "talks/trade",
                    "kind": "decoupled_from", "according_to": "KR",
                }  # fmt: skip
            case "account":
                return {
                    **holds, "track": "talks/security", "meeting": self.meeting(),
                    "topic": "rice-market", "topic_en": "Rice market", "topic_ko": "쌀 시장",
                    "according_to": "KR", "text_en": "Nothing was opened.",
                    "text_ko": "개방한 것이 없다.",
                }  # fmt: skip
            case _:
                return {
                    **holds, "negotiation": "talks", "slug": "apec", "tracks": ["talks/security"],
                    "kind": "target", "title_en": "APEC", "title_ko": "아펙",
                    "due_on": "2025-10-31/2025-11-01",
                }  # fmt: skip


def open_desk() -> Desk:
    """A desk with its reference data, one captured source and one published statement."""
    officers = [Officer.objects.create(username=f"officer-{next(_numbers)}") for _ in range(2)]
    desk = Desk(*(Actor(officer=officer.pk) for officer in officers))
    console = Actor(officer=officers[0].pk, role=Role.CONSOLE)
    for code, name in (("KR", "Korea"), ("US", "United States")):
        desk.act(
            operations.register_party, by=console, code=code, name_en=name, name_ko=name,
            capital_en=name, capital_ko=name, zone="Asia/Seoul",
        )  # fmt: skip
    both = {"title_en": "Talks", "title_ko": "협상"}
    desk.act(
        operations.register_negotiation, by=console, slug="talks", parties=["KR", "US"], **both
    )
    talks = Negotiation.objects.get(slug="talks")
    # The first officer keeps the reference data of the whole site, too.
    Officer.objects.filter(pk=officers[0].pk).update(is_superuser=True)
    Membership.objects.create(officer=officers[1], negotiation=talks, role=Role.REVIEWER.value)
    for slug in ("security", "trade"):
        desk.act(
            operations.register_track, negotiation="talks", slug=slug,
            procedure="executive_agreement", **both,
        )  # fmt: skip
    desk.act(
        operations.register_term, track="talks/trade", slug="car-tariff", name_en="Tariff on cars",
        name_ko="자동차 관세", unit="percent",
    )  # fmt: skip
    desk.act(operations.register_office, slug="minister", party="KR", **both)
    names = {"name_en": "Cho", "name_ko": "조"}
    desk.act(operations.register_person, slug="cho", **names)
    for slug, tier in (("paper", "press"), ("rumours", "unreliable")):
        desk.act(operations.register_publisher, slug=slug, tier=tier, **names)
    desk.act(
        operations.grade_publisher, publisher="paper", reliability="B", graded_on=date(2025, 1, 1)
    )
    source = desk.draft("source")
    capture(desk, source.id)
    desk.ids["source"] = desk.publish("source", source.id).id
    desk.ids["statement"] = desk.published("statement")
    return desk


def capture(desk: Desk, source: int, text: str = TEXT, captured_at: datetime = NOW) -> int:
    """The id of a kept text of a source."""
    return desk.act(
        operations.capture_source, source=source, text=text, captured_at=captured_at,
        capture="transcribed", waiver="The test needs it at once.",
    ).id  # fmt: skip


def last_entry() -> LedgerEntry:
    """The newest entry of the ledger."""
    return LedgerEntry.objects.latest("number")
