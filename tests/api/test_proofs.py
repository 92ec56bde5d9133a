"""Checkpoints and proofs over HTTP: forms, strictness, tags; the export of the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from negotiations import checkpoints
from negotiations.api.openapi_headers import LIMITS
from negotiations.api.schema import document
from tests import factories as make
from tests.api.conftest import staying_connected
from tests.api.office import V1, code_of
from tests.standing import lasting

HERE = f"{V1}/ledger"


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """Five committed entries, of which the second and the last are on drafts."""
    with staying_connected(), lasting(django_db_blocker):
        for public in (True, False, True, True, False):
            make.enter(public=public, payload={"url": "x"} if public else {})
        yield


pytestmark = pytest.mark.usefixtures("db")


def _get(address: str, **headers: str) -> Any:
    return Client().get(f"{HERE}/{address}", headers=headers)


def test_the_checkpoint_is_told_with_what_verifies_it() -> None:
    told = _get("checkpoint/").json()
    assert told["size"] == 4
    assert told["name"] == "localhost/ledger"
    assert told["public_keys"] == list(checkpoints.public_keys())
    assert told["note"].startswith("localhost/ledger\n4\n")


def test_the_note_is_text() -> None:
    response = _get("checkpoint.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == _get("checkpoint/").json()["note"]
    assert _get("checkpoint.txt", Accept="text/plain").status_code == 200
    assert code_of(_get("checkpoint.txt", Accept="image/png")) == "not_acceptable"
    assert _get("checkpoint.txt?size=1").content.startswith(b"localhost/ledger\n1\n")


def test_a_proof_carries_the_act_and_the_checkpoint() -> None:
    told = _get("3/proof/").json()
    act = next(one for one in Client().get(f"{V1}/changes/").json()["results"]
               if one["number"] == 3)  # fmt: skip
    assert told["entry"] == {name: act[name] for name in told["entry"]}
    assert (told["leaf_index"], told["tree_size"], len(told["proof"])) == (2, 4, 2)
    assert told["checkpoint"] == _get("checkpoint/").json()["note"]


def test_a_consistency_proof_carries_both_checkpoints() -> None:
    told = _get("consistency/?from=1&to=3").json()
    assert (told["from_size"], told["to_size"], len(told["proof"])) == (1, 3, 2)
    assert told["from_checkpoint"] == _get("checkpoint.txt?size=1").content.decode()
    assert told["to_checkpoint"] == _get("checkpoint.txt?size=3").content.decode()


@pytest.mark.parametrize(
    ("address", "status", "code", "at"),
    [
        ("2/proof/", 404, "no_public_act", None),
        ("5/proof/", 404, "no_public_act", None),
        ("6/proof/", 404, "no_public_act", None),
        ("x/proof/", 404, "not_found", None),
        ("0/proof/", 404, "not_found", None),
        ("1/proof/?size=2", 400, "no_checkpoint", "size"),
        ("3/proof/?size=1", 400, "bad_parameter", "size"),
        ("1/proof/?colour=blue", 400, "unknown_parameter", "colour"),
        ("checkpoint/?size=5", 400, "no_checkpoint", "size"),
        ("checkpoint/?size=0", 400, "bad_parameter", "size"),
        ("checkpoint.txt?size=5", 400, "no_checkpoint", "size"),
        ("consistency/", 400, "bad_parameter", "from"),
        ("consistency/?to=3", 400, "bad_parameter", "from"),
        ("consistency/?from=2", 400, "no_checkpoint", "from"),
        ("consistency/?from=1&to=5", 400, "no_checkpoint", "to"),
        ("consistency/?from=3&to=1", 400, "bad_parameter", "from"),
        ("consistency/?from=3&from=1", 400, "repeated_parameter", "from"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    address: str, status: int, code: str, at: str | None
) -> None:
    response = _get(address)
    assert (response.status_code, code_of(response), response.json()["at"]) == (status, code, at)


@pytest.mark.parametrize(
    "address", ["checkpoint/", "checkpoint.txt", "3/proof/", "consistency/?from=1"]
)
def test_a_tag_holds_until_the_next_public_act(address: str) -> None:
    tag = _get(address)["ETag"]
    assert _get(address, **{"If-None-Match": tag}).status_code == 304


def test_the_export_tells_every_entry_up_to_the_newest_public_act() -> None:
    response = Client().get(f"{V1}/export/ledger.ndjson")
    lines = [json.loads(line) for line in response.getvalue().splitlines()]
    acts = {one["number"]: one for one in Client().get(f"{V1}/changes/").json()["results"]}
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    assert lines[1] == {"number": 2, "hash": lines[1]["hash"]}
    for line in (lines[0], lines[2], lines[3]):
        assert line == {name: acts[line["number"]][name] for name in line}
    assert response["Parley-Ledger-Number"] == "4"
    assert response["Content-Type"] == "application/x-ndjson"
    assert response["Content-Disposition"] == 'attachment; filename="ledger.ndjson"'
    tag = {"If-None-Match": response["ETag"]}
    assert Client().get(f"{V1}/export/ledger.ndjson", headers=tag).status_code == 304
    assert code_of(Client().get(f"{V1}/export/ledger.ndjson?on=2025-10-05")) == "unknown_parameter"
    assert code_of(Client().get(f"{V1}/export/ledger.csv")) == "not_found"


def test_files_are_described_as_they_come() -> None:
    paths = json.loads(document())["paths"]
    for path in ("ledger/checkpoint.txt", "export/ledger.ndjson"):
        told = paths[f"{V1}/{path}"]["get"]["responses"]["200"]
        answer = Client().get(f"{V1}/{path}")
        assert list(told["content"]) == [answer["Content-Type"].partition(";")[0]]
        assert set(told["headers"]) - set(LIMITS) <= set(answer.headers)
        if answer.streaming:
            answer.getvalue()
