"""A server of webhook endpoints in a process of its own: well ones, hanging ones, failing ones.

`/well/…` answers 204 and is counted, `/hang/…` never answers, `/fail/…` answers 500. `GET /seen`
tells, as JSON, when (monotonic clock) each `webhook-id` first came to which well path.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

SEEN: dict[str, dict[str, float]] = {}


async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One request."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    path = first.split(" ")[1]
    headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
    await reader.readexactly(int(headers.get("content-length", "0")))
    if path.startswith("/hang/"):
        await asyncio.sleep(3600)
    status, body = "204 No Content", b""
    if path == "/seen":
        status, body = "200 OK", json.dumps(SEEN).encode()
    elif path.startswith("/fail/"):
        status = "500 Internal Server Error"
    else:
        SEEN.setdefault(path, {}).setdefault(headers.get("webhook-id", ""), time.monotonic())
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()
    writer.close()


async def main(port: int) -> None:
    """Serve until killed."""
    server = await asyncio.start_server(converse, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
