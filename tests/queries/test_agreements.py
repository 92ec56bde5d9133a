"""Agreement is computed from what the parties said, and silence is never assent."""

from __future__ import annotations

import pytest

from negotiations.queries.agreements import verdict


@pytest.mark.parametrize(
    ("stages", "agreement", "floor", "ceiling"),
    [
        ([], "unknown", None, None),
        ([None, None], "unknown", None, None),
        (["negotiating", None], "one_sided", "negotiating", "negotiating"),
        (["signed", "signed"], "concordant", "signed", "signed"),
        (["signed"], "concordant", "signed", "signed"),
        (["signed", "mooted"], "contested", "mooted", "signed"),
        (["signed", "mooted", None], "contested", "mooted", "signed"),
        (["signed", "signed", None], "one_sided", "signed", "signed"),
        (["mooted", "terminated"], "contested", "terminated", "mooted"),
        (["terminated", "suspended"], "contested", "suspended", "terminated"),
    ],
)
def test_verdicts(
    stages: list[str | None], agreement: str, floor: str | None, ceiling: str | None
) -> None:
    said = verdict(tuple(stages))
    assert (said.agreement, said.floor, said.ceiling) == (agreement, floor, ceiling)
