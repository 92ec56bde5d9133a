"""The nightly files as they lie in EXPORT_ROOT: a folder a night, each with its manifest.

A set is written under another name (`nightly_writing`) and gets its own when it is whole, so no
reader ever sees half of one; then it never changes until it is thrown away.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
from django.conf import settings

from negotiations.queries.shapes import ClocksUsed, Stored
from negotiations.refusals import Refusal

MANIFEST, SUMS, LATEST = "manifest.json", "SHA256SUMS", "latest"
CHECKPOINT, TEXT = "checkpoint.txt", "text/plain; charset=utf-8"
NAME = r"[0-9]{8}T[0-9]{6}Z-[0-9]+"
_BESIDE = {MANIFEST: "application/json", SUMS: TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyFile:
    """One file of a set: `negotiation` null for the whole; `rows` without the names of columns.

    `bytes` and `sha256` are those of the file as it is sent.
    """

    name: str
    table: str
    negotiation: str | None
    extension: str
    media_type: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlySet:
    """All files of one night, from one view of the record, up to the act `ledger_number`.

    `format_version` changes when a program that reads the files has to.
    """

    name: str
    format_version: int
    generated_at: datetime
    ledger_number: int
    clocks: ClocksUsed
    files: tuple[NightlyFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A file that can be taken: where it lies, what it is."""

    path: Path
    media_type: str
    sha256: str
    bytes: int


def names(root: Path) -> list[str]:
    """The sets that are whole, newest first."""
    found = root.glob(f"*/{MANIFEST}") if root.is_dir() else ()
    return sorted((p.parent.name for p in found if _is_name(p.parent.name)), reverse=True)


def manifests() -> tuple[Stored, ...]:
    """The manifest of every set, newest first."""
    return tuple(Stored(_manifest(name)) for name in names(settings.EXPORT_ROOT))


def manifest(name: str) -> Stored:
    """The manifest of one set, or of the latest; refuses `not_found`."""
    return Stored(_manifest(_named(name)))


def find(name: str, file: str) -> Lying:
    """A file of a set, its manifest and checksums included; refuses `not_found`."""
    folder = settings.EXPORT_ROOT / (name := _named(name))
    told = _manifest(name)
    if file in _BESIDE:
        raw = told if file == MANIFEST else _bytes(folder / file)
        digest = hashlib.sha256(raw).hexdigest()
        return Lying(path=folder / file, media_type=_BESIDE[file], sha256=digest, bytes=len(raw))
    for one in orjson.loads(told)["files"]:
        if one["name"] == file:
            taken = {member: one[member] for member in ("media_type", "sha256", "bytes")}
            return Lying(path=folder / file, **taken)
    raise Refusal("not_found")


def _named(name: str) -> str:
    if name != LATEST:
        return name
    found = names(settings.EXPORT_ROOT)
    if not found:
        raise Refusal("not_found")
    return found[0]


def _is_name(name: str) -> bool:
    return re.fullmatch(NAME, name, re.ASCII) is not None


def _manifest(name: str) -> bytes:
    if not _is_name(name):
        raise Refusal("not_found")
    return _bytes(settings.EXPORT_ROOT / name / MANIFEST)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal("not_found") from None
