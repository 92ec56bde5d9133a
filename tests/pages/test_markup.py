"""What holds for the mark-up of every page: landmarks, references, labels, shapes, contrast."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from negotiations.vocabulary import VOCABULARIES
from tests import factories as make
from tests.pages.markup import Markup, parse
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
PATHS = [
    "/",
    "/rok-us/",
    "/rok-us/?known_on=2025-10-05",
    "/rok-us/linkages/",
    "/rok-us/milestones/",
    "/nowhere/",
    "/?colour=red",
    "/changes/",
    "/ledger/",
    "/ledger/1/",
    "/ledger/consistency/",
    "/ledger/consistency/?from=1",
    "/corrections/",
    "/vocabulary/",
    "/about/",
    "/rok-us/positions/",
    "/rok-us/figures/",
    "/rok-us/security/",
    "/rok-us/brief/?known_on=2025-10-14",
    "/rok-us/brief/1/?on=2025-10-14&known_by=2025-10-14",
    "/rok-us/handover/?known_on=2025-10-14",
    "/rok-us/compare/?from=2025-09-01&to=2025-10-14",
    "/rok-us/compare/?from=2025-10-14&to=2025-09-01",
    "/rok-us/security/compare/?since=0",
    "/people/cho-hyun/",
    "/rok-us/meetings/",
    "/rok-us/meetings/summit/",
    "/subscriptions/",
    "/trust/",
    "/reports/",
]
STYLESHEET = Path(settings.BASE_DIR) / "negotiations/static/parley/parley.css"


def _landmarks(page: Markup) -> list[object]:
    """Landmarks that cannot be told apart, or a way past them that is missing."""
    names = [nav.attributes.get("aria-label") for nav in page.all("nav")]
    unnamed = [name for name in names if not name or names.count(name) > 1]
    skip = {"class": "skip", "href": "#main"}
    lost = page.one("main").attributes["id"] != "main" or page.all("a")[0].attributes != skip
    return [*unnamed, *(["skip link"] if lost else [])]


def _references(page: Markup) -> set[str]:
    """References that lead nowhere, identifiers that stand twice."""
    held = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    wanted = [
        reference
        for e in page.elements
        for name in ("aria-labelledby", "aria-describedby", "for")
        for reference in e.attributes.get(name, "").split()
    ]
    shapes = [e.attributes["href"].lstrip("#") for e in page.all("use")]
    return {*wanted, *shapes} - set(held) | {name for name in held if held.count(name) > 1}


def _unlabelled(page: Markup) -> list[object]:
    """Fields without a label."""
    labelled = {e.attributes.get("for") for e in page.all("label")}
    fields = [e for e in page.all("input") if e.attributes.get("type") != "hidden"]
    return [e for e in fields if e.attributes.get("id") not in labelled]


@pytest.fixture(scope="module")
def entered(standing_scene: Scene) -> None:
    """The scene of this module, and an act."""
    make.enter(tracks=[standing_scene.track])


CHECKS = (_landmarks, _references, _unlabelled)


@pytest.mark.parametrize("path", [prefix + path for prefix in ("", "/ko") for path in PATHS])
@pytest.mark.usefixtures("entered")
def test_every_page_is_sound(reader, path):
    page = parse(reader.get(path).content.decode())
    faults = {check.__name__: found for check in CHECKS if (found := check(page))}
    assert faults == {}
    assert page.mistakes == []


def test_every_shape_that_may_be_asked_for_exists(reader):
    held = {e.attributes.get("id") for e in reader.read("/").elements}
    shapes = ("support", "tier", "evidence_state", "report_state")
    for vocabulary in ("stage", "momentum", "agreement", "outcome", *shapes):
        for word in VOCABULARIES[vocabulary]:
            assert f"g-{vocabulary}-{word}" in held


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink", "sheet", 7),
        ("ink", "warn", 7),
        ("ink", "stage-fill", 7),
        ("ink", "accent-weak", 7),
        ("ink-2", "paper", 7),
        ("ink-2", "sheet", 7),
        ("ink-2", "warn", 4.5),
        ("accent", "paper", 4.5),
        ("accent", "sheet", 4.5),
        ("mark", "sheet", 4.5),
        ("focus", "paper", 3),
        ("focus", "sheet", 3),
        ("rule-strong", "sheet", 3),
        ("stage-edge", "sheet", 3),
        ("warn-edge", "warn", 3),
    ],
)
def test_colours_keep_their_contrast(scheme, text, ground, least):
    layer = STYLESHEET.read_text(encoding="utf-8").split("@layer tokens")[1].split("@layer base")[0]
    light, dark = layer.split("prefers-color-scheme: dark")
    tokens = _tokens(light) if scheme == "light" else {**_tokens(light), **_tokens(dark)}
    assert _contrast(tokens[text], tokens[ground]) >= least
