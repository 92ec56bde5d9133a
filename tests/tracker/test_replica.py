"""Which requests read from the replica, and what happens where it fails.

The "replica" is a second connection to the test's own database: what the test has not committed is
not there, so an answer tells which of the two was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoDbBlocker

from negotiations.models import Officer
from negotiations.replicas import Standing
from tests import factories
from tests.api.office import issue
from tests.standing import undone
from tracker import replica_watch
from tracker.replica import ask

PARTIES, HEALTH = "/api/v1/parties/", "/api/v1/health/"
IN_USE = Standing(state="in_use", lag_seconds=0.5)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """A transaction in which a second connection is allowed, as pytest-django's own is not."""
    with undone(django_db_blocker):
        yield


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:  # noqa: ARG001
    """A site with a replica that is in use; the primary has a party that the replica lacks."""
    own = connections["default"].settings_dict
    monkeypatch.setitem(settings.DATABASES, "replica", {})
    monkeypatch.setitem(connections.settings, "replica", dict(own))
    monkeypatch.setattr(replica_watch.watch, "standing", IN_USE)
    factories.PartyFactory(code="KR")
    yield Client()
    ask("default")
    connections["replica"].close()
    del connections["replica"]


def _from_primary(client: Client, path: str = PARTIES, **headers: str) -> bool:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return bool(answer.json()["results"])


def test_a_public_read_is_asked_of_the_replica(site: Client) -> None:
    assert not _from_primary(site)
    assert connections["default"].alias == "default"


def test_who_has_a_token_or_a_session_is_told_what_they_wrote(site: Client) -> None:
    account = Officer.objects.create_user("kim", "kim@example.org")
    secret = issue(account.pk, ["read"])
    assert _from_primary(site, Authorization=f"Bearer {secret}")
    site.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert _from_primary(site)


@pytest.mark.parametrize("state", ["behind", "unreachable", "not_a_replica"])
def test_a_replica_that_is_not_fit_is_not_asked(
    site: Client, state: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = Standing(state=state, lag_seconds=None)
    monkeypatch.setattr(replica_watch.watch, "standing", standing)
    assert _from_primary(site)


@pytest.mark.parametrize("path", ["/desk/account/login/", "/ko/desk/", "/desk/drafts/"])
def test_the_desk_is_the_primary_s(site: Client, path: str) -> None:
    assert site.get(path).status_code < 400
    assert connections["replica"].connection is None


def test_what_fails_on_the_replica_is_asked_of_the_primary(site: Client) -> None:
    """A replica that is gone: answered all the same, and not tried again until it was seen."""
    connections["replica"].settings_dict["PORT"] = "1"
    connections["replica"].settings_dict["HOST"] = "127.0.0.1"
    assert _from_primary(site)
    assert replica_watch.watch.standing == Standing(state="unreachable", lag_seconds=None)


def test_what_has_not_reached_the_replica_is_found_at_the_primary(site: Client) -> None:
    """A new row, whose address somebody already has."""
    assert site.get("/api/v1/parties/KR/").status_code == 200
    assert site.get("/api/v1/parties/XX/").status_code == 404
    assert connections["default"].alias == "default"


def test_a_refusal_stands_where_the_primary_is_away(site: Client) -> None:
    primary = connections["default"]
    connections["default"] = connections.create_connection("default")
    connections["default"].settings_dict = {**primary.settings_dict, "NAME": "nowhere"}
    status = site.get("/api/v1/parties/KR/").status_code
    connections["default"] = primary
    assert status == 404


def test_one_question_too_much_does_not_close_the_replica(site: Client) -> None:
    """A cancelled statement (as by its recovery) is asked again; the next reader tries it anew."""

    def cancel(execute: Any, sql: str, *told: Any) -> Any:
        if "negotiations_party" in sql:
            execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", (), *told[1:])
        return execute(sql, *told)

    with connections["replica"].execute_wrapper(cancel):
        assert _from_primary(site)
    assert replica_watch.watch.standing == IN_USE
    # Another address, since the two have the same number here, and so the same tag.
    assert not _from_primary(site, f"{PARTIES}?limit=7")


def test_health_tells_of_both(site: Client) -> None:
    factories.enter()
    told = site.get(HEALTH).json()
    assert told["ledger_number"] == 1
    assert told["replica"] == {"state": "in_use", "lag_seconds": 1, "ledger_number": 0}


def test_health_is_well_while_the_replica_alone_can_be_read(site: Client) -> None:
    primary = connections["default"]
    connections["default"] = connections.create_connection("default")
    connections["default"].settings_dict = {**primary.settings_dict, "NAME": "nowhere"}
    answer = site.get(HEALTH)
    connections["default"] = primary
    assert (answer.status_code, answer.json()["database"]) == (200, "unreachable")
    assert answer.json()["ledger_number"] == 0


def test_what_is_written_to_is_no_replica(site: Client) -> None:  # noqa: ARG001
    """REPLICA_URL names the primary, or a replica that was promoted: its truth is another one."""
    watch = replica_watch.Watch()
    watch.look(at=1.0)
    assert watch.standing == Standing(state="not_a_replica", lag_seconds=None)


def test_a_watch_that_cannot_reach_it_says_so(site: Client) -> None:  # noqa: ARG001
    connections["replica"].settings_dict["NAME"] = "nowhere"
    watch = replica_watch.Watch()
    watch.look(at=1.0)
    assert watch.standing == Standing(state="unreachable", lag_seconds=None)


def test_without_a_replica_nothing_is_in_the_way(client: Client) -> None:
    assert "replica" not in settings.DATABASES
    assert isinstance(client.get("/api/v1/vocabulary/").wsgi_request, HttpRequest)
