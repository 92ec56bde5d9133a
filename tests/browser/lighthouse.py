"""Lighthouse (npm, on Debian's Chromium) at a page, as a phone on a slow network sees it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

# Where `.ci/run` puts it: beside the Python packages, so that nothing of it is in the checkout.
PROGRAM = Path(settings.BASE_DIR) / ".venv/lighthouse/node_modules/.bin/lighthouse"
TRIES = 4
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Scores of 100 by category; how far things moved; what came over the line, in bytes.

    `wanting` names the audits that lowered a score, but that of speed: it hangs on the machine.
    """

    scores: dict[str, int]
    layout_shift: float
    weight: int
    wanting: tuple[str, ...]


def look(url: str, *, program: str, chromium: str, folder: Path) -> Report:
    """What Lighthouse finds at `url` with its settings for phones."""
    flags = "--headless=new --no-sandbox --disable-quic --disable-background-networking"
    out = folder / "report.json"
    for tries in range(1, TRIES + 1):
        done = subprocess.run(
            [
                program, url, "--quiet", "--output=json", f"--output-path={out}",
                "--form-factor=mobile", f"--chrome-flags={flags} --disable-component-update",
            ],
            check=False, capture_output=True, timeout=300,
            env=os.environ | {"CHROME_PATH": chromium},
        )  # fmt: skip
        told = json.loads(out.read_text())
        # Now and then its trace misses the beginning; it says itself that it is to be run again.
        if told.get("runtimeError", {}).get("code") != "NO_NAVSTART" or tries == TRIES:
            done.check_returncode()
            return _report(told)
    raise AssertionError("it was tried as often as that")


def _report(told: dict[str, Any]) -> Report:
    audits, categories = told["audits"], told["categories"]
    counted = {
        part["id"]
        for name in CATEGORIES
        if name != "performance"
        for part in categories[name]["auditRefs"]
        if part["weight"] and (audits[part["id"]]["score"] or 0) < 0.9
        if audits[part["id"]]["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}
    }
    requests = audits["network-requests"]["details"]["items"]
    return Report(
        scores={name: round(categories[name]["score"] * 100) for name in CATEGORIES},
        layout_shift=round(audits["cumulative-layout-shift"]["numericValue"], 4),
        weight=sum(int(request["transferSize"]) for request in requests),
        wanting=tuple(sorted(counted)),
    )
