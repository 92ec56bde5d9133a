"""The works W1 to W9 as requests: for each server the same questions, in its own words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import psycopg

from negotiations.queries.cursors import write_cursor
from tests.bench.client import Ask
from tests.bench.copies import PLAIN_TOKEN
from tests.bench.making.words import rare_pair
from tests.bench.making.world import NEGOTIATION, TOKENS

API = "/api/v1"
_PRODUCT = ("parley", "parley-kept")
Asks = dict[str, list[Ask]]
# Datasette goes on after a sort key and, among equal ones, an id; ours has no equals.
_LAST = 10**12
_STANDING = """
    FROM negotiations_statementtrack k JOIN negotiations_statement s ON s.id = k.statement_id
    WHERE k.track_id = %s AND s.published_at IS NOT NULL AND NOT s.withdrawn
        AND NOT EXISTS (SELECT FROM negotiations_statement n WHERE n.supersedes_id = s.id)
"""
_FREQUENT = (
    "tariff reduction", "trade talks", "security agreement", "minister investment",
    "export market", "tariff minister", "talks agreement", "automobile tariff",
)  # fmt: skip
_KOREAN = ("조현", "관세", "통화스와프", "관세 협상", "통화스와프 한도", "대미 투자")


@dataclass(frozen=True, slots=True)
class Middle:
    """The statement in the middle of a track's list: its place, and what cursors are made of."""

    place: int
    lower: date
    upper: date
    number: int


@dataclass(frozen=True, slots=True)
class Work:
    """One work: what is asked of each server, and what every answer must hold alike."""

    key: str
    title: str
    asks: Asks
    # Reads from an answer what those of all servers must agree on; None where they need not.
    alike: Callable[[str, Any], Any] | None = None


