"""A brief printed by a browser: one sheet, a handover two, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["", "/ko"])
@pytest.mark.parametrize(("kind", "pages"), [("brief", 1), ("brief then", 1), ("handover", 2)])
def test_a_brief_is_printed_on_one_sheet(
    site: Site, chromium: Any, kind: str, pages: int, language: str, tmp_path: Path
) -> None:
    page = chromium.new_page()
    page.goto(site.url + language + site.paths[kind])
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    page.close()

    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= pages
