"""What a script is told when a verb refuses: nothing of drafts that are not its business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negotiations.api.preconditions import IF_MATCH, tag_of
from negotiations.api.problems import Conflict, FaultyLines, LineFault, Refused
from negotiations.desk_words import Role
from negotiations.operations.batches import BadLines
from negotiations.operations.members import pointer
from negotiations.queries.drafts import draft
from negotiations.queries.seats import Seat, seat
from negotiations.queries.shapes.desk import DraftDetail
from negotiations.refusals import Refusal

# Of a batch's faults as many are told.
TOLD = 1_000
# Facts of refusals that repeat what was sent.
_SENT = ("id", "text", "word", "zone", "url", "slug", "name")


def told_refusal(
    refusal: Refusal, names: Mapping[str, Any], *, officer: int, body: Any, on_draft: bool
) -> Refusal | Refused:
    """The refusal as it is answered; `at` points into the body.

    A row in the address that is not there, or a draft that the account may not see, is `not_found`,
    whatever the verb found out about it. A conflict brings the present state with it.
    """
    if isinstance(refusal, BadLines):
        return _faulty(refusal, body)
    if _misses(refusal, names):
        return Refusal("not_found")
    if on_draft or refusal.code == "not_published":
        sitting = seat(officer)
        if sitting.may(Role.OFFICER):
            present = _present(names, sitting)
            if present is None:
                return Refusal("not_found")
            if refusal.code == "version_conflict":
                return _conflict(present, at=IF_MATCH)
    if isinstance(body, dict) and isinstance(body.get("items"), list):
        return _told_of_items(refusal, body["items"], seat(officer))
    return _pointed(refusal, body)


def _told_of_items(refusal: Refusal, items: Sequence[Any], sitting: Seat) -> Refusal | Refused:
    """The same where the body names the drafts: nothing of those that the account may not see."""
    if not sitting.may(Role.OFFICER) or refusal.code in ("bad_items", "wrong_kind"):
        return refusal
    for n, item in enumerate(items):
        present = _present(item, sitting)
        at = pointer("/items", n)
        if present is None:
            return Refusal("no_such_row", at=at, noun=item["noun"], id=item["id"])
        if refusal.code == "version_conflict" and present.row.version != item["version"]:
            return _conflict(present, at=at)
    return refusal


def _misses(refusal: Refusal, names: Mapping[str, Any]) -> bool:
    if refusal.code != "no_such_row":
        return False
    place = names.get("id", f"{names.get('negotiation')}/{names.get('track')}")
    noun = refusal.facts["noun"]
    return refusal.facts["id"] == place and noun == names.get("noun", noun)


def _present(names: Mapping[str, Any], sitting: Seat) -> DraftDetail | None:
    try:
        return draft(names["noun"], names["id"], seat=sitting)
    except Refusal:
        return None


def _conflict(present: DraftDetail, *, at: str) -> Refused:
    version = present.row.version
    return Refused(
        Refusal("version_conflict", at=at, version=version),
        Conflict,
        lambda _: {"version": version, "present": present.body},
        {"ETag": tag_of(version)},
    )


def _faulty(refusal: BadLines, lines: Sequence[Any]) -> Refused:
    faults = [(n, _pointed(one, lines[n - 1])) for n, one in refusal.faults[:TOLD]]

    def members(language: str) -> Mapping[str, Any]:
        told = tuple(
            LineFault(line=n, code=one.code, at=one.at or None, detail=one.sentence(language))
            for n, one in faults
        )
        return {"total": len(refusal.faults), "lines": told}

    return Refused(refusal, FaultyLines, members)


def _pointed(refusal: Refusal, body: Any) -> Refusal:
    """The same, pointing to the member that holds what was refused, where it did not say."""
    if not isinstance(body, dict) or refusal.at[1:] in body:
        return refusal
    sent = [refusal.facts[name] for name in _SENT if name in refusal.facts]
    for name, value in body.items():
        if value in sent or (isinstance(value, list) and any(one in sent for one in value)):
            return Refusal(refusal.code, at=pointer("", name), **refusal.facts)
    return refusal
