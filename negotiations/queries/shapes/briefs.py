"""A negotiation on paper: the brief of one page, the handover, and what has changed since.

Of people, parties, tracks, terms and publishers these tell what they were called at the ledger
number; nothing in them depends on what is mended or published later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from negotiations.queries.shapes.refs import Speaker, TrackRef
from negotiations.queries.shapes.spans import Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefParty:
    """A party, by its code."""

    code: str
    name_en: str
    name_ko: str
    capital_en: str
    capital_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Endnote:
    """A statement that a claim rests on; `quotation` null: it is a paraphrase.

    `address` is the path of its page here; `reliability` (of its publisher; null: not graded) and
    `credibility` are the Admiralty code. `retracted`: it was taken back by then, and so was all
    else that the claim rests on. `reported`: the words quoted are the source's own account of what
    the speaker said.
    """

    number: int
    statement: int
    address: str
    speaker: Speaker
    said_on: str
    zone: str
    place_en: str
    place_ko: str
    statement_kind: str
    quotation: str | None
    paraphrase_en: str
    paraphrase_ko: str
    language: str
    source: int
    source_title: str
    source_url: str
    source_language: str
    source_published_on: str
    publisher: str
    publisher_en: str
    publisher_ko: str
    reliability: str | None
    credibility: str
    retracted: bool
    reported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefReading:
    """What one party says of a track; `status_change` null: it has not spoken."""

    party: BriefParty
    status_change: int | None
    stage: str | None
    momentum: str | None
    effective_on: str | None
    headline_en: str
    headline_ko: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTrack:
    """Where a track stands, by the desk; `readings` are there where the parties are not at one.

    `status_change` null: the desk has no reading. `new`: the reading took effect within the
    fortnight up to `on`.
    """

    track: TrackRef
    headline: bool
    status_change: int | None
    stage: str | None
    momentum: str | None
    effective_on: str | None
    headline_en: str
    headline_ko: str
    agreement: str
    floor: str | None
    ceiling: str | None
    new: bool
    readings: tuple[BriefReading, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOther:
    """A track that had room for its name alone, and where it stands by the desk.

    `status_change` null: the desk has no reading. `evidence_retracted`: all that the reading rests
    on was taken back by then.
    """

    track: TrackRef
    status_change: int | None
    stage: str | None
    momentum: str | None
    evidence_retracted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPosition:
    """What one party says a term is; all but `party` null or empty: it has said nothing."""

    party: BriefParty
    position: int | None
    amount: Decimal | None
    amount_to: Decimal | None
    qualifier: str | None
    text_en: str
    text_ko: str
    standing: str | None
    effective_on: str | None
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTerm:
    """A term on which the parties are apart, use different words, or one of them is silent."""

    track: TrackRef
    slug: str
    name_en: str
    name_ko: str
    unit: str
    comparison: str
    positions: tuple[BriefPosition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTie:
    """A tie between two tracks that holds, by a party's word or the desk's (null)."""

    linkage: int
    from_track: TrackRef
    to_track: TrackRef
    party: BriefParty | None
    linkage_kind: str
    effective_on: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefDate:
    """A milestone that is open, or whose date slipped.

    `overdue`: its day has passed and no outcome is on record. `moves` say how far each of its dates
    lies from the one before, `moved` how far the present one lies from the first (null: it is the
    first).
    """

    milestone: int
    slug: str
    tracks: tuple[TrackRef, ...]
    milestone_kind: str
    title_en: str
    title_ko: str
    due_on: str
    place_en: str
    place_ko: str
    outcome: str
    overdue: bool
    moves: tuple[Shift, ...]
    moved: Shift | None
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefNews:
    """A row that took effect within the fortnight up to `on` and stands nowhere else here.

    `noun` is status_change, position or milestone, and says which members are set.
    """

    noun: str
    id: int
    effective_on: str
    tracks: tuple[TrackRef, ...]
    party: BriefParty | None
    stage: str | None
    headline_en: str
    headline_ko: str
    unit: str | None
    amount: Decimal | None
    amount_to: Decimal | None
    qualifier: str | None
    text_en: str
    text_ko: str
    standing: str | None
    outcome: str | None
    due_on: str | None
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many of each are on record and had no room."""

    tracks: int = 0
    terms: int = 0
    ties: int = 0
    dates: int = 0
    news: int = 0
    words: int = 0
    owed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTopic:
    """What the parties tell of at a meeting."""

    topic: str
    topic_en: str
    topic_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefContradiction:
    """A meeting of which the parties' accounts contradict each other, and on which topics.

    The first eight of `topics_in_all`, without endnotes: the page of the meeting has the words.
    """

    meeting: str
    title_en: str
    title_ko: str
    topics: tuple[BriefTopic, ...]
    topics_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What every brief says of itself.

    `form` is the number of the rules by which it was composed; `address` the path of the page that
    tells the same for ever. The clocks are the moment of the act `ledger_number`, whose hash is
    `ledger_hash`: everything up to it is in the brief, nothing later.
    """

    form: int
    address: str
    negotiation: str
    title_en: str
    title_ko: str
    parties: tuple[BriefParty, ...]
    on: date
    known_by: date | datetime
    as_of: datetime
    ledger_number: int
    ledger_hash: str
    last_said_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(Stamped):
    """A negotiation on one page; every claim has a numbered endnote but those of `others` and
    `contradictions`.

    `contested`, `one_sided`, `concordant` and `unknown` count all tracks, `new` all rows that took
    effect within the fortnight up to `on`, shown or not (sixty at most). `others` are tracks of
    those that `left_out` counts, by name: all of them, where twelve lines hold so many.
    """

    contested: int
    one_sided: int
    concordant: int
    unknown: int
    new: int
    tracks: tuple[BriefTrack, ...]
    others: tuple[BriefOther, ...]
    contradictions: tuple[BriefContradiction, ...]
    terms: tuple[BriefTerm, ...]
    dates: tuple[BriefDate, ...]
    ties: tuple[BriefTie, ...]
    news: tuple[BriefNews, ...]
    left_out: LeftOut
    notes: tuple[Endnote, ...]
