"""The nightly files: what is in a set, that it is whole or not there, and how it is handed over."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import time_machine
from django.test import Client

from negotiations.api import nightly_writing
from negotiations.api.nightly import names
from negotiations.api.nightly_writing import Underway, write_set
from negotiations.api.nouns import PATHS, TABLES
from negotiations.api.openapi_headers import LIMITS
from negotiations.api.schema import document
from negotiations.api.streams import Slot
from negotiations.refusals import Refusal
from tests.api.nights import NOW, db, lying, root, written, written_at
from tests.api.office import V1, code_of
from tests.api.rows import EXPORTS

__all__ = ["db", "lying", "root", "written"]
HERE = f"{V1}/export/nightly"


pytestmark = pytest.mark.usefixtures("db")


def _manifest(made: Path) -> Any:
    return json.loads((made / "manifest.json").read_bytes())


def _get(address: str, **headers: str) -> Any:
    return Client().get(address, headers=headers)


def test_every_file_is_what_the_manifest_says(root: Path) -> None:
    """Sums, sizes and counts; nothing else lies there."""
    made = written_at(root)
    told = _manifest(made)

    assert {path.name for path in made.iterdir()} == {
        "manifest.json", "SHA256SUMS", *(one["name"] for one in told["files"]),
    }  # fmt: skip
    for one in told["files"]:
        content = (made / one["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert len(content) == one["bytes"]
        assert _count(one["extension"], content) == one["rows"]
    assert {(one["table"], one["negotiation"], one["extension"]) for one in told["files"]} == {
        (table, negotiation, extension)
        for negotiation in (None, "rok-us", "talks-b")
        for table in (TABLES if negotiation is None else PATHS)
        for extension in ("ndjson.gz", "csv.gz", "parquet")
    } | {("ledger", None, "ndjson.gz"), ("checkpoint", None, "txt")}


def _count(extension: str, content: bytes) -> int:
    if extension == "parquet":
        return int(pq.read_metadata(io.BytesIO(content)).num_rows)
    text = b"one checkpoint" if extension == "txt" else gzip.decompress(content)
    return len(text.splitlines()) - (extension == "csv.gz")


def test_the_sums_are_checked_by_the_usual_tool(lying: Callable[..., Path]) -> None:
    made = lying()
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=made, check=False
    )
    assert done.returncode == 0
    listed = {line.split("  ")[1] for line in (made / "SHA256SUMS").read_text().splitlines()}
    assert listed == {path.name for path in made.iterdir()} - {"SHA256SUMS"}


def test_the_lines_are_those_of_the_live_export(root: Path) -> None:
    """Whole and by negotiation, in each form that is text."""
    with time_machine.travel(NOW, tick=False):
        made = write_set(root)
        for one in _manifest(made)["files"][:-1]:  # the last is the checkpoint
            form = one["extension"].removesuffix(".gz")
            within = f"negotiations/{one['negotiation']}/" if one["negotiation"] else ""
            live = _get(f"{V1}/{within}export/{one['table']}.{form}").getvalue()
            if form != "parquet":
                assert gzip.decompress((made / one["name"]).read_bytes()) == live


def test_a_set_says_what_it_is_of(lying: Callable[..., Path]) -> None:
    made = lying()
    told = _manifest(made)
    newest = _get(f"{V1}/changes/").json()["results"][-1]["number"]

    assert made.name == told["name"] == f"20251101T190000Z-{newest}"
    assert told["format_version"] == 1
    assert told["generated_at"] == "2025-11-01T19:00:00.000000Z"
    assert told["ledger_number"] == newest
    assert told["clocks"] == {
        "on": "2025-11-02", "known_by": "2025-11-02", "as_of": "2025-11-01T19:00:00.000000Z",
    }  # fmt: skip


def test_the_same_rows_give_the_same_bytes(root: Path) -> None:
    first, second = (_manifest(written_at(root, night=night))["files"] for night in (0, 1))
    assert [one["sha256"] for one in first] == [one["sha256"] for one in second]


def test_the_last_nights_are_kept(root: Path, settings: Any) -> None:
    settings.EXPORT_KEEP = 2
    made = [written_at(root, night=night).name for night in range(4)]
    assert names(root) == [made[3], made[2]]
    assert {path.name for path in root.iterdir()} == {".lock", made[2], made[3]}


def test_the_same_second_gives_the_same_set(root: Path) -> None:
    assert written_at(root) == written_at(root)
    assert len(names(root)) == 1


@pytest.mark.parametrize("at", ["manifest", "table"])
def test_a_run_that_fails_leaves_what_was_there(
    root: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The set before stays the newest; the next run clears away what was left."""
    before = written_at(root).name
    seen = 0

    def full(*args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        if at == "manifest" or seen == 5:
            raise OSError(28, "No space left on device")
        return tables(*args, **kwargs)

    tables = nightly_writing._table
    monkeypatch.setattr(nightly_writing, "_keep" if at == "manifest" else "_table", full)
    with pytest.raises(OSError, match="No space"):
        written_at(root, night=1)
    monkeypatch.undo()

    assert names(root) == [before]
    assert _get(f"{HERE}/").json()["results"][0]["name"] == before
    after = written_at(root, night=2).name
    assert {path.name for path in root.iterdir()} == {".lock", before, after}


def test_two_runs_do_not_meet(root: Path) -> None:
    written_at(root)
    with nightly_writing._alone(root), pytest.raises(Underway):
        written_at(root, night=1)
    assert len(names(root)) == 1


def test_the_list_has_the_manifests_newest_first(root: Path, lying: Callable[..., Path]) -> None:
    """And nothing that is not whole."""
    assert _get(f"{HERE}/").json() == {"results": [], "next": None}
    made = [lying(night) for night in range(2)]
    (root / "20251231T000000Z-9.unfinished").mkdir()
    (root / "20251231T000000Z-9").mkdir()
    answer = _get(f"{HERE}/")
    assert answer.json() == {"results": [_manifest(made[1]), _manifest(made[0])], "next": None}
    again = _get(f"{HERE}/", if_none_match=answer["ETag"])
    assert again.status_code == 304
    lying(2)
    assert _get(f"{HERE}/", if_none_match=answer["ETag"]).status_code == 200


def test_a_set_is_told_by_its_name_and_as_the_latest(lying: Callable[..., Path]) -> None:
    first, second = lying(), lying(1)
    assert _get(f"{HERE}/{first.name}/").json() == _manifest(first)
    assert _get(f"{HERE}/latest/").json() == _manifest(second)


def test_a_file_is_handed_over_as_it_lies(lying: Callable[..., Path]) -> None:
    """With its length, a strong tag, for ever; not packed again."""
    made = lying()
    for one in _manifest(made)["files"][:3]:
        answer = _get(f"{HERE}/{made.name}/{one['name']}", accept_encoding="gzip")
        assert answer.getvalue() == (made / one["name"]).read_bytes()
        assert answer["Content-Length"] == str(one["bytes"])
        assert answer["Content-Type"] == one["media_type"]
        assert answer["ETag"] == f'"{one["sha256"]}"'
        assert "Content-Encoding" not in answer
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable, no-transform"
        assert answer["Content-Disposition"] == f'attachment; filename="{one["name"]}"'
        same = _get(f"{HERE}/{made.name}/{one['name']}", if_none_match=answer["ETag"])
        assert (same.status_code, same.content) == (304, b"")
        head = Client().head(f"{HERE}/{made.name}/{one['name']}")
        assert (head["Content-Length"], head.content) == (str(one["bytes"]), b"")


def test_what_stands_beside_the_files_is_handed_over_too(lying: Callable[..., Path]) -> None:
    made = lying()
    for name, media in (("manifest.json", "application/json"), ("SHA256SUMS", "text/plain")):
        answer = _get(f"{HERE}/{made.name}/{name}")
        assert answer.getvalue() == (made / name).read_bytes()
        assert answer["Content-Type"].startswith(media)


def test_the_latest_is_not_for_ever(lying: Callable[..., Path]) -> None:
    lying()
    answer = _get(f"{HERE}/latest/parties.csv.gz")
    assert answer.getvalue()
    assert "immutable" not in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "latest/", "latest/parties.csv.gz", "20251101T190000Z-1/", "today/", "..%2f/",
        "20251101T190000Z-1/parties.csv.gz",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(root: Path, path: str) -> None:
    root.mkdir()
    assert code_of(_get(f"{HERE}/{path}")) == "not_found"


@pytest.mark.parametrize(
    "name", [".lock", "..", "%2e%2e", "..%2f.lock", "statements", "parties.csv", "no.csv.gz"]
)
def test_only_what_the_manifest_lists_is_handed_over(lying: Callable[..., Path], name: str) -> None:
    made = lying()
    (made / "parties.csv").write_text("left here by somebody")
    assert _get(f"{HERE}/{made.name}/{name}").status_code == 404


def test_a_file_that_went_meanwhile_is_not_found(lying: Callable[..., Path]) -> None:
    made = lying()
    (made / "parties.csv.gz").unlink()
    assert code_of(_get(f"{HERE}/{made.name}/parties.csv.gz")) == "not_found"


def test_nginx_may_hand_it_over(lying: Callable[..., Path], settings: Any) -> None:
    settings.EXPORT_ACCEL = "/inside/"
    made = lying()
    answer = _get(f"{HERE}/{made.name}/parties.csv.gz")
    assert answer["X-Accel-Redirect"] == f"/inside/{made.name}/parties.csv.gz"
    assert answer.content == b""
    assert answer["Content-Type"] == "application/gzip"


def test_a_file_keeps_a_slot_while_it_is_sent(lying: Callable[..., Path], settings: Any) -> None:
    made = lying()
    held = [Slot(list) for _ in range(settings.EXPORTS_AT_ONCE)]
    try:
        assert code_of(_get(f"{HERE}/{made.name}/parties.csv.gz")) == "exports_busy"
    finally:
        for slot in held:
            slot.close()
    answers = [_get(f"{HERE}/{made.name}/parties.csv.gz") for _ in range(settings.EXPORTS_AT_ONCE)]
    with pytest.raises(Refusal):
        Slot(list)
    for answer in answers:
        answer.close()
    Slot(list).close()


def test_the_answers_are_as_described(lying: Callable[..., Path]) -> None:
    made = lying()
    paths = json.loads(document())["paths"]
    files = [route for route in EXPORTS if route.operation_id == "take_nightly"]
    told = paths[files[0].path]["get"]["responses"]["200"]
    media = {one["media_type"].partition(";")[0] for one in _manifest(made)["files"]}
    assert media | {"application/json", "text/plain"} == set(told["content"])
    answer = _get(f"{HERE}/latest/parties.csv.gz")
    assert answer.getvalue()
    assert set(told["headers"]) - set(LIMITS) <= set(answer.headers)
