"""For scripts: what stands on the page works as it stands there."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import rows  # noqa: F401  the record of the API's tests
from tests.api.rows import Rows
from tests.live import live
from tests.pages.markup import parse


def _shown(site: str = "", path: str = "/for-scripts/") -> list[str]:
    """The lines and the program, as a reader of a running site (or of none) copies them."""
    if site:
        with urllib.request.urlopen(site + path, timeout=60) as answer:
            page = parse(answer.read().decode())
    else:
        page = parse(Client().get(path).content.decode())
    return ["".join(code.text) for code in page.within("pre", "code")]


@pytest.fixture
def served(rows: Rows, db: None) -> Iterator[str]:  # noqa: ARG001, F811
    """The address of the product with a record."""
    with live() as url:
        yield url


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db
def test_both_languages_show_the_same_lines() -> None:
    assert _shown() == _shown(path="/ko/for-scripts/")
    assert len(_shown()) == 6
    assert all("http://testserver/api/v1/" in code for code in _shown())


@pytest.mark.django_db
def test_the_page_names_the_address_of_the_site(settings: Any) -> None:
    settings.SITE_URL = "https://parley.example"
    assert all("https://parley.example/api/v1/" in code for code in _shown())


def test_every_line_works(served: str, tmp_path: Path) -> None:
    """Each is answered with something to read."""
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    for line in _shown(served)[:5]:
        command = shlex.split(line)
        assert command[0] == "curl"
        told = _run([*command, "--silent", "--show-error", "--fail"], tmp_path)
        told = told or (tmp_path / "swap.json").read_text()
        answer = json.loads(told)
        assert answer.get("results", answer.get("slug", answer.get("rows")))


def test_the_conditional_line_brings_nothing_the_second_time(served: str, tmp_path: Path) -> None:
    """304, and the copy stays as it is."""
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    (line,) = [line for line in _shown(served) if "--etag-compare" in line]
    command = [*shlex.split(line), "--silent", "--write-out", "%{http_code}"]
    assert [_run(command, tmp_path) for _ in range(2)] == ["200", "304"]
    assert json.loads((tmp_path / "swap.json").read_text())["results"]


def test_the_program_works(served: str, tmp_path: Path) -> None:
    """A line for every statement of the track, over several pages."""
    program = _shown(served)[5].replace("limit=200", "limit=1")
    told = _run([sys.executable, "-c", program], tmp_path).splitlines()
    assert len(told) == 2
    assert all(len(line.split("\t")) == 4 for line in told)
