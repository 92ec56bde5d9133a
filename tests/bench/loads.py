"""W7 and W9: a hundred thousand statements in, and out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.client import Ask
from tests.bench.load_once import LINES
from tests.bench.measure import Cost, Round
from tests.bench.servers import Place, Server
from tracker.local_place import CHECKOUT

_HUNDRED_THOUSAND = 100_000


def load_costs(place: Place, own: psycopg.Connection[Any], *, rounds: int) -> dict[str, Cost]:
    """W7: the same statements through the product's checks, and raw into the same tables.

    Each load is a process of its own, which says what it spent and what its backend spent.
    """
    from tests.bench.running import clear

    lines = place.folder / "statements.ndjson"
    _write_lines(own, lines)
    costs = {"parley": Cost(), "copy": Cost()}
    for number in range(rounds):
        for name in list(costs)[:: 1 if number % 2 else -1]:
            costs[name].seconds.append(_load(place, name, lines))
            clear(own)
    return costs


def _load(place: Place, name: str, lines: Path) -> float:
    environ = {
        **os.environ, "DATABASE_URL": place.url, "BROKER_URL": place.bench.broker,
        "DATABASE_LIMITS": "0", "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.bench.load_once", name, str(lines)]
    told = subprocess.run(
        command, cwd=CHECKOUT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.split()
    return float(told[-2]) * _HUNDRED_THOUSAND / int(told[-1])


def _write_lines(own: psycopg.Connection[Any], file: Path) -> None:
    """Statements of the record as lines of a batch: each with its quotation at its place."""
    rows = own.execute(
        "SELECT s.source_id, s.quotation, s.start, s.end, s.paraphrase_en, s.paraphrase_ko, p.slug,"
        " o.slug, s.said_on, s.zone, s.kind, s.language,"
        " array(SELECT y.code FROM negotiations_statement_parties l JOIN negotiations_party y"
        "   ON y.id = l.party_id WHERE l.statement_id = s.id),"
        " array(SELECT n.slug || '/' || t.slug FROM negotiations_statementtrack l"
        "   JOIN negotiations_track t ON t.id = l.track_id"
        "   JOIN negotiations_negotiation n ON n.id = t.negotiation_id"
        "   WHERE l.statement_id = s.id)"
        " FROM negotiations_statement s JOIN negotiations_office o ON o.id = s.office_id"
        " LEFT JOIN negotiations_person p ON p.id = s.speaker_id"
        " WHERE s.supersedes_id IS NULL AND NOT s.withdrawn AND s.published_at IS NOT NULL"
        " AND s.said_on ~ '^[0-9-]+$' ORDER BY s.id LIMIT %s",
        [LINES],
    ).fetchall()
    names = ("source", "quotation", "start", "end", "paraphrase_en", "paraphrase_ko", "speaker",
             "office_held", "said_on", "zone", "kind", "language", "parties_for",
             "tracks")  # fmt: skip
    with file.open("w") as out:
        for place in range(LINES):
            # A small record is loaded again and again.
            line = dict(zip(names, rows[place % len(rows)], strict=True))
            if not line["quotation"]:
                del line["start"], line["end"]
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def export_costs(
    own: psycopg.Connection[Any], servers: Sequence[Server], *, rounds: int
) -> dict[str, Cost]:
    """W9: statements as lines; seconds for a hundred thousand, whatever the size of the record."""
    paths = {
        "parley": "/api/v1/export/statements.ndjson",
        "plain": "/export/?limit=20000", "fastapi": "/export?limit=100000",
    }  # fmt: skip
    asked = [server for server in servers if server.name in paths]
    asks = {server.name: Ask(paths[server.name]) for server in asked}
    asked = [s for s in asked if s.client.ask(asks[s.name]).status == 200]
    if not any(server.name == "parley" for server in asked):
        return {}
    turn, costs = Round(own), {server.name: Cost() for server in asked}
    for _ in range(rounds):
        for server in asked:
            cost, (answer, *_) = turn.spend(server, [asks[server.name]])
            lines = answer.body.count(b"\n")
            costs[server.name].seconds.append(cost * _HUNDRED_THOUSAND / lines)
    return costs
