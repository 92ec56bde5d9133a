"""What a live page tells of the passages quoted from it."""

from __future__ import annotations

import pytest

from negotiations.operations.judging import Altered, Finding, Live, Quoted, judge
from negotiations.refusals import Refusal
from negotiations.vocabulary import EvidenceState

URL = "https://paper.example/close"
TEXT = (
    "The minister said: “We are close to a deal.” Asked when, he said, “Soon, I hope.”"
    " That was all."
)
CLOSE = Quoted(statement=1, quotation="We are close to a deal.")
SOON = Quoted(statement=2, quotation="Soon, I hope.")
INTACT = Finding(state=EvidenceState.INTACT)


def live(text: str = TEXT, **members: str) -> Live:
    """The page as it was, but for these."""
    return Live(**{"final_url": URL, "address": URL, "text": text, **members})


def judged(page: Live, *quoted: Quoted, known: tuple[str, ...] = (URL,)) -> Finding:
    """What comes of it."""
    return judge(page, quoted or (CLOSE, SOON), known=known)


def test_the_same_page_is_intact() -> None:
    assert judged(live()) == INTACT


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("That was all.", "Another ending."),
        TEXT.replace("“", '"').replace("”", '"'),
        TEXT.replace(" ", "\n  "),
    ],
)
def test_what_changes_beside_the_passages_is_no_finding(text: str) -> None:
    assert judged(live(text)) == INTACT


def test_a_passage_that_the_reader_of_pages_left_out_is_looked_for_in_all_of_it() -> None:
    page = live("A menu.", whole="Menu We are\n close to a  deal. Soon , I hope.")
    assert judged(page) == INTACT


def test_a_page_from_which_nothing_is_quoted_is_intact_while_it_is_there() -> None:
    assert judge(live("Something else."), (), known=[URL]) == INTACT


def test_a_changed_passage_is_told_with_what_stands_in_its_place() -> None:
    page = live(TEXT.replace("close to a deal", "far from a deal"))
    assert judged(page) == Finding(
        state=EvidenceState.ALTERED,
        altered=(Altered(statement=1, found="“We are far from a deal.”"),),
    )


def test_what_stands_in_place_of_words_of_a_paragraph_ends_with_its_paragraph() -> None:
    text = "She said: “We were close to a treaty.”\nOthers spoke as well."
    assert judged(live(text), CLOSE).altered[0].found == "“We were close to a treaty.”"


def test_a_passage_that_has_nothing_like_it_is_told_without() -> None:
    told = judged(live("협상은 끝났다."), CLOSE)
    assert told.altered == (Altered(statement=1, found=""),)


def test_a_page_with_all_passages_at_another_address_has_moved() -> None:
    elsewhere = "https://paper.example/archive/close"
    page = live(address=elsewhere, final_url=elsewhere)
    assert judged(page) == Finding(state=EvidenceState.MOVED, address=elsewhere)


@pytest.mark.parametrize(
    "written",
    [
        "http://paper.example/close",
        f"{URL}?utm_source=x",
        f"{URL}#top",
        "https://PAPER.example/close",
    ],
)
def test_the_same_address_written_otherwise_is_no_move(written: str) -> None:
    assert judged(live(address=written, final_url=written)) == INTACT


def test_where_the_page_was_when_it_was_captured_is_no_move() -> None:
    at = "https://paper.example/1"
    assert judged(live(address=at, final_url=at), known=(URL, at)) == INTACT


def test_a_page_that_moved_and_changed_is_altered_and_has_its_address() -> None:
    at = "https://paper.example/archive/close"
    told = judged(live("Nothing of it.", address=at, final_url=at), CLOSE)
    assert (told.state, told.address) == (EvidenceState.ALTERED, at)


@pytest.mark.parametrize(
    "members",
    [
        {"final_url": "https://paper.example/consent"},
        {"final_url": "https://paper.example/", "address": "https://paper.example/"},
    ],
)
def test_a_wall_or_a_first_page_instead_of_the_article_finds_nothing_out(
    members: dict[str, str],
) -> None:
    with pytest.raises(Refusal) as refused:
        judged(live("Please agree.", **members))
    assert refused.value.code == "sent_elsewhere"


def test_other_words_in_place_of_others_are_no_other_finding() -> None:
    one, other, more = (
        judged(live(text), CLOSE, SOON)
        for text in (
            TEXT.replace("close", "far"), TEXT.replace("close", "near"),
            TEXT.replace("close", "far").replace("Soon", "Later"),
        )
    )  # fmt: skip
    assert one.key == other.key
    assert one.key != more.key


def test_ten_megabytes_are_compared_in_a_moment() -> None:
    page = live("The minister said nothing of that kind. " * 250_000)
    assert judged(page, CLOSE).state == EvidenceState.ALTERED
