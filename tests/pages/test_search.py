"""The search page: a plain form, results by noun with the words marked, states in words."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.markup import Markup
from tests.pages.scenes import quotation

pytestmark = pytest.mark.django_db
THEN = "known_on=2025-10-14"


@pytest.fixture
def record() -> Any:
    """A track on the swap, with two statements, a source and who speaks."""
    talks = make.NegotiationFactory(slug="rok-us", title_en="Talks", title_ko="회담")
    track = make.TrackFactory(
        negotiation=talks, slug="swap", title_en="Currency swap", title_ko="통화스와프"
    )
    person = make.PersonFactory(slug="cho-hyun", name_en="Cho Hyun", name_ko="조현")
    source = make.SourceFactory(title="Swap talks resume")
    quotation(
        source=source, tracks=[track], speaker=person, said_on="2025-10-02",
        paraphrase_en="The swap is not near.", paraphrase_ko="통화스와프는 낙관적이지 않다.",
    )  # fmt: skip
    make.StatementFactory(
        source=source, tracks=[track], paraphrase_en="On swaps, and swaps.", paraphrase_ko="환율"
    )
    make.StatementFactory(paraphrase_en="Secret swap", published_at=None)
    return track


def marks(page: Markup) -> list[str]:
    """What is marked."""
    return [e.words for e in page.all("mark")]


def sections(page: Markup) -> list[str]:
    """The nouns under which something was found."""
    return [e.words for e in page.within("main", "h2")]


@pytest.mark.usefixtures("record")
def test_results_stand_by_noun_with_the_words_marked(reader: Any) -> None:
    page = reader.read(f"/search/?q=swap&{THEN}")

    assert sections(page) == ["Tracks", "Statements", "Sources"]
    assert marks(page) == ["swap", "swaps", "swaps", "Swap"]
    assert "Secret" not in page.one("main").words
    assert page.one("input", id="q").attributes["value"] == "swap"


@pytest.mark.usefixtures("record")
def test_korean_is_marked_within_words(reader: Any) -> None:
    page = reader.read(f"/ko/search/?q=화스&{THEN}")

    assert sections(page) == ["의제", "발언"]
    assert marks(page) == ["화스"]
    assert page.one("h1").words == "검색"


@pytest.mark.usefixtures("record")
def test_a_person_is_found_and_what_they_said(reader: Any) -> None:
    page = reader.read(f"/search/?q=조현&{THEN}")

    assert sections(page) == ["People", "Statements"]
    assert "not optimistic," in page.one("main").words


@pytest.mark.usefixtures("record")
def test_what_narrows_is_kept_and_shown(reader: Any) -> None:
    page = reader.read(
        f"/search/?q=swap&negotiation=rok-us&track=swap&said_from=2025-10-02&party=&about=&kind="
        f"&publisher=&said_to=&sort=relevance&{THEN}"
    )

    assert sections(page) == ["Statements"]
    assert marks(page) == ["swap"]
    assert page.all("summary")[0].words == "Narrowed by 3 choices"
    chosen = [e.words for e in page.all("option") if "selected" in e.attributes]
    assert chosen == ["Talks", "Currency swap"]
    kept = {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")}
    assert kept["known_on"] == "2025-10-14"
    (twin,) = page.all("link", type="application/json")
    assert "negotiation=rok-us" in twin.attributes["href"]
    assert reader.get(twin.attributes["href"]).status_code == 200


@pytest.mark.parametrize("noun", ["statement", "source", "track", "person"])
@pytest.mark.usefixtures("record")
def test_one_noun_alone_goes_on_page_by_page(reader: Any, noun: str) -> None:
    for n in range(22):
        track = make.TrackFactory(title_en="Rice", title_ko="쌀")
        make.StatementFactory(paraphrase_en=f"Rice {n}.", tracks=[track])
        make.SourceFactory(title=f"Rice {n}")
        make.PersonFactory(name_en=f"Rice {n}")
    address, seen = f"/search/?q=rice&noun={noun}&{THEN}", []
    while address:
        page = reader.read(address)
        seen += [e.words for e in page.all("p", class_="found-head")]
        following = page.all("a", rel="next")
        address = following[0].attributes["href"] if following else ""
    assert len(seen) == 22


@pytest.mark.usefixtures("record")
def test_a_word_wanted_in_everything_shows_some_of_each(reader: Any) -> None:
    for n in range(5):
        make.TrackFactory(title_en="Rice", title_ko="쌀", slug=f"rice-{n}")
    page = reader.read(f"/search/?q=rice&{THEN}")

    assert sections(page) == ["Tracks"]
    assert len(page.all("p", class_="found-head")) == 3
    (more,) = [e for e in page.within("main", "a") if e.words == "All tracks found"]
    assert len(reader.read(more.attributes["href"]).all("p", class_="found-head")) == 5


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Nothing found"), ("/ko", "찾은 것이 없습니다")]
)
@pytest.mark.parametrize("more", ["", "&noun=source", "&negotiation=rok-us", f"&{THEN}"])
@pytest.mark.usefixtures("record")
def test_nothing_found_is_said(reader: Any, prefix: str, words: str, more: str) -> None:
    page = reader.read(f"{prefix}/search/?q=xylophone{more}")

    assert words in page.one("main").words


@pytest.mark.parametrize(
    ("q", "part"), [("-", "no word"), ("관", "one syllable"), ("the", "rarer")]
)
@pytest.mark.usefixtures("record")
def test_a_refusal_stands_beside_the_field_that_keeps_what_was_typed(
    reader: Any, q: str, part: str
) -> None:
    page = reader.read(f"/search/?q={q}", status=400)

    assert part in page.one("div", role="alert").words
    field = page.one("input", id="q").attributes
    assert (field["value"], field["aria-invalid"]) == (q, "true")
    assert page.all("link", type="application/json") == []
    assert "ETag" not in reader.get(f"/search/?q={q}").headers


@pytest.mark.parametrize(
    "query",
    ["noun=ledger", "sort=colour", "said_from=yesterday", "track=nowhere", "kind=sings",
     "said_from=2025-10-02&said_to=2025-10-01", "speaker=nobody", "source=x", "cursor=x",
     "noun=person&sort=date", "noun=source&kind=denies"],
)  # fmt: skip
@pytest.mark.usefixtures("record")
def test_what_cannot_be_narrowed_so_is_refused_in_words(reader: Any, query: str) -> None:
    page = reader.read(f"/search/?q=swap&{query}", status=400)

    assert page.one("div", role="alert").words


@pytest.mark.usefixtures("record")
def test_the_page_asks_first(reader: Any) -> None:
    for prefix in ("", "/ko"):
        page = reader.read(f"{prefix}/search/")
        assert page.one("input", id="q").attributes["value"] == ""
        assert sections(page) == []
        assert page.all("link", type="application/json") == []


@pytest.mark.usefixtures("record")
def test_marks_are_no_mark_up_of_others(reader: Any) -> None:
    make.StatementFactory(paraphrase_en="<b>swap</b> <script>alert(1)</script>")
    body = reader.get("/search/?q=swap+-near").content.decode()

    assert "&lt;b&gt;<mark>swap</mark>&lt;/b&gt;" in body
    assert "<script" not in body
