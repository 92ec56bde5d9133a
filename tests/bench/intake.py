"""`python -m tests.bench.intake`: how long it takes to take in 10,000 items of 50 feeds.

One worker, as `make run` has it: each feed is fetched from a server on this machine, read in a
process of its own, and its items become clippings. Every tenth item is another feed's print of a
story. Each feed has a port of its own, and so is a host of its own. FEEDS and ITEMS (of each)
change the numbers.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.bench.databases import Bench
from tracker.local_place import CHECKOUT

FEEDS, ITEMS = int(os.environ.get("FEEDS", "50")), int(os.environ.get("ITEMS", "200"))
NAME = "bench_intake"
_TEXT = (
    "tariff minister Seoul Washington currency swap investment talks agreed security treaty rice "
    "market cars ships reactor summit deadline trade office said would sign draft text statement "
    "관세 협상 장관 통화스와프 투자 안보 자동차 쌀 합의 정상회담 서명 초안 발표 외교부 대통령실"
)


class Feed(BaseHTTPRequestHandler):
    """Answers with the feed of its server."""

    def do_GET(self) -> None:
        """Send it."""
        body: bytes = self.server.feed  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def story(number: int) -> str:
    """A text of its own."""
    return " ".join(random.Random(number).choices(_TEXT.split(), k=60))


def feed(number: int) -> bytes:
    """The items of one feed; each tenth is a story that the feed before has, too."""
    items = []
    for at in range(ITEMS):
        own = number * ITEMS + at
        told = own - ITEMS + 1 if number and at % 10 == 0 else own
        items.append(
            f"<item><guid>g{own}</guid><title>{story(told)[:80]}</title>"
            f"<link>https://wire-{number}.example/{own}</link>"
            f"<pubDate>Tue, 14 Oct 2025 03:00:00 GMT</pubDate>"
            f"<description>{story(told)}</description></item>"
        )
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire {number}</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def main() -> None:
    """Make an empty record, add the feeds, poll them all, and print how long it took."""
    bench = Bench()
    bench.drop(NAME)
    bench.create(NAME)
    os.environ.update(DATABASE_URL=bench.url(NAME), BROKER_URL=bench.broker)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=CHECKOUT, check=True)
    servers = [_serve(number) for number in range(FEEDS)]
    os.environ["FETCH_ALLOW"] = ",".join(f"127.0.0.1:{one.server_port}" for one in servers)
    try:
        import django

        django.setup()
        _add(servers)
        _poll()
    finally:
        for server in servers:
            server.shutdown()
        bench.drop(NAME)


def _serve(number: int) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    server.feed = feed(number)  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _add(servers: list[ThreadingHTTPServer]) -> None:
    from django.utils import timezone

    from negotiations.operations.feeds import add_feed
    from tests.operations.desk import open_desk

    desk, now = open_desk(), timezone.now()
    for server in servers:
        url = f"http://127.0.0.1:{server.server_port}/"
        add_feed(by=desk.drafter, now=now, negotiation="talks", url=url)


def _poll() -> None:
    from django.utils import timezone

    from negotiations.intake.polling import poll_next
    from negotiations.models import Clipping, Feed, Reprint

    begun, polls = time.monotonic(), 0
    while poll_next(now=timezone.now()):
        polls += 1
    seconds = time.monotonic() - begun
    refused = list(Feed.objects.exclude(refusal="").values_list("refusal", flat=True))
    print(
        f"{Reprint.objects.count()} items of {polls} feeds in {seconds:.1f} s"
        f" ({Reprint.objects.count() / seconds:.0f} a second): {Clipping.objects.count()} clippings"
        + (f"; refused: {refused}" if refused else "")
    )


if __name__ == "__main__":
    main()
