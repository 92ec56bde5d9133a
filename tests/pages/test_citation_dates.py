"""EDTF dates in the forms of biblatex and CSL."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.pages.citation_dates import biblatex_date, csl_date

OPEN_START, OPEN_END = date.min, date.max
FIRST, LAST = date(2025, 10, 1), date(2025, 10, 31)


@pytest.mark.parametrize(
    ("edtf", "lower", "upper", "biblatex", "csl"),
    [
        ("2025-10-01", FIRST, FIRST, "2025-10-01", {"date-parts": [[2025, 10, 1]]}),
        ("2025-10", FIRST, LAST, "2025-10", {"date-parts": [[2025, 10]]}),
        ("2025", FIRST, LAST, "2025", {"date-parts": [[2025]]}),
        ("2025-10~", FIRST, LAST, "2025-10~", {"date-parts": [[2025, 10]], "circa": True}),
        (
            "2025-10-01?",
            FIRST,
            FIRST,
            "2025-10-01?",
            {"date-parts": [[2025, 10, 1]], "circa": True},
        ),
        (
            "2025-10-01/2025-10-31",
            FIRST,
            LAST,
            "2025-10-01/2025-10-31",
            {"date-parts": [[2025, 10, 1], [2025, 10, 31]]},
        ),
        ("../2025-10-31", OPEN_START, LAST, "../2025-10-31", {"literal": "../2025-10-31"}),
        ("2025-10-01/..", FIRST, OPEN_END, "2025-10-01/..", {"literal": "2025-10-01/.."}),
        ("2025-10-01/", FIRST, OPEN_END, "2025-10-01/", {"literal": "2025-10-01/"}),
        ("2025-22", FIRST, LAST, "2025-22", {"date-parts": [[2025]], "season": 2}),
        (
            "2025-10-XX",
            FIRST,
            LAST,
            "2025-10-XX",
            {"date-parts": [[2025, 10, 1], [2025, 10, 31]]},
        ),
        (
            "[2025-10-01,2025-10-31]",
            FIRST,
            LAST,
            "2025-10-01/2025-10-31",
            {"date-parts": [[2025, 10, 1], [2025, 10, 31]]},
        ),
        ("[..2025-10-31]", OPEN_START, LAST, "../2025-10-31", {"literal": "../2025-10-31"}),
        ("[2025-10-01]", FIRST, FIRST, "2025-10-01", {"date-parts": [[2025, 10, 1]]}),
        ("", OPEN_START, OPEN_END, "", None),
        ("../..", OPEN_START, OPEN_END, "", None),
    ],
)
def test_dates(
    edtf: str, lower: date, upper: date, biblatex: str, csl: dict[str, object] | None
) -> None:
    assert biblatex_date(edtf=edtf, lower=lower, upper=upper) == biblatex
    assert csl_date(edtf=edtf, lower=lower, upper=upper) == csl
