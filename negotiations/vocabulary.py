"""Floor 0: the words of the field, the ladder, and which moves each procedure expects.

Every word is defined for readers, in English and Korean, in `definitions.toml` (`definitions.py`
reads it). Statement kinds follow the PLOVER/CAMEO event ontologies; source grades follow the
Admiralty system (NATO AJP-2.1): reliability of the publisher A-F, credibility of the content 1-6.
"""

from __future__ import annotations

import re
from enum import StrEnum

from negotiations.trust_words import ReportKind, ReportState, Support


class Stage(StrEnum):
    """Where a track stands. The first ten are the ladder, in order; the last four are off it."""

    MOOTED = "mooted"
    EXPLORATORY = "exploratory"
    NEGOTIATING = "negotiating"
    AGREED_IN_PRINCIPLE = "agreed_in_principle"
    TEXT_AGREED = "text_agreed"
    ISSUED = "issued"
    SIGNED = "signed"
    DOMESTIC_PROCEDURE = "domestic_procedure"
    IN_FORCE = "in_force"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"


OFF_LADDER = frozenset({Stage.SUSPENDED, Stage.LAPSED, Stage.TERMINATED, Stage.SUPERSEDED})
LADDER = tuple(stage for stage in Stage if stage not in OFF_LADDER)


class Momentum(StrEnum):
    """Which way a track moves, whatever its stage."""

    ADVANCING = "advancing"
    STEADY = "steady"
    STALLED = "stalled"
    HALTED = "halted"


class DocumentaryBasis(StrEnum):
    """What paper a status rests on, weakest first."""

    NONE = "none"
    ORAL = "oral"
    ONE_PARTY_DOCUMENT = "one_party_document"
    JOINT_DOCUMENT = "joint_document"
    PUBLISHED_TEXT = "published_text"
    LEGAL_ACT = "legal_act"


DOCUMENTS = frozenset(DocumentaryBasis) - {DocumentaryBasis.NONE, DocumentaryBasis.ORAL}
# The desk's own reading may enter these stages only on these papers (rule 3).
PAPERS_FOR = {
    Stage.SIGNED: DOCUMENTS,
    Stage.IN_FORCE: frozenset({DocumentaryBasis.PUBLISHED_TEXT, DocumentaryBasis.LEGAL_ACT}),
}


class Procedure(StrEnum):
    """The kind of instrument a track aims at."""

    TREATY = "treaty"
    EXECUTIVE_AGREEMENT = "executive_agreement"
    POLITICAL_DOCUMENT = "political_document"
    CENTRAL_BANK_ARRANGEMENT = "central_bank_arrangement"


def _path(*left_out: Stage) -> tuple[Stage, ...]:
    return tuple(stage for stage in LADDER if stage not in left_out)


PATHS = {
    Procedure.TREATY: _path(Stage.ISSUED),
    Procedure.EXECUTIVE_AGREEMENT: _path(Stage.ISSUED, Stage.DOMESTIC_PROCEDURE),
    Procedure.POLITICAL_DOCUMENT: _path(Stage.SIGNED, Stage.DOMESTIC_PROCEDURE, Stage.IN_FORCE),
    Procedure.CENTRAL_BANK_ARRANGEMENT: _path(Stage.ISSUED, Stage.DOMESTIC_PROCEDURE),
}


class UnusualMove(StrEnum):
    """Why a move needs a reason (rule 3: strict about evidence, liberal about path)."""

    SKIP = "skip"
    REGRESS = "regress"
    REOPEN = "reopen"


def unusual_move(procedure: Procedure, before: Stage | None, after: Stage) -> UnusualMove | None:
    """What is unusual in going from `before` to `after` on this procedure, or None.

    A record may begin at any stage. Leaving the ladder is never unusual; coming back to it, or
    leaving `completed`, is a reopening. A stage that the procedure does not have is a skip.
    """
    if before is None or before == after or after in OFF_LADDER:
        return None
    if before in OFF_LADDER or before == Stage.COMPLETED:
        return UnusualMove.REOPEN
    if LADDER.index(after) < LADDER.index(before):
        return UnusualMove.REGRESS
    path = PATHS[procedure]
    if after not in path:
        return UnusualMove.SKIP
    between = [s for s in path if LADDER.index(before) < LADDER.index(s) < LADDER.index(after)]
    return UnusualMove.SKIP if between else None


class Standing(StrEnum):
    """What force a position has."""

    FLOATED = "floated"
    OFFERED = "offered"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    ANNOUNCED = "announced"
    AGREED = "agreed"
    IN_DOCUMENT = "in_document"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
    VOID = "void"


# What is law and what is bargained stand side by side: a rate of 25 % in force does not go away
# because 15 % was announced.
LEGAL_STANDINGS = frozenset({Standing.IN_FORCE, Standing.VOID})


class Qualifier(StrEnum):
    """How a figure is meant."""

    EXACTLY = "exactly"
    ABOUT = "about"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    BELOW = "below"
    ABOVE = "above"


class Unit(StrEnum):
    """What a figure counts. Amounts of money carry ISO 4217 codes."""

    NONE = "none"
    PERCENT = "percent"
    USD_BILLION = "usd_billion"
    USD_BILLION_PER_YEAR = "usd_billion_per_year"
    KRW_TRILLION = "krw_trillion"
    COUNT = "count"


