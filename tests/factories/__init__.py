"""Rows for tests of one thing, made through the ORM; `from tests import factories as make`."""

from tests.factories.acts import clocks_at, enter, pieces
from tests.factories.evidenced import (
    AccountFactory,
    LinkageFactory,
    MilestoneFactory,
    PositionFactory,
    StatusChangeFactory,
)
from tests.factories.published import (
    KNOWN_ON,
    PUBLISHED_AT,
    SnapshotFactory,
    SourceFactory,
    StatementFactory,
    next_number,
)
from tests.factories.reference import (
    LONG_AGO,
    GradeFactory,
    NegotiationFactory,
    OfficeFactory,
    OfficerFactory,
    PartyFactory,
    PersonFactory,
    PublisherFactory,
    TenureFactory,
    TermFactory,
    TrackFactory,
)

__all__ = [
    "KNOWN_ON",
    "LONG_AGO",
    "PUBLISHED_AT",
    "AccountFactory",
    "GradeFactory",
    "LinkageFactory",
    "MilestoneFactory",
    "NegotiationFactory",
    "OfficeFactory",
    "OfficerFactory",
    "PartyFactory",
    "PersonFactory",
    "PositionFactory",
    "PublisherFactory",
    "SnapshotFactory",
    "SourceFactory",
    "StatementFactory",
    "StatusChangeFactory",
    "TenureFactory",
    "TermFactory",
    "TrackFactory",
    "clocks_at",
    "enter",
    "next_number",
    "pieces",
]
