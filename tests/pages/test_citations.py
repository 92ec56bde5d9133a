"""A statement as plain text, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from negotiations.pages.citations import Citations, cite
from negotiations.queries.shapes import Speaker, StatementRecord
from tests.pages.shapes import source, statement

SHA = "ab" * 32


def cited(record: StatementRecord, *, language: str = "en") -> Citations:
    """The citations of `record` on a page in `language`."""
    with translation.override(language):
        return cite(
            statement=record,
            language=language,
            permalink="https://parley.example/statements/12/",
            accessed=date(2025, 10, 14),
        )


def bibtex_fields(text: str) -> dict[str, str]:
    """Name and value of each field, read by counting braces as BibTeX does."""
    assert text.startswith("@online{parley-statement-12,\n")
    assert text.endswith("\n}")
    fields, depth, name, value = {}, 0, "", ""
    for character in text.split("\n", 1)[1][:-1]:
        if character == "{":
            depth += 1
            if depth == 1:
                continue
        elif character == "}":
            depth -= 1
            if depth == 0:
                fields[name.strip(" ,=\n")], name, value = value, "", ""
                continue
        assert depth >= 0
        if depth:
            value += character
        else:
            name += character
    assert depth == 0
    return fields


def test_bibtex_of_a_quotation() -> None:
    assert bibtex_fields(cited(statement()).bibtex) == {
        "author": "{Cho Hyun}",
        "title": "{not optimistic}",
        "date": "2025-10-01",
        "note": "quoted in the source: “Preliminary agreement”, 2 October 2025",
        "organization": "{Yonhap News Agency}",
        "langid": "english",
        "url": "https://example.org/a?b=1",
        "urldate": "2025-10-14",
        "addendum": f"Parley, statement 12, https://parley.example/statements/12/; SHA-256 {SHA}",
    }


def test_csl_of_a_quotation() -> None:
    assert json.loads(cited(statement()).csl) == [
        {
            "id": "parley-statement-12",
            "type": "webpage",
            "author": [{"literal": "Cho Hyun"}],
            "title": "not optimistic",
            "genre": "quoted in the source",
            "issued": {"date-parts": [[2025, 10, 1]]},
            "container-title": "Preliminary agreement",
            "publisher": "Yonhap News Agency",
            "language": "en",
            "URL": "https://example.org/a?b=1",
            "accessed": {"date-parts": [[2025, 10, 14]]},
            "archive": "Parley",
            "archive_location": "https://parley.example/statements/12/",
            "note": f"Parley, statement 12, https://parley.example/statements/12/; SHA-256 {SHA}",
        }
    ]


PARAPHRASE: dict[str, Any] = {"quotation": None, "start": None, "end": None}


@pytest.mark.parametrize(
    ("language", "author", "title", "publisher"),
    [
        ("en", "Cho Hyun", "[He sees little hope.]", "Yonhap News Agency"),
        ("ko", "조현", "[전망이 밝지 않다고 봤다.]", "연합뉴스"),
    ],
)
def test_a_paraphrase_has_its_title_in_brackets_and_no_digest(
    language: str, author: str, title: str, publisher: str
) -> None:
    citations = cited(statement(**PARAPHRASE), language=language)
    fields, item = bibtex_fields(citations.bibtex), json.loads(citations.csl)[0]
    assert fields["author"] == f"{{{author}}}"
    assert fields["title"] == f"{{{title}}}"
    assert fields["organization"] == f"{{{publisher}}}"
    assert item["author"] == [{"literal": author}]
    assert item["title"] == title
    assert "SHA-256" not in citations.bibtex + citations.csl
    assert title in citations.plain


@pytest.mark.parametrize(
    ("quotation", "title"),
    [
        ("50% & $350 billion", r"50\% \& \$350 billion"),
        ("#1 a_b", r"\#1 a\_b"),
        ("x^2 ~ y", r"x\textasciicircum{}2 \textasciitilde{} y"),
        ("a \\ b", r"a \textbackslash{} b"),
        ("one { brace", r"one \textbraceleft{} brace"),
        ("close } first {", r"close \textbraceright{} first \textbraceleft{}"),
        ("he said “yes” and 'no' and \"never\"", "he said “yes” and 'no' and \"never\""),
        ("“낙관적이지 않다” 100%", r"“낙관적이지 않다” 100\%"),
        ("two\nlines", "two lines"),
    ],
)
def test_bibtex_escapes(quotation: str, title: str) -> None:
    citations = cited(statement(quotation=quotation))
    assert bibtex_fields(citations.bibtex)["title"] == f"{{{title}}}"
    assert json.loads(citations.csl)[0]["title"] == " ".join(quotation.split())


def test_a_url_with_braces_and_a_hangul_title() -> None:
    odd = source(url="https://example.org/{a}?q=%20_~", title="한·미 {협정} & 100%")
    fields = bibtex_fields(cited(statement(source=odd)).bibtex)
    assert fields["url"] == "https://example.org/%7Ba%7D?q=%20_~"
    assert r"한·미 \textbraceleft{}협정\textbraceright{} \& 100\%" in fields["note"]


@pytest.mark.parametrize(
    ("said_on", "lower", "upper", "biblatex", "issued"),
    [
        ("", date.min, date.max, None, None),
        (
            "../2025-10-31",
            date.min,
            date(2025, 10, 31),
            "../2025-10-31",
            {"literal": "../2025-10-31"},
        ),
        (
            "2025-10~",
            date(2025, 10, 1),
            date(2025, 10, 31),
            "2025-10~",
            {"date-parts": [[2025, 10]], "circa": True},
        ),
    ],
)
def test_dates_of_the_utterance(
    said_on: str,
    lower: date,
    upper: date,
    biblatex: str | None,
    issued: dict[str, object] | None,
) -> None:
    citations = cited(statement(said_on=said_on, said_lower=lower, said_upper=upper))
    assert bibtex_fields(citations.bibtex).get("date") == biblatex
    assert json.loads(citations.csl)[0].get("issued") == issued


@pytest.mark.parametrize(
    ("said_on", "lower", "lines"),
    [("../2025-10-31", date.min, ["N1  - by 31 October 2025"]),
     ("2025-10~", date(2025, 10, 1), ["PY  - 2025", "DA  - 2025///2025-10~"])],
)  # fmt: skip
def test_a_date_without_a_first_year_is_a_note_in_ris(
    said_on: str, lower: date, lines: list[str]
) -> None:
    said = statement(said_on=said_on, said_lower=lower, said_upper=date(2025, 10, 31))
    *told, record = [one for one in cited(said).ris.split("\r\n") if one[:2] in ("PY", "DA", "N1")]
    assert (told, record[:12]) == (lines, "N1  - Parley")


def test_an_unnamed_voice_is_the_author() -> None:
    voice = Speaker(
        person=None,
        name_en="Senior officials (unnamed)",
        name_ko="고위 관계자",
        office=None,
        office_en="",
        office_ko="",
    )
    item = json.loads(cited(statement(speaker=voice)).csl)[0]
    assert item["author"] == [{"literal": "Senior officials (unnamed)"}]


def test_an_office_alone_is_the_author() -> None:
    office = Speaker(
        person=None,
        name_en="",
        name_ko="",
        office="mofa",
        office_en="Ministry of Foreign Affairs",
        office_ko="외교부",
    )
    item = json.loads(cited(statement(speaker=office), language="ko").csl)[0]
    assert item["author"] == [{"literal": "외교부"}]


@pytest.mark.parametrize(
    ("members", "words"),
    [({"superseded_by": 40}, "since corrected: statement 40"),
     ({"superseded_by": 41, "retracted": True}, "since retracted")],
)  # fmt: skip
def test_what_was_taken_back_is_not_cited_without_a_word(members: Any, words: str) -> None:
    told = cited(replace(statement(), **members))
    assert told.plain.endswith(f" [{words}]")
    assert bibtex_fields(told.bibtex)["addendum"].endswith(f"; {words}")
    assert json.loads(told.csl)[0]["note"].endswith(f"; {words}")
    assert f"; {words}\n" in told.ris.replace("\r", "")


def test_words_that_a_source_says_about_somebody_are_cited_as_the_sources() -> None:
    told = "South Korean Foreign Minister Cho Hyun announced a deal."
    citations = cited(statement(quotation=told, prefix="", suffix=""))
    fields, item = bibtex_fields(citations.bibtex), json.loads(citations.csl)[0]
    assert fields["author"] == "{Yonhap News Agency}"
    assert fields["note"] == "the source’s own account: “Preliminary agreement”, 2 October 2025"
    assert item["author"] == [{"literal": "Yonhap News Agency"}]
    assert "\r\nAU  - Yonhap News Agency,\r\n" in citations.ris
    assert citations.plain == (
        f"Yonhap News Agency, “{told}”, on what Cho Hyun said, 1 October 2025 (Seoul), "
        "in “Preliminary agreement”, 2 October 2025, https://example.org/a?b=1. "
        "Parley, statement 12, https://parley.example/statements/12/, accessed 14 October 2025."
    )
