"""What Lighthouse counts that does not depend on how busy the machine is; speed: `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import found
from tests.browser.lighthouse import PROGRAM, look
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.alone]
# Everything that comes over the line for one page, compressed; a phone in a train.
MOST_BYTES = 60_000


@pytest.mark.parametrize("language", ["", "/ko"])
@pytest.mark.parametrize("kind", ["board", "track", "quotation"])
def test_lighthouse_finds_nothing(site: Site, tmp_path: Path, kind: str, language: str) -> None:
    report = look(
        site.url + language + site.paths[kind],
        program=found(str(PROGRAM), "lighthouse"),
        chromium=found("chromium", "chromium-browser", "google-chrome"),
        folder=tmp_path,
    )

    told = {name: score for name, score in report.scores.items() if name != "performance"}
    assert (told, report.wanting) == (dict.fromkeys(told, 100), ())
    # Under a thousandth: text that moves by a pixel when its font is there counts as much.
    assert report.layout_shift < 0.01
    assert report.weight <= MOST_BYTES
