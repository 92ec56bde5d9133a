"""The marks of trust beside claims, and the page that explains them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from negotiations.models.reports import ABOUT
from negotiations.operations.seeding import WAIVER
from negotiations.pages.trust import _NOUNS
from negotiations.queries.entries import KINDS
from negotiations.queries.report_subjects import NOUNS as REPORTED
from negotiations.templatetags.trust import waived
from tests import factories as make
from tests.factories.archives import found
from tests.factories.published import PUBLISHED_AT
from tests.pages.scenes import Scene, quotation

pytestmark = pytest.mark.django_db
FOUND_AT = PUBLISHED_AT + timedelta(days=30)
TRACK = "/rok-us/security/"


def test_no_kind_of_entry_is_without_marks() -> None:
    assert {noun for noun in REPORTED if noun not in {"source", "track"}} == set(KINDS)
    assert set(_NOUNS.values()) == set(KINDS)
    assert set(ABOUT) == set(REPORTED)


def line(page: Any, place: int = 0) -> str:
    """What one line of marks says."""
    return page.within("details", "summary")[place].words.removeprefix("How far to trust it: ")


def of_entry(reader: Any, row: Any, path: str = TRACK) -> str:
    """The line of an entry of the timeline."""
    (entry,) = reader.read(path).all("li", id=f"n{row.ledger_number}")
    return entry.words.partition("How far to trust it: ")[2].partition(" How it is known")[0]


def test_a_quotation_says_how_it_is_known(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/statements/{shown.quoted.pk}/")
    assert line(page) == "Quotation checked Press B2 page intact"
    paraphrase = reader.read(f"/statements/{shown.paraphrased.pk}/")
    assert line(paraphrase).startswith("Paraphrase")
    assert line(paraphrase).endswith("text not kept")


def test_a_row_is_known_by_its_strongest_statement(reader: Any, shown: Scene) -> None:
    """It rests on a quotation and on a paraphrase of the same speaker."""
    said = of_entry(reader, shown.desk)
    assert said == "Quotation checked 1 of 2 1 independent witness Press B2 page intact"


def test_words_of_a_document_are_told_apart(reader: Any, shown: Scene) -> None:
    quoted = quotation(tracks=(shown.track,), attribution="official_document")
    told = make.StatementFactory(tracks=(shown.track,), attribution="official_document")
    assert of_entry(reader, quoted).startswith("Document, quoted")
    assert of_entry(reader, told).startswith("Document, in our words")


@pytest.mark.parametrize(
    ("state", "words"), [("gone", "page gone"), ("moved", "page moved"), ("intact", "page intact")]
)
def test_the_health_of_the_page_is_told(reader: Any, shown: Scene, state: str, words: str) -> None:
    before = "gone" if state == "intact" else "intact"
    found(shown.source.pk, state, before=before, now=FOUND_AT, address="https://a.example/")
    assert of_entry(reader, shown.quoted).endswith(words)
    assert of_entry(reader, shown.desk).endswith(words)


def test_altered_words_are_told_beside_them_and_beside_no_others(reader: Any, shown: Scene) -> None:
    other = quotation(source=shown.source, tracks=(shown.track,))
    passages = [{"statement": shown.quoted.pk, "found": "very optimistic,"}]
    found(shown.source.pk, "altered", now=FOUND_AT, passages=passages)
    assert of_entry(reader, shown.quoted).endswith("words altered at the source")
    assert of_entry(reader, other).endswith("page intact")


def test_the_past_knows_nothing_of_what_was_found_later(reader: Any, shown: Scene) -> None:
    found(shown.source.pk, "gone", now=FOUND_AT)
    assert of_entry(reader, shown.quoted, f"{TRACK}?known_on=2025-10-20").endswith("page intact")


def test_what_was_typed_off_is_not_checked(reader: Any, shown: Scene) -> None:
    source: Any = make.SourceFactory()
    make.SnapshotFactory(source=source, capture="transcribed")
    told = make.StatementFactory(source=source, tracks=(shown.track,))
    assert of_entry(reader, told).endswith("page not checked")


def test_cautions_stand_in_the_line(reader: Any, shown: Scene) -> None:
    mirror = make.PublisherFactory(tier="mirror")
    reprint = make.StatementFactory(
        source=make.SourceFactory(publisher=mirror), tracks=(shown.track,)
    )
    row = make.StatusChangeFactory(track=shown.track, basis=reprint, waiver="One on duty.")
    said = of_entry(reader, row)
    assert "Mirror –2" in said
    assert said.endswith("thinly sourced one officer")
    newer = make.StatusChangeFactory(track=shown.track, basis=shown.quoted, supersedes=row)
    assert of_entry(reader, newer).endswith("a correction")


def test_a_claim_whose_evidence_is_gone_has_no_witness(reader: Any, shown: Scene) -> None:
    make.StatementFactory(supersedes=shown.paraphrased, withdrawn=True, tracks=(shown.track,))
    assert "0 independent witnesses" in of_entry(reader, shown.position)


def test_every_claim_of_a_track_has_a_line_and_every_line_leads_on(
    reader: Any, shown: Scene
) -> None:
    page = reader.read(TRACK)
    # Present state, one reading, position, linkage, milestone; and the entries of the timeline.
    lines = page.all("details", class_="trust")
    assert len(lines) == 5 + len(page.all("li", class_="entry"))
    links = [e.attributes["href"] for e in page.within("details", "a")]
    assert links.count("/trust/#known") == len(lines)
    assert f"/reports/new/?about=status_change:{shown.desk.pk}" in links
    last = [e.attributes["href"] for e in page.all("a") if e.words == "Report an error"][-1]
    assert last == "/reports/new/?about=track:rok-us/security"


@pytest.mark.parametrize(
    "path", ["/sources/{source}/", "/people/cho-hyun/", "/search/?q=optimistic"]
)
def test_other_lists_have_lines_too(reader: Any, shown: Scene, path: str) -> None:
    page = reader.read(path.format(source=shown.source.pk))
    assert page.all("details", class_="trust")


@pytest.mark.usefixtures("shown")
def test_the_board_says_how_a_stage_is_known(reader: Any) -> None:
    page = reader.read("/rok-us/")
    assert [e.words for e in page.all("span", class_="trust-brief")] == ["Quotation checked B2"]


@pytest.mark.parametrize("path", [TRACK, "/statements/{quoted}/", "/sources/{source}/"])
def test_many_sources_cost_as_many_queries_as_one(reader: Any, shown: Scene, path: str) -> None:
    address, costs = path.format(quoted=shown.quoted.pk, source=shown.source.pk), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            reader.get(address)
        costs.append(len(captured))
        for _ in range(3):
            make.StatusChangeFactory(
                track=shown.track, basis=quotation(tracks=(shown.track,)), further_basis=[]
            )
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Independent witnesses"), ("/ko", "서로 독립된")]
)
def test_the_page_explains_every_mark(reader: Any, prefix: str, words: str) -> None:
    page = reader.read(f"{prefix}/trust/")
    assert words in page.one("main").words
    anchors = {e.attributes["id"] for e in page.all("h2") if "id" in e.attributes}
    assert {"known", "witnesses", "source", "health", "cautions", "errors"} <= anchors
    shapes = {e.attributes["href"] for e in page.within("dl", "use")}
    for word in ("support-document_quoted", "tier-mirror", "evidence_state-unkept",
                 "report_state-corrected"):  # fmt: skip
        assert f"#g-{word}" in shapes


@pytest.mark.parametrize(
    ("language", "waiver", "told"),
    [
        ("en", WAIVER, f"<bdi>{WAIVER}</bdi>"),
        ("ko", WAIVER, "<bdi>초기 자료 묶음에서 불러온 기록입니다."
         " 한 계정이 초안 작성과 공개를 모두 맡았습니다.</bdi>"),
        ("ko", "No <second> officer", '<bdi lang="en">No &lt;second&gt; officer</bdi>'),
        ("en", "검토자 부재", '<bdi lang="ko">검토자 부재</bdi>'),
        ("ko", "검토자 부재", "<bdi>검토자 부재</bdi>"),
        ("en", "Mr. Cho (조현) was away.", "<bdi>Mr. Cho (조현) was away.</bdi>"),
    ],
)  # fmt: skip
def test_a_waiver_is_told_in_its_language(language: str, waiver: str, told: str) -> None:
    with translation.override(language):
        assert waived(waiver) == told
