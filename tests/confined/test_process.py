"""The process that reads strangers' documents keeps to its limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from negotiations.confined import process

_FILE = Path(process.__file__)


def _confined(code: str) -> subprocess.CompletedProcess[str]:
    """What comes of code that runs where documents are read."""
    begin = f"import sys; sys.path.insert(0, {str(_FILE.parent)!r}); import process; "
    return subprocess.run(
        [sys.executable, "-I", "-c", f"{begin}process.confine(10); {code}"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_it_has_a_gigabyte_of_memory_and_no_more() -> None:
    assert "MemoryError" in _confined("bytearray(2 * 1024**3)").stderr


@pytest.mark.drill
def test_it_has_ten_seconds_of_processor_time() -> None:
    assert _confined("\nwhile True: pass").returncode == -24


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 80))",
        "import socket; socket.socket().connect(('127.0.0.1', 80))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1/')",
        "import urllib3; urllib3.request('GET', 'http://127.0.0.1/', retries=False)",
    ],
)
def test_it_reaches_no_network(code: str) -> None:
    assert "no network here" in _confined(code).stderr


def test_it_answers_in_texts_alone() -> None:
    asked = {"url": "", "kind": "text/plain", "charset": "", "today": "2025-10-14"}
    done = subprocess.run(
        [sys.executable, "-I", str(_FILE), "extracting.extract", "10"],
        input=json.dumps(asked).encode() + b"\nThey are close.", capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == {"text": "They are close.", "language": ""}


def test_it_knows_nothing_of_ours_but_what_is_there_with_it() -> None:
    imported = {
        words[1]
        for file in _FILE.parent.glob("*.py")
        for words in map(str.split, file.read_text().splitlines())
        if words[:1] in (["import"], ["from"])
    }
    ours = {name for name in imported if name.startswith((".", "negotiations", "django"))}
    assert ours <= {f".{file.stem}" for file in _FILE.parent.glob("*.py")}
