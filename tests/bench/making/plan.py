"""Where everything stands in a record of a given size: ids, numbers, instants.

All of it is arithmetic on the place of a row, so any part can be made without the parts before it:
groups of one source and its four statements, each after the other, and between them the events
(status changes, positions, ties, milestones) whose number does not depend on the size.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

BEGIN = datetime(2023, 10, 1, tzinfo=UTC)
SPAN = timedelta(days=3 * 365)
_MICROSECONDS = SPAN // timedelta(microseconds=1)
GROUP = 4
# From this size on a record has all its events; a smaller one has its share of them.
WHOLE = 10_000
TRACKS, SMALL_TRACKS = 48, 6
STATUS_A_TRACK, POSITIONS_A_TERM, TERMS = 40, 8, 60
LINKAGES, MILESTONES = 120, 240


@dataclass(frozen=True, slots=True)
class Event:
    """One of what rests on statements: its noun and place among its kind, and where it comes.

    `group`: right after that group; `basis`: the place of the statement that it rests on.
    """

    noun: str
    place: int
    group: int
    basis: int


class Plan:
    """A record of `size` statements (a multiple of four), after `before` acts on its names."""

    def __init__(self, size: int, *, before: int) -> None:
        """Lay everything out."""
        self.size, self.before = size, before
        self.groups = size // GROUP
        self.events = self._events()
        counts = [0] * (self.groups + 1)
        for event in self.events:
            counts[event.group + 1] += 1
        # How many events come before each group.
        self._earlier = list(accumulate(counts))
        self.last = before + 5 * self.groups + len(self.events)
        self.cited = {event.basis: event for event in reversed(self.events)}

    def _events(self) -> list[Event]:
        share = min(1.0, self.size / WHOLE)
        wanted = {
            "status_change": STATUS_A_TRACK * TRACKS, "position": POSITIONS_A_TERM * TERMS,
            "linkage": LINKAGES, "milestone": MILESTONES,
        }  # fmt: skip
        due = sorted(
            ((place + 0.5) / total, noun, place)
            for noun, whole in wanted.items()
            for total in [max(round(whole * share), 1)]
            for place in range(total)
        )
        events = []
        for at, (_, noun, place) in enumerate(due):
            # Evenly over the time, whatever noun; the first statements have no earlier ones.
            group = int((at + 0.5) / len(due) * self.groups)
            events.append(Event(noun, place, group, GROUP * group + at % GROUP))
        return events

    def events_of(self, group: int) -> list[tuple[int, Event]]:
        """Those that come right after a group, each with its ledger number."""
        first = bisect_left(self.events, group, key=lambda event: event.group)
        after = self.source_number(group) + GROUP
        found = []
        for at in range(first, first + self._earlier[group + 1] - self._earlier[group]):
            after += 1
            found.append((after, self.events[at]))
        return found

    def source_number(self, group: int) -> int:
        """The ledger number of a source; those of its statements follow."""
        return self.before + 1 + 5 * group + self._earlier[group]

    def number(self, place: int) -> int:
        """The ledger number of a statement."""
        return self.source_number(place // GROUP) + 1 + place % GROUP

    def at(self, number: int) -> datetime:
        """When the act of this number was done: evenly over the three years."""
        done = (number - self.before) * _MICROSECONDS
        return BEGIN + timedelta(microseconds=done // (self.last - self.before))
