"""A statement: its words in their place, where they are used, how to cite them."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import facts, section
from tests.pages.scenes import LATER, QUOTATION, TEXT, Scene, quotation

pytestmark = pytest.mark.django_db
CLOCK = "?known_on=2025-10-14"


def test_the_quotation_stands_in_its_context(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}")
    assert page.one("h1").words == "Cho Hyun, 1 October 2025"
    assert [e.words for e in page.all("mark")] == [QUOTATION]
    assert page.one("div", class_="quote-context").words == " ".join(TEXT.split())
    assert page.one("blockquote").words == QUOTATION


def test_its_facts(reader: Any, shown: Scene) -> None:
    told = facts(reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}"))
    digest = told.pop("Kept text")
    published = told.pop("Published here")
    assert told == {
        "Speaker": "Cho Hyun, Foreign minister",
        "Spoken for": "Republic of Korea",
        "Spoken of": "United States",
        "Said on": "1 October 2025 (Seoul)30 September 2025 – 1 October 2025 (Washington)"
        "in the source: “Wednesday”",
        "Kind": "Reports",
        "Modality": "Asserted",
        "Attribution": "On the record",
        "Tracks": "Security",
        "Language": "English",
        "Publisher": "The Paper · PressB – Usually reliable"
        "The publisher has been right in most cases, and only minor doubts about it remain; "
        "mixed experience makes it C.",
        "This statement": "2 – Probably true"
        "No independent source has confirmed it yet, but it agrees well with what else is known; "
        "with only partial agreement it is 3.",
        "Document": "Swap talks",
        "Address": "paper.example",
        "Published": "1 October 2025",
        "Known since": "1 October 2025",
    }
    assert digest.startswith("SHA-256 ")
    assert digest.endswith("Fetched, 14 October 2025, 12:00 Seoul")
    assert published == f"14 October 2025, 12:00 Seoul№ {shown.quoted.ledger_number}"


def test_its_facts_in_korean(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/ko/statements/{shown.quoted.pk}/{CLOCK}")
    assert page.one("h1").words == "조현, 2025년 10월 1일"
    told = facts(page)
    assert told["대변한 쪽"] == "대한민국"
    assert told["발언일"].startswith("2025년 10월 1일 (서울)")
    assert told["언어"] == "영어"
    assert page.one("blockquote").attributes["lang"] == "en"


def test_the_admiralty_code(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}")
    assert page.one("strong", class_="admiralty").words == "B2"


def test_the_link_to_the_words_in_the_source(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}")
    hrefs = {e.attributes["href"] for e in page.all("a", class_="out")}
    url = shown.source.url
    assert hrefs == {
        url,
        f"{url}#:~:text=currency%20swap%20is%20%E2%80%9C-,not%20optimistic%2C,-%E2%80%9D%20while%20talks%20go",
    }
    assert "(paper.example)" in page.words


def test_an_address_that_is_not_of_the_web_is_no_link(reader: Any) -> None:
    source = make.SourceFactory(url="javascript:alert(1)")
    said = quotation(source=source, tracks=(make.TrackFactory(),))
    page = reader.read(f"/statements/{said.pk}/")
    assert [e for e in page.all("a") if "javascript" in e.attributes["href"]] == []
    assert facts(page)["Address"] == "javascript:alert(1)"


def test_a_homoglyph_host_is_seen(reader: Any) -> None:
    source = make.SourceFactory(url="https://раре.example/x")
    said = make.StatementFactory(source=source, tracks=(make.TrackFactory(),))
    assert facts(reader.read(f"/statements/{said.pk}/"))["Address"] == "xn--80ak5ab.example"


def test_a_paraphrase_says_that_it_is_one(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/statements/{shown.paraphrased.pk}/{CLOCK}")
    assert page.all("mark") == page.all("blockquote") == []
    assert "This is a paraphrase." in page.words
    assert "the source is not yet captured" in page.words
    assert facts(page)["Kept text"] == "not yet captured"


def test_a_quotation_with_marks_of_its_own_is_nested(reader: Any) -> None:
    text = "He said it is “not optimistic.” So it is."
    snapshot = make.SnapshotFactory(text=text)
    said = make.StatementFactory(
        source=snapshot.source,
        snapshot=snapshot,
        quotation="it is “not optimistic.”",
        start=8,
        end=31,
        tracks=(make.TrackFactory(),),
    )
    page = reader.read(f"/statements/{said.pk}/")
    assert page.one("blockquote").attributes["class"] == "quote-nested"
    assert "‘it is “not optimistic.”’" in page.one("p", class_="cite-plain").words


def test_other_renderings_are_named_for_what_they_are(reader: Any, shown: Scene) -> None:
    again = make.StatementFactory(
        repeats=shown.quoted, paraphrase_en="A reprint.", tracks=(shown.track,)
    )
    translated = make.StatementFactory(
        translates=shown.quoted, paraphrase_en="A translation.", tracks=(shown.track,)
    )
    words = section(reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}"), "renderings")
    assert "A reprint." in words
    assert "Translated as paraphrase A translation." in words
    first = reader.read(f"/statements/{again.pk}/{CLOCK}")
    assert "First given as “not optimistic,”" in section(first, "renderings") or (
        "First given as not optimistic," in section(first, "renderings")
    )
    origin = section(reader.read(f"/statements/{translated.pk}/{CLOCK}"), "renderings")
    assert "Translated from" in origin


def test_where_it_is_used(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.tariffs,
        basis=shown.paraphrased,
        dissent=[shown.quoted],
        headline_en="Tariffs are settled",
    )
    words = section(reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}"), "usage")
    assert "Security agreed in principle Status change · Security · 1 October 2025" in words
    assert "Tariffs are settled speaks against · Status change · Tariffs" in words


def test_how_to_cite_it(reader: Any, shown: Scene) -> None:
    pk = shown.quoted.pk
    page = reader.read(f"/statements/{pk}/{CLOCK}&as_of=2025-10-20")
    permalink = f"http://testserver/statements/{pk}/"
    assert page.one("p", class_="cite-plain").words == (
        "Cho Hyun, “not optimistic”, 1 October 2025 (Seoul), quoted in “Swap talks”, The Paper, "
        f"1 October 2025, {shown.source.url}. Parley, statement {pk}, {permalink}, "
        "accessed 20 October 2025."
    )
    bibtex, frame = (e.words for e in page.all("pre", class_="cite"))
    assert bibtex.startswith(f"@online{{parley-statement-{pk},")
    assert frame.startswith(f'<iframe src="http://testserver/embed/statements/{pk}/')
    files = [a.attributes["href"] for a in page.all("a") if "/citation." in a.attributes["href"]]
    assert [path.partition("?")[0].rpartition(".")[2] for path in files] == [
        "bib", "ris", "json", "txt"
    ]  # fmt: skip
    (item,) = json.loads(reader.get(files[2]).content)
    assert item["archive_location"] == permalink
    assert item["accessed"] == {"date-parts": [[2025, 10, 20]]}


def test_a_corrected_version_leads_to_the_newer_one(reader: Any, shown: Scene) -> None:
    newer = make.StatementFactory(
        supersedes=shown.paraphrased, paraphrase_en="Mended.", tracks=(shown.track,), **LATER
    )
    old = reader.read(f"/statements/{shown.paraphrased.pk}/{CLOCK}")
    notice = old.one("div", class_="notice-correction").words
    assert notice == "This version was corrected. Read the newer version"
    links = [e.attributes["href"] for e in old.all("a") if e.words == "Read the newer version"]
    assert links == [f"/statements/{newer.pk}/{CLOCK}"]
    new = reader.read(f"/statements/{newer.pk}/{CLOCK}")
    assert new.one("div", class_="notice-correction").words == (
        "This replaces an earlier version. Reason given: A slip of the pen. "
        "Read the earlier version"
    )


def test_a_retracted_statement_is_a_tombstone(reader: Any, shown: Scene) -> None:
    gone = make.StatementFactory(
        supersedes=shown.quoted, withdrawn=True, tracks=(shown.track,), **LATER
    )
    for pk in (shown.quoted.pk, gone.pk):
        page = reader.read(f"/statements/{pk}/{CLOCK}")
        assert page.one("div", class_="notice-retraction").words == (
            "This statement was retracted. It is no longer part of the record; this note stands "
            "in its place. Reason given: A slip of the pen."
        )
        assert "not optimistic" not in page.words
    before = reader.read(f"/statements/{shown.quoted.pk}/?known_on=2025-10-01")
    assert "not optimistic" in before.words


def test_a_draft_is_not_there(reader: Any) -> None:
    draft = make.StatementFactory(published_at=None)
    assert reader.get(f"/statements/{draft.pk}/").status_code == 404


def test_as_many_queries_for_three_renderings_as_for_one(
    reader: Any, shown: Scene, query_count: Any
) -> None:
    asked = partial(query_count, lambda: reader.read(f"/statements/{shown.quoted.pk}/{CLOCK}"))

    make.StatementFactory(repeats=shown.quoted, tracks=(shown.track,))
    once = asked()
    for _ in range(2):
        make.StatementFactory(
            repeats=shown.quoted, tracks=(shown.track,), speaker=make.PersonFactory()
        )
        make.StatusChangeFactory(basis=shown.quoted)
    assert asked() == once


@pytest.mark.parametrize(
    ("words", "before", "tier", "said"),
    [
        ("Cho Hyun announced a deal.", "", "press", True),
        ("We have a deal.", "He said: “", "press", False),
        ("Cho said “we have a deal”.", "", "press", False),
        ("낙관하기 어렵다", "그는 「", "press", False),
        ("We have a deal.", "", "primary_text", False),
    ],
)
def test_whose_words_are_quoted_is_said(
    reader: Any, words: str, before: str, tier: str, said: bool
) -> None:
    source = make.SourceFactory(publisher=make.PublisherFactory(tier=tier, name_en="The Paper"))
    row = make.StatementFactory(
        speaker=make.PersonFactory(name_en="Cho Hyun"), source=source, quotation=words,
        snapshot=make.SnapshotFactory(source=source, text=before + words), prefix=before,
        start=len(before), end=len(before + words),
    )  # fmt: skip
    told = reader.read(f"/statements/{row.pk}/").one("section", class_="words").words
    assert ("The Paper, reporting Cho Hyun" in told) is said
    assert ("These are the words of the source about what was said" in told) is said
