"""What the parties' readings amount to: computed, never stored. Silence is never assent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from negotiations.vocabulary import LADDER, Agreement, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Agreement of the parties, with the lowest and the highest stage heard (null: none)."""

    agreement: str
    floor: str | None
    ceiling: str | None


@lru_cache(maxsize=1024)
def verdict(stages: tuple[str | None, ...]) -> Verdict:
    """The verdict on one reading a party, null where a party is silent."""
    heard = sorted((Stage(stage) for stage in stages if stage is not None), key=_rank)
    if not heard:
        return Verdict(agreement=Agreement.UNKNOWN.value, floor=None, ceiling=None)
    return Verdict(
        agreement=_agreement(heard, silent=len(heard) < len(stages)).value,
        floor=heard[0].value,
        ceiling=heard[-1].value,
    )


def _agreement(heard: list[Stage], *, silent: bool) -> Agreement:
    if len(set(heard)) > 1:
        return Agreement.CONTESTED
    return Agreement.ONE_SIDED if silent else Agreement.CONCORDANT


def _rank(stage: Stage) -> tuple[int, int]:
    # Off the ladder is below it; among themselves, such stages keep the order of the vocabulary.
    on_ladder = LADDER.index(stage) if stage in LADDER else -1
    return on_ladder, list(Stage).index(stage)
