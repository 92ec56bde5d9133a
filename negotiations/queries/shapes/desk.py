"""What the desk is shown: who sits there, and its drafts. Nothing of this is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from negotiations.queries.shapes.refs import TrackRef

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """One draft in a list: what it says in one line, and how far it is.

    `review` is empty, submitted or sent_back; `kind` the word that tells most about it (the kind of
    a statement, the stage of a status change); `released_at` the moment its embargo ends.
    """

    noun: str
    id: int
    version: int
    review: str
    title_en: str
    title_ko: str
    kind: str
    tracks: tuple[TrackRef, ...]
    drafted_by: str
    drafted_at: datetime
    mine: bool
    supersedes: int | None
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRecord:
    """Why a draft was sent back, by whom, and which version of it."""

    version: int
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Some(Generic[T]):
    """The first rows of a list and how many there are; `more`: nobody counted on."""

    count: int
    more: bool
    rows: tuple[T, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNegotiation:
    """A negotiation by its title."""

    slug: str
    title_en: str
    title_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCapture:
    """A capture that is under way, failed, or found something that nobody used yet."""

    id: int
    url: str
    state: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDraft:
    """A draft in a pile; `remark` is why it was sent back, where it was."""

    row: DraftRow
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """How many drafts wait in one way, and the newest of them."""

    count: int
    drafts: tuple[WaitingDraft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDetail:
    """One draft: its row as listed, its remarks, and `body`, the arguments that make it again."""

    row: DraftRow
    body: Mapping[str, Any]
    remarks: tuple[RemarkRecord, ...]
    published: bool
