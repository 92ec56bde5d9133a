"""What a page says of the evidence itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from negotiations.templatetags.evidence import reported
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
