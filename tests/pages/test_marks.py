"""What pages say beside a quotation of the page it was taken from, and where they say nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.factories.archives import archive, found
from tests.factories.published import PUBLISHED_AT
from tests.pages.parts import facts
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
FOUND_AT = PUBLISHED_AT + timedelta(days=30)
MOVED = "https://paper.example/new"


def mark(page: Any) -> list[str]:
    """What its notices of this kind say."""
    return [one.words for one in page.all("div", class_="notice-note")]


def both(reader: Any, shown: Scene, prefix: str = "") -> list[list[str]]:
    """What the pages of the statement and of its source say."""
    return [
        mark(reader.read(f"{prefix}/{path}/"))
        for path in (f"statements/{shown.quoted.pk}", f"sources/{shown.source.pk}")
    ]


def test_nothing_is_said_while_all_is_well(reader: Any, shown: Scene) -> None:
    found(shown.source.pk, "intact", before="gone", now=FOUND_AT)
    assert both(reader, shown) == [[], []]
    assert facts(reader.read(f"/sources/{shown.source.pk}/"))["Live page"] == "Intact"


def test_a_page_that_moved_is_said_with_its_address(reader: Any, shown: Scene) -> None:
    found(shown.source.pk, "moved", now=FOUND_AT, address=MOVED)
    for (said,) in both(reader, shown):
        assert said.startswith("The page has moved.")
        assert MOVED in said


def test_a_page_that_is_gone_is_said_with_the_digest_of_the_text(reader: Any, shown: Scene) -> None:
    found(shown.source.pk, "gone", now=FOUND_AT)
    for (said,) in both(reader, shown):
        assert said.startswith("The page is gone. The text is kept here. SHA-256")


def test_changed_words_are_said_beside_them_and_beside_no_others(reader: Any, shown: Scene) -> None:
    passages = [{"statement": shown.quoted.pk, "found": "very optimistic,"}]
    found(shown.source.pk, "altered", now=FOUND_AT, passages=passages)
    page = reader.read(f"/statements/{shown.quoted.pk}/")
    assert mark(page)[0].startswith("The live page no longer has these words.")
    assert [page.one("del").words, page.one("ins").words] == ["was not", "now very"]
    (said,) = mark(reader.read(f"/sources/{shown.source.pk}/"))
    assert f"Statement {shown.quoted.pk}" in said
    other: Any = make.StatementFactory(source=shown.source, tracks=(shown.track,))
    assert not any("live page" in one for one in mark(reader.read(f"/statements/{other.pk}/")))


def test_it_is_said_in_korean(reader: Any, shown: Scene) -> None:
    found(shown.source.pk, "gone", now=FOUND_AT)
    for (said,) in both(reader, shown, "/ko"):
        assert said.startswith("페이지가 삭제됐습니다.")


@pytest.mark.parametrize("hostile", ["javascript:alert(1)", 'https://a.example/"><b>'])
def test_an_address_is_shown_as_text_and_led_to_only_where_it_is_one(
    reader: Any, shown: Scene, hostile: str
) -> None:
    found(shown.source.pk, "moved", now=FOUND_AT, address=hostile)
    page = reader.read(f"/sources/{shown.source.pk}/")
    hrefs = [one.attributes.get("href", "") for one in page.all("a")]
    assert not any(href.startswith("javascript") for href in hrefs)
    assert page.all("b") == []


def test_the_digests_of_what_was_received_stand_on_the_source_page(
    reader: Any, shown: Scene
) -> None:
    kept = archive(shown.source.snapshots.get())
    told = facts(reader.read(f"/sources/{shown.source.pk}/"))
    assert told["SHA-256 of the page, cleaned"] == kept.html_sha256
    assert told["SHA-256 of the answer (WARC)"] == kept.warc_sha256


def test_the_act_stands_among_the_changes(reader: Any, shown: Scene) -> None:
    found(shown.source.pk, "gone", now=FOUND_AT)
    words = reader.read("/changes/").words
    assert "Page of a source found otherwise" in words
    assert "Gone" in words
    assert "nightly check" in words
