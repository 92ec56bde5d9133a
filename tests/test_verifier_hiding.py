"""verify.py lets nothing pass that it has not checked, and names what it cannot check."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.strangers import (
    Site,
    cannot_tell,
    db,
    entries_in,
    is_false,
    rewrite,
    seal,
    site,
    verify,
)

__all__ = ["db", "site"]


def _strip(documents: list[Any], at: int) -> None:
    documents[at] = {name: documents[at][name] for name in ("number", "hash")}


def _change(path: Path, change: dict[str, Any]) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))


def test_an_act_whose_content_was_left_out_is_counted_as_told_by_its_hash_alone(
    site: Site,
) -> None:
    """It looks as an act on a draft does, so no more than that can be said."""
    ledger = site.answers / "ledger.ndjson"
    hidden = sum("payload" not in entry for entry in entries_in(ledger))
    rewrite(ledger, lambda documents: _strip(documents, 4))
    code, said = verify("export", ledger)
    assert (code, said[2]) == (0, (
        f"True: Of {hidden + 1} entries the hash alone is told"
        " (acts on drafts, or left out of this file)."
    ))  # fmt: skip


@pytest.mark.parametrize("name", ["milestones", "talks.statements"])
def test_a_row_whose_entry_is_told_by_its_hash_alone_is_found_out(site: Site, name: str) -> None:
    row = entries_in(site.second / f"{name}.ndjson.gz")[0]
    ledger = site.second / "ledger.ndjson.gz"
    rewrite(ledger, lambda documents: _strip(documents, row["ledger_number"] - 1))
    assert is_false("export", site.second).endswith("was published by no entry of the ledger.")


def test_a_file_of_rows_that_name_no_entry_cannot_be_told(site: Site) -> None:
    rows = site.second / "talks.statements.ndjson.gz"
    rewrite(rows, lambda documents: documents[0].pop("ledger_number"))
    assert cannot_tell("export", site.second) == "KeyError('ledger_number')"


def test_a_member_that_is_put_into_a_row_is_named_among_what_was_not_compared(site: Site) -> None:
    rows = site.second / "statements.ndjson.gz"
    rewrite(rows, lambda documents: documents[0].update({"aside\n": "It was so."}))
    code, said = verify("export", site.second)
    assert (code, "what only one of both tells: ['aside\\n', " in said[5]) == (0, True)


@pytest.mark.parametrize("member", ["gone", "record", "renews", "aside"])
@pytest.mark.parametrize("shown", [True, False])
def test_a_member_of_an_entry_that_nothing_seals_is_refused(
    site: Site, member: str, shown: bool
) -> None:
    ledger = site.answers / "ledger.ndjson"
    at = next(n for n, one in enumerate(entries_in(ledger)) if ("payload" in one) is shown)
    rewrite(ledger, lambda documents: documents[at].update({member: []}))
    why = f"Entry {at + 1} has members that nothing seals: ['{member}']."
    assert is_false("export", ledger) == why


def test_tracks_are_told_and_not_sealed(site: Site) -> None:
    """They are told as of now, since a track's name may be mended."""
    ledger = site.answers / "ledger.ndjson"
    rewrite(ledger, lambda documents: documents[4].update(tracks=["elsewhere"]))
    code, said = verify("export", ledger)
    assert (code, said[1].endswith(" recomputed; their tracks are told, but not sealed.")) == (
        0,
        True,
    )


@pytest.mark.parametrize("name", ["ledger.ndjson.gz", "statements.ndjson.gz"])
def test_a_member_that_is_told_twice_in_a_line_is_refused(site: Site, name: str) -> None:
    _twice(site.second / name)
    assert is_false("export", site.second).startswith("One of these members is told twice: ['")


def _twice(path: Path) -> None:
    """Each object begins with another id, number or payload than that which follows."""
    documents = entries_in(path)
    lies = ("".join(f'"{name}": "LIE", ' for name in one) for one in documents)
    lines = ("{" + lie + json.dumps(one)[1:] for lie, one in zip(lies, documents, strict=True))
    text = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


@pytest.mark.parametrize("name", ["proof.json", "growth.json"])
def test_a_member_that_is_told_twice_in_a_proof_is_refused(site: Site, name: str) -> None:
    _twice(site.answers / name)
    said = is_false("proof", site.answers / name, *_old(site, name))
    assert said.startswith("One of these members is told twice: ['")


def _old(site: Site, name: str) -> list[object]:
    return ["--old", site.answers / "old.txt"] if name == "growth.json" else []


@pytest.mark.parametrize(
    ("name", "member", "lies"),
    [
        ("proof.json", "leaf_index", [-1, 99999, None]),
        ("proof.json", "tree_size", [3, 0, "3"]),
        ("proof.json", "leaf_hash", ["0" * 64, ""]),
        ("proof.json", "root_hash", ["0" * 64, None]),
        ("proof.json", "to_size", [3]),
        ("proof.json", "aside", ["It was so.", None]),
        ("growth.json", "from_size", [-1, 3]),
        ("growth.json", "to_size", [0, 99999]),
        ("growth.json", "from_root_hash", ["0" * 64]),
        ("growth.json", "to_root_hash", ["0" * 64]),
        ("growth.json", "aside", [3]),
    ],
)
def test_what_a_proof_says_of_itself_is_watched_over(
    site: Site, name: str, member: str, lies: list[Any]
) -> None:
    for lie in lies:
        _change(site.answers / name, {member: lie})
        assert is_false("proof", site.answers / name, *_old(site, name)) == (
            f"The proof has a false member {member!r}: {lie!r}."
        )


def test_the_checkpoint_that_a_proof_begins_with_is_read(site: Site) -> None:
    growth, newest = site.answers / "growth.json", (site.answers / "checkpoint.txt").read_text()
    _change(growth, {"from_checkpoint": newest})
    said = is_false("proof", growth, *_old(site, "growth.json"))
    assert said.startswith("The proof has a false member 'from_checkpoint': ")
    _change(growth, {"from_checkpoint": newest.replace("\n\n", "\n0\n\n")})
    said = is_false("proof", growth, *_old(site, "growth.json"))
    assert said == "The checkpoint has a false signature: it is forged, or was changed."


def test_a_checkpoint_that_is_given_takes_the_place_of_the_one_within(site: Site) -> None:
    proof, note = site.answers / "proof.json", site.answers / "checkpoint.txt"
    _change(proof, {"checkpoint": "soon"})
    assert verify("proof", proof, "--checkpoint", note)[0] == 0
    note.write_text(seal(entries_in(site.answers / "ledger.ndjson")[:-1]))
    assert verify("proof", proof, "--checkpoint", note)[0] == 1
