"""What the read door hands out: frozen dataclasses, never model objects.

Their field names are the public contract: the API writes them as they are, the pages show them.
Words are those of `vocabulary.py`; `_on` is EDTF text as recorded, `_at` an instant.
"""

from negotiations.queries.shapes.boards import (
    Band,
    Board,
    BoardRow,
    Lane,
    Lanes,
    NegotiationSummary,
    Tick,
)
from negotiations.queries.shapes.changes import Act, AnyRecord, Change, Correction, Gone, Renewal
from negotiations.queries.shapes.comparisons import (
    Comparison,
    LinkagePair,
    MilestonePair,
    NewStatements,
    PositionPair,
    ReadingPair,
    TrackComparison,
    WordPair,
)
from negotiations.queries.shapes.evidence import ChangedPassage, SourceEvidence
from negotiations.queries.shapes.pieces import Stored
from negotiations.queries.shapes.record import (
    LinkageRecord,
    Mark,
    MilestoneRecord,
    PositionRecord,
    StatusChangeRecord,
    TermRef,
)
from negotiations.queries.shapes.reference import PersonRecord, SourceRecord, TenureRecord
from negotiations.queries.shapes.refs import (
    ClocksUsed,
    Page,
    PartyRef,
    PublisherRef,
    SourceRef,
    Speaker,
    TrackRef,
)
from negotiations.queries.shapes.search import Excerpt, Found, Segment
from negotiations.queries.shapes.statements import StatementDetail, StatementRecord, Usage
from negotiations.queries.shapes.timelines import Entry
from negotiations.queries.shapes.tracks import (
    MilestoneState,
    Reading,
    TermState,
    TrackDetail,
    TrackState,
)

__all__ = [
    "Act",
    "AnyRecord",
    "Band",
    "Board",
    "BoardRow",
    "Change",
    "ChangedPassage",
    "ClocksUsed",
    "Comparison",
    "Correction",
    "Entry",
    "Excerpt",
    "Found",
    "Gone",
    "Lane",
    "Lanes",
    "LinkagePair",
    "LinkageRecord",
    "Mark",
    "MilestonePair",
    "MilestoneRecord",
    "MilestoneState",
    "NegotiationSummary",
    "NewStatements",
    "Page",
    "PartyRef",
    "PersonRecord",
    "PositionPair",
    "PositionRecord",
    "PublisherRef",
    "Reading",
    "ReadingPair",
    "Renewal",
    "Segment",
    "SourceEvidence",
    "SourceRecord",
    "SourceRef",
    "Speaker",
    "StatementDetail",
    "StatementRecord",
    "StatusChangeRecord",
    "Stored",
    "TenureRecord",
    "TermRef",
    "TermState",
    "Tick",
    "TrackComparison",
    "TrackDetail",
    "TrackRef",
    "TrackState",
    "Usage",
    "WordPair",
]
