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
    LastWord,
    Move,
    NegotiationSummary,
    Silence,
    Tick,
)
from negotiations.queries.shapes.changes import Act, AnyRecord, Change, Correction, Gone, Renewal
from negotiations.queries.shapes.comparisons import (
    AccountPair,
    LinkagePair,
    MilestonePair,
    NewStatements,
    PositionPair,
    ReadingPair,
    StateComparison,
    TrackComparison,
    WordPair,
)
from negotiations.queries.shapes.evidence import ChangedPassage, SourceEvidence, SourceHealth
from negotiations.queries.shapes.linkages import Cycle, Linkages, Tie, TieVoice, Wait
from negotiations.queries.shapes.meetings import (
    AccountCell,
    Meeting,
    MeetingSummary,
    TopicLine,
)
from negotiations.queries.shapes.milestones import MilestoneCounts, MilestoneLedger
from negotiations.queries.shapes.pieces import Stored
from negotiations.queries.shapes.positions import (
    ContestedSpan,
    FigureLine,
    Figures,
    FigureStep,
    FiguresTrack,
    Matrix,
    MatrixTrack,
    TermFigures,
)
from negotiations.queries.shapes.proofs import (
    Checkpoint,
    ConsistencyProof,
    InclusionProof,
    Sealed,
)
from negotiations.queries.shapes.record import (
    AccountRecord,
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
from negotiations.queries.shapes.reports import ReportRecord, ReportSubject, ReportSums
from negotiations.queries.shapes.search import Excerpt, Found, Segment
from negotiations.queries.shapes.spans import Days, Shift
from negotiations.queries.shapes.statements import StatementDetail, StatementRecord, Usage
from negotiations.queries.shapes.timelines import Entry
from negotiations.queries.shapes.tracks import (
    MilestoneState,
    Reading,
    TermMark,
    TermState,
    TrackDetail,
    TrackState,
)

__all__ = [
    "AccountCell",
    "AccountPair",
    "AccountRecord",
    "Act",
    "AnyRecord",
    "Band",
    "Board",
    "BoardRow",
    "Change",
    "ChangedPassage",
    "Checkpoint",
    "ClocksUsed",
    "ConsistencyProof",
    "ContestedSpan",
    "Correction",
    "Cycle",
    "Days",
    "Entry",
    "Excerpt",
    "FigureLine",
    "FigureStep",
    "Figures",
    "FiguresTrack",
    "Found",
    "Gone",
    "InclusionProof",
    "Lane",
    "Lanes",
    "LastWord",
    "LinkagePair",
    "LinkageRecord",
    "Linkages",
    "Mark",
    "Matrix",
    "MatrixTrack",
    "Meeting",
    "MeetingSummary",
    "MilestoneCounts",
    "MilestoneLedger",
    "MilestonePair",
    "MilestoneRecord",
    "MilestoneState",
    "Move",
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
    "ReportRecord",
    "ReportSubject",
    "ReportSums",
    "Sealed",
    "Segment",
    "Shift",
    "Silence",
    "SourceEvidence",
    "SourceHealth",
    "SourceRecord",
    "SourceRef",
    "Speaker",
    "StateComparison",
    "StatementDetail",
    "StatementRecord",
    "StatusChangeRecord",
    "Stored",
    "TenureRecord",
    "TermFigures",
    "TermMark",
    "TermRef",
    "TermState",
    "Tick",
    "Tie",
    "TieVoice",
    "TopicLine",
    "TrackComparison",
    "TrackDetail",
    "TrackRef",
    "TrackState",
    "Usage",
    "Wait",
    "WordPair",
]
