"""verify.py as a stranger runs it: a bare Python, files of the site, no network."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations import verifier
from tests.strangers import KEY, PROGRAM, Site, cannot_tell, db, entries_in, site, verify

__all__ = ["db", "site"]


def test_a_nightly_set_is_true(site: Site) -> None:
    entries = entries_in(site.second / "ledger.ndjson.gz")
    told = sum("payload" in entry for entry in entries)
    files = [site.second / f"{of}{noun}.ndjson.gz" for of in ("", "talks.")
             for noun in ("sources", "statements", "status-changes", "positions", "linkages",
                          "milestones")]  # fmt: skip
    rows = sum(len(entries_in(one)) for one in files)
    assert 0 < told < len(entries)
    assert rows > 20
    assert verify("export", site.second, "--old", site.first / "checkpoint.txt") == (0, [
        f"True: The checkpoint of {len(entries)} entries is signed by localhost/ledger.",
        f"True: {told} entries were recomputed; of {len(entries) - told} on drafts the hash alone"
        " is told.",
        "True: The checkpoint is over exactly these entries.",
        f"True: {rows} rows are as these have them; names of what they refer to were not compared.",
        f"True: Nothing was rewritten since {site.first / 'checkpoint.txt'}, of"
        f" {len(entries_in(site.first / 'ledger.ndjson.gz'))} entries.",
    ])  # fmt: skip


def test_nothing_is_told_of_drafts_but_their_hashes(site: Site) -> None:
    hidden = [one for one in entries_in(site.second / "ledger.ndjson.gz") if "verb" not in one]
    assert {frozenset(one) for one in hidden} == {frozenset({"number", "hash"})}


def test_the_ledger_of_the_moment_is_true(site: Site) -> None:
    code, said = verify("export", site.answers / "ledger.ndjson")
    assert (code, said[2:]) == (0, ["True: The checkpoint is over exactly these entries."])
    night = site.second / "ledger.ndjson.gz"
    assert entries_in(site.answers / "ledger.ndjson") == entries_in(night)


def test_what_the_site_answers_is_true(site: Site) -> None:
    code, said = verify("proof", site.answers / "proof.json")
    assert (code, len(said)) == (0, 2)
    old = site.answers / "old.txt"
    code, said = verify("proof", site.answers / "growth.json", "--old", old)
    assert (code, len(said)) == (0, 1)
    assert old.read_bytes() == (site.first / "checkpoint.txt").read_bytes()


def test_what_is_no_file_of_the_site_cannot_be_told(site: Site, tmp_path: Path) -> None:
    cannot_tell("export", tmp_path / "nowhere")
    old = ["--old", site.answers / "old.txt"]
    for asked in ([site.answers / "growth.json"], [site.answers / "proof.json", *old]):
        assert cannot_tell("proof", *asked) == (
            "Give --old, a checkpoint seen earlier, with proofs of consistency alone."
        )
    assert cannot_tell("proof", site.answers / "old.txt")
    for text in ('["proof"]', '{"proof": 3}', '{"proof": [], "entry": "x", "checkpoint": ""}'):
        (tmp_path / "proof.json").write_text(text)
        cannot_tell("proof", tmp_path / "proof.json")
    (site.answers / "checkpoint.txt").write_text("soon")
    assert cannot_tell("export", site.answers / "ledger.ndjson").endswith(" is no checkpoint.")
    packed = site.second / "ledger.ndjson.gz"
    packed.write_bytes(packed.read_bytes()[:-100])
    cannot_tell("export", site.second)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("me", "'me' is no public key of the form name+id+key."),
        (KEY.replace("localhost", "elsewhere"), "The public key was not copied whole: its id"),
    ],
    ids=["no key", "a key under another name"],
)
def test_a_key_that_was_not_copied_whole_is_told(site: Site, key: str, why: str) -> None:
    assert cannot_tell("export", site.second, key=key).startswith(why)


def test_it_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", PROGRAM, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "Ends with 0 when all that was asked is true" in done.stdout
    assert verify("dance", "x")[0] == 2


def test_it_is_python_of_3_9_and_needs_nothing_else() -> None:
    tree = ast.parse(PROGRAM.read_text(), feature_version=(3, 9))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import)
                 for one in node.names}  # fmt: skip
    assert {str(name).split(".")[0] for name in imported} <= sys.stdlib_module_names
    assert not imported & {"socket", "urllib", "http", "subprocess", "os"}


@settings(deadline=None, max_examples=8)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(), flip=st.integers(0, 511))
def test_signatures_are_those_of_ed25519(seed: bytes, message: bytes, flip: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verifier.is_signed(key, message, signature)
    bent = bytearray(signature)
    bent[flip // 8] ^= 1 << flip % 8
    assert not verifier.is_signed(key, message, bytes(bent))
    assert not verifier.is_signed(key, message + b"!", signature)
    assert not verifier.is_signed(key, message, signature[:-1])


def test_a_signature_of_rfc_8032() -> None:
    """Test 2 of section 7.1; and the same with the order added to S, which 5.1.7 refuses."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verifier.is_signed(key, b"\x72", signature)
    s = int.from_bytes(signature[32:], "little") + verifier.ORDER
    assert not verifier.is_signed(key, b"\x72", signature[:32] + s.to_bytes(32, "little"))
