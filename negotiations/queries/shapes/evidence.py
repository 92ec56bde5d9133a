"""How the pages of sources are found again, beside what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words: in both texts (`same`), only in the quoted one, only in the live one."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPassage:
    """A passage that is quoted here and no longer stands in the page.

    `found` is what is most like it there, null where nothing is; `pieces` compares the two.
    """

    statement: int
    quotation: str
    found: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEvidence:
    """How the page of a source was found again, and the SHA-256 of what is kept of it.

    `since` and `ledger_number` are of the act that said so, null where a check never found anything
    wrong. `address` is where the page moved to. A text that was transcribed, or fetched before the
    whole answer was kept, has neither `html_sha256` nor `warc_sha256`.
    """

    source: int
    state: str
    since: datetime | None
    ledger_number: int | None
    address: str | None
    passages: tuple[ChangedPassage, ...]
    text_sha256: str | None
    html_sha256: str | None
    warc_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How the page of a source was found again, in short: `state` and `since` as SourceEvidence
    has them; `altered` are the statements whose quoted words no longer stand in it.
    """

    source: int
    state: str
    since: datetime | None
    altered: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPage:
    """A page that wants the desk's eye.

    `state` is the ledger's last word, `refusal` why the page could not be seen on the last
    `failures` nights. `aside`: looking at it killed its workers; `seen`: an officer took note.
    """

    check: int
    source: int
    title: str
    url: str
    evidence: SourceEvidence
    checked_at: datetime | None
    failures: int
    aside: bool
    seen: bool
    sentence_en: str
    sentence_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedCopy:
    """A kept copy that no longer has its digest: `part` is text, html or warc."""

    source: int
    title: str
    part: str
    snapshot: int
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a source's page beside its text; `checked_at` is the last look at it."""

    archived: bool
    html: str
    final_url: str
    captured_at: datetime | None
    checked_at: datetime | None
