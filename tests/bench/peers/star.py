"""Litestar + msgspec over the same SQL: FastAPI's faster sister."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, get

from tests.bench.peers.by_hand import Rows

rows = Rows()


@get("/statements")
async def statements(track: int, before: str | None = None) -> dict[str, Any]:
    """A page of a track."""
    return {"results": await rows.of_track(track, before)}


@get("/search")
async def search(q: str, negotiation: int, since: str, to: str) -> dict[str, Any]:
    """The fifty best."""
    return {"results": await rows.search(q, negotiation, since, to)}


@get("/readings")
async def readings(negotiation: int, on: str, known_by: str, as_of: str) -> dict[str, Any]:
    """A board."""
    return {"results": await rows.readings(negotiation, on, known_by, as_of)}


app = Litestar([statements, search, readings], on_startup=[rows.open], openapi_config=None)