class Works:
    """The works on one record."""

    def __init__(self, own: psycopg.Connection[Any], name: str, *, count: int) -> None:
        """On the database of that name, with at most `count` different questions a work."""
        self.own, self.name, self.count = own, name, count
        rows = own.execute(
            "SELECT t.id, t.slug, n.id FROM negotiations_track t JOIN negotiations_negotiation n"
            " ON n.id = t.negotiation_id WHERE n.slug = %s ORDER BY t.id",
            [NEGOTIATION],
        ).fetchall()
        # Spread over the sizes of tracks, also where not all are asked about.
        self.tracks = [(id, slug) for id, slug, _ in rows][:: max(len(rows) // count, 1)]
        self.negotiation = rows[0][2]

    def newest(self) -> Work:
        """W1: the newest fifty statements of a track."""
        asks: Asks = {name: [Ask(self._statements(slug)) for _, slug in self.tracks]
                      for name in _PRODUCT}  # fmt: skip
        asks["plain"] = [Ask(f"/api/statements/?track={id}") for id, _ in self.tracks]
        for name in ("fastapi", "litestar"):
            asks[name] = [Ask(f"/statements?track={id}") for id, _ in self.tracks]
        asks["datasette"] = [Ask(self._copied(id)) for id, _ in self.tracks]
        return Work("W1", "newest 50 statements of a track", asks, ids)

    def middle(self) -> Work:
        """W2: fifty from the middle of a track's list."""
        middles = [(id, slug, self._middle(id)) for id, slug in self.tracks]
        asks: Asks = {name: [Ask(self._statements(slug, cursor=write_cursor(
            name="statements", key=(m.lower, m.upper, m.number)))) for _, slug, m in middles]
            for name in _PRODUCT}  # fmt: skip
        asks["plain"] = [Ask(f"/api/statements/?track={id}&offset={m.place + 1}")
                         for id, _, m in middles]  # fmt: skip
        for name in ("fastapi", "litestar"):
            asks[name] = [Ask(f"/statements?track={id}&before={m.lower},{m.upper},{m.number}")
                          for id, _, m in middles]  # fmt: skip
        asks["datasette"] = [
            Ask(self._copied(id, _next=f"{m.lower}~2F{m.upper}~2F{m.number:09},{_LAST}"))
            for id, _, m in middles
        ]
        return Work("W2", "50 from the middle of the list", asks, ids)

    def search(self, key: str) -> Work:
        """W3: two words, in one negotiation and a range of days; rare ones, and Korean ones."""
        words = {
            "W3": _FREQUENT,
            "W3-rare": tuple(" ".join(rare_pair(number, "en")) for number in range(8)),
            "W3-korean": _KOREAN,
        }[key]
        turns = [(q, *_days(turn)) for turn, q in enumerate(words * 3)][: self.count]
        asks: Asks = {name: [Ask(f"{API}/search/?" + urlencode({
            "q": q, "noun": "statement", "negotiation": NEGOTIATION, "said_from": since,
            "said_to": to, "limit": 50}))
            for q, since, to in turns] for name in _PRODUCT}  # fmt: skip
        if key != "W3-korean":
            asks["plain"] = [Ask("/api/search/?" + urlencode({
                "q": q, "negotiation": self.negotiation, "from": since, "to": to}))
                for q, since, to in turns]  # fmt: skip
            for name in ("fastapi", "litestar"):
                asks[name] = [Ask("/search?" + urlencode({
                    "q": q, "negotiation": self.negotiation, "since": since, "to": to}))
                    for q, since, to in turns]  # fmt: skip
            asks["datasette"] = [Ask(f"/{self.name}/search.json?_shape=array&" + urlencode({
                "q": q, "since": since, "to": to})) for q, since, to in turns]  # fmt: skip
        title = {"W3": "two frequent words", "W3-rare": "two rare words",
                 "W3-korean": "Korean words"}[key]  # fmt: skip
        return Work(key, f"search: {title}", asks)

    def page(self) -> Work:
        """W4: a track as a page."""
        asks: Asks = {name: [Ask(f"/{NEGOTIATION}/{slug}/") for _, slug in self.tracks]
                      for name in _PRODUCT}  # fmt: skip
        asks["plain"] = [Ask(f"/tracks/{id}/") for id, _ in self.tracks]
        return Work("W4", "HTML page of a track", asks)

    def board(self) -> Work:
        """W8: where all 48 tracks stand, under three clocks."""
        asked = [self._clocks(turn) for turn in range(min(self.count, 24))]
        asks: Asks = {name: [Ask(f"{API}/negotiations/{NEGOTIATION}/board/?{urlencode(clocks)}")
                             for clocks in asked] for name in _PRODUCT}  # fmt: skip
        own = [urlencode({**clocks, "negotiation": self.negotiation}) for clocks in asked]
        asks["plain"] = [Ask(f"/api/readings/?{words}") for words in own]
        for name in ("fastapi", "litestar"):
            asks[name] = [Ask(f"/readings?{words}") for words in own]
        return Work("W8", "board of 48 tracks under three clocks", asks, readings)

    def write(self, turn: int) -> Work:
        """W6: a statement with its quotation; the keys of no two turns are the same."""
        rows = self.own.execute(
            "SELECT s.source_id, s.snapshot_id, s.quotation, s.start, s.end, p.id, p.slug, o.id,"
            " o.slug, s.zone, s.kind, s.language, l.party_id, y.code, k.track_id, t.slug"
            " FROM negotiations_statement s JOIN negotiations_person p ON p.id = s.speaker_id"
            " JOIN negotiations_office o ON o.id = s.office_id"
            " JOIN negotiations_statement_parties l ON l.statement_id = s.id"
            " JOIN negotiations_party y ON y.id = l.party_id"
            " JOIN negotiations_statementtrack k ON k.statement_id = s.id"
            " JOIN negotiations_track t ON t.id = k.track_id AND t.negotiation_id = %s"
            " WHERE s.quotation <> '' AND s.published_at IS NOT NULL ORDER BY s.id LIMIT %s",
            [self.negotiation, self.count],
        ).fetchall()
        asks: Asks = {name: [] for name in (*_PRODUCT, "plain", "fastapi")}
        for place, row in enumerate(rows):
            for name in asks:
                asks[name].append(_sent(name, row, f"{turn}-{place}-{name}"))
        return Work("W6", "one authenticated statement written", asks)

    def _statements(self, slug: str, **more: str) -> str:
        return f"{API}/statements/?" + urlencode({
            "negotiation": NEGOTIATION, "track": slug, "limit": 50, **more})  # fmt: skip

    def _copied(self, track: int, **more: str) -> str:
        words = "&".join(f"{name}={quote(value, safe='~,')}" for name, value in more.items())
        return (f"/{self.name}/timeline.json?track_id__exact={track}&_sort_desc=sort&_size=50"
                f"&_nocount=1&_nofacet=1&_nosuggest=1&_shape=objects&{words}")  # fmt: skip

    def _middle(self, track: int) -> Middle:
        (count,) = self.own.execute(f"SELECT count(*) {_STANDING}", [track]).fetchone()  # type: ignore[misc]
        row = self.own.execute(
            f"SELECT k.said_lower, k.said_upper, k.ledger_number {_STANDING}"
            " ORDER BY k.said_lower DESC, k.said_upper DESC, k.ledger_number DESC"
            " OFFSET %s LIMIT 1",
            [track, count // 2],
        ).fetchone()
        assert row is not None
        return Middle(count // 2, *row)

    def _clocks(self, turn: int) -> dict[str, str]:
        day = date(2024, 4, 1) + timedelta(days=37 * turn)
        return {
            "on": f"{day}",
            "known_by": f"{day}",
            "as_of": f"{day + timedelta(days=5)}T00:00:00Z",
        }


def _days(turn: int) -> tuple[str, str]:
    since = date(2023, 10, 1) + timedelta(days=29 * turn)
    return f"{since}", f"{since + timedelta(days=365)}"


def _sent(name: str, row: Any, key: str) -> Ask:
    (source, snapshot, words, start, end, person, slug, office, office_slug, zone, kind, language,
     party, code, track, track_slug) = row  # fmt: skip
    common = {"source": source, "quotation": words, "start": start, "end": end, "zone": zone,
              "said_on": "2026-09-30", "kind": kind, "language": language}  # fmt: skip
    if name in _PRODUCT:
        body = {**common, "speaker": slug, "office_held": office_slug, "parties_for": [code],
                "tracks": [f"{NEGOTIATION}/{track_slug}"]}  # fmt: skip
        headers = {"Authorization": f"Bearer {TOKENS['drafter']}", "Idempotency-Key": key}
        path = f"{API}/statements/"
    else:
        body = {**common, "snapshot": snapshot, "speaker": person, "office": office,
                "parties": [party], "tracks": [track], "said_lower": "2026-09-30",
                "said_upper": "2026-09-30", "modality": "asserted", "attribution": "on_record",
                "credibility": "2", "drafted_at": "2026-10-01T00:00:00Z"}  # fmt: skip
        headers = {"Authorization": f"Token {PLAIN_TOKEN}"}
        path = "/api/statements/" if name == "plain" else "/statements"
    headers["Content-Type"] = "application/json"
    return Ask(path, headers, "POST", json.dumps(body).encode())


def ids(name: str, told: Any) -> list[int]:
    """The ids of the statements of a page, in their order."""
    rows = told["rows"] if name == "datasette" else told["results"]
    return [row["statement_id" if name == "datasette" else "id"] for row in rows]


def readings(name: str, told: Any) -> list[int]:
    """The ids of the readings of a board."""
    if name == "plain":
        return sorted(row["id"] for row in told)
    if name not in _PRODUCT:
        return sorted(row["reading_id"] for row in told["results"])
    states = [row["state"] for row in told["rows"]]
    latest = [state["latest"] for state in states]
    latest += [reading["latest"] for state in states for reading in state["readings"]]
    return sorted(one["id"] for one in latest if one is not None)
