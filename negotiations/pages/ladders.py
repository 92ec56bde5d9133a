"""Where a stage stands on the ladder of its procedure."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.vocabulary import LADDER, OFF_LADDER, PATHS, Procedure, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One stage of the ladder; `place` is past, here or ahead."""

    stage: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The stages a procedure expects, with where the track stands.

    `position` counts from one; it is None off the ladder.
    """

    rungs: tuple[Rung, ...]
    position: int | None
    off: bool

    @property
    def length(self) -> int:
        """How many stages there are."""
        return len(self.rungs)


def ladder(*, procedure: str, stage: str | None) -> Ladder:
    """The ladder of `procedure` with `stage` on it, also one that the procedure does not expect."""
    here = Stage(stage) if stage else None
    path = PATHS[Procedure(procedure)]
    steps = [step for step in LADDER if step in path or step == here]
    position = steps.index(here) if here in steps else None
    return Ladder(
        rungs=tuple(
            Rung(stage=step.value, place=_place(index, position))
            for index, step in enumerate(steps)
        ),
        position=None if position is None else position + 1,
        off=here in OFF_LADDER,
    )


def _place(index: int, position: int | None) -> str:
    if position is None or index > position:
        return "ahead"
    return "here" if index == position else "past"
