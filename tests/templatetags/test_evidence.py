"""What a page says of the evidence itself."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from negotiations.templatetags.evidence import fate, fate_plain


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
