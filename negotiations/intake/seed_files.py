"""Seeds folders as files: TOML in, entries with their file and line out, strictly.

The form is documented for people in `seeds/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from negotiations.refusals import Refusal

S, L, B, N = str, list, bool, int
# Tables in a field: (required, optional) texts.
INNER: dict[str, tuple[set[str], set[str]]] = {
    "tenure": ({"office"}, {"from", "to"}),
    "snapshot": ({"file", "sha256", "captured_at", "capture"}, set()),
}
# File -> table -> (required fields, optional fields). Lists are lists of texts.
FORM: dict[str, dict[str, tuple[dict[str, type], dict[str, type]]]] = {
    "negotiation.toml": {
        "negotiation": (
            {"slug": S, "title_en": S, "title_ko": S, "parties": L},
            {"summary_en": S, "summary_ko": S},
        ),
        "party": (
            {"code": S, "name_en": S, "name_ko": S, "capital_en": S, "capital_ko": S, "zone": S},
            {},
        ),
        "track": (
            {"slug": S, "title_en": S, "title_ko": S, "procedure": S},
            {"parent": S, "headline": B, "parties": L, "keywords": L},
        ),
    },
    "people.toml": {
        "office": ({"id": S, "title_en": S, "title_ko": S}, {"party": S}),
        "person": ({"id": S, "name_en": S, "name_ko": S}, {"aliases": L, "tenure": L}),
    },
    "sources.toml": {
        "publisher": (
            {"id": S, "name_en": S, "tier": S, "reliability": S, "graded_on": S},
            {"name_ko": S},
        ),
        "source": (
            {"id": S, "url": S, "title": S, "publisher": S, "language": S},
            {"published_on": S, "published_at": S, "snapshot": dict},
        ),
    },
    "statements.toml": {
        "statement": (
            {
                "id": S, "source": S, "tracks": L, "kind": S, "said_on": S, "zone": S,
                "language": S, "parties": L,
            },
            {
                "speaker": S, "office": S, "voice_en": S, "voice_ko": S, "about": L, "modality": S,
                "attribution": S, "credibility": N, "date_phrase": S, "place_en": S, "place_ko": S,
                "quotation": S, "start": N, "end": N, "paraphrase_en": S, "paraphrase_ko": S,
                "original_language": S, "repeats": S, "translates": S, "note_en": S, "note_ko": S,
            },
        )
    },
    "status_changes.toml": {
        "status_change": (
            {
                "id": S, "track": S, "stage": S, "momentum": S, "documentary_basis": S,
                "effective_on": S, "basis": L, "headline_en": S, "headline_ko": S,
            },
            {
                "according_to": S, "dissent": L, "reason_en": S, "reason_ko": S, "note_en": S,
                "note_ko": S,
            },
        )
    },
    "positions.toml": {
        "term": ({"track": S, "slug": S, "name_en": S, "name_ko": S, "unit": S}, {}),
        "position": (
            {
                "id": S, "track": S, "term": S, "according_to": S, "standing": S,
                "effective_on": S, "basis": L,
            },
            {
                "amount": S, "amount_to": S, "text_en": S, "text_ko": S, "qualifier": S,
                "note_en": S, "note_ko": S,
            },
        ),
    },
    "linkages.toml": {
        "linkage": (
            {"id": S, "from_track": S, "to_track": S, "kind": S, "effective_on": S, "basis": L},
            {"standing": S, "according_to": S, "note_en": S, "note_ko": S},
        )
    },
    "milestones.toml": {
        "milestone": (
            {
                "id": S, "slug": S, "tracks": L, "kind": S, "title_en": S, "title_ko": S,
                "due_on": S, "effective_on": S, "basis": L,
            },
            {"outcome": S, "place_en": S, "place_ko": S, "note_en": S, "note_ko": S},
        )
    },
    "accounts.toml": {
        "account": (
            {
                "id": S, "meeting": S, "track": S, "topic": S, "topic_en": S, "topic_ko": S,
                "according_to": S, "effective_on": S, "basis": L,
            },
            {
                "bearing": S, "text_en": S, "text_ko": S, "contradicts": S, "note_en": S,
                "note_ko": S,
            },
        )
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a seeds file, with the place where it stands."""

    file: str
    line: int
    noun: str
    fields: dict[str, Any] = field(hash=False)

    def refuse(self, why: str) -> Refusal:
        """The refusal of this entry: file, line, reason."""
        return Refusal("bad_seed", file=self.file, line=self.line, why=why)

    def sha256(self) -> str:
        """Digest of the entry's content, whatever its layout."""
        plain = json.dumps(self.fields, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()


def read_folder(folder: Path) -> dict[str, list[Entry]]:
    """All entries of a folder by noun; Refusal `bad_seed` for the first thing that is wrong.

    `negotiation.toml` must be there; the other files may be missing. Other TOML files are refused,
    so that a misspelt name does not go unnoticed.
    """
    if not (folder / "negotiation.toml").is_file():
        raise Refusal("bad_seed", file=str(folder), line=0, why="there is no negotiation.toml")
    for file in sorted(folder.glob("*.toml")):
        if file.name not in FORM:
            raise Refusal("bad_seed", file=file.name, line=1, why=f"known files: {', '.join(FORM)}")
    entries: dict[str, list[Entry]] = {noun: [] for tables in FORM.values() for noun in tables}
    for name in FORM:
        if (folder / name).is_file():
            for entry in _read_file(folder / name):
                entries[entry.noun].append(entry)
    if len(entries["negotiation"]) != 1:
        raise Refusal("bad_seed", file="negotiation.toml", line=1, why="name one [negotiation]")
    return entries


def _read_file(path: Path) -> list[Entry]:
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise Refusal("bad_seed", file=path.name, line=1, why="it is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else text.count("\n") + 1
        raise Refusal("bad_seed", file=path.name, line=at, why=str(error)) from error
    found = []
    for noun, value in tables.items():
        rows = value if isinstance(value, list) else [value]
        for row, line_number in zip(rows, _lines(text, noun, len(rows)), strict=True):
            entry = Entry(path.name, line_number, noun, row)
            _check(entry, FORM[path.name])
            found.append(entry)
    return found


def _lines(text: str, noun: str, count: int) -> list[int]:
    head = re.compile(rf"\s*\[\[?\s*{re.escape(noun)}\s*\]?\]")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if head.match(line)]
    # A table written in an unusual way still has its file; the line is then the first.
    return lines if len(lines) == count else [1] * count


def _check(entry: Entry, tables: dict[str, tuple[dict[str, type], dict[str, type]]]) -> None:
    if entry.noun not in tables:
        raise entry.refuse(f"there is no table {entry.noun} here; known: {', '.join(tables)}")
    if not isinstance(entry.fields, dict):
        raise entry.refuse(f"{entry.noun} is a table")
    required, optional = tables[entry.noun]
    for name in required:
        if name not in entry.fields:
            raise entry.refuse(f"{entry.noun} needs {name}")
    for name, value in entry.fields.items():
        kind = required.get(name) or optional.get(name)
        if kind is None:
            raise entry.refuse(f"{entry.noun} has no {name}")
        if type(value) is not kind or (
            isinstance(value, list) and name not in INNER and not _texts(value)
        ):
            raise entry.refuse(f"{name} is not of the right kind ({_KINDS[kind]})")
        if name in INNER:
            for table in value if isinstance(value, list) else [value]:
                _check_inner(entry, name, table)


def _check_inner(entry: Entry, name: str, table: Any) -> None:
    required, optional = INNER[name]
    whole = isinstance(table, dict) and required <= set(table) <= required | optional
    if not whole or not _texts(list(table.values())):
        may = f" and may have {', '.join(sorted(optional))}" if optional else ""
        raise entry.refuse(f"a {name} has {', '.join(sorted(required))}{may}, all texts")


_KINDS = {S: "a text", L: "a list of texts", B: "true or false", N: "a number", dict: "a table"}


def _texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
