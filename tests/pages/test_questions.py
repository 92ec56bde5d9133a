"""What a page takes, and what it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from negotiations.pages.questions import plain_question, read_question
from negotiations.refusals import Refusal

NOW = datetime(2025, 10, 14, 18, tzinfo=UTC)


def ask(query: str, *, takes: tuple[str, ...] = ()):
    return read_question(QueryDict(query), takes=takes, now=NOW)


def test_nothing_asked_is_today_at_the_desk():
    question = ask("")
    assert question.clocks.on == date(2025, 10, 15)
    assert question.given == {}
    assert question.clock_query == ""


def test_known_on_sets_two_clocks():
    question = ask("known_on=2025-10-05")
    assert question.clocks.on == question.clocks.known_by == date(2025, 10, 5)
    assert question.clock_query == "known_on=2025-10-05"
    assert question.twin_query == "on=2025-10-05&known_by=2025-10-05"


def test_known_on_goes_with_as_of():
    question = ask("known_on=2025-10-05&as_of=2025-10-06")
    assert question.twin_query == "on=2025-10-05&known_by=2025-10-05&as_of=2025-10-06"


def test_a_clock_left_empty_is_not_set():
    assert ask("known_on=").given == {}


def test_own_parameters_are_kept_apart():
    question = ask("kind=position&known_on=2025-10-05&cursor=", takes=("kind", "cursor"))
    assert question.parameter("kind") == "position"
    assert question.parameter("cursor") is None
    assert "kind" not in question.clock_query


@pytest.mark.parametrize(
    ("query", "code", "at"),
    [
        ("colour=red", "unknown_parameter", "colour"),
        ("on=2025-10-05&on=2025-10-06", "repeated_parameter", "on"),
        ("known_on=yesterday", "bad_parameter", "known_on"),
        ("known_on=2025-02-30", "bad_parameter", "known_on"),
        ("known_on=２０２５-10-05", "bad_parameter", "known_on"),
        ("known_on=2025-10-05&on=2025-10-05", "bad_parameter", "known_on"),
        ("known_on=2025-10-05&known_by=2025-10-05", "bad_parameter", "known_on"),
        ("known_on=2031-01-01", "clock_in_future", "known_by"),
        ("as_of=2031-01-01", "clock_in_future", "as_of"),
        ("kind=a%00b", "bad_parameter", "kind"),
    ],
)
def test_what_cannot_be_read_is_refused(query, code, at):
    with pytest.raises(Refusal) as caught:
        ask(query, takes=("kind",))
    assert (caught.value.code, caught.value.at) == (code, at)


def test_the_refusal_names_what_is_valid():
    with pytest.raises(Refusal) as caught:
        ask("colour=red", takes=("kind",))
    assert "known_on, on, known_by, as_of, kind" in caught.value.sentence("en")


def test_the_plain_question_is_today():
    assert plain_question(now=NOW).given == {}


@pytest.mark.parametrize("name", ["utm_source", "fbclid", "gclid"])
def test_what_others_add_to_a_link_asks_nothing(name: str):
    question = ask(f"known_on=2025-10-05&{name}=x&{name}=y")
    assert question.given == {"known_on": "2025-10-05"}


def test_the_fixed_query_names_all_three_clocks_and_reads_as_the_same():
    asked = read_question(QueryDict(""), takes=(), now=NOW)

    again = read_question(QueryDict(asked.fixed_query), takes=(), now=NOW)

    assert again.clocks == asked.clocks
    assert set(again.given) == {"on", "known_by", "as_of"}
