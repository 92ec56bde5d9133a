"""The world outside, on this machine: a newspaper with feeds, and an endpoint of webhooks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_ITEM = """<item><guid isPermaLink="false">{key}</guid><title>{title}</title>
<link>{url}</link><description>{text}</description></item>"""
_FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>"""
_PAGE = """<html lang=en><head><title>{title}</title></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""


@dataclass
class Hook:
    """One post that arrived."""

    at: float
    headers: dict[str, str]
    body: bytes


@dataclass
class World:
    """Where it listens, what its newspaper has printed, and what its endpoint was told."""

    port: int = 0
    feeds: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    articles: dict[str, tuple[str, str]] = field(default_factory=dict)
    hooks: list[Hook] = field(default_factory=list)
    # By path: seconds to wait and status to answer with.
    sick: dict[str, tuple[float, int]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def pair(self) -> str:
        """What FETCH_ALLOW must name to reach it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path here."""
        return f"http://{self.pair}{path}"

    def print_story(self, feed: str, key: str, title: str, text: str) -> str:
        """Print an article and name it in a feed (`/feed/NAME`); its address."""
        path = f"/article/{key}"
        with self.lock:
            self.articles[path] = (title, text)
            self.feeds.setdefault(feed, {})[key] = (title, text)
        return self.url(path)

    def told(self) -> dict[str, list[Hook]]:
        """The posts by their webhook-id, in the order of their first arrival."""
        found: dict[str, list[Hook]] = {}
        with self.lock:
            for hook in self.hooks:
                found.setdefault(hook.headers["webhook-id"], []).append(hook)
        return found

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body of what is asked for."""
        with self.lock:
            if path in self.articles:
                title, text = self.articles[path]
                paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
                page = _PAGE.format(title=title, paragraphs=paragraphs)
                return 200, "text/html; charset=utf-8", page.encode()
            name = path.removeprefix("/feed/")
            if name in self.feeds:
                items = "".join(
                    _ITEM.format(key=key, title=title, text=text, url=self.url(f"/article/{key}"))
                    for key, (title, text) in self.feeds[name].items()
                )
                whole = _FEED.format(title=name, items=items)
                return 200, "application/rss+xml", whole.encode()
        return 404, "text/plain", b"nothing here"


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(*world.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            seconds, status = world.sick.get(self.path, (0.0, 204))
            time.sleep(seconds)
            with world.lock:
                world.hooks.append(Hook(time.time(), {**headers, ":path": self.path}, body))
            self._say(status, "text/plain", b"")

        def _say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            """Say nothing."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Killed workers hang up; that is no news here."""


@contextmanager
def world() -> Iterator[World]:
    """A world for as long as this lasts."""
    made = World()
    with _Server(("127.0.0.1", 0), _handler(made)) as server:
        made.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
