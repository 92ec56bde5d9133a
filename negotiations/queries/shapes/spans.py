"""Numbers of days between dates, as exact as the dates are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A number of days from `least` to `most`; null: without bound on that side.

    `exact` only where both dates are given to the day and without doubt; else it is about so many,
    also where both numbers are the same.
    """

    least: int | None
    most: int | None
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Days):
    """How far one date lies from another: by how many days its first and its last day moved.

    `direction`: `later`, `earlier`, `narrowed` (within the former one), `widened` (around it),
    `same` (other words for the same days). Numbers are positive towards later.
    """

    direction: str

    @property
    def is_move(self) -> bool:
        """Whether the date moved; what only became more or less precise did not."""
        return self.direction in {"later", "earlier"}
