"""Many statements in one request: NDJSON, a statement a line, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.api.bodies import read_members, read_object
from negotiations.api.envelopes import LINES
from negotiations.api.writing import Post, Verb
from negotiations.desk_words import Scope
from negotiations.operations import draft_statement
from negotiations.operations.batches import LINE, MOST, Batch, draft_batch
from negotiations.operations.members import Member
from negotiations.refusals import Both, Refusal

_NONE = Both("there are no lines", "줄이 없습니다")
_TOO_MANY = Both(f"{MOST:,} lines", f"{MOST:,}줄")


class DraftStatements(Post):
    """Draft up to 10,000 statements as one act: all lines, or none and a report by line.

    A line is an object with the members of a drafted statement, in UTF-8, ended by a line feed.
    Statements that correct others are drafted one by one.
    """

    tag = "Drafts"
    scope = Scope.DRAFT
    verb = draft_statement
    shape = Batch
    media_type = LINES
    most = 20_000_000

    @classmethod
    def members(cls, verb: Verb) -> dict[str, Member]:  # noqa: ARG003
        """What a line may hold."""
        return dict(LINE)

    def read(self, body: bytes) -> list[Mapping[str, Any] | Refusal]:
        """The lines, each as an object or as what is wrong with it."""
        lines = body.removesuffix(b"\n").split(b"\n") if body else []
        if not lines:
            raise Refusal("bad_json", why=_NONE)
        if len(lines) > MOST:
            raise Refusal("too_large_body", most=_TOO_MANY)
        return [_read_line(line) for line in lines]

    def arguments(self, names: Mapping[str, Any], body: Any) -> tuple[Verb, dict[str, Any]]:  # noqa: ARG002
        """All lines at once."""
        return draft_batch, {"lines": body}


def _read_line(line: bytes) -> Mapping[str, Any] | Refusal:
    try:
        return read_members(read_object(line), LINE)
    except Refusal as refusal:
        return refusal
