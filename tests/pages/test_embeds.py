"""What other sites show in a frame."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db
HEADER = "Content-Security-Policy"


@pytest.fixture
def paths() -> list[str]:
    """Every kind of frame, in both languages."""
    shown = scene()
    kinds = ("/embed/rok-us/", "/embed/rok-us/security/", f"/embed/statements/{shown.quoted.pk}/")
    return [prefix + path for prefix in ("", "/ko") for path in kinds]


def test_anybody_may_frame_it_and_it_runs_nothing(reader: Any, paths: list[str]) -> None:
    for path in paths:
        answer = reader.get(path)
        policy = answer[HEADER].split("; ")
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in answer
        assert not answer.cookies
        page = reader.read(path)
        assert page.mistakes == []
        assert page.all("script") == page.all("form") == []
        assert len(page.all("h1")) == 1
        icon = page.one("link", rel="icon").attributes["href"]
        assert icon.startswith("/static/parley/icon"), "else browsers ask for /favicon.ico"
        assert "img-src 'self' data:" in policy


def test_other_pages_are_framed_by_nobody(reader: Any) -> None:
    scene()

    assert "frame-ancestors 'none'" in reader.get("/rok-us/security/")[HEADER]


def test_a_frame_takes_the_clocks(reader: Any) -> None:
    scene()

    page = reader.read("/embed/rok-us/?known_on=2025-10-14")

    assert "As of 14 October 2025" in page.one("footer").words
    assert page.one("footer").words.endswith("Parley")


def test_a_retracted_statement_shows_no_words(reader: Any) -> None:
    shown = scene()
    make.StatementFactory(supersedes=shown.paraphrased, withdrawn=True, tracks=(shown.track,))

    body = reader.get(f"/embed/statements/{shown.paraphrased.pk}/").content.decode()

    assert shown.paraphrased.paraphrase_en not in body
    assert "was retracted" in body


@pytest.mark.parametrize("prefix", ["", "/ko"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/rok-us/nowhere/", 404),
        ("/embed/nowhere/", 404),
        ("/embed/statements/999999/", 404),
        ("/embed/rok-us/?x=1", 400),
        ("/embed/rok-us/security/?on=9999-12-31", 400),
        ("/embed/statements/1/?known_by=x", 400),
    ],
)
def test_a_refusal_in_a_frame_asks_for_nothing_either(
    reader: Any, path: str, status: int, prefix: str
) -> None:
    """Anybody may frame it, so nothing in it may act: no field, no script, no button."""
    scene()

    answer, page = reader.get(prefix + path), reader.read(prefix + path, status=status)

    assert "frame-ancestors *" in answer[HEADER].split("; ")
    assert page.mistakes == []
    assert page.all("script") == page.all("form") == page.all("input") == page.all("button") == []
    assert [a.attributes["href"] for a in page.all("a")] == [f"{prefix}/"]
    assert len(page.all("h1")) == 1
    assert page.one("p", class_="embed-lead").words
