"""Checks what Parley says of its ledger. Needs this file, Python 3.9 or newer, and no network.

  python3 verify.py export FOLDER --key KEY    all of it: a nightly set, or a ledger.ndjson alone
  python3 verify.py proof FILE --key KEY       that an entry is in the ledger
  python3 verify.py proof FILE --key KEY --old CHECKPOINT    that nothing was rewritten since then

KEY is the public key of the site, as its page /ledger/ shows it. Take it from where the site cannot
change it: a note of your own, somebody else's print. Keep the checkpoints that you see; --old holds
each of them against what the site says now. A proof is JSON as the site's API answers it.

Ends with 0 when all that was asked is true, 1 when something is false, 2 when it cannot be told.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEALED = ("number", "verb", "noun", "object_id", "at", "role", "payload")
Key = tuple[str, bytes, bytes]  # name, key id, public key
Point = tuple[int, int]


class Wrong(Exception):
    """Something that was said is not true."""


# Ed25519, verification alone: RFC 8032, section 5.1. Nothing here is secret, so nothing is hidden.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def _add(a: Point, b: Point) -> Point:
    t = D * a[0] * b[0] * a[1] * b[1]
    x, y = a[0] * b[1] + b[0] * a[1], a[1] * b[1] + a[0] * b[0]
    return x * pow(1 + t, -1, P) % P, y * pow(1 - t, -1, P) % P


def _times(n: int, point: Point) -> Point:
    half = _times(n >> 1, _add(point, point)) if n else (0, 1)
    return _add(half, point) if n & 1 else half


def _point(octets: bytes) -> Point:
    """Section 5.1.3; ValueError where it is no point."""
    sign, y = divmod(int.from_bytes(octets, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * pow(2, (P - 1) // 4, P) % P if (x * x - square) % P else x
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("it is no point of the curve")
    return P - x if x & 1 != sign else x, y


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of a public key (32 bytes) has signed this (section 5.1.7)."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % ORDER
    x, y = _add(_times(s, BASE), _times(8 * ORDER - k, _point(key)))  # 8 * ORDER times it is zero
    return r == (y | (x & 1) << 255).to_bytes(32, "little") and s < ORDER and len(signature) == 64


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two others."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """The tree of RFC 6962, section 2.1, growing leaf by leaf; it keeps full subtrees alone."""

    def __init__(self) -> None:
        self.size, self.full = 0, list[bytes]()

    def add(self, data: bytes) -> None:
        """One leaf more."""
        self.full.append(hashlib.sha256(b"\0" + data).digest())
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            self.full[-2:] = [node_hash(*self.full[-2:])]

    def head(self) -> bytes:
        """Its root hash."""
        head = self.full[-1] if self.full else hashlib.sha256().digest()
        for left in self.full[-2::-1]:
            head = node_hash(left, head)
        return head


def _climb(index: int, last: int, path: list[bytes]) -> list[bytes]:
    """The heads over the nodes up to `index`, where the path begins, and up to `last`; or none."""
    met = (index ^ last).bit_length()  # from here up there is nothing to the right
    lefts = [index >> level & 1 for level in range(met)] + [1] * bin(index >> met).count("1")
    if [len(one) for one in path] != [32] * (1 + len(lefts)):
        return []
    was = now = path[0]
    for left, one in zip(lefts, path[1:]):  # noqa: B905 (strict came with Python 3.10)
        was = node_hash(one, was) if left else was
        now = node_hash(one, now) if left else node_hash(now, one)
    return [was, now]


def check_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], head: bytes) -> bool:
    """Whether the leaf of that hash stands at `index` (from 0) under the head of `size` leaves."""
    return 0 <= index < size and _climb(index, size - 1, [leaf, *proof])[1:] == [head]


def check_consistency(old: int, new: int, proof: list[bytes], before: bytes, head: bytes) -> bool:
    """Whether the tree of `new` leaves begins with the `old` ones that have the head `before`."""
    width = old if old == new else old & -old  # of the last whole subtree in the old tree
    path = [before, *proof] if width == old else proof
    return 0 < old <= new and _climb(old // width - 1, (new - 1) // width, path) == [before, head]


def read_key(text: str) -> Key:
    """A public key of the form name+id+key."""
    found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S{44})", text)
    if not found:
        raise ValueError(f"{text!r} is no public key of the form name+id+key.")
    key = base64.b64decode(found[3])
    its = hashlib.sha256(found[1].encode() + b"\n" + key).hexdigest()[:8]
    if (key[:1], its) != (b"\1", found[2]):
        raise ValueError("The public key was not copied whole: its id does not belong to it.")
    return found[1], bytes.fromhex(found[2]), key[1:]


def read_checkpoint(given: Path | str, key: Key) -> tuple[int, bytes]:
    """Size and root hash of a signed checkpoint (C2SP tlog-checkpoint), in a file or as told."""
    text = given.read_text("utf-8") if isinstance(given, Path) else given
    what = f"The checkpoint {given}" if isinstance(given, Path) else "The checkpoint"
    body, parted, signatures = text.rpartition("\n\n")
    lines = body.split("\n")
    if not parted or len(lines) < 3 or not re.fullmatch("0|[1-9][0-9]{0,17}", lines[1]):
        raise ValueError(f"{what} is no checkpoint.")
    mine = re.findall(rf"^— {re.escape(key[0])} (\S+)$", signatures, re.M)
    signed = [one[4:] for one in map(base64.b64decode, mine) if one[:4] == key[1]]
    if lines[0] != key[0] or not signed:
        raise Wrong(f"{what} is not signed with the key that you gave.")
    if not any(is_signed(key[2], f"{body}\n".encode(), one) for one in signed):
        raise Wrong(f"{what} has a false signature: it is forged, or was changed.")
    return int(lines[1]), base64.b64decode(lines[2])


def sealed(entry: Any) -> str:
    """The letters whose SHA-256 is the hash of an entry."""
    told = {name: entry.get(name) for name in SEALED}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{entry.get('previous_hash')}{text}"


def check_entry(entry: Any) -> None:
    """That the content of an entry is what its hash says."""
    if hashlib.sha256(sealed(entry).encode()).hexdigest() != entry["hash"]:
        raise Wrong(f"Entry {entry['number']} was changed: its content does not match its hash.")


def lines_of(path: Path) -> Iterator[Any]:
    """The documents in a file of JSON lines, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


