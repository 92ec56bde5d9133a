"""A real replica beside a real primary: read, held up, killed, back; and the primary gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests.tracker.conftest import CHECKOUT, Folder, wait_for
from tests.tracker.nodes import CHECKS, PASSWORD, Node, node, own_folder, prepared, token
from tests.tracker.standby import Standby, standing_by

pytestmark = pytest.mark.drill
LIST = "/api/v1/statements/?limit=3"
READS = (
    "/", "/ko/", "/rok-us/", "/rok-us/currency-swap/", "/changes/", "/corrections/", "/vocabulary/",
    "/people/cho-hyun/", "/api/docs/", "/api/v1/negotiations/",
    "/api/v1/negotiations/rok-us/board/",
    "/api/v1/negotiations/rok-us/tracks/currency-swap/timeline/", LIST, "/api/v1/sources/",
    "/api/v1/people/", "/api/v1/parties/", "/api/v1/publishers/", "/api/v1/status-changes/",
    "/api/v1/positions/", "/api/v1/linkages/", "/api/v1/milestones/",
    "/api/v1/accounts/", "/api/v1/changes/",
    "/api/v1/corrections/",
)  # fmt: skip


@dataclass
class Site:
    """A node on a primary with a replica, and what an officer needs there."""

    node: Node
    standby: Standby
    environ: dict[str, str]
    secret: str

    def publish(self) -> int:
        """A public act; its number."""
        told = self.node.ask(CHECKS, "POST", b"{}", Content_Type="application/json", **self.bearer)
        assert told.status == 201, told.body
        return int(told.json["number"])

    @property
    def bearer(self) -> dict[str, str]:
        """The header of who has a token."""
        return {"Authorization": f"Bearer {self.secret}"}

    def number(self, **headers: str) -> int:
        """The newest number that a reader is told: it stands in front of the tag."""
        tag = self.node.ask(LIST, **headers).headers["ETag"]
        return int(tag.removeprefix('W/"').partition("-")[0])

    def replica(self) -> Any:
        """What health says of it."""
        return self.node.health()["replica"]

    def settles(self, state: str) -> None:
        """Wait until all processes of the node see it so: each looks for itself."""
        wait_for(lambda: all(self.replica()["state"] == state for _ in range(9)))


@pytest.fixture(scope="module")
def folder() -> Iterator[Folder]:
    """Where the primary is."""
    with own_folder() as made:
        yield made


@pytest.fixture(scope="module")
def site(folder: Folder) -> Iterator[Site]:
    """All of it on this machine, with two processes; the replica may be eight seconds behind."""
    environ = prepared(folder, DEBUG="1", REPLICA_LAG="8")
    secret = token(environ)
    with psycopg.connect(environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute((CHECKOUT / "tracker/deploy/reader.sql").read_text())
    with standing_by(folder) as standby:
        with_replica = environ | {"REPLICA_URL": standby.url}
        with node(with_replica, folder.path / "web.log") as web:
            made = Site(web, standby, environ, secret)
            made.settles("in_use")
            yield made


def test_who_reads_is_told_by_the_replica_and_who_writes_by_the_primary(site: Site) -> None:
    before = site.publish()
    wait_for(lambda: site.number() == before)
    copy = site.node.ask(LIST).headers["ETag"]

    site.standby.execute("SELECT pg_wal_replay_pause()")
    now = site.publish()
    # Readers are told the old number with the old rows, and their copies hold …
    assert site.number() == before
    assert site.node.ask(LIST, If_None_Match=copy).status == 304
    # … while a script and an officer see what was written.
    assert site.number(**site.bearer) == now
    assert site.number(Cookie=_signed_in(site)) == now
    told = site.replica()
    assert (told["ledger_number"], site.node.health()["ledger_number"]) == (before, now)

    # Too far behind, it is read no more; nobody is told that anything was wrong.
    site.settles("behind")
    assert site.number() == now
    assert site.replica()["lag_seconds"] > 8

    site.standby.execute("SELECT pg_wal_replay_resume()")
    site.settles("in_use")
    wait_for(lambda: {site.replica()["lag_seconds"] for _ in range(9)} <= {0, 1})
    assert (site.replica()["ledger_number"], site.number()) == (now, now)


def test_no_reader_notices_that_the_replica_fails(site: Site) -> None:
    statuses = {site.node.ask(path).status for path in READS}
    site.standby.stop()
    statuses |= {site.node.ask(path).status for path in READS * 3}
    assert statuses == {200}
    site.settles("unreachable")
    assert site.replica() == {"state": "unreachable", "lag_seconds": None, "ledger_number": None}
    now = site.publish()
    assert site.number() == now

    site.standby.start()
    site.settles("in_use")
    assert site.replica()["ledger_number"] == now
    assert {site.node.ask(path).status for path in READS} == {200}


def test_readers_read_on_while_the_primary_is_away(site: Site, folder: Folder) -> None:
    """From the replica alone, as an account that may read nothing but the record.

    The last of these tests: it leaves no primary.
    """
    now = site.publish()
    wait_for(lambda: site.number() == now)
    with psycopg.connect(site.standby.url) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT password FROM negotiations_officer")
    for user in folder.users:
        user.leave()
    wait_for(folder.is_quiet)
    assert {path: site.node.ask(path).status for path in READS} == dict.fromkeys(READS, 200)
    assert site.number() == now
    health = site.node.health()
    assert (health["ok"], health["database"], health["ledger_number"]) == (True, "unreachable", now)
    assert site.replica() == {"state": "in_use", "lag_seconds": None, "ledger_number": now}
    assert site.node.ask(LIST, **site.bearer).status == 503


def _signed_in(site: Site) -> str:
    """The cookie of an officer's session."""
    form = "/desk/account/login/"
    guard = site.node.ask(form).cookie("parley_csrf")
    sent = f"login=kim&password={PASSWORD.replace(' ', '+')}&csrfmiddlewaretoken="
    sent += guard.partition("=")[2]
    kind = "application/x-www-form-urlencoded"
    told = site.node.ask(form, "POST", sent.encode(), Cookie=guard, Content_Type=kind)
    return told.cookie("parley_session")
