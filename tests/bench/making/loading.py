"""Writing a made record into a database: COPY into the tables as they stand, triggers and all.

Two processes make the lines, one connection copies them in the order of the ledger. Fingerprints
of texts are drawn, not computed: they are spread like those of texts that differ.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import connection

from negotiations.models import (
    Fingerprint,
    LedgerEntry,
    Linkage,
    Milestone,
    Position,
    Snapshot,
    Source,
    Statement,
    StatementTrack,
    StatusChange,
)
from tests.bench.making import events
from tests.bench.making.plan import GROUP, WHOLE, Plan
from tests.bench.making.rows import ENTRY_COLUMNS, Entries, Links, Rows
from tests.bench.making.utterances import Utterances
from tests.bench.making.world import FEW_SPEAKERS, SPEAKERS, World, make_world

_EVENTS = {"status_change": StatusChange, "position": Position, "linkage": Linkage,
           "milestone": Milestone}  # fmt: skip
_LINKED = {
    "statement": (Statement, ("parties", "about")),
    "status_change": (StatusChange, ("further_basis", "dissent")),
    "position": (Position, ("further_basis",)),
    "linkage": (Linkage, ("further_basis",)),
    "milestone": (Milestone, ("further_basis", "tracks")),
}
# What stands with a statement's tracks, too.
_TIED = ("said_lower", "said_upper", "ledger_number", "published_at", "known_on", "known_at",
         "chain", "withdrawn")  # fmt: skip
# What triggers would have written beside the rows, all at once. Names come in with triggers.
_PROJECTED = (
    "INSERT INTO negotiations_searchable (noun, object_id, negotiation_id, foremost, lower, upper,"
    " ledger_number, published_at, known_on, known_at, chain, words)"
    " SELECT * FROM negotiations_searchable_rows ORDER BY ledger_number",
    "INSERT INTO negotiations_ledgertrack (track, number)"
    " SELECT DISTINCT unnest(track_ids), number FROM negotiations_ledgerentry WHERE public"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO negotiations_ledgernegotiation (negotiation, number)"
    " SELECT DISTINCT unnest(negotiation_ids), number FROM negotiations_ledgerentry WHERE public"
    " ON CONFLICT DO NOTHING",
)
# Groups made in one go by one process: few in the beginning, then so many.
_FIRST_SHARE, _SHARE = 10, 500


@dataclass
class Part:
    """Lines of some groups: of each table, and the entries without their hashes."""

    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    entries: list[tuple[str, str]] = field(default_factory=list)


class Maker:
    """Makes parts of one record."""

    def __init__(self, plan: Plan, world: World) -> None:
        """Of this plan, pointing into this world."""
        self.plan, self.world, self.said = plan, world, Utterances(plan, world)
        models = (StatementTrack, Source, Snapshot, Fingerprint, Statement, *_EVENTS.values())
        self.rows = {model: Rows(model) for model in models}
        self.links = {
            noun: {name: Links(model, name) for name in names}
            for noun, (model, names) in _LINKED.items()
        }
        self.entries = Entries(world.officers[1])

    def part(self, groups: range) -> Part:
        """The lines of these groups and of the events after each."""
        part = Part()
        for group in groups:
            self._source(part, group)
            for place in range(GROUP * group, GROUP * group + GROUP):
                self._statement(part, place)
            for number, event in self.plan.events_of(group):
                made = events.make(event, number, plan=self.plan, world=self.world, said=self.said)
                self._row(part, event.noun, _EVENTS[event.noun], made)
        return part

    def _source(self, part: Part, group: int) -> None:
        values, snapshot, keys = self.said.source(group)
        bands = [place << 16 | Random(group).getrandbits(16) for place in range(4)]
        self._line(part, Source, values)
        self._line(part, Snapshot, snapshot)
        self._line(part, Fingerprint, {"id": snapshot["id"], "snapshot_id": snapshot["id"],
                                       "bands": bands})  # fmt: skip
        told = self.rows[Source].content(values, keys)
        self._entry(part, "publish", "source", values,
                    {**told, "snapshots": [snapshot["sha256"]]}, [])  # fmt: skip

    def _statement(self, part: Part, place: int) -> None:
        verb, values, keys, ids = self.said.statement(place)
        self._row(
            part, "statement", Statement, (verb, values, keys, {**ids, "scope": ids["tracks"]})
        )
        # What a tie copies from its statement has the same name there.
        copied = {name: values[name] for name in self.rows[StatementTrack].names if name in values}
        for turn, (track, _) in enumerate(ids["tracks"]):
            own = {"id": 3 * place + turn + 1, "statement_id": values["id"], "track_id": track}
            self._line(part, StatementTrack, {**copied, **own})

    def _row(self, part: Part, noun: str, model: Any, made: tuple[str, Any, Any, Any]) -> None:
        verb, values, keys, ids = made
        self._line(part, model, values)
        for name, links in self.links[noun].items():
            part.lines[links.table].append(links.lines(values["id"], ids[name]))
        told = self.rows[model].content(values, keys)
        self._entry(part, verb, noun, values, told, ids["scope"])

    def _line(self, part: Part, model: Any, values: dict[str, Any]) -> None:
        rows = self.rows[model]
        part.lines[rows.table].append(rows.line(values))

    def _entry(
        self, part: Part, verb: str, noun: str, values: dict[str, Any], told: Any, scope: Any
    ) -> None:
        part.entries.append(self.entries.entry(
            number=values["ledger_number"], verb=verb, noun=noun, id=values["id"],
            at=values["published_at"], payload=told, tracks=scope,
        ))  # fmt: skip


_maker: Maker


def _set_up(plan: Plan, world: World) -> None:
    global _maker
    import django

    django.setup()
    _maker = Maker(plan, world)


def _make(groups: range) -> Part:
    return _maker.part(groups)


def load_record(
    size: int, *, processes: int = 2, triggers: bool = True, say: Callable[[str], None] = print
) -> None:
    """Make a record of `size` statements in an empty, migrated database.

    `processes` 0 makes it all in this one. Without `triggers` nothing but unique keys and checks is
    enforced while copying, which takes the right to say so; what triggers write beside the rows is
    then written at the end. Much faster, and the same rows.
    """
    world = make_world(speakers=SPEAKERS if size >= WHOLE else FEW_SPEAKERS)
    if not triggers:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
    plan = Plan(size, before=world.acts)
    last = LedgerEntry.objects.order_by("-number").values_list("hash", flat=True)[0]
    maker, done, counted = Maker(plan, world), 0, 0
    for part in _parts(plan, world, processes=processes):
        last = _copy(maker, part, last)
        done += len(part.entries)
        # Triggers keep the plans of their first rows, made for tables that were empty, until these
        # are counted. Autovacuum does not count what one transaction loads.
        if triggers and done >= 2 * counted:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            counted = done
        if done // 100_000 != (done - len(part.entries)) // 100_000:
            say(f"  {done} of {plan.last - plan.before} acts")
    if not triggers:
        with connection.cursor() as cursor:
            cursor.execute("RESET session_replication_role")
            for sql in _PROJECTED:
                cursor.execute(sql)
    restart_ids()


def _shares(groups: int) -> Iterator[range]:
    begin, share = 0, _FIRST_SHARE
    while begin < groups:
        yield range(begin, min(begin + share, groups))
        begin, share = begin + share, min(2 * share, _SHARE)


def _parts(plan: Plan, world: World, *, processes: int) -> Iterator[Part]:
    shares = [*_shares(plan.groups)]
    if not processes:
        _set_up(plan, world)
        yield from map(_make, shares)
        return
    with ProcessPoolExecutor(processes, initializer=_set_up, initargs=(plan, world)) as pool:
        # A few ahead of what is copied, not all: each is some megabytes.
        waiting = [pool.submit(_make, share) for share in shares[: processes + 2]]
        for share in shares[len(waiting) :]:
            yield waiting.pop(0).result()
            waiting.append(pool.submit(_make, share))
        for one in waiting:
            yield one.result()


def _copy(maker: Maker, part: Part, last: str) -> str:
    """Copy a part in one transaction; returns the hash of its last entry."""
    # Links first: they may not be tied to what is published already.
    columns = {one.table: one.columns for some in maker.links.values() for one in some.values()}
    columns |= {rows.table: rows.columns for rows in maker.rows.values()}
    chained = []
    for line, content in part.entries:
        following = hashlib.sha256((last + content).encode()).hexdigest()
        chained.append(f"{line}\t{last}\t{following}\n")
        last = following
    copies = [*((table, columns[table], part.lines.get(table, ())) for table in columns),
              (LedgerEntry._meta.db_table, ENTRY_COLUMNS, chained)]  # fmt: skip
    connection.ensure_connection()
    with connection.connection.transaction(), connection.connection.cursor() as cursor:
        for table, names, lines in copies:
            if text := "".join(lines):
                into = f"{table} ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)})"
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    copy.write(text)
    return last


def restart_ids() -> None:
    """Let new rows come after those that are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE is_identity = 'YES' AND table_schema = 'public'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
                f' coalesce((SELECT max("{column}") FROM "{table}"), 0) + 1, false)'
            )
