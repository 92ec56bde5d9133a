"""The link to the words in a source follows the text-directive grammar."""

from __future__ import annotations

import pytest

from negotiations.pages.text_fragments import text_fragment_url

PAGE = "https://example.org/news?id=1"


@pytest.mark.parametrize(
    ("quotation", "directive"),
    [
        ("not optimistic", "not%20optimistic"),
        ("a well-known fact", "a%20well%2Dknown%20fact"),
        ("rice, beef & cars", "rice%2C%20beef%20%26%20cars"),
        ("15% – not 25%", "15%25%20%E2%80%93%20not%2025%25"),
        ("합의했다", "%ED%95%A9%EC%9D%98%ED%96%88%EB%8B%A4"),
        ("two\n lines\tfolded", "two%20lines%20folded"),
        ("?#/+=;~", "%3F%23%2F%2B%3D%3B~"),
    ],
)
def test_encodes_what_the_grammar_reserves(quotation: str, directive: str) -> None:
    assert text_fragment_url(url=PAGE, quotation=quotation) == f"{PAGE}#:~:text={directive}"


def test_a_long_quotation_is_given_by_its_two_ends() -> None:
    words = [f"word{number}" for number in range(80)]
    url = text_fragment_url(url=PAGE, quotation=" ".join(words))
    assert url == (
        f"{PAGE}#:~:text=word0%20word1%20word2%20word3%20word4"
        ",word75%20word76%20word77%20word78%20word79"
    )


def test_a_quotation_over_two_paragraphs_is_given_by_its_two_ends() -> None:
    url = text_fragment_url(
        url=PAGE, quotation="one two three four five\n\nsix seven eight nine ten"
    )
    assert url.endswith("#:~:text=one%20two%20three%20four%20five,six%20seven%20eight%20nine%20ten")


@pytest.mark.parametrize(
    ("prefix", "suffix", "directive"),
    [
        (
            "e current situation is “",
            ".”\n\nU.S. Presid",
            "current%20situation%20is%20%E2%80%9C-,x,-.%E2%80%9D",
        ),
        (" whole words", "whole words ", "whole%20words-,x,-whole%20words"),
        ("First block.\nSecond", "End.\nNext block", "Second-,x,-End."),
        ("cut", "cut", "x"),
        ("", "", "x"),
        ("\n\n", " \n", "x"),
        ("a b c d e f g", "a b c d e f g", "d%20e%20f%20g-,x,-a%20b%20c%20d"),
        ("cut half-built", "", "half%2Dbuilt-,x"),
    ],
)
def test_context_is_whole_words_of_one_line(prefix: str, suffix: str, directive: str) -> None:
    url = text_fragment_url(url=PAGE, quotation="x", prefix=prefix, suffix=suffix)
    assert url == f"{PAGE}#:~:text={directive}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a#part", "https://example.org/a#part:~:text=x"),
        ("https://example.org/a#:~:text=old", "https://example.org/a#:~:text=x"),
        ("https://example.org/a#part:~:text=old", "https://example.org/a#part:~:text=x"),
    ],
)
def test_keeps_the_fragment_and_replaces_an_old_directive(url: str, expected: str) -> None:
    assert text_fragment_url(url=url, quotation="x") == expected
