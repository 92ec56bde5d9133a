"""`python -m tests.bench.lighthouse [URL …]`: Lighthouse's scores on phone settings.

Without addresses it serves the seeds and looks at the board, a track and a statement in both
languages. The performance score is of this machine as it is now: it is told, not tested.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import tests.conftest  # noqa: F401  the database, and Django's settings
from tests.browser.lighthouse import CATEGORIES, PROGRAM, look
from tests.browser.site import running

_KINDS = ("board", "track", "quotation")


def main(urls: list[str]) -> None:
    """Print a line a page."""
    program = shutil.which(str(PROGRAM)) or shutil.which("lighthouse")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None or chromium is None:
        sys.exit("needs Chromium and Lighthouse: npm install --prefix .venv/lighthouse lighthouse")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if urls:
            _print(urls, program, chromium, folder)
            return
        with running(folder) as site:
            pages = [site.url + code + site.paths[kind] for kind in _KINDS for code in ("", "/ko")]
            _print(pages, program, chromium, folder)


def _print(urls: list[str], program: str, chromium: str, folder: Path) -> None:
    print(*CATEGORIES, "shift", "bytes", "page", sep="  ")
    for url in urls:
        report = look(url, program=program, chromium=chromium, folder=folder)
        scores = [report.scores[name] for name in CATEGORIES]
        print(*scores, report.layout_shift, report.weight, url, sep="  ", flush=True)
        if report.wanting:
            print("   wanting:", ", ".join(report.wanting))


if __name__ == "__main__":
    main(sys.argv[1:])