class Rows:
    """The rows in a file of an export, in the order of the ledger; reference data has no entry.
    One that is not named for a negotiation is to have all that were not corrected or withdrawn.
    """

    def __init__(self, path: Path) -> None:
        self.file, self.checked, self.rows = path.name, 0, lines_of(path)
        self.missing = dict[Any, int]()
        of, _, nouns = path.name.split(".ndjson")[0].rpartition(".")
        self.whole, self.noun = not of, nouns.replace("-", "_")[:-1]
        first: Any = next(self.rows, {})
        self.next: Any = first if {"id", "ledger_number"} <= first.keys() else None

    def check(self, entry: Any) -> None:
        """Hold the next row against an entry on this noun; it may be the one that published it."""
        number, payload, row = entry["number"], entry["payload"], self.next
        self.missing.pop(payload.get("supersedes"), None)
        if row and (row["ledger_number"], str(row["id"])) == (number, str(entry["object_id"])):
            self.next, self.checked = next(self.rows, None), self.checked + 1
            if (further := payload.get("further_basis")) is not None:
                payload = {**payload, "basis": [payload["basis"], *further]}
            for name in payload.keys() & row.keys():
                if named(payload[name]) != named(row[name]):
                    here = f"The {self.noun} {row['id']} in {self.file}"
                    raise Wrong(f"{here} is not as entry {number} has it: see {name}.")
        elif self.whole and payload.get("withdrawn") is False:
            self.missing[entry["object_id"]] = number

    def end(self) -> int:
        """After the last entry: how many there were, all of them published, and none missing."""
        if row := self.next:
            here = f"The {self.noun} {row['id']} in {self.file}"
            raise Wrong(f"{here} was published by no entry of the ledger.")
        for one, at in self.missing.items():
            raise Wrong(f"The {self.noun} {one} of entry {at} is not in {self.file}.")
        return self.checked


def named(told: Any) -> Any:
    """A value; of what it refers to the id, code or slug, since names may be mended."""
    if isinstance(told, list):
        return sorted(map(named, told), key=str)
    if not isinstance(told, dict):
        return None if told == "" else told
    if "slug" in told and ("track" in told or "negotiation" in told):
        return f"{told.get('negotiation') or named(told['track'])}/{told['slug']}"
    return next((told[name] for name in ("id", "code", "person", "slug") if name in told), None)


