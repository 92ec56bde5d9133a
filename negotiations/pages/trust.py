"""How far a claim can be trusted, told beside it in a few marks, and the page that explains them.

A claim is a statement, or a row that rests on statements. How it is known, tier and Admiralty code
are those of the strongest statement that it rests on, and so is its health, unless a page of any
other was found altered, gone or moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries.shapes import SourceHealth, StatementRecord
from negotiations.trust_words import Support
from negotiations.vocabulary import Attribution, EvidenceState, Reliability, Tier

Healths = Mapping[int, SourceHealth]
# Whether the text of a source is kept at all is told where its health is.
UNKEPT = "unkept"
# What a nightly look found, worst first: of any statement that a claim rests on.
_FOUND = (EvidenceState.ALTERED, EvidenceState.GONE, EvidenceState.MOVED)
_SUPPORTS, _TIERS = list(Support), list(Tier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What there is to say of one claim.

    `of` is its noun and id as a report of an error names it. `alike` of `statements` are known as
    its strongest one is. `witnesses` is None for a statement: it is one utterance. `health` is ""
    where nobody asked for it. The others are cautions, each told only where it applies.
    """

    of: str
    support: str
    alike: int
    statements: int
    witnesses: int | None
    tier: str
    admiralty: str
    health: str
    thin: bool
    one_officer: bool
    corrects: bool
    overtaken: str

    @property
    def mixed(self) -> bool:
        """Whether some of the statements are known less well than the strongest one."""
        return self.alike < self.statements


@page("trust.html", clocked=False)
def trust(question: Question) -> Context:  # noqa: ARG001 (the same whatever is asked)
    """What each mark means, in plain words, drawn as it stands on the pages."""
    return {}


def trust_of(claim: Any, *, healths: Healths | None) -> Trust:
    """Of a record of any kind; `healths` are those of its sources, None where nobody asked."""
    own = isinstance(claim, StatementRecord)
    basis: Sequence[StatementRecord] = (claim,) if own else claim.basis
    standing = [one for one in basis if not one.retracted] or basis
    best = min(standing, key=_strength)
    return Trust(
        of=f"{noun_of(claim)}:{claim.id}",
        support=support(best),
        alike=sum(support(one) == support(best) for one in standing),
        statements=len(standing),
        witnesses=None if own else claim.corroboration,
        tier=best.source.publisher.tier,
        admiralty=f"{best.source.publisher.reliability or '–'}{best.credibility}",
        health="" if healths is None else _health(best, standing, healths),
        thin=not own and claim.thinly_sourced,
        one_officer=bool(claim.waiver),
        corrects=claim.supersedes is not None,
        overtaken="retracted" if claim.retracted else "corrected" if claim.superseded_by else "",
    )


def support(statement: StatementRecord) -> str:
    """How one statement is known."""
    if statement.attribution == Attribution.OFFICIAL_DOCUMENT:
        return (Support.DOCUMENT_QUOTED if statement.quotation else Support.DOCUMENT).value
    return (Support.QUOTATION_CHECKED if statement.quotation else Support.PARAPHRASE).value


def health(statement: StatementRecord, healths: Healths) -> str:
    """A word of `evidence_state`, or `unkept`: of the words of this statement, not of others."""
    if not statement.source.sha256:
        return UNKEPT
    found = healths.get(statement.source.id)
    if found is None:
        return EvidenceState.UNCHECKED.value
    if found.state == EvidenceState.ALTERED and statement.id not in found.altered:
        return EvidenceState.INTACT.value
    return found.state


def _health(best: StatementRecord, standing: Sequence[StatementRecord], healths: Healths) -> str:
    words = {health(one, healths) for one in standing}
    return next((word.value for word in _FOUND if word in words), health(best, healths))


def noun_of(claim: Any) -> str:
    """The noun of a record, as addresses of reports name it: StatusChangeRecord, status_change."""
    return _NOUNS[type(claim).__name__]


_NOUNS = {
    "StatementRecord": "statement", "StatusChangeRecord": "status_change",
    "PositionRecord": "position", "LinkageRecord": "linkage", "MilestoneRecord": "milestone",
    "AccountRecord": "account",
}  # fmt: skip


def _strength(statement: StatementRecord) -> tuple[int, int, int, str]:
    publisher = statement.source.publisher
    letter = publisher.reliability or Reliability.F
    return (
        _SUPPORTS.index(Support(support(statement))),
        _TIERS.index(Tier(publisher.tier)),
        list(Reliability).index(Reliability(letter)),
        statement.credibility,
    )
