"""Reading the query string: strict, and never a crash."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.api.asking import read_path, read_query
from negotiations.api.filters import CLOCKS, PAGING, TRACK
from negotiations.refusals import Refusal

PARAMETERS = (*CLOCKS, *PAGING, TRACK)


def _refused(query: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_query(query, parameters=PARAMETERS)
    return refused.value


def test_reads_values_in_one_order() -> None:
    """Values come by name, sorted, however they were written."""
    one = read_query("track=swap&limit=3", parameters=PARAMETERS)
    other = read_query("limit=%33&&track=sw%61p&", parameters=PARAMETERS)

    assert list(one.items()) == list(other.items()) == [("limit", 3), ("track", "swap")]


@pytest.mark.parametrize(
    ("query", "code", "at"),
    [
        ("colour=1", "unknown_parameter", "colour"),
        ("Limit=1", "unknown_parameter", "Limit"),
        ("limit=1&limit=1", "repeated_parameter", "limit"),
        ("limit=", "bad_parameter", "limit"),
        ("limit", "bad_parameter", "limit"),
        ("limit=0", "bad_parameter", "limit"),
        ("track=%00", "bad_parameter", "track"),
        ("track=a%0A", "bad_parameter", "track"),
        ("track=%FF", "bad_parameter", "track"),
        ("track=\xff", "bad_parameter", "track"),
        ("track=%ED%A0%80", "bad_parameter", "track"),
        ("%FF=1", "bad_parameter", ""),
        ("track=" + "a" * 100_000, "bad_parameter", "track"),
        ("a" * 100_000 + "=1", "unknown_parameter", "a" * 40 + "…"),
        ("cursor=a b", "bad_parameter", "cursor"),
    ],
)
def test_refuses(query: str, code: str, at: str) -> None:
    """Each fault has its code and names the parameter."""
    refusal = _refused(query)

    assert (refusal.code, refusal.at, refusal.status) == (code, at, 400)


def test_unknown_parameter_names_the_valid_ones() -> None:
    """The sentence helps."""
    assert (
        _refused("x=1")
        .sentence("en")
        .endswith("Valid here: " + ", ".join(parameter.name for parameter in PARAMETERS) + ".")
    )


@given(st.text(alphabet=st.characters(max_codepoint=0xFF)))
def test_never_crashes(query: str) -> None:
    """Any bytes at all are values or a refusal."""
    with suppress(Refusal):
        read_query(query, parameters=PARAMETERS)


def test_names_in_the_path() -> None:
    """Names are read like parameters; what has not their form is not found."""
    assert read_path({"id": "7", "slug": "cho-hyun"}) == {"id": 7, "slug": "cho-hyun"}
    with pytest.raises(Refusal) as refused:
        read_path({"id": "seven"})
    assert refused.value.code == "not_found"
