"""What holds for every page: languages, headings, twins, strictness, nothing inline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests import factories as make
from tests.api.conftest import staying_connected
from tests.factories import reports as sent
from tests.pages.markup import Markup, parse
from tests.pages.scenes import Scene, scene
from tests.standing import undone

pytestmark = pytest.mark.django_db
THEN = "known_on=2025-10-14"
LANGUAGES = ("", "/ko")
# Name of the page, its path, whether it shows state and so takes the clocks.
PAGES: tuple[tuple[str, str, bool], ...] = (
    ("home", "/", True),
    ("board", "/rok-us/", True),
    ("brief", "/rok-us/brief/", True),
    ("handover", "/rok-us/handover/", True),
    ("linkages", "/rok-us/linkages/", True),
    ("linkages of a track", "/rok-us/linkages/?track=security&party=KR", True),
    ("milestones", "/rok-us/milestones/", True),
    ("positions", "/rok-us/positions/", True),
    ("positions that differ", "/rok-us/positions/?differing=true", True),
    ("figures", "/rok-us/figures/", True),
    ("track", "/rok-us/security/", True),
    ("track without a reading", "/rok-us/tariffs/", True),
    ("meetings", "/rok-us/meetings/", True),
    ("meeting", "/rok-us/meetings/summit/", True),
    ("what changed", "/rok-us/compare/", True),
    ("what changed on a track", "/rok-us/security/compare/?from=2025-09-30", True),
    ("quotation", "/statements/{quoted}/", True),
    ("paraphrase", "/statements/{paraphrased}/", True),
    ("source", "/sources/{source}/", True),
    ("person", "/people/cho-hyun/", True),
    ("search", "/search/?q=agreed", True),
    ("changes", "/changes/", False),
    ("ledger", "/ledger/", False),
    ("act of the ledger", "/ledger/{act}/", False),
    ("growth of the ledger", "/ledger/consistency/?from={act}", False),
    ("corrections", "/corrections/", True),
    ("vocabulary", "/vocabulary/", False),
    ("about", "/about/", False),
    ("scripts", "/for-scripts/", False),
    ("trust", "/trust/", False),
    ("reports", "/reports/", False),
    ("report of an error", "/reports/{report}/", False),
    ("reporting", "/reports/new/?about=statement:{quoted}", False),
    ("letters", "/subscriptions/?negotiation=rok-us&track=security", False),
    ("letters asked for", "/subscriptions/asked/", False),
)
CLOCKED = [page[:2] for page in PAGES if page[2]]


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:  # noqa: ARG001
    """Something of everything, and an act; what a test adds to it is rolled back after it."""
    with staying_connected(), undone(django_db_blocker):
        shown = scene()
        make.enter(tracks=[shown.track])
        yield shown


Read = Callable[[str], Markup]


@pytest.fixture(scope="module")
def read_before() -> dict[str, Markup]:
    """Pages that were asked for, by their addresses: what stands in them is asked several times."""
    return {}


@pytest.fixture
def read(reader: Any, shown: Scene, read_before: dict[str, Markup]) -> Read:  # noqa: ARG001
    """A page of the scene as it stands, asked for once."""

    def once(path: str) -> Markup:
        if path not in read_before:
            read_before[path] = reader.read(path)
        return read_before[path]

    return once


def path_of(path: str, shown: Scene) -> str:
    """The path with the ids of the scene."""
    number = sent.report(shown.quoted).pk if "{report}" in path else 0
    return path.format(
        quoted=shown.quoted.pk,
        paraphrased=shown.paraphrased.pk,
        source=shown.source.pk,
        act=1,
        report=number,
    )


def asking(path: str, query: str) -> str:
    """The path with a further parameter."""
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def headings(page: Markup) -> list[int]:
    """The levels of the headings, in order."""
    return [int(e.name[1]) for e in page.elements if re.fullmatch("h[1-6]", e.name)]


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(("name", "path", "clocked"), PAGES)
def test_is_well_made(
    reader: Any,
    shown: Scene,
    read_before: dict[str, Markup],
    name: str,
    path: str,
    clocked: bool,
    prefix: str,
) -> None:
    address = prefix + asking(path_of(path, shown), THEN if clocked else "")
    response = reader.get(address)
    assert response.status_code == 200
    page = read_before[address] = parse(response.content.decode())
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.mistakes == [], name
    assert page.one("html").attributes["lang"] == ("ko" if prefix else "en")
    assert len(page.all("h1")) == 1
    levels = headings(page)
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    # Data for search engines is no script: no browser runs it. Scripts only have an address.
    run = [e for e in page.all("script") if e.attributes.get("type") != "application/ld+json"]
    assert [e for e in run if "src" not in e.attributes or e.words] == []
    assert page.all("style") == []
    assert [e for e in page.elements if "style" in e.attributes] == []
    assert [e for e in page.elements if any(a.startswith("on") for a in e.attributes)] == []
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert all(e.attributes.get("scope") for e in page.all("th"))
    assert all(e.words for e in page.all("a"))


@pytest.mark.parametrize(("name", "path"), CLOCKED)
def test_names_a_json_twin_that_answers_under_the_same_clocks(
    reader: Any, shown: Scene, read: Read, name: str, path: str
) -> None:
    page = read(asking(path_of(path, shown), THEN))
    twins = [e.attributes["href"] for e in page.all("link", type="application/json")]
    assert "known_by=2025-10-14" in twins[0], name
    for twin in twins:
        response = reader.get(twin)
        assert response.status_code == 200, twin
        assert response.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("path", ["/changes/", "/vocabulary/"])
@pytest.mark.usefixtures("shown")
def test_names_a_json_twin(reader: Any, path: str) -> None:
    (twin,) = reader.read(path).all("link", type="application/json")
    assert twin.attributes["href"] == f"/api/v1{path}"
    assert reader.get(twin.attributes["href"]).status_code == 200


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/", ""),
        ("/changes/", ""),
        ("/rok-us/", "/rok-us"),
        ("/rok-us/security/", "/rok-us/security"),
    ],
)
@pytest.mark.usefixtures("shown")
def test_names_its_feed_and_its_calendar(reader: Any, path: str, own: str, prefix: str) -> None:
    page = reader.read(prefix + path)
    (feed,) = page.all("link", type="application/atom+xml")
    assert feed.attributes["href"] == f"{prefix}{own}/feed.atom"
    kinds = ("application/rss+xml", "application/feed+json", "text/calendar")
    others = [page.all("link", type=kind) for kind in kinds]
    assert [len(found) for found in others] == ([1, 1, 1] if own else [0, 0, 0])
    for link in (feed, *(one for found in others for one in found)):
        response = reader.get(link.attributes["href"])
        assert response.headers["Content-Type"].startswith(link.attributes["type"])
        assert link.attributes["rel"] == "alternate"
        assert link.attributes["title"]
    seen = [a.attributes["href"] for a in page.within("footer", "a")]
    assert f"{prefix}{own}/feed.atom" in seen
    assert (f"{prefix}{own}/milestones.ics" in seen) == bool(own)
    assert (f"{prefix}/parties/KR/feed.atom" in seen) == (own == "/rok-us")


def test_the_links_of_all_pages_lead_somewhere(
    reader: Any, shown: Scene, read: Read, read_before: dict[str, Markup]
) -> None:
    named: dict[str, str] = {}
    for name, path, clocked in PAGES:
        page = read(asking(path_of(path, shown), THEN if clocked else ""))
        hrefs = {e.attributes["href"].split("#")[0] for e in page.all("a")}
        assert "/desk/" in hrefs, name
        named |= dict.fromkeys(hrefs, name)
    # The docs page of the API is another room's, and the desk asks who comes.
    others = ("/api/docs", "/desk/")
    ours = [href for href in named if href.startswith("/") and not href.startswith(others)]
    ours = [href for href in ours if href not in read_before]
    lost = {href: named[href] for href in ours if reader.get(href).status_code != 200}
    assert lost == {}


@pytest.mark.parametrize(("name", "path"), CLOCKED)
def test_links_keep_the_clocks(read: Read, shown: Scene, name: str, path: str) -> None:
    page = read(asking(path_of(path, shown), THEN))
    hrefs = [e.attributes["href"] for e in page.within("main", "a")]
    ours = [href for href in hrefs if href.startswith("/")]
    # What names no `known_on` sets two of the clocks; calendars and reports have no past.
    api = "on=2025-10-14&known_by=2025-10-14"
    kept = [h for h in ours if not h.partition("?")[0].endswith((".ics", "/reports/new/"))]
    assert [href for href in kept if THEN not in href and api not in href] == [], name


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(("name", "path", "clocked"), PAGES)
def test_an_unknown_parameter_is_refused_in_words(
    reader: Any, shown: Scene, name: str, path: str, clocked: bool, prefix: str
) -> None:
    page = reader.read(prefix + asking(path_of(path, shown), "colour=red"), status=400)
    lead = page.one("p", class_="lead").words
    assert "colour" in lead, (name, clocked)
    assert page.mistakes == []


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "/no-such-talks/",
        "/rok-us/no-such-track/",
        "/statements/999999/",
        "/statements/99999999999999999999/",
        "/statements/abc/",
        "/sources/999999/",
        "/people/nobody/",
        "/statements/",
        "/no/such/place/",
    ],
)
@pytest.mark.usefixtures("shown")
def test_what_is_not_there_has_a_page_that_says_so(reader: Any, path: str, prefix: str) -> None:
    page = reader.read(f"{prefix}{path}", status=404)
    assert page.one("h1").words == ("찾을 수 없습니다" if prefix else "Not here")
    assert page.one("html").attributes["lang"] == ("ko" if prefix else "en")


@pytest.mark.parametrize(("name", "path"), [page for page in CLOCKED if "{" in page[1]])
def test_before_it_was_known_there_is_nothing(
    reader: Any, shown: Scene, name: str, path: str
) -> None:
    response = reader.get(f"{path_of(path, shown)}?known_on=2025-09-01")
    assert response.status_code == 404, name


@pytest.mark.parametrize(
    "word", ["search", "changes", "corrections", "vocabulary", "about", "trust", "reports"]
)
def test_fixed_words_win_over_a_negotiation_of_that_name(reader: Any, word: str) -> None:
    make.NegotiationFactory(slug=word, title_en="An impostor")
    response = reader.get(f"/{word}/")
    # The search lets negotiations be chosen, by their titles.
    assert "<h1>An impostor" not in response.content.decode()


@pytest.mark.usefixtures("shown")
def test_user_text_is_escaped(reader: Any) -> None:
    track = make.TrackFactory(title_en="<b>bold</b>", title_ko="<i>")
    make.StatusChangeFactory(track=track, headline_en='"><script>alert(1)</script>')
    body = reader.get(f"/{track.negotiation.slug}/{track.slug}/").content.decode()
    assert "<script>" not in body
    assert "<script>alert" not in body
    assert "<b>bold" not in body
    assert "&lt;b&gt;bold" in body


def test_names_and_titles_keep_their_direction_to_themselves(reader: Any, shown: Scene) -> None:
    """Text that runs from right to left does not turn what stands beside it."""
    isolated = {e.words for e in reader.read(f"/statements/{shown.quoted.pk}/").all("bdi")}
    for row in (shown.person, shown.quoted.office, shown.source.publisher):
        assert {row.name_en if hasattr(row, "name_en") else row.title_en} <= isolated
    assert shown.source.title in isolated