def verify_export(path: Path, note: Path | None, old: list[Path], key: Key) -> Iterator[str]:
    """Everything: each entry, the chain, the tree, the signature, each row."""
    ledger = next(path.glob("ledger.ndjson*"), path)
    size, head = read_checkpoint(note or ledger.parent / "checkpoint.txt", key)
    yield f"The checkpoint of {size} entries is signed by {key[0]}."
    older = [(*read_checkpoint(one, key), one) for one in old]
    files = [Rows(one) for one in sorted(path.glob("*.ndjson*")) if one != ledger]
    tree, told, heads, previous = Tree(), 0, {one[0]: Tree().head() for one in older}, "0" * 64
    for number, entry in enumerate(lines_of(ledger), 1):
        if entry["number"] != number:
            raise Wrong(f"Entry {number} is missing.")
        if "payload" in entry:  # of those on drafts there is a number and a hash
            check_entry(entry)
            if entry["previous_hash"] != previous:
                raise Wrong(f"Entry {number} does not follow the entry before it.")
        previous = entry["hash"]
        told += "payload" in entry
        tree.add(bytes.fromhex(previous))
        for rows in (one for one in files if one.noun == entry.get("noun")):
            rows.check(entry)
        if tree.size in heads:
            heads[tree.size] = tree.head()
    held = sum(rows.end() for rows in files)
    yield f"{told} entries were recomputed; of {tree.size - told} on drafts the hash alone is told."
    if (tree.size, tree.head()) != (size, head):
        raise Wrong(f"The checkpoint of {size} entries is not over these {tree.size} entries.")
    yield "The checkpoint is over exactly these entries."
    same = f"{held} rows are as these have them; names of what they refer to were not compared."
    yield from [same] if files else []  # beside a lone ledger there are none to tell of
    for was, before, one in older:
        if heads[was] != before:
            raise Wrong(f"The history was rewritten: {one} is no beginning of it.")
        yield f"Nothing was rewritten since {one}, of {was} entries."


def verify_proof(path: Path, note: Path | None, old: list[Path], key: Key) -> Iterator[str]:
    """One entry, or that a checkpoint goes on from where older ones ended."""
    told = json.loads(path.read_text("utf-8"))
    entry, proof = told.get("entry"), [bytes.fromhex(one) for one in told["proof"]]
    if bool(old) is bool(entry):
        raise ValueError("Give --old, a checkpoint seen earlier, with proofs of consistency alone.")
    size, head = read_checkpoint(note or told["checkpoint" if entry else "to_checkpoint"], key)
    if entry:
        check_entry(entry)
        yield f"Entry {entry['number']} is what its hash says: {entry['verb']} {entry['noun']}."
        leaf = hashlib.sha256(b"\0" + bytes.fromhex(entry["hash"])).digest()
        if not check_inclusion(leaf, entry["number"] - 1, size, proof, head):
            raise Wrong(f"Entry {entry['number']} is not in the ledger of {size} entries.")
        yield f"It is in the ledger of {size} entries that {key[0]} has signed."
    for was, before, one in [(*read_checkpoint(one, key), one) for one in old]:
        if not check_consistency(was, size, proof, before, head):
            raise Wrong(f"It is not shown that the {size} entries begin with those of {one}.")
        yield f"The first {was} of the {size} entries are those of {one}: nothing was rewritten."


def main() -> int:
    """Do what the command line asks; the exit code."""
    does = {"export": verify_export, "proof": verify_proof}
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("verify.py", description=__doc__, formatter_class=form)
    parser.add_argument("what", choices=does)
    parser.add_argument("path", type=Path, help="the folder or file to be checked")
    parser.add_argument("--key", required=True, help="the public key: name+id+key")
    parser.add_argument("--checkpoint", type=Path, help="instead of the one that came with it")
    parser.add_argument("--old", type=Path, action="append", default=[], help="one seen earlier")
    args = parser.parse_args()
    try:
        for line in does[args.what](args.path, args.checkpoint, args.old, read_key(args.key)):
            print("True:", line)
    except Wrong as why:
        print("FALSE:", why)
        return 1
    except Exception as why:
        print("It cannot be told:", repr(why) if isinstance(why, LookupError) else why)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
