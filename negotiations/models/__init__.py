"""Floor 1: fields, constraints, triggers, queryset filters; no verbs."""

from negotiations.models.accounts import Account
from negotiations.models.archives import Archive, CaptureArchive
from negotiations.models.captures import Capture, Fingerprint
from negotiations.models.clippings import Clipping, Feed, HostTurn, Keyword, Reprint
from negotiations.models.desk import Answer, Release, Remark
from negotiations.models.heartbeats import Heartbeat
from negotiations.models.jobs import JobRun
from negotiations.models.keeping import Damage, EvidenceCheck
from negotiations.models.ledger import LedgerEntry, LedgerNegotiation, LedgerTrack
from negotiations.models.linkages import Linkage
from negotiations.models.mailing import Letter, MailSubscription
from negotiations.models.milestones import Milestone
from negotiations.models.officers import Membership, Officer, Token
from negotiations.models.people import Office, Person, Tenure
from negotiations.models.pieces import Piece, PieceMark
from negotiations.models.published import Clocks, Published
from negotiations.models.reports import ErrorReport
from negotiations.models.searching import Searchable
from negotiations.models.seeds import SeedMark
from negotiations.models.sources import Grade, Publisher, Snapshot, Source
from negotiations.models.statements import Statement, StatementTrack
from negotiations.models.statuses import StatusChange
from negotiations.models.subtrees import Subtree
from negotiations.models.terms import Position, Term
from negotiations.models.tracks import Negotiation, Party, Track
from negotiations.models.webhooks import Attempt, Delivery, Event, Notice, Subscription
from negotiations.models.work import LedgerMark

__all__ = [
    "Account",
    "Answer",
    "Archive",
    "Attempt",
    "Capture",
    "CaptureArchive",
    "Clipping",
    "Clocks",
    "Damage",
    "Delivery",
    "ErrorReport",
    "Event",
    "EvidenceCheck",
    "Feed",
    "Fingerprint",
    "Grade",
    "Heartbeat",
    "HostTurn",
    "JobRun",
    "Keyword",
    "LedgerEntry",
    "LedgerMark",
    "LedgerNegotiation",
    "LedgerTrack",
    "Letter",
    "Linkage",
    "MailSubscription",
    "Membership",
    "Milestone",
    "Negotiation",
    "Notice",
    "Office",
    "Officer",
    "Party",
    "Person",
    "Piece",
    "PieceMark",
    "Position",
    "Published",
    "Publisher",
    "Release",
    "Remark",
    "Reprint",
    "Searchable",
    "SeedMark",
    "Snapshot",
    "Source",
    "Statement",
    "StatementTrack",
    "StatusChange",
    "Subscription",
    "Subtree",
    "Tenure",
    "Term",
    "Token",
    "Track",
]
