"""Every word of the vocabulary with its definition, grouped."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from negotiations.definitions import Word, definitions
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question

# Vocabularies whose words have shapes of their own.
_WITH_SHAPES = frozenset(
    {
        "stage", "momentum", "agreement", "outcome", "account_verdict", "standing", "comparison",
        "support", "tier", "evidence_state", "report_state",
    }
)  # fmt: skip
_TITLES: dict[str, tuple[Promise, Promise]] = {
    "stage": (_("Stages"), _("Where a track stands. The first ten are a ladder.")),
    "momentum": (_("Momentum"), _("Which way a track moves, whatever its stage.")),
    "agreement": (_("Agreement"), _("What the parties’ latest readings amount to.")),
    "documentary_basis": (_("Documentary basis"), _("What paper a status rests on.")),
    "procedure": (_("Procedures"), _("What kind of instrument a track aims at.")),
    "unusual_move": (_("Unusual moves"), _("Moves on the ladder that need a reason.")),
    "statement_kind": (_("Kinds of statement"), _("What a statement does.")),
    "modality": (_("Modality"), _("How firmly it is said.")),
    "attribution": (_("Attribution"), _("On what terms the words may be ascribed.")),
    "credibility": (_("Credibility"), _("How far the content of a statement is borne out.")),
    "tier": (_("Tiers"), _("What kind of publisher it is.")),
    "reliability": (_("Reliability"), _("How far a publisher is trusted.")),
    "capture": (_("Capture"), _("How the text of a source came here.")),
    "standing": (_("Standing of a position"), _("What force a position has.")),
    "qualifier": (_("Qualifiers"), _("How a figure is meant.")),
    "unit": (_("Units"), _("What a figure counts.")),
    "linkage_kind": (_("Kinds of linkage"), _("How one track is tied to another.")),
    "linkage_standing": (_("Standing of a linkage"), _("Whether the tie is held to exist.")),
    "milestone_kind": (_("Kinds of milestone"), _("What a date is for.")),
    "outcome": (_("Outcomes"), _("What became of a milestone.")),
    "account_bearing": (
        _("Accounts of a meeting"),
        _("Whether a party’s account speaks of a topic."),
    ),
    "account_verdict": (_("Two accounts compared"), _("What the accounts of one topic amount to.")),
    "evidence_state": (_("Pages found again"), _("How a source’s page was found by night.")),
    "comparison": (_("Comparison of positions"), _("How far the parties are from each other.")),
    "support": (_("How it is known"), _("By what a claim is borne out, best first.")),
    "report_kind": (_("Kinds of reported errors"), _("What a reader says is wrong.")),
    "report_state": (_("Outcomes of reports"), _("What became of a report of an error.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The words of one vocabulary in their order."""

    name: str
    title: str
    summary: str
    shapes: bool
    words: tuple[Word, ...]


@page("vocabulary.html", twin="/api/v1/vocabulary/", clocked=False)
def vocabulary(question: Question) -> Context:  # noqa: ARG001 (the same whatever is asked)
    """All words, each under an address of its own."""
    return {"groups": groups()}


def groups() -> tuple[Group, ...]:
    """The vocabularies in the order of the code, titled in the page's language."""
    words: dict[str, list[Word]] = {}
    for word in definitions().values():
        words.setdefault(word.vocabulary, []).append(word)
    return tuple(_group(name, tuple(found)) for name, found in words.items())


def _group(name: str, words: tuple[Word, ...]) -> Group:
    title, summary = _TITLES.get(name, (name.replace("_", " "), ""))
    return Group(
        name=name, title=str(title), summary=str(summary), shapes=name in _WITH_SHAPES, words=words
    )
