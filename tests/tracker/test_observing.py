"""What is noted of requests: their ids, their counts, a line each."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families as families

from tracker.run_granian import share_counts

pytestmark = pytest.mark.django_db
OWN = "2f9d.A_b-7"


@pytest.mark.parametrize("path", ["/vocabulary/", "/api/v1/vocabulary/", "/nowhere/", "/api/no/"])
def test_a_request_keeps_the_id_that_it_brings(client: Client, path: str) -> None:
    assert client.get(path, headers={"x-request-id": OWN})["X-Request-ID"] == OWN


@pytest.mark.parametrize("sent", ["", "a" * 65, "a b", "a\tb", "é", "a;b", "<script>"])
def test_what_is_no_id_gets_one(client: Client, sent: str) -> None:
    own = client.get("/vocabulary/", headers={"x-request-id": sent})["X-Request-ID"]
    assert own != sent
    assert len(own) == 32


def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    assert len({client.get("/vocabulary/")["X-Request-ID"] for _ in range(3)}) == 3


def count(**labels: str) -> float:
    """How many such requests there were."""
    return REGISTRY.get_sample_value("parley_request_seconds_count", labels) or 0


@pytest.mark.parametrize(
    ("path", "method", "labels"),
    [
        ("/vocabulary/", "GET", ("pages:vocabulary", "GET", "2xx")),
        ("/ko/vocabulary/", "HEAD", ("pages:vocabulary", "HEAD", "2xx")),
        ("/api/v1/vocabulary/", "GET", ("api_vocabulary", "GET", "2xx")),
        ("/api/v1/parties/?colour=red", "GET", ("api_parties", "GET", "4xx")),
        ("/api/v1/made-up-by-a-stranger/", "GET", ("api_nowhere", "GET", "4xx")),
        ("/made/up/by/a/stranger/at/length/", "GET", ("none", "GET", "4xx")),
        ("/api/v1/vocabulary/", "BREW", ("api_vocabulary", "other", "4xx")),
        ("/health", "GET", ("health", "GET", "2xx")),
    ],
)
def test_requests_are_counted_by_route_method_and_class(
    client: Client, path: str, method: str, labels: tuple[str, str, str]
) -> None:
    named = dict(zip(("route", "method", "status"), labels, strict=True))
    before = count(**named)
    client.generic(method, path)
    assert count(**named) == before + 1


def test_a_line_for_each_request_where_it_is_asked_for(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/vocabulary/?x=1")
    assert [r for r in caplog.records if r.name == "tracker.access"] == []
    caplog.set_level(logging.INFO, "tracker.access")
    client.get("/vocabulary/")
    (line,) = [r.__dict__ for r in caplog.records if r.name == "tracker.access"]
    told = {name: line[name] for name in ("method", "route", "path", "status")}
    assert told == {
        "method": "GET", "route": "pages:vocabulary", "path": "/vocabulary/", "status": 200,
    }  # fmt: skip
    assert line["duration_ms"] >= 0


def test_nothing_stands_outside_of_it() -> None:
    assert site.MIDDLEWARE[0] == "tracker.observing.Observed"


_COUNTS = """
import os, sys, time
import django; django.setup()
from tracker.observing import SECONDS
SECONDS.labels("home", "GET", "2xx").observe(0.004)
pid = os.fork()
for _ in range(2 if pid else 3):
    SECONDS.labels("home", "GET", "2xx").observe(0.2)
os.write(1, b"counted" + bytes([10]))
sys.stdin.read()
"""
_TELLS = """
import django; django.setup()
from prometheus_client import generate_latest
from negotiations.api.metrics import _web
print(generate_latest(_web()).decode())
"""


def test_processes_are_added_up_and_a_killed_one_is_not_forgotten(tmp_path: Path) -> None:
    """Two that count, killed as nothing can be prepared for, and a third that tells."""
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    child = subprocess.Popen(
        [sys.executable, "-c", _COUNTS], cwd=site.BASE_DIR, env=env, process_group=0, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with child:
        assert child.stdout
        assert [child.stdout.readline() for _ in range(2)] == ["counted\n"] * 2
        os.killpg(child.pid, signal.SIGKILL)
    told = subprocess.run(
        [sys.executable, "-c", _TELLS], cwd=site.BASE_DIR, env=env, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip
    assert _samples(told)["parley_request_seconds_count"] == 6
    assert len(list(tmp_path.glob("histogram_*.db"))) == 2


def test_a_server_begins_with_an_empty_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    monkeypatch.setattr("tracker.run_granian.data_folder", lambda _: tmp_path)
    left, others = (tmp_path / "metrics" / port / "histogram_1.db" for port in ("8000", "8001"))
    for file in (left, others):
        file.parent.mkdir(parents=True)
        file.touch()
    share_counts(8000)
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(left.parent)
    assert (left.exists(), others.exists()) == (False, True)


def _samples(text: str) -> dict[str, Any]:
    return {s.name: s.value for family in families(text) for s in family.samples}
