"""The demo's one-time sign-ins: for a trial run only, secret, forgotten by the next."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from tracker import run_demo


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_a_run_on_its_own_database_for_this_machine_offers_them(host: str) -> None:
    assert run_demo.is_offered({}, host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_none_are_offered_on_anothers_database(host: str) -> None:
    assert not run_demo.is_offered({"DATABASE_URL": "postgres://x@db/parley"}, host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "parley.example", ""])
def test_none_are_offered_where_others_reach_it(host: str) -> None:
    assert not run_demo.is_offered({}, host)


def test_only_digests_are_kept_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    made = run_demo.offer(folder)
    assert list(made) == ["Demo officer", "Demo reviewer"]
    assert {len(bytes.fromhex(secret)) for secret in made.values()} == {32}
    kept = {file.name: file.read_text() for file in folder.iterdir()}
    assert kept == {
        hashlib.sha256(made["Demo officer"].encode()).hexdigest(): "demo-officer",
        hashlib.sha256(made["Demo reviewer"].encode()).hexdigest(): "demo-reviewer",
    }
    assert _mode(folder) == 0o700
    assert {_mode(file) for file in folder.iterdir()} == {0o600}


def test_a_new_run_forgets_the_earlier_ones(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first, second = run_demo.offer(folder), run_demo.offer(folder)
    assert not set(first.values()) & set(second.values())
    names = {hashlib.sha256(secret.encode()).hexdigest() for secret in second.values()}
    assert {file.name for file in folder.iterdir()} == names
