"""What the tests of dispatch share: a desk, endpoints on this machine, webhooks to them."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from negotiations.api.outgoing import told_acts
from negotiations.dispatch.webhooks import deliver_next, tell_acts
from negotiations.models import Attempt, Delivery, Subscription
from negotiations.operations import webhooks
from tests.loopback import Loopback, reply, serving
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk

__all__ = ["db", "desk", "opened_desk"]

SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
OK = reply(b"thank you", kind="text/plain")


@dataclass(frozen=True)
class Received:
    """One post as an endpoint got it."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Its `webhook-id`."""
        return self.headers["webhook-id"]


@dataclass
class Endpoints:
    """A server that answers posts by path as a test says, and keeps what came."""

    server: Loopback
    received: list[Received] = field(default_factory=list)

    def answers(self, path: str, *answers: bytes) -> str:
        """The address of a path that gives these answers in turn, the last one for ever."""
        ahead = list(answers)

        def answer(peer: socket.socket) -> None:
            self.received.append(_read(peer, self.server.requests[-1]))
            peer.sendall(ahead.pop(0) if len(ahead) > 1 else ahead[0])

        self.server.answers[path] = answer
        return self.server.url(path)

    def at(self, path: str) -> list[Received]:
        """What came to a path."""
        return [one for one in self.received if one.path == path]


def _read(peer: socket.socket, request: str) -> Received:
    head, _, begun = request.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    body = begun.encode("latin-1")
    while len(body) < int(headers["content-length"]):
        body += peer.recv(65536)
    return Received(first.split(" ")[1], headers, body)


@pytest.fixture
def endpoints(settings: Any) -> Iterator[Endpoints]:
    """Endpoints on this machine that webhooks may reach."""
    with serving() as server:
        settings.FETCH_ALLOW = [f"127.0.0.1:{server.port}"]
        yield Endpoints(server)


def webhook(desk: Desk, url: str, **fields: Any) -> int:
    """The id of a webhook of the first officer's, who is a superuser; the ledger is read on."""
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    made = webhooks.subscribe(
        **{
            "by": desk.drafter, "now": NOW, "name": "Wire", "url": url, "secret": SECRET,
            "allow": frozenset({("127.0.0.1", port)}), **fields,
        }
    )  # fmt: skip
    tell(NOW)
    return made


def tell(now: datetime | None = None) -> int:
    """Make deliveries of the acts that are new; now, as the desk's pages have it, by default."""
    return tell_acts(now=now or datetime.now(UTC), render=told_acts, sweep=True)


def work(now: datetime | None = None, *, seconds: float = 5) -> datetime:
    """Tell and send all that is due at an instant; the instant."""
    now = now or datetime.now(UTC)
    tell(now)
    while deliver_next(now=now, seconds=seconds) or _waits(now):
        pass
    return now


def _waits(now: datetime) -> bool:
    return tell(now) > 0


def row(id: int) -> Subscription:
    """A webhook as the database has it."""
    return Subscription.objects.get(pk=id)


def tries(id: int) -> list[tuple[int | None, str]]:
    """Status and refusal of all attempts of a webhook, in order."""
    attempts = Attempt.objects.filter(delivery__subscription=id).order_by("pk")
    return list(attempts.values_list("status", "refusal"))


def pending(id: int) -> int:
    """How many deliveries of a webhook wait."""
    return Delivery.objects.filter(subscription=id, done_at__isnull=True).count()
