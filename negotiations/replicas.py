"""What is known of the replica of the database: how far behind it is, and whether it is read."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

State = Literal["in_use", "behind", "unreachable", "not_a_replica"]
# How the web tells its views: this entry of `request.META`; absent where no replica is set.
STANDING = "parley.replica"
# Another alias of the settings; `default` is what is written to.
ALIAS = "replica"

_MOST_MARKS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether public reads are asked of it, and by how many seconds at most it is behind.

    None while that cannot be told: before the first marks, and where either server is out of reach.
    """

    state: State
    lag_seconds: float | None


@dataclass(slots=True)
class Marks:
    """Where the primary's log was, at instants (seconds on any clock that only goes on).

    The replica's own clocks tell less: the time of the last transaction that it replayed grows old
    while nobody writes. The newest mark that it has passed tells how old its state can be at most.
    """

    _left: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, *, at: float, position: int) -> None:
        """The primary's log is at `position` (bytes) now; forgotten where too many wait already."""
        if len(self._left) < _MOST_MARKS:
            self._left.append((at, position))

    def lag(self, *, at: float, replayed: int) -> float | None:
        """How many seconds old at most the state of a replica is that has replayed so far."""
        passed = None
        while self._left and self._left[0][1] <= replayed:
            passed = self._left.popleft()
        if passed is None:
            return None
        self._left.appendleft(passed)
        return at - passed[0]
