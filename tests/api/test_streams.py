"""A long answer while the world goes on: what is published, who goes, what breaks."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from negotiations.api.streams import Slot
from negotiations.queries import exports
from negotiations.refusals import Refusal
from tests.api.conftest import staying_connected
from tests.api.office import V1, Office, open_office
from tests.standing import lasting
from tests.tracker.conftest import wait_for

ALL = f"{V1}/export/statements.ndjson"


@pytest.fixture
def db(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    """A committed record of three statements, told one at a time."""
    monkeypatch.setattr(exports, "CHUNK", 1)
    with staying_connected(), lasting(django_db_blocker):
        office = open_office()
        for _ in range(2):
            office.desk.published("statement")
        yield office


def _ids(body: bytes) -> list[int]:
    return [json.loads(line)["id"] for line in body.splitlines()]


def test_what_is_published_meanwhile_is_not_in_it(db: Office) -> None:
    """It comes by the ledger, from the number that was told."""
    desk = db.desk
    answer = Client().get(ALL)
    pieces = iter(answer.streaming_content)
    first = next(pieces)
    new = desk.published("statement", now=timezone.now())
    gone = desk.correct("statement", desk.ids["statement"], now=timezone.now())
    found = _ids(first + b"".join(pieces))
    answer.close()

    assert len(found) == 3
    assert not {new, gone} & set(found)
    later = Client().get(f"{V1}/changes/?after={answer['Parley-Ledger-Number']}").json()["results"]
    assert [act["object_id"] for act in later] == [new, gone]
    assert sorted(_ids(Client().get(ALL).getvalue())) == sorted(
        {*found, new, gone} - {desk.ids["statement"]}
    )


def test_a_correction_meanwhile_changes_no_row_of_it(db: Office) -> None:
    """Each line says what it said when the view was taken."""
    before = Client().get(ALL).getvalue()
    answer = Client().get(ALL)
    pieces = iter(answer.streaming_content)
    first = next(pieces)
    db.desk.correct("source", db.desk.ids["source"], title="Another", now=timezone.now())
    assert first + b"".join(pieces) == before
    answer.close()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("form", ["ndjson", "csv", "parquet"])
def test_what_breaks_off_is_not_taken_for_whole(
    form: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The database takes the connection away; the last line can be read as no row."""
    answer = Client().get(f"{V1}/export/statements.{form}")
    pieces = iter(answer.streaming_content)
    parts = [next(pieces)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state = 'idle in transaction'"
            " AND pid <> pg_backend_pid()"
        )
    parts += pieces
    answer.close()

    assert "an export was broken off" in caplog.text
    body = b"".join(parts)
    last = body.splitlines()[-1]
    if form == "ndjson":
        with pytest.raises(json.JSONDecodeError):
            json.loads(last)
    elif form == "csv":
        assert last.count(b'"') == 1
    else:
        with pytest.raises(pa.ArrowInvalid):
            pq.read_table(io.BytesIO(body))
    assert _is_free()


@pytest.mark.usefixtures("db")
def test_a_reader_who_takes_nothing_in_time_keeps_nothing(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EXPORT_SECONDS = 0.05
    answer = Client().get(ALL)
    wait_for(_is_free, 10)
    body = answer.getvalue()
    assert body == b"!broken off: this export is not complete\n"
    assert "not taken within" in caplog.text
    assert _is_free()


def test_a_default_clock_includes_all_that_the_view_has(db: Office) -> None:
    """Also an act of this very moment: none lies between the file and the number."""
    new = db.desk.published("statement", now=timezone.now() - timedelta(microseconds=1))
    answer = Client().get(ALL)
    assert new in _ids(answer.getvalue())
    later = Client().get(f"{V1}/changes/?after={answer['Parley-Ledger-Number']}")
    assert later.json()["results"] == []


def _is_free() -> bool:
    """Whether all slots are."""
    taken = []
    try:
        while True:
            taken.append(Slot(list))
    except Refusal as refusal:
        return refusal.code == "exports_busy" and len(taken) == 2
    finally:
        for slot in taken:
            slot.close()
