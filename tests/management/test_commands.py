"""The commands that a desk types."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.standing import unguarded

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[1] / "intake" / "folders" / "talks"


def _run(*words: str, **options: int) -> list[str]:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().splitlines()


def test_seed_tells_a_line_for_each_kind() -> None:
    lines = _run("seed", str(FOLDER))
    assert len(lines) == 14
    assert (lines[0], lines[8]) == (
        "talks: party: 2 new, 0 already there",
        "talks: status change: 2 new, 0 already there",
    )
    assert _run("seed", str(FOLDER))[0] == "talks: party: 0 new, 2 already there"


def test_seed_tells_what_has_changed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "talks"))
    _run("seed", str(folder))
    people = folder / "people.toml"
    people.write_text(people.read_text("utf-8").replace('["Jo"]', '["Joh"]'), "utf-8")
    assert _run("seed", str(folder))[4] == (
        "talks: person: 0 new, 0 already there, 1 changed in the file since and left alone"
    )


def test_seed_can_be_quiet() -> None:
    assert _run("seed", str(FOLDER), verbosity=0) == []


def test_seed_refuses_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        _run("seed", str(tmp_path))
    assert str(refused.value) == f"{tmp_path}, line 0: there is no negotiation.toml"


def test_verify_ledger_agrees_with_a_clean_record() -> None:
    _run("seed", str(FOLDER))
    assert _run("verify_ledger") == ["34 entries checked; ledger and record agree."]


def test_verify_ledger_names_the_entry_at_fault() -> None:
    _run("seed", str(FOLDER))
    with unguarded() as cursor:
        cursor.execute("UPDATE negotiations_ledgerentry SET role = 'admin' WHERE number = 7")
    with pytest.raises(CommandError) as refused:
        _run("verify_ledger")
    assert str(refused.value) == "Entry 7: its content does not match its hash."