class Agreement(StrEnum):
    """What the parties' latest readings amount to; computed, never stored."""

    CONCORDANT = "concordant"
    ONE_SIDED = "one_sided"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


class StatementKind(StrEnum):
    """What a statement does, by CAMEO/PLOVER."""

    REPORTS = "reports"
    EXPRESSES_OPTIMISM = "expresses_optimism"
    EXPRESSES_PESSIMISM = "expresses_pessimism"
    DECLINES_COMMENT = "declines_comment"
    DENIES = "denies"
    PROPOSES = "proposes"
    OFFERS = "offers"
    COMMITS = "commits"
    COMMITS_CONDITIONALLY = "commits_conditionally"
    CLAIMS_AGREEMENT = "claims_agreement"
    SIGNS = "signs"
    RATIFIES = "ratifies"
    CONCEDES = "concedes"
    IMPLEMENTS = "implements"
    REQUESTS = "requests"
    DEMANDS = "demands"
    OBJECTS = "objects"
    REJECTS = "rejects"
    THREATENS = "threatens"
    SUSPENDS_TALKS = "suspends_talks"
    WITHDRAWS = "withdraws"
    IMPOSES_MEASURE = "imposes_measure"
    SETS_DEADLINE = "sets_deadline"
    STATES_FIGURE = "states_figure"
    LINKS_ISSUES = "links_issues"
    DELINKS_ISSUES = "delinks_issues"


class Modality(StrEnum):
    """How firmly it is said."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    CONDITIONAL = "conditional"
    SPECULATIVE = "speculative"


class Attribution(StrEnum):
    """On what terms the words may be ascribed."""

    ON_RECORD = "on_record"
    ON_BACKGROUND = "on_background"
    DEEP_BACKGROUND = "deep_background"
    OFFICIAL_DOCUMENT = "official_document"
    LEAKED_DOCUMENT = "leaked_document"
    MEDIA_REPORT = "media_report"


PAPERS = frozenset({Attribution.OFFICIAL_DOCUMENT, Attribution.LEAKED_DOCUMENT})


class LinkageKind(StrEnum):
    """How one track is tied to another; reads 'from-track <kind> to-track'."""

    PRECONDITION_FOR = "precondition_for"
    CONDITIONAL_ON = "conditional_on"
    PACKAGED_WITH = "packaged_with"
    TRADED_AGAINST = "traded_against"
    SEQUENCED_BEFORE = "sequenced_before"
    DECOUPLED_FROM = "decoupled_from"
    DELAYED_BY = "delayed_by"
    IMPLEMENTS = "implements"
    SUPERSEDES = "supersedes"
    AFFECTS = "affects"


LinkageStanding = StrEnum("LinkageStanding", "ASSERTED DENIED ENDED")
LinkageStanding.__doc__ = "Whether whoever is cited holds the tie to exist."
AccountBearing = StrEnum("AccountBearing", "TELLS OMITS")
AccountBearing.__doc__ = "Whether a party's account of a meeting speaks of a topic."
AccountVerdict = StrEnum("AccountVerdict", "CONTRADICTED OMITTED TOLD_BY_BOTH TOLD_BY_ONE UNTOLD")
AccountVerdict.__doc__ = "What the accounts of one topic amount to; computed, never stored."


class MilestoneKind(StrEnum):
    """What a date is for."""

    MEETING = "meeting"
    DEADLINE = "deadline"
    TARGET = "target"
    ENTRY_INTO_FORCE = "entry_into_force"


class Outcome(StrEnum):
    """What became of a milestone."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    MOVED = "moved"
    CANCELLED = "cancelled"


Tier = StrEnum("Tier", "PRIMARY_TEXT PRESS MIRROR UNRELIABLE")
Tier.__doc__ = "What kind of publisher it is."
Reliability = StrEnum("Reliability", {"A": "A", "B": "B", "C": "C", "D": "D", "E": "E", "F": "F"})
Reliability.__doc__ = "Admiralty letter of a publisher."
EvidenceState = StrEnum("EvidenceState", "INTACT MOVED ALTERED GONE UNCHECKED")
EvidenceState.__doc__ = "How the page of a source was found again, beside the text kept of it."


class Credibility(StrEnum):
    """Admiralty digit of a statement."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


Capture = StrEnum("Capture", "FETCHED TRANSCRIBED")
Capture.__doc__ = "How the text of a source came here."
Comparison = StrEnum("Comparison", "SAME COMPATIBLE APART REWORDED ONE_SIDED UNKNOWN")
Comparison.__doc__ = "What the parties' latest positions on a term amount to; never stored."

VOCABULARIES: dict[str, type[StrEnum]] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", words.__name__).lower(): words
    for words in (
        Stage, Momentum, Agreement, DocumentaryBasis, Procedure, UnusualMove, StatementKind,
        Modality, Attribution, Credibility, Tier, Reliability, Capture, Standing, Qualifier, Unit,
        LinkageKind, LinkageStanding, MilestoneKind, Outcome, EvidenceState, AccountBearing,
        AccountVerdict, Comparison, Support, ReportKind, ReportState,
    )
}  # fmt: skip
