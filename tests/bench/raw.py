"""The rows of W7 as COPY reads them: what a loader without checks would send."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from negotiations.models import Statement, StatementTrack
from tests.bench.making.rows import Links, Rows
from tests.bench.making.world import read_world


def write_raw(connection: Any, lines: Path, *, count: int) -> None:
    """Write a text for each table beside `lines`, in the order in which triggers let them in.

    Ids come from the sequences first, so that the links know them.
    """
    world = read_world()
    people = {slug: id for id, slug, *_ in world.speakers}
    offices = {slug: id for *_, id, slug in world.speakers}
    tracks = {path: id for id, path, _ in world.tracks}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('negotiations_statement', 'id'))"
            " FROM generate_series(1, %s)", [count],
        )  # fmt: skip
        ids = [id for (id,) in cursor.fetchall()]
        cursor.execute("SELECT source_id, max(id) FROM negotiations_snapshot GROUP BY 1")
        snapshots = dict(cursor.fetchall())
    rows, ties, parties = Rows(Statement), Rows(StatementTrack), Links(Statement, "parties")
    # Without its id a tie gets the next one.
    ties.names.remove("id")
    ties.columns.remove("id")
    texts: dict[str, list[str]] = defaultdict(list)
    now = datetime.now(UTC)
    with lines.open() as file:
        for place, text in enumerate(file):
            line, id = json.loads(text), ids[place]
            office = offices[line["office_held"]]
            day = date.fromisoformat(line["said_on"])
            texts["statement"].append(rows.line({
                "id": id, "source_id": line["source"], "quotation": line["quotation"],
                "snapshot_id": snapshots[line["source"]] if line["quotation"] else None,
                "start": line.get("start"), "end": line.get("end"), "chain": UUID(int=id),
                "paraphrase_en": line["paraphrase_en"], "paraphrase_ko": line["paraphrase_ko"],
                "speaker_id": people.get(line["speaker"]), "office_id": office,
                "said_on": line["said_on"], "said_lower": day, "said_upper": day,
                "zone": line["zone"], "kind": line["kind"], "modality": "asserted",
                "attribution": "on_record", "credibility": "6", "language": line["language"],
                "drafted_by_id": world.officers[0], "drafted_at": now,
            }))  # fmt: skip
            links = [world.parties[code] for code in line["parties_for"]]
            texts["parties"].append(parties.lines(id, links))
            texts["ties"] += [
                ties.line({"statement_id": id, "track_id": tracks[path], "said_lower": day,
                           "said_upper": day})
                for path in line["tracks"]
            ]  # fmt: skip
    heads = {"statement": (rows.table, rows.columns), "parties": (parties.table, parties.columns),
             "ties": (ties.table, ties.columns)}  # fmt: skip
    for number, (name, (table, columns)) in enumerate(heads.items()):
        named = ", ".join(f'"{column}"' for column in columns)
        file_name = lines.parent / f"raw-{number}.copy"
        file_name.write_text(f"{table} ({named})\n" + "".join(texts[name]))
