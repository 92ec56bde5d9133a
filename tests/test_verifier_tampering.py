"""verify.py finds out whatever was changed: by somebody on the way, or by the site itself."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from negotiations import verifier
from tests.strangers import Site, db, entries_in, is_false, rewrite, seal, site, verify

__all__ = ["db", "site"]


def test_every_public_entry_is_watched_over(site: Site) -> None:
    """One letter changed in any member of any entry is found out."""
    ledger = site.answers / "ledger.ndjson"
    for at, entry in enumerate(entries_in(ledger)):
        if "payload" not in entry or at % 9:
            continue
        before = ledger.read_bytes()

        def change(documents: list[Any], at: int = at) -> None:
            documents[at]["payload"]["note_en"] = "x"

        rewrite(ledger, change)
        assert is_false("export", ledger) == (
            f"Entry {at + 1} was changed: its content does not match its hash."
        )
        ledger.write_bytes(before)


@pytest.mark.parametrize("member", ["verb", "noun", "object_id", "at", "role", "previous_hash"])
def test_every_member_of_an_entry_is_watched_over(site: Site, member: str) -> None:
    ledger = site.answers / "ledger.ndjson"

    def change(documents: list[Any]) -> None:
        documents[4][member] = 12 if member == "object_id" else "2" * 64

    rewrite(ledger, change)
    assert is_false("export", ledger) == (
        "Entry 5 was changed: its content does not match its hash."
    )


def test_an_entry_that_was_dropped_is_missed(site: Site) -> None:
    ledger = site.answers / "ledger.ndjson"
    rewrite(ledger, lambda documents: documents.pop(6))
    assert is_false("export", ledger) == "Entry 7 is missing."


def test_an_entry_that_was_put_elsewhere_follows_nothing(site: Site) -> None:
    ledger = site.answers / "ledger.ndjson"

    def change(documents: list[Any]) -> None:
        content = {name: documents[4][name] for name in verifier.SEALED}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        forged = hashlib.sha256(("1" * 64 + text).encode()).hexdigest()
        documents[4] |= {"previous_hash": "1" * 64, "hash": forged}

    rewrite(ledger, change)
    assert is_false("export", ledger) == "Entry 5 does not follow the entry before it."


def test_an_end_that_was_cut_off_is_missed(site: Site) -> None:
    ledger = site.answers / "ledger.ndjson"
    size = len(entries_in(ledger))
    rewrite(ledger, lambda documents: documents.pop())
    assert is_false("export", ledger) == (
        f"The checkpoint of {size} entries is not over these {size - 1} entries."
    )


def test_the_hash_of_an_entry_on_a_draft_is_watched_over(site: Site) -> None:
    ledger = site.answers / "ledger.ndjson"
    hidden = next(n for n, one in enumerate(entries_in(ledger)) if "payload" not in one)
    rewrite(ledger, lambda documents: documents[hidden].update(hash="1" * 64))
    assert verify("export", ledger)[0] == 1


def test_a_row_that_was_changed_is_found_out(site: Site) -> None:
    rows = site.second / "statements.ndjson.gz"
    rewrite(rows, lambda documents: documents[0].update(paraphrase_en="They are far apart."))
    assert is_false("export", site.second).startswith("The statement ")
    assert is_false("export", site.second).endswith("has it: see paraphrase_en.")


@pytest.mark.parametrize(
    ("name", "forged"),
    [("speaker", {"person": "somebody-else", "office": None}), ("parties", [{"code": "XX"}]),
     ("source", {"id": 999}), ("tracks", [])],
)  # fmt: skip
def test_a_row_that_points_elsewhere_is_found_out(site: Site, name: str, forged: Any) -> None:
    rows = site.second / "statements.ndjson.gz"
    rewrite(rows, lambda documents: documents[0].update({name: forged}))
    assert is_false("export", site.second).endswith(f"has it: see {name}.")


def test_evidence_that_was_left_out_is_missed(site: Site) -> None:
    rows = site.second / "positions.ndjson.gz"
    rewrite(rows, lambda documents: documents[0].update(basis=[]))
    assert is_false("export", site.second).endswith("has it: see basis.")


def test_a_row_that_was_left_out_is_missed(site: Site) -> None:
    rewrite(site.second / "statements.ndjson.gz", lambda documents: documents.pop(0))
    assert is_false("export", site.second).endswith("is not in statements.ndjson.gz.")


@pytest.mark.parametrize("change", [{"id": "999"}, {"ledger_number": 3}, {"ledger_number": 9999}])
def test_a_row_that_no_entry_has_published_is_found_out(site: Site, change: Any) -> None:
    rewrite(site.second / "milestones.ndjson.gz", lambda documents: documents[-1].update(change))
    assert is_false("export", site.second).endswith("was published by no entry of the ledger.")


def test_a_forged_checkpoint_is_found_out(site: Site) -> None:
    """Another head under the same signature."""
    note = site.answers / "checkpoint.txt"
    lines = note.read_text().split("\n")
    lines[2] = "A" * 43 + "="
    note.write_text("\n".join(lines))
    said = is_false("export", site.answers / "ledger.ndjson")
    assert said == f"The checkpoint {note} has a false signature: it is forged, or was changed."


def test_a_checkpoint_of_somebody_else_is_found_out(site: Site, settings: Any) -> None:
    entries = entries_in(site.answers / "ledger.ndjson")
    settings.LEDGER_KEY = (b"k" * 32,)
    (site.answers / "checkpoint.txt").write_text(seal(entries))
    said = is_false("export", site.answers / "ledger.ndjson")
    assert said.endswith("is not signed with the key that you gave.")


def test_a_history_that_the_site_has_rewritten_is_found_out_by_who_kept_a_checkpoint(
    site: Site,
) -> None:
    """Everything agrees with itself, and is signed; only the older checkpoint does not agree."""
    ledger, note = site.answers / "ledger.ndjson", site.answers / "checkpoint.txt"

    def change(documents: list[Any]) -> None:
        documents[2]["payload"]["title_en"] = "Other talks"
        note.write_text(seal(documents))

    rewrite(ledger, change)
    assert verify("export", ledger)[0] == 0
    old = site.first / "checkpoint.txt"
    assert is_false("export", ledger, "--old", old) == (
        f"The history was rewritten: {old} is no beginning of it."
    )
    said = is_false("proof", site.answers / "growth.json", "--old", old, "--checkpoint", note)
    assert said.startswith("It is not shown that the ")


def test_an_older_checkpoint_that_is_beyond_the_ledger_is_found_out(site: Site) -> None:
    """The site was put back to an older state."""
    said = is_false("export", site.first, "--old", site.second / "checkpoint.txt")
    assert said.startswith("The history was rewritten: ")


def test_a_proof_of_another_entry_is_found_out(site: Site) -> None:
    path = site.answers / "proof.json"
    told = json.loads(path.read_bytes())
    told["entry"] = entries_in(site.answers / "ledger.ndjson")[2]
    path.write_text(json.dumps(told))
    assert is_false("proof", path).startswith("Entry 3 is not in the ledger of ")


@pytest.mark.parametrize("change", ["sibling", "cut", "longer", "odd"])
@pytest.mark.parametrize("name", ["proof.json", "growth.json"])
def test_a_proof_that_was_changed_is_found_out(site: Site, name: str, change: str) -> None:
    path = site.answers / name
    told = json.loads(path.read_bytes())
    match change:
        case "sibling":
            told["proof"][0] = "1" * 64
        case "cut":
            told["proof"].pop()
        case "longer":
            told["proof"].append("1" * 64)
        case "odd":
            told["proof"][0] = "11"
    path.write_text(json.dumps(told))
    old = ["--old", site.answers / "old.txt"] if name == "growth.json" else []
    assert verify("proof", path, *old)[0] == 1
