"""The house keeps its shape: floors, sizes, one way in."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(
    path
    for room in ("negotiations", "tracker")
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)


def test_imports_go_down_only() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    tests = (ROOT / "tests").rglob("*.py")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*CODE, *tests]
        if (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def test_the_median_file_is_at_most_ninety_lines() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in CODE)
    assert lengths[len(lengths) // 2] <= 90


FORBIDDEN = {
    "signals": r"django\.(db\.models|core|test)\.signals|from django\.dispatch",
    "save overrides": r"def (save|delete)\(self",
    "model forms": r"\b(ModelForm|ModelSerializer|ModelViewSet)\b",
    "thread-locals": r"threading\.local|ContextVar",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_there_is_no_other_way_in(what: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        if path.is_relative_to(ROOT / "negotiations")
        and re.search(FORBIDDEN[what], path.read_text())
    ]
    assert found == []


def test_only_the_edges_read_the_clock() -> None:
    reads = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(|localdate\(")
    floors = ("vocabulary.py", "definitions.py", "refusals.py", "models", "operations", "queries")
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        if any(path.is_relative_to(ROOT / "negotiations" / floor) for floor in floors)
        and reads.search(path.read_text())
    ]
    assert found == []


def test_one_module_alone_opens_connections_to_the_outside() -> None:
    networked = {"httpx", "httpcore", "requests", "urllib3", "urllib.request", "http.client",
                 "socket", "aiohttp", "ftplib"}  # fmt: skip
    found = {
        str(path.relative_to(ROOT / "negotiations"))
        for path in CODE
        if path.is_relative_to(ROOT / "negotiations")
        for node in ast.walk(ast.parse(path.read_text()))
        if networked & set(_imported(node))
    }
    # The second closes its own way out: see `confine` there.
    assert found == {"network/__init__.py", "network/connecting.py", "confined/process.py"}


def _imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports, each with those that it stands in."""
    if isinstance(node, ast.ImportFrom):
        names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    else:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    return [name for full in names for name in (full, full.split(".")[0])]


def test_queries_never_write() -> None:
    writes = {"create", "bulk_create", "update", "bulk_update", "delete", "save", "get_or_create"}
    found = []
    for path in CODE:
        if path.is_relative_to(ROOT / "negotiations" / "queries"):
            for node in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in writes
                    and "objects" in ast.unparse(node.func)
                ):
                    found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev|bench) = \[\n(.*?)^\]", text, re.S | re.M)
    lines = [line for block in lists for line in block.splitlines() if line.strip().startswith('"')]
    assert lines
    assert [line for line in lines if not re.search(r"#\s*\S+ \S+", line)] == []


def test_the_top_level_is_the_given_one() -> None:
    allowed = {
        "manage.py", "pyproject.toml", "README.md", "seeds", "tracker", "negotiations", "templates",
        "tests", "Makefile", "requirements.txt", "requirements-dev.txt",
        "requirements-bench.txt", ".ci", ".gitignore",
        "LICENSE", "CHANGELOG.md",
    }  # fmt: skip
    run = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        pytest.skip("not a git checkout")
    assert {name.split("/")[0] for name in run.stdout.split("\0") if name} - allowed == set()


def test_tests_mirror_the_code() -> None:
    strays = []
    for test in (ROOT / "tests").rglob("test_*.py"):
        folder = test.parent.relative_to(ROOT / "tests")
        rooms = {"journeys", "browser", ".", "tracker", "bench"}
        if str(folder) not in rooms and not (ROOT / "negotiations" / folder).is_dir():
            strays.append(str(test))
    assert strays == []
