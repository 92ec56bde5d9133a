"""Browser tests that share a site are handed to one process, which prepares it once."""

from __future__ import annotations

from pathlib import Path

from tests.together import SITES

HERE = Path(__file__).parent


def _site_of(file: Path) -> str | None:
    """The site that its tests ask for; None where they run alone afterwards, or need none."""
    words = file.read_text()
    if "mark.alone" in words:
        return None
    return "desk" if "desk_site: " in words else "readers" if "site: " in words else None


def test_every_file_stands_with_its_site() -> None:
    files = (HERE / "browser").glob("test_*.py")
    asked = {f"tests/browser/{file.name}": _site_of(file) for file in files}
    assert {file: site for file, site in asked.items() if site is not None} == SITES
