"""Two web nodes behind the documented nginx: one site, whoever answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

import pytest

from tests.browser.site import run
from tests.tracker.conftest import wait_for
from tests.tracker.nodes import (
    CHECKS,
    PASSWORD,
    Answer,
    Door,
    Node,
    node,
    own_folder,
    prepared,
    token,
)
from tests.tracker.proxy import NGINX, Proxy, proxied

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: nginx-light)"),
]
LOGIN, RESET = "/desk/account/login/", "/desk/account/password/reset/"
LIST, PAGE = "/api/v1/statements/?limit=3", "/rok-us/currency-swap/"


@dataclass
class Farm:
    """Two nodes, each with static files of its own, and nginx in front."""

    nodes: list[Node]
    proxy: Proxy
    bearer: dict[str, str]

    def send(self, door: Door, path: str, cookies: str = "", **fields: str) -> Answer:
        """A form, sent to a node as nginx hands it on, or to nginx itself."""
        origin = self.proxy.origin
        handed = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.7"}
        headers = {
            "Host": origin.removeprefix("https://"),
            "Origin": origin,
            "Cookie": cookies,
            "Content_Type": "application/x-www-form-urlencoded",
            **(handed if door in self.nodes else {}),
        }
        return door.ask(path, "POST", urlencode(fields).encode(), **headers)

    def guard(self, door: Door) -> str:
        """The cookie that guards forms."""
        headers = {"X_Forwarded_Proto": "https"} if door in self.nodes else {}
        return door.ask(LOGIN, **headers).cookie("parley_csrf")


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    """All of it on this machine."""
    with own_folder() as folder:
        here = folder.path / "site"
        here.mkdir()
        shared = {"EXPORT_ROOT": str(here / "exports"), "EXPORT_ACCEL": "/exports/"}
        # Counted here, as it is not in other tests, and more than these can use up.
        limits = {"RATE_ANONYMOUS": "6000/min", "RATE_TOKEN": "6000/min"}
        environ = prepared(folder, BEHIND_HTTPS="1", DEBUG="0", **shared, **limits)
        run([sys.executable, "manage.py", "export"], environ)
        secret = token(environ)
        environs = [environ | {"STATIC_ROOT": str(here / name)} for name in ("one", "other")]
        for one in environs:
            run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], one)
        with (
            node(environs[0], here / "1.log") as first,
            node(environs[1], here / "2.log") as second,
        ):
            nodes = [first, second]
            with proxied(nodes, static=here / "one", folder=here) as proxy:
                yield Farm(nodes, proxy, {"Authorization": f"Bearer {secret}"})


def _cache(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.headers["X-Cache"]


def test_a_session_that_one_node_opened_is_good_at_the_other(farm: Farm) -> None:
    """The form of one node is taken by the other; and nginx may ask whichever it likes."""
    first, second = farm.nodes
    guard = farm.guard(first)
    told = {"login": "kim", "password": PASSWORD, "csrfmiddlewaretoken": guard.partition("=")[2]}
    answer = farm.send(second, LOGIN, guard, **told)
    assert answer.status == 302
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
    session = answer.cookie("parley_session")
    told_by = [farm.proxy.ask("/desk/", Cookie=session) for _ in range(6)]
    assert {(one.status, one.headers["Cache-Control"]) for one in told_by} == {
        (200, "private, no-store")
    }


def test_wrong_passwords_count_together_whatever_a_client_says_of_itself(farm: Farm) -> None:
    """Five of them, at both nodes in turn, from one address that claims to be many."""
    guard = farm.guard(farm.proxy)
    token = guard.partition("=")[2]
    statuses = []
    for number in range(6):
        headers = {"Cookie": guard, "Origin": farm.proxy.origin,
                   "Content_Type": "application/x-www-form-urlencoded",
                   "X_Forwarded_For": f"192.0.2.{number}"}  # fmt: skip
        told = urlencode({"login": "lee", "password": "wrong", "csrfmiddlewaretoken": token})
        statuses.append(farm.proxy.ask(LOGIN, "POST", told.encode(), **headers).status)
    assert statuses[-1] == 429
    assert statuses[:4] == [200] * 4


def test_what_valkey_counts_counts_at_both_nodes(farm: Farm) -> None:
    """Letters for one account: so many a minute, whichever node is asked."""
    statuses = []
    for door in farm.nodes * 4:
        guard = farm.guard(door)
        given = {"email": "kim@example.org", "csrfmiddlewaretoken": guard.partition("=")[2]}
        statuses.append(farm.send(door, RESET, guard, **given).status)
    assert statuses[0] == 302
    assert 429 in statuses
    assert statuses == sorted(statuses)


def test_both_nodes_name_the_same_static_files_and_nginx_serves_them(farm: Farm) -> None:
    pages = [door.ask("/about/", X_Forwarded_Proto="https").body.decode() for door in farm.nodes]
    sheets = [set(re.findall(r'/static/[^"]+', page)) for page in pages]
    assert sheets[0] == sheets[1] != set()
    for path in sheets[0]:
        answer = farm.proxy.ask(path, Accept_Encoding="gzip")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "X-Cache" not in answer.headers
    sheet = next(path for path in sheets[0] if path.endswith(".css"))
    assert farm.proxy.ask(sheet, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", [f"{PAGE}?utm_source=drill", f"{LIST}&track=currency-swap"])
def test_a_public_answer_is_made_once_and_renewed_behind_the_readers_back(
    farm: Farm, path: str
) -> None:
    """Each encoding for itself; a copy that is too old is handed out while the next is made."""
    first, again = farm.proxy.ask(path), farm.proxy.ask(path)
    assert (_cache(first), _cache(again)) == ((200, "MISS"), (200, "HIT"))
    assert (first.body, first.headers["ETag"]) == (again.body, again.headers["ETag"])
    # What one reader has left of the limit is no other's.
    assert ("RateLimit" in first.headers, "RateLimit" in again.headers) == (
        path[:5] == "/api/",
        False,
    )
    packed = [farm.proxy.ask(path, Accept_Encoding="gzip") for _ in range(2)]
    assert [_cache(one) for one in packed] == [(200, "MISS"), (200, "HIT")]
    assert packed[1].headers["Content-Encoding"] == "gzip"
    held = farm.proxy.ask(path, If_None_Match=first.headers["ETag"])
    assert (held.status, held.body) == (304, b"")
    seen: list[str] = []
    wait_for(lambda: seen.append(_cache(farm.proxy.ask(path))[1]) or seen[-1] != "HIT")
    assert seen[-1] == "STALE"
    wait_for(lambda: _cache(farm.proxy.ask(path)) == (200, "HIT"))


def test_a_request_goes_by_one_name_at_nginx_and_behind_it(farm: Farm) -> None:
    own = [farm.proxy.ask("/", X_Request_ID=name).headers["X-Request-ID"]
           for name in ("mine-1", "not; a name")]  # fmt: skip
    assert own[0] == "mine-1"
    assert re.fullmatch("[0-9a-f]{32}", own[1])


def test_what_is_private_never_comes_from_a_copy_nor_into_one(farm: Farm) -> None:
    path = f"{LIST}&party=KR"
    for _ in range(2):
        own = farm.proxy.ask(path, **farm.bearer)
        assert _cache(own) == (200, "BYPASS")
        assert own.headers["Cache-Control"] == "private, no-store"
    assert _cache(farm.proxy.ask(path)) == (200, "MISS")
    assert _cache(farm.proxy.ask(path, **farm.bearer)) == (200, "BYPASS")
    assert _cache(farm.proxy.ask(path, Authorization="Bearer parley_wrong")) == (401, "BYPASS")
    assert _cache(farm.proxy.ask(path)) == (200, "HIT")
    known = [farm.proxy.ask(PAGE, Cookie="parley_session=x") for _ in range(2)]
    assert [_cache(one) for one in known] == [(200, "BYPASS")] * 2
    for refused in ("/nowhere/", "/api/v1/statements/?colour=red", LOGIN, "/api/v1/health/"):
        assert {_cache(farm.proxy.ask(refused))[1] for _ in range(3)} == {"MISS"}


def test_a_write_goes_through_and_is_read_at_once_by_who_wrote(farm: Farm) -> None:
    told = farm.proxy.ask(CHECKS, "POST", b"{}", Content_Type="application/json", **farm.bearer)
    assert told.status == 201
    for _ in range(4):
        tag = farm.proxy.ask(LIST, **farm.bearer).headers["ETag"]
        assert tag.startswith(f'W/"{told.json["number"]}-')
    assert told.json["number"] == farm.proxy.health()["ledger_number"]


def test_addresses_in_answers_are_those_of_the_site(farm: Farm) -> None:
    following = farm.proxy.ask(LIST).json["next"]
    assert following.startswith(f"{farm.proxy.origin}/api/v1/statements/?")


def test_exports_are_passed_on_and_nightly_files_read_from_the_disk(farm: Farm) -> None:
    """The first as they are made, by no cache; the second by nginx, where a node says so alone."""
    made = farm.proxy.ask("/api/v1/export/statements.ndjson")
    assert (made.status, made.body.count(b"\n") > 50) == (200, True)
    assert "X-Cache" not in made.headers
    address = "/api/v1/export/nightly/latest/manifest.json"
    kept = farm.proxy.ask(address, Range="bytes=0-9")
    assert (kept.status, len(kept.body)) == (206, 10)
    assert "max-age=60" in kept.headers["Cache-Control"]
    digest = sha256(farm.proxy.ask(address).body).hexdigest()
    assert kept.headers["ETag"] == f'"{digest}"'
    assert farm.proxy.ask(address, If_None_Match=kept.headers["ETag"]).status == 304
    assert farm.proxy.ask("/exports/latest/manifest.json").status == 404


def test_no_read_fails_when_a_node_dies_nor_a_copy_when_all_do(farm: Farm) -> None:
    """The last of these tests: it leaves no node alive."""
    farm.proxy.ask(LIST)
    paths = [f"/api/v1/statements/?limit={number}" for number in range(1, 61)]
    statuses = [farm.proxy.ask(path).status for path in paths[:20]]
    farm.nodes[0].process.kill()
    statuses += [farm.proxy.ask(path).status for path in paths[20:]]
    assert statuses == [200] * 60
    farm.nodes[0].kill()
    farm.nodes[1].kill()
    assert farm.proxy.ask(LIST).status == 200
    assert farm.proxy.ask("/api/v1/statements/?limit=199").status == 502
