"""What each verb of the ledger does to the present record, as far as its entry tells.

- publish: its row is told.
- correct, retract: what it supersedes is gone; of a correction the row is told. What rests on a
  statement, or dissents by it, is told differently, and so is what was said in a source, since the
  newest text of all its rows counts there.
- capture_source: the source and what was said in it are told differently.
- register_…, mend, of a party, negotiation, person or publisher: it is told; mended, also whatever
  names it. A track is told within its negotiation, a tenure with its person, a grade with its
  publisher and wherever that is named; an office and a term only where they are named.
- check_track, recheck_source: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiations.models import LedgerEntry
from negotiations.queries.assembly import MODELS

RECORD = ("statement", "source", *MODELS)
_SAYING = ("statement", *MODELS)
# Reference data: the noun under which each is told, and the member of the payload that names it.
_NAMED = {
    "party": ("party", "code"),
    "negotiation": ("negotiation", "slug"),
    "person": ("person", "slug"),
    "publisher": ("publisher", "slug"),
    "track": ("negotiation", "negotiation"),
    "tenure": ("person", "person"),
    "grade": ("publisher", "publisher"),
}
# Who tells their names within rows of their own.
_NAMING = {
    "party": ("negotiation", *_SAYING),
    "track": _SAYING,
    "term": ("position",),
    "person": _SAYING,
    "office": ("person", *_SAYING),
    "publisher": ("source", *_SAYING),
    "grade": ("source", *_SAYING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One row by noun and key (id, slug or code), or all rows of the noun where `key` is None.

    `on` is the later day from which it is told differently.
    """

    noun: str
    key: int | str | None = None
    on: date | None = None


def own(entry: LedgerEntry) -> Touch | None:
    """The row that an act is about, if rows of its kind are told in lists."""
    if entry.noun in RECORD and entry.verb in ("publish", "correct"):
        return Touch(noun=entry.noun, key=entry.object_id)
    named = _named(entry)
    return named if named is not None and named.noun == entry.noun else None


def gone(entry: LedgerEntry) -> int | None:
    """The id of the row, of the same noun, that an act took out of the present record."""
    return entry.payload.get("supersedes") if _replaces(entry) else None


def named_within(entry: LedgerEntry, *, today: date) -> Iterator[Touch]:
    """What an act on reference data changes beside its own row."""
    named = _named(entry)
    if named is not None and named.noun != entry.noun:
        yield named
    if entry.verb == "mend" or entry.noun == "grade":
        day = date.fromisoformat(entry.payload["graded_on"]) if entry.noun == "grade" else today
        for noun in _NAMING.get(entry.noun, ()):
            yield Touch(noun=noun, on=day if day > today else None)


def statement_of(entry: LedgerEntry) -> int | None:
    """The id of the statement whose users are told differently."""
    return entry.object_id if _replaces(entry) and entry.noun == "statement" else None


def source_of(entry: LedgerEntry) -> int | None:
    """The id of the source of which what was said in it is told differently."""
    if entry.verb == "capture_source":
        return entry.payload.get("source")
    return entry.object_id if _replaces(entry) and entry.noun == "source" else None


def _replaces(entry: LedgerEntry) -> bool:
    return entry.noun in RECORD and entry.verb in ("correct", "retract")


def _named(entry: LedgerEntry) -> Touch | None:
    if entry.verb == "check_track" or entry.noun not in _NAMED:
        return None
    noun, member = _NAMED[entry.noun]
    key: Any = entry.payload.get(member)
    return None if key is None else Touch(noun=noun, key=key)
