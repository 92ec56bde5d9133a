"""What a page says of the evidence itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from negotiations.templatetags.evidence import fate, fate_plain, reported
from tests.pages import shapes


@pytest.mark.parametrize(
    ("prefix", "quotation", "told"),
    [
        ("", "Cho Hyun announced that there is a preliminary agreement.", True),
        ("Cho said the situation is ", "“not optimistic.”", False),
        ("He said: “", "We are close", False),
        ("그는 「", "낙관하기 어렵다", False),
        ("", "", False),
    ],
)
def test_an_account_of_what_was_said_is_told_from_the_words_themselves(
    prefix: str, quotation: str, told: bool
) -> None:
    statement = replace(shapes.statement(), prefix=prefix, quotation=quotation or None)
    assert reported(statement) is told


@pytest.mark.parametrize(
    ("outcome", "on", "told"),
    [
        ("open", date(2025, 10, 31), "Open"),
        ("open", date(2025, 11, 1), "day passed, no outcome recorded"),
        ("met", date(2025, 11, 1), "Met"),
    ],
)
def test_a_day_that_passed_without_an_outcome_is_not_called_open(
    outcome: str, on: date, told: str
) -> None:
    milestone = SimpleNamespace(outcome=outcome, due_upper=date(2025, 10, 31))
    assert fate_plain(milestone, on) == told
    assert f'href="#g-outcome-{outcome}"' in fate(milestone, on)
