"""FastAPI + asyncpg, SQL by hand, orjson: what a competent author writes who wants it fast."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from fastapi import FastAPI, Header, Request, Response
from fastapi.responses import StreamingResponse

from tests.bench.peers.by_hand import Rows

rows = Rows()


@asynccontextmanager
async def _open(_: FastAPI) -> AsyncIterator[None]:
    await rows.open()
    yield


app = FastAPI(lifespan=_open, openapi_url=None)


def _json(results: Any, status: int = 200) -> Response:
    body = orjson.dumps({"results": results})
    return Response(body, status_code=status, media_type="application/json")


@app.get("/statements")
async def statements(track: int, before: str | None = None) -> Response:
    """A page of a track."""
    return _json(await rows.of_track(track, before))


@app.get("/search")
async def search(q: str, negotiation: int, since: str, to: str) -> Response:
    """The fifty best."""
    return _json(await rows.search(q, negotiation, since, to))


@app.get("/readings")
async def readings(negotiation: int, on: str, known_by: str, as_of: str) -> Response:
    """A board."""
    return _json(await rows.readings(negotiation, on, known_by, as_of))


@app.get("/export")
async def export(limit: int = 100_000) -> StreamingResponse:
    """Statements, a line each, a thousand lines a piece."""

    async def lines() -> AsyncIterator[bytes]:
        piece: list[bytes] = []
        async for row in rows.export(limit):
            piece.append(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            if len(piece) == 1000:
                yield b"".join(piece)
                piece.clear()
        yield b"".join(piece)

    return StreamingResponse(lines(), media_type="application/x-ndjson")


@app.post("/statements")
async def write(request: Request, authorization: str = Header()) -> Response:
    """A new statement."""
    made = await rows.write(
        authorization.removeprefix("Token "), orjson.loads(await request.body())
    )
    return _json({"id": made}, 201) if made else _json("no such token", 401)
