"""From draft to record: publication now or at a moment to come, and what else is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from negotiations import operations
from negotiations.api.writing import Delete, Post
from negotiations.desk_words import Scope
from negotiations.operations import Receipt

_TAG = "Publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """What was published together, each with its own number."""

    results: tuple[Receipt, ...]


class PublishDraft(Post):
    """Make a draft part of the record, as a second officer.

    `seen` is the newest ledger number that you have seen, as `ledger_number` and `/changes/` tell
    it: what was published on the same track since then is refused as `stale`.
    """

    tag = _TAG
    scope = Scope.PUBLISH
    verb = operations.publish
    given = frozenset({"noun", "id"})
    conditional = True

    def location(self, receipt: Receipt) -> str:
        """Where readers find it."""
        return reverse(f"api_{receipt.noun}", kwargs={"id": receipt.id})


class PublishTogether(Post):
    """Publish drafts that belong together, each after what it rests on: all of them or none."""

    tag = _TAG
    scope = Scope.PUBLISH
    verb = operations.publish_together
    shape = Receipts

    def told(self, receipt: tuple[Receipt, ...]) -> Receipts:
        """One receipt for each."""
        return Receipts(results=receipt)


class ApproveRelease(Post):
    """Approve drafts for publication at a moment to come; nothing is told before."""

    tag = _TAG
    scope = Scope.PUBLISH
    verb = operations.approve_release

    def location(self, receipt: Receipt) -> str:
        """Where it can be taken back."""
        return reverse("api_release", kwargs={"id": receipt.id})


class CancelRelease(Delete):
    """Take an approval back before its moment."""

    tag = _TAG
    scope = Scope.PUBLISH
    verb = operations.cancel_release
    given = frozenset({"release"})

    def from_path(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Which one."""
        return {"release": names["id"]}


class CheckTrack(Post):
    """Say in the record that the desk looked at a track and found nothing new."""

    tag = _TAG
    scope = Scope.PUBLISH
    verb = operations.check_track
    given = frozenset({"track"})

    def from_path(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Which one."""
        return {"track": f"{names['negotiation']}/{names['track']}"}


class CaptureSource(Post):
    """Keep the text of a source as it was found, as a transcription: a second officer compares it.

    For a source that is published the text is public at once: that takes a `waiver`, and a token of
    scope publish.
    """

    tag = "Drafts"
    scope = Scope.DRAFT
    verb = operations.capture_source
    given = frozenset({"source", "capture"})

    def from_path(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Of which one; only what our own worker brought counts as fetched."""
        return {"source": names["id"], "capture": "transcribed"}

    def scope_for(self, arguments: Mapping[str, Any]) -> Scope:
        """Publish, where it goes into the record."""
        return Scope.PUBLISH if arguments.get("waiver") else self.scope
