"""What `negotiations/api/examples.json` is made of: what each route takes and answers.

Lists are cut to their first element, so that an example shows every member once.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from negotiations.api.docs import routes
from negotiations.api.examples import FILE
from negotiations.api.nightly_writing import _write
from negotiations.operations.console import console
from negotiations.operations.reports import answer_report, report_error
from tests.api.acts import MAY, act_of
from tests.api.office import Office

SEEDS = Path(settings.BASE_DIR) / "seeds" / "rok-us"
# Of each noun the row that tells most; the first of a list otherwise.
_CHOSEN = {
    "statements": "?track=currency-swap&speaker=cho-hyun",
    "positions": "?track=investment",
}
_ASKED = {
    "list_timeline": "?kind=status_change",
    "list_changes": "?after={before}",
    "search_record": "?q=tariff",
    "show_embedding": "?url=https://parley.example/rok-us/currency-swap/",
    "show_consistency": "?from=1",
}
_NAMES = {
    "negotiation": "rok-us", "track": "currency-swap", "slug": "cho-hyun", "code": "KR",
    "meeting": "first-lee-trump-summit",
}  # fmt: skip
_PUBLISHER = "korea-herald"


def record_reads() -> dict[str, dict[str, Any]]:
    """By operationId what anybody is answered, of the record as it is."""
    told: dict[str, dict[str, Any]] = {}
    for route in routes():
        if "/export/" in route.path or route.path.endswith(".txt"):
            # Files are described beside their route.
            told[route.operation_id] = {}
        elif route.method == "GET" and not route.scoped:
            address = _address(route.path) + _query(route.operation_id, route.path)
            told[route.operation_id] = {"answer": _cut(_read(address))}
    return told | _record_nightly()


def _record_nightly() -> dict[str, dict[str, Any]]:
    """A set of the record as it is, which only this connection sees."""
    with TemporaryDirectory() as folder, override_settings(EXPORT_ROOT=Path(folder)):
        _write(Path(folder), now=timezone.now())
        routes = {"list_nightly": "", "show_nightly": "latest/"}
        return {
            operation_id: {"answer": _cut(_read(f"/api/v1/export/nightly/{path}"))}
            for operation_id, path in routes.items()
        }


def record_writes(office: Office) -> dict[str, dict[str, Any]]:
    """By operationId what the desk sends and is answered."""
    told = {}
    methods = {route.operation_id: route.method for route in routes()}
    for operation_id in MAY:
        # Each on the desk as it was at first.
        with transaction.atomic():
            act = act_of(operation_id, office, role="admin")
            office.desk.draft("statement")  # for the list of them
            answer = act.send(office.script("admin"), methods[operation_id])
            transaction.set_rollback(True)
        assert answer.status_code == MAY[operation_id][2], answer.content
        told[operation_id] = {
            **({"body": _body(act.body)} if act.body else {}),
            **({"answer": _cut(answer.json())} if answer.content else {}),
        }
    return told


def record_corrections(office: Office) -> dict[str, dict[str, Any]]:
    """What is answered of corrections, of which the seeds have none."""
    office.desk.correct("statement", office.desk.ids["statement"], note_en="It was said twice.")
    return {"list_corrections": {"answer": _cut(_read("/api/v1/corrections/"))}}


def report_something(*, now: datetime) -> None:
    """A report of an error with its answer, of which the seeds have none."""
    said = _read(f"/api/v1/statements/{_CHOSEN['statements']}")["results"][0]["id"]
    number = report_error(
        about=("statement", said), kind="mistranslated", text="It says “hard”.", language="en",
        now=now,
    )  # fmt: skip
    answer_report(
        by=console(), now=now + timedelta(hours=26), report=number, version=1,
        outcome="not_a_mistake", answer_en="The Korean text has the word that we translate so.",
        answer_ko="한국어 원문에 그렇게 옮긴 말이 있습니다.",
    )  # fmt: skip


def write_file(told: dict[str, dict[str, Any]]) -> None:
    """In the order of the routes."""
    ordered = {route.operation_id: told[route.operation_id] for route in routes()}
    FILE.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")


def _body(sent: Any) -> Any:
    """A body as it is told; of lines two."""
    if not isinstance(sent, bytes):
        return sent
    lines = [json.dumps(json.loads(line), ensure_ascii=False) for line in sent.splitlines()[:2]]
    return "\n".join(lines) + "\n"


def _address(path: str) -> str:
    noun = path.split("/")[3]
    names = {**_NAMES, "slug": _PUBLISHER} if noun == "publishers" else _NAMES
    if "{number}" in path:
        newest = _read("/api/v1/negotiations/rok-us/brief/")["ledger_number"]
        return path.format(number=newest, **names)
    if "{id}" not in path:
        return path.format(**names)
    listed = _read(f"/api/v1/{noun}/{_CHOSEN.get(noun, '')}")["results"]
    assert listed, f"the seeds have no {noun} like {_CHOSEN.get(noun)}"
    return path.format(id=listed[0]["id"], **names)


def _query(operation_id: str, path: str) -> str:
    noun = path.split("/")[3]
    if operation_id == "list_changes":
        # From the publication of a statement on.
        (said, *_) = _read(f"/api/v1/statements/{_CHOSEN['statements']}")["results"]
        return _ASKED[operation_id].format(before=said["ledger_number"] - 1)
    return _ASKED.get(operation_id, _CHOSEN.get(noun, "") if "{id}" not in path else "")


def _read(address: str) -> Any:
    answer = Client().get(address)
    assert answer.status_code == 200, (address, answer.content)
    return answer.json()


def _cut(value: Any) -> Any:
    match value:
        case {"openapi": version}:
            return {"openapi": version, "info": value["info"]}
        case dict():
            return {name: _cut(one) for name, one in value.items()}
        case list():
            return [_cut(one) for one in value[:1]]
    return value
