"""What people, parties, tracks and so on were called when something was told of them.

Reference data is mended in place; what each row was called before stands in the ledger.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from negotiations.queries.shapes import PartyRef, PublisherRef, Speaker, TermRef, TrackRef
from negotiations.sql import fetch

T = TypeVar("T")
Key = tuple[str, str]
Names = Mapping[str, Any]

# Of all rows that were mended after an act, what each was called from which number on. The list of
# verbs says nothing new but that the index of such acts may be walked.
_HISTORIES = """
    SELECT entry.number, entry.noun, entry.payload
    FROM negotiations_ledgerentry entry
    JOIN (
        SELECT DISTINCT noun, object_id FROM negotiations_ledgerentry
        WHERE public AND number > %(number)s AND verb = 'mend'
        AND noun IN (
            'negotiation', 'office', 'party', 'person', 'publisher', 'term', 'track')
        AND verb IN ('capture_source', 'correct', 'grade_publisher', 'mend', 'retract')
    ) mended USING (noun, object_id)
    WHERE entry.public AND (entry.verb = 'mend' OR starts_with(entry.verb, 'register_'))
    ORDER BY entry.number
"""


class FormerNames:
    """Names by the number of an act."""

    def __init__(self, *, since: int) -> None:
        """Those that have changed since the entry of this number; one SQL query."""
        self._told: dict[Key, list[tuple[int, Names]]] = defaultdict(list)
        for number, noun, payload in fetch(_HISTORIES, {"number": since}):
            self._told[noun, _key(noun, payload)].append((number, payload))

    def __bool__(self) -> bool:
        """Whether anything was mended since."""
        return bool(self._told)

    def content(self, number: int, noun: str, key: str) -> Names | None:
        """All that the ledger tells of a row as it was at this number; None: as it is now.

        The key is that of the ledger: a slug, a code, `negotiation/slug` of a track.
        """
        told = self._told.get((noun, key), [])
        place = bisect_right(told, number, key=lambda one: one[0])
        return told[place - 1][1] if place else None

    def at(self, number: int, told: T) -> T:
        """What is told, with all names in it as they were at this number."""
        if not self._told:
            return told
        named: T = self._renamed(number, told)
        return named

    def _renamed(self, number: int, told: Any) -> Any:
        if isinstance(told, tuple):
            return tuple(self._renamed(number, one) for one in told)
        if not is_dataclass(told) or isinstance(told, type):
            return told
        inner = {one.name: getattr(told, one.name) for one in fields(told)}
        renamed = {name: self._renamed(number, value) for name, value in inner.items()}
        return replace(told, **{**renamed, **self._own(number, told)})

    def _own(self, number: int, told: Any) -> Names:
        match told:
            case Speaker():
                return self._speaker(number, told)
            case PartyRef():
                members = ("name_en", "name_ko", "capital_en", "capital_ko")
                return self._of(number, "party", told.code, members)
            case PublisherRef():
                # The tier tells whose words a quotation is.
                return self._of(number, "publisher", told.slug, ("name_en", "name_ko", "tier"))
            case TrackRef():
                return self._of(number, "track", _path(told), ("title_en", "title_ko"))
            case TermRef():
                path = f"{_path(told.track)}/{told.slug}"
                return self._of(number, "term", path, ("name_en", "name_ko"))
        return {}

    def _speaker(self, number: int, told: Speaker) -> Names:
        """A person by name, an office by its title; whoever was only described keeps that."""
        person = self._of(number, "person", told.person, ("name_en", "name_ko"))
        office = self._of(number, "office", told.office, ("title_en", "title_ko"))
        named = {f"office_{name[-2:]}": title for name, title in office.items()}
        if told.person is None and told.name_en == told.office_en:
            person = {f"name_{name[-2:]}": title for name, title in office.items()}
        if person:
            person = {**person, "name_ko": person["name_ko"] or person["name_en"]}
        return {**named, **person}

    def _of(self, number: int, noun: str, key: str | None, members: Sequence[str]) -> Names:
        told = self.content(number, noun, key or "")
        # What was never registered by an act is called as it is now.
        return {name: told[name] for name in members} if told else {}


def _path(track: TrackRef) -> str:
    return f"{track.negotiation}/{track.slug}"


def _key(noun: str, payload: Names) -> str:
    """The key by which the references above are told, as `content_of` writes it."""
    match noun:
        case "party":
            return str(payload["code"])
        case "track":
            return f"{payload['negotiation']}/{payload['slug']}"
        case "term":
            return f"{payload['track']}/{payload['slug']}"
    return str(payload.get("slug", ""))
