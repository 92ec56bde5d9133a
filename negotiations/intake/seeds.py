"""Seeds folders replayed through the operations: all of a folder, or nothing of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from negotiations import operations
from negotiations.intake.seed_files import Entry, read_folder
from negotiations.operations import Receipt, seeding
from negotiations.operations.dates import read_date
from negotiations.operations.keywords import seed_keywords
from negotiations.refusals import Refusal

# These are shared between negotiations; the others belong to the folder's own.
_SHARED = frozenset({"party", "office", "person", "publisher", "source"})


def load_folder(folder: Path, *, now: datetime) -> list[tuple[str, int, int, int]]:
    """Load one folder; per noun: how many new, already there, and differing from the record.

    An entry that was loaded before is left alone, also when the file has changed since: that is for
    the desk. Raises Refusal `bad_seed` with file, line and reason, and loads nothing then.
    """
    entries = read_folder(folder)
    _check_names(entries)
    with transaction.atomic():
        return _Replay(folder, entries, now).run()


class _Replay:
    """One run over a folder: which entries are rows already, and which rows they are."""

    def __init__(self, folder: Path, entries: dict[str, list[Entry]], now: datetime) -> None:
        self.folder, self.entries, self.now = folder, entries, now
        self.slug: str = entries["negotiation"][0].fields["slug"]
        self.by = seeding.seeder()
        self.marks = seeding.marks()
        self.ids: dict[tuple[str, str], int] = {}
        self.loaded: seeding.Marks = {}
        self.counts: dict[str, list[int]] = {}

    def run(self) -> list[tuple[str, int, int, int]]:
        steps: list[tuple[str, Callable[[Entry], Receipt | None], Iterable[Entry]]] = [
            ("party", self.party, self.entries["party"]),
            ("negotiation", self.negotiation, self.entries["negotiation"]),
            ("track", self.track, _parents_first(self.entries["track"])),
            ("office", self.office, self.entries["office"]),
            ("person", self.person, self.entries["person"]),
            ("publisher", self.publisher, self.entries["publisher"]),
            ("source", self.source, self.entries["source"]),
            ("statement", self.statement, _first_renderings_first(self.entries["statement"])),
            ("status_change", self.status_change, _by_date(self.entries["status_change"])),
            ("term", self.term, self.entries["term"]),
            ("position", self.position, _by_date(self.entries["position"])),
            ("linkage", self.linkage, _by_date(self.entries["linkage"])),
            ("milestone", self.milestone, _by_date(self.entries["milestone"])),
            ("account", self.account, _contradicted_first(self.entries["account"])),
        ]
        for noun, write, entries in steps:
            self.counts[noun] = [0, 0, 0]
            for entry in entries:
                self._one(entry, write)
            if self.counts[noun][0]:
                seeding.measure(noun)
        seeding.remember(self.loaded)
        return [(noun, *counts) for noun, counts in self.counts.items()]  # type: ignore[misc]

    def _one(self, entry: Entry, write: Callable[[Entry], Receipt | None]) -> None:
        key, name = _key(entry), _name(entry)
        scope = "" if entry.noun in _SHARED else self.slug
        seen = self.marks.get((scope, entry.noun, key))
        if seen:
            self.ids[(entry.noun, name)] = seen[0]
            self.counts[entry.noun][1 if seen[1] == entry.sha256() else 2] += 1
            return
        try:
            receipt = write(entry)
        except Refusal as refusal:
            if refusal.code == "bad_seed":
                raise
            raise entry.refuse(str(refusal)) from refusal
        self.ids[(entry.noun, name)] = row = receipt.id if receipt else 0
        self.counts[entry.noun][0] += 1
        self.loaded[(scope, entry.noun, key)] = (row, entry.sha256())

    def _act(self, verb: Callable[..., Receipt], **fields: Any) -> Receipt:
        return verb(by=self.by, now=self.now, **fields)

    def _publish(self, draft: Receipt) -> Receipt:
        self._act(
            operations.publish, noun=draft.noun, id=draft.id, version=draft.version,
            seen=draft.number, waiver=seeding.WAIVER,
        )  # fmt: skip
        return draft

    def _row(self, entry: Entry, noun: str, name: str) -> int:
        if (noun, name) not in self.ids:
            raise entry.refuse(f"there is no {noun} {name}")
        return self.ids[(noun, name)]

    def _path(self, slug: str) -> str:
        return f"{self.slug}/{slug}"

    def _evidence(self, entry: Entry) -> dict[str, Any]:
        fields = {name: value for name, value in entry.fields.items() if name != "id"}
        for name in ("basis", "dissent"):
            if name in fields:
                fields[name] = [self._row(entry, "statement", one) for one in fields[name]]
        return fields

    def party(self, entry: Entry) -> Receipt:
        return self._act(operations.register_party, **entry.fields)

    def negotiation(self, entry: Entry) -> Receipt:
        return self._act(operations.register_negotiation, **entry.fields)

    def track(self, entry: Entry) -> Receipt:
        fields = dict(entry.fields)
        words = fields.pop("keywords", [])
        receipt = self._act(operations.register_track, negotiation=self.slug, **fields)
        seed_keywords(by=self.by, track=self._path(fields["slug"]), words=words)
        return receipt

    def office(self, entry: Entry) -> Receipt:
        fields = dict(entry.fields)
        return self._act(operations.register_office, slug=fields.pop("id"), **fields)

    def person(self, entry: Entry) -> Receipt:
        fields = dict(entry.fields)
        tenures, slug = fields.pop("tenure", []), fields.pop("id")
        receipt = self._act(operations.register_person, slug=slug, **fields)
        for tenure in tenures:
            self._act(
                operations.appoint, person=slug, office=tenure["office"],
                held_from=tenure.get("from", ""), held_to=tenure.get("to", ""),
            )  # fmt: skip
        return receipt

    def publisher(self, entry: Entry) -> Receipt:
        fields = entry.fields
        receipt = self._act(
            operations.register_publisher, slug=fields["id"], name_en=fields["name_en"],
            name_ko=fields.get("name_ko", fields["name_en"]), tier=fields["tier"],
        )  # fmt: skip
        day = read_date(fields["graded_on"])
        self._act(
            operations.grade_publisher, publisher=fields["id"], graded_on=day.lower,
            reliability=fields["reliability"],
        )  # fmt: skip
        return receipt

    def source(self, entry: Entry) -> Receipt:
        fields = entry.fields
        published = fields.get("published_at") or fields.get("published_on")
        if not published:
            raise entry.refuse("source needs published_on or published_at")
        draft = self._act(
            operations.draft_source, url=fields["url"], title=fields["title"],
            publisher=fields["publisher"], language=fields["language"], published_on=published,
        )  # fmt: skip
        if "snapshot" in fields:
            captured = self._capture(entry, draft.id, fields["snapshot"])
            draft = replace(draft, version=captured.version)
        return self._publish(draft)

    def _capture(self, entry: Entry, source: int, snapshot: dict[str, Any]) -> Receipt:
        # Nothing outside the folder, also through a link: what is read becomes public.
        files = {p.name: p for p in self.folder.iterdir() if p.is_file() and not p.is_symlink()}
        if snapshot["file"] not in files:
            raise entry.refuse(f"there is no file {snapshot['file']} in the folder")
        content = files[snapshot["file"]].read_bytes()
        if hashlib.sha256(content).hexdigest() != snapshot["sha256"]:
            raise entry.refuse(f"{snapshot['file']} does not have the SHA-256 that is given for it")
        captured = read_date(snapshot["captured_at"]).instant
        if captured is None:
            raise entry.refuse("captured_at is an instant with an offset")
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            raise entry.refuse(f"{snapshot['file']} is not UTF-8") from error
        return self._act(
            operations.capture_source, source=source, text=text, captured_at=captured,
            capture=snapshot["capture"],
        )  # fmt: skip

    def statement(self, entry: Entry) -> Receipt:
        fields = {name: value for name, value in entry.fields.items() if name != "id"}
        fields["source"] = self._row(entry, "source", fields["source"])
        fields["tracks"] = [self._path(slug) for slug in fields["tracks"]]
        fields["parties_for"] = fields.pop("parties")
        fields["office_held"] = fields.pop("office", None)
        fields["said_phrase"] = fields.pop("date_phrase", "")
        fields["credibility"] = str(fields.get("credibility", 6))
        for name in ("repeats", "translates"):
            if name in fields:
                fields[name] = self._row(entry, "statement", fields[name])
        return self._publish(self._act(operations.draft_statement, **fields))

    def status_change(self, entry: Entry) -> Receipt:
        fields = self._evidence(entry)
        fields["track"] = self._path(fields["track"])
        return self._publish(self._act(operations.draft_status_change, **fields))

    def term(self, entry: Entry) -> Receipt:
        fields = {**entry.fields, "track": self._path(entry.fields["track"])}
        return self._act(operations.register_term, **fields)

    def position(self, entry: Entry) -> Receipt:
        fields = self._evidence(entry)
        fields["term"] = self._path(f"{fields.pop('track')}/{fields['term']}")
        return self._publish(self._act(operations.draft_position, **fields))

    def linkage(self, entry: Entry) -> Receipt:
        fields = self._evidence(entry)
        for name in ("from_track", "to_track"):
            fields[name] = self._path(fields[name])
        return self._publish(self._act(operations.draft_linkage, **fields))

    def milestone(self, entry: Entry) -> Receipt:
        fields = self._evidence(entry)
        fields["tracks"] = [self._path(slug) for slug in fields["tracks"]]
        return self._publish(self._act(operations.draft_milestone, negotiation=self.slug, **fields))

    def account(self, entry: Entry) -> Receipt:
        fields = self._evidence(entry)
        fields["track"] = self._path(fields["track"])
        if "contradicts" in fields:
            fields["contradicts"] = self._row(entry, "account", fields["contradicts"])
        return self._publish(self._act(operations.draft_account, **fields))


def _name(entry: Entry) -> str:
    """How other entries of the folder point to this one."""
    fields = entry.fields
    name = fields.get("id") or fields.get("code") or fields.get("slug") or ""
    return f"{fields['track']}/{name}" if entry.noun == "term" else str(name)


def _key(entry: Entry) -> str:
    """What an entry is known by over folders: of a source, its address."""
    if entry.noun == "source":
        return hashlib.sha256(entry.fields["url"].encode()).hexdigest()
    return _name(entry)


def _check_names(entries: dict[str, list[Entry]]) -> None:
    for rows in entries.values():
        names: set[str] = set()
        for entry in rows:
            name = _name(entry)
            if name in names:
                raise entry.refuse(f"{entry.noun} {name} stands twice")
            if len(name) > _LONGEST_NAME:
                raise entry.refuse(f"its name is longer than {_LONGEST_NAME} characters")
            names.add(name)


_LONGEST_NAME = 200


def _by_date(entries: list[Entry]) -> list[Entry]:
    def when(entry: Entry) -> tuple[date, date]:
        try:
            dated = read_date(entry.fields["effective_on"])
        except Refusal as refusal:
            raise entry.refuse(str(refusal)) from refusal
        return dated.lower, dated.upper

    return sorted(entries, key=when)


def _parents_first(entries: list[Entry]) -> list[Entry]:
    return _ready(entries, lambda entry: [entry.fields.get("parent")])


def _first_renderings_first(entries: list[Entry]) -> list[Entry]:
    return _ready(entries, lambda e: [e.fields.get("repeats"), e.fields.get("translates")])


def _contradicted_first(entries: list[Entry]) -> list[Entry]:
    return _ready(_by_date(entries), lambda entry: [entry.fields.get("contradicts")])


def _ready(entries: list[Entry], needs: Callable[[Entry], list[str | None]]) -> list[Entry]:
    """The entries in file order, save that each comes after those it points to."""
    waiting = {_name(entry): entry for entry in entries}
    done: list[Entry] = []
    while waiting:
        ready = [n for n, e in waiting.items() if not waiting.keys() & set(filter(None, needs(e)))]
        if not ready:
            raise next(iter(waiting.values())).refuse("it points, in a circle, to itself")
        done += [waiting.pop(name) for name in ready]
    return done
