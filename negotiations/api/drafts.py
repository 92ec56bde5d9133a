"""Drafts: seen by the desk alone, changed by naming the version that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations import operations
from negotiations.api import filters
from negotiations.api.asking import Asked
from negotiations.api.drafting import DRAFTS, draft_address
from negotiations.api.preconditions import tag_of
from negotiations.api.private import PrivateRead
from negotiations.api.writing import Delete, Post, Put, Verb
from negotiations.desk_words import Scope
from negotiations.operations import Receipt
from negotiations.queries import drafts
from negotiations.queries.draft_pages import draft_page
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import Page
from negotiations.queries.shapes.desk import DraftDetail, DraftRow
from negotiations.refusals import Refusal

_TAG = "Drafts"
_ROW = frozenset({"noun", "id"})


class ListDrafts(PrivateRead):
    """Drafts of the negotiations in which you are an officer, newest first; of sources all."""

    tag = _TAG
    shape = Page[DraftRow]
    parameters = (*filters.PAGING, filters.REVIEW, filters.MINE, filters.NOUN)

    def find(self, asked: Asked, *, seat: Seat) -> Page[DraftRow]:
        """One page of them."""
        given = dict(asked.values)
        if "noun" in given:
            given["nouns"] = [given.pop("noun")]
        if "review" in given:
            given["review"] = ["" if one == "in_work" else one for one in given["review"]]
        return draft_page(seat, **given)


class ShowDraft(PrivateRead):
    """One draft: `body` is what a PUT there takes, the ETag what it names as If-Match."""

    tag = _TAG
    shape = DraftDetail
    versioned = True

    def find(self, asked: Asked, *, seat: Seat, noun: str, id: int) -> DraftDetail:  # noqa: ARG002
        """The draft; what is published is found at its own address."""
        found = drafts.draft(noun, id, seat=seat)
        if found.published:
            raise Refusal("not_found")
        return found

    def headers_of(self, found: DraftDetail) -> dict[str, str]:
        """Its version."""
        return {"ETag": tag_of(found.row.version)}


class AmendDraft(Put):
    """Write a draft anew, as it should be; what it corrects stays what it was.

    It goes back to being in work: whoever was to judge it saw other words.
    """

    tag = _TAG
    scope = Scope.DRAFT
    given = frozenset({"amends"})

    @classmethod
    def verbs(cls) -> Mapping[str, Verb]:
        """Each noun has its own."""
        return DRAFTS

    def from_path(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Which one."""
        return {"amends": names["id"]}

    def headers_of(self, receipt: Receipt) -> dict[str, str]:
        """The version that it has now."""
        return {"ETag": tag_of(receipt.version)}


class DiscardDraft(Delete):
    """Throw a draft away: its drafter may, and an admin."""

    tag = _TAG
    scope = Scope.DRAFT
    verb = operations.discard_draft
    given = _ROW
    conditional = True


class _Reviewed(Post):
    tag = _TAG
    scope = Scope.DRAFT
    given = _ROW
    conditional = True

    def headers_of(self, receipt: Receipt) -> dict[str, str]:
        """The draft, at the version that it still has."""
        place = draft_address(receipt.noun, receipt.id)
        return {"Location": place, "ETag": tag_of(receipt.version)}


class SubmitDraft(_Reviewed):
    """Hand a draft in for review."""

    verb = operations.submit_draft


class ReturnDraft(_Reviewed):
    """Send a draft back to its drafter with a note; a reviewer does."""

    verb = operations.send_back
