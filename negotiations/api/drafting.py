"""Drafting: each noun's new row, and the rows that correct or withdraw a published one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.urls import reverse

from negotiations import operations
from negotiations.api.nouns import path_of
from negotiations.api.preconditions import tag_of
from negotiations.api.writing import Post, Verb
from negotiations.desk_words import Scope
from negotiations.operations import Receipt

DRAFTS: Mapping[str, Verb] = {
    "source": operations.draft_source,
    "statement": operations.draft_statement,
    "status_change": operations.draft_status_change,
    "position": operations.draft_position,
    "linkage": operations.draft_linkage,
    "milestone": operations.draft_milestone,
    "account": operations.draft_account,
}
_CORRECTING = frozenset({"supersedes", "correction_reason"})


def draft_address(noun: str, id: int) -> str:
    """Where a draft is."""
    return f"{_drafts_of(noun)}{id}/"


@cache
def _drafts_of(noun: str) -> str:
    return reverse("api_draft", kwargs={"noun": path_of(noun), "id": 0}).removesuffix("0/")


class Drafting(Post):
    """What makes a draft: its address and its version are told."""

    tag = "Drafts"
    scope = Scope.DRAFT

    def headers_of(self, receipt: Receipt) -> dict[str, str]:
        """Where it is, and the tag that a change of it names."""
        place = draft_address(receipt.noun, receipt.id)
        return {"Location": place, "ETag": tag_of(receipt.version)}


class DraftSource(Drafting):
    """Draft a source: one document at one address."""

    verb = operations.draft_source
    given = _CORRECTING


class DraftStatement(Drafting):
    """Draft one utterance as given in one source."""

    verb = operations.draft_statement
    given = _CORRECTING


class DraftStatusChange(Drafting):
    """Draft a reading of where a track stands."""

    verb = operations.draft_status_change
    given = _CORRECTING


class DraftPosition(Drafting):
    """Draft what a party says a term is."""

    verb = operations.draft_position
    given = _CORRECTING


class DraftLinkage(Drafting):
    """Draft a tie between two tracks."""

    verb = operations.draft_linkage
    given = _CORRECTING


class DraftMilestone(Drafting):
    """Draft a date and what became of it."""

    verb = operations.draft_milestone
    given = _CORRECTING


class DraftAccount(Drafting):
    """Draft what a party's account of a meeting says on a topic, or that it leaves it out."""

    verb = operations.draft_account
    given = _CORRECTING


class CorrectRow(Drafting):
    """Draft the correction of a published row: its content as it should be, and why.

    A published row does not change, so there is no If-Match; what was corrected already is refused.
    """

    given = frozenset({"supersedes"})

    @classmethod
    def verbs(cls) -> Mapping[str, Verb]:
        """Each noun has its own."""
        return DRAFTS

    def from_path(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """What is corrected."""
        return {"supersedes": names["id"]}


class RetractRow(Drafting):
    """Draft the withdrawal of a published row, and why."""

    verb = operations.draft_retraction
    given = frozenset({"noun", "id"})
