"""Everything at once, over HTTP: what is in the file, what is told beside it, what is refused."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from negotiations.api.columns import columns
from negotiations.api.nouns import PATHS, TABLES
from negotiations.api.openapi_headers import LIMITS
from negotiations.api.schema import document
from negotiations.cells import raw
from tests import factories
from tests.api.conftest import staying_connected
from tests.api.office import V1, code_of
from tests.api.rows import EXPORTS, Rows, make_record
from tests.headers import own_headers
from tests.standing import lasting
from tracker.local_lock import until

FILES = [r for r in EXPORTS if r.operation_id in ("export_table", "export_negotiation")]
N = f"{V1}/negotiations/rok-us/export"
ALL = f"{V1}/export/statements.ndjson"
MEDIA = {
    "ndjson": "application/x-ndjson",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rows]:  # noqa: ARG001
    """A committed record: an export has a connection of its own."""
    with staying_connected(), lasting(django_db_blocker):
        rows = make_record(3)
        factories.StatementFactory(source__known_on=date(2025, 9, 1))  # elsewhere
        yield rows


pytestmark = pytest.mark.usefixtures("db")


def _get(address: str, **headers: str) -> Any:
    return Client().get(address, headers=headers)


def _lines(address: str) -> list[bytes]:
    return list(_get(address).getvalue().splitlines(keepends=True))


def _rows_of(address: str) -> list[bytes]:
    """The rows of a list, cut out of its bytes: they are to be the same to the byte."""
    page = _get(address).content
    rows = json.loads(page)["results"]
    texts = [json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() for row in rows]
    assert all(text in page for text in texts)
    return [text + b"\n" for text in texts]


@pytest.mark.parametrize("table", TABLES)
def test_lines_are_the_rows_of_the_list(table: str) -> None:
    found = _lines(f"{V1}/export/{table}.ndjson")

    assert found
    assert sorted(found) == sorted(_rows_of(f"{V1}/{table}/?limit=200"))
    key = "ledger_number" if table in PATHS else "code" if table == "parties" else "slug"
    keys = [json.loads(line)[key] for line in found]
    assert keys == sorted(keys)


@pytest.mark.parametrize("noun", PATHS)
def test_a_negotiation_has_what_concerns_it(noun: str) -> None:
    whole, found = _lines(f"{V1}/export/{noun}.ndjson"), _lines(f"{N}/{noun}.ndjson")

    if noun == "sources":
        said = map(json.loads, _lines(f"{N}/statements.ndjson"))
        wanted = {statement["source"]["id"] for statement in said}
        assert [json.loads(line)["id"] for line in found] == sorted(wanted)
    else:
        assert sorted(found) == sorted(_rows_of(f"{V1}/{noun}/?limit=200&negotiation=rok-us"))
    assert set(found) < set(whole) if noun in ("statements", "sources") else found == whole


@pytest.mark.parametrize("clocks", ["known_by=2025-09-15", "on=2025-09-30", "as_of=2025-10-01"])
def test_all_three_clocks_are_asked(clocks: str) -> None:
    for noun in ("statements", "status-changes", "sources"):
        found = _lines(f"{V1}/export/{noun}.ndjson?{clocks}")
        assert sorted(found) == sorted(_rows_of(f"{V1}/{noun}/?limit=200&{clocks}"))


@pytest.mark.parametrize("table", TABLES)
def test_csv_reads_back(table: str) -> None:
    """In a reader of its own, with the mark, and as many cells everywhere."""
    body = _get(f"{V1}/export/{table}.csv").getvalue()
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
    told = [json.loads(line) for line in _lines(f"{V1}/export/{table}.ndjson")]

    assert body.startswith(b"\xef\xbb\xbf")
    assert body.count(b"\r\n") == len(rows) + 1
    assert head == [column.name for column in columns(TABLES[table])]
    assert [[raw(cell) for cell in row] for row in rows] == [
        [_text(column.read(one)) for column in columns(TABLES[table])] for one in told
    ]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    return {"None": "", "True": "true", "False": "false"}.get(str(value), str(value))


def test_hangul_is_plain_to_see() -> None:
    assert "조 현" in _get(f"{V1}/export/people.csv").getvalue().decode("utf-8-sig")


@pytest.mark.parametrize("table", TABLES)
def test_parquet_holds_the_same_with_types(table: str) -> None:
    read = pq.read_table(io.BytesIO(_get(f"{V1}/export/{table}.parquet").getvalue()))
    told = [json.loads(line) for line in _lines(f"{V1}/export/{table}.ndjson")]

    assert read.column_names == [column.name for column in columns(TABLES[table])]
    for found, one in zip(read.to_pylist(), told, strict=True):
        for column in columns(TABLES[table]):
            assert _plain(found[column.name]) == column.read(one), column.name


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | str | list | None) else f"{value.normalize():f}"


def test_what_is_told_beside_the_file() -> None:
    """What it is, what it is called, where to go on, how fresh it is."""
    newest = _get(f"{V1}/changes/").json()["results"][-1]["number"]
    for form, media in MEDIA.items():
        answer = _get(f"{N}/status-changes.{form}")
        assert answer.streaming
        assert answer.getvalue()
        assert answer.status_code == 200
        assert answer["Content-Type"] == media
        name = f"rok-us.status-changes.{form}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Parley-Ledger-Number"] == str(newest)
        listed = _get(f"{V1}/status-changes/?negotiation=rok-us")
        assert answer["Cache-Control"] == listed["Cache-Control"]
        assert answer["ETag"].startswith(f'W/"{newest}-')
        assert "Content-Length" not in answer


def test_the_number_is_that_of_the_clock() -> None:
    """An export as of an instant goes on from there."""
    acts = _get(f"{V1}/changes/").json()["results"]
    early = _get(f"{ALL}?as_of=2025-10-13")
    assert (early.getvalue(), early["Parley-Ledger-Number"]) == (b"", "0")
    late = _get(f"{ALL}?as_of=2025-10-15")
    assert late.getvalue()
    assert late["Parley-Ledger-Number"] == str(acts[-1]["number"])


def test_nothing_new_costs_one_query(query_count: Callable[[Callable[[], Any]], int]) -> None:
    first = _get(ALL)
    first.getvalue()
    kept: list[Any] = []
    assert query_count(lambda: kept.append(_get(ALL, if_none_match=first["ETag"]))) == 1
    assert (kept[0].status_code, kept[0].content, kept[0]["ETag"]) == (304, b"", first["ETag"])


def test_a_star_needs_something_there() -> None:
    assert _get(ALL, if_none_match="*").status_code == 304
    nowhere = ALL.replace("/export", "/negotiations/nowhere/export")
    assert _get(nowhere, if_none_match="*").status_code == 404


def test_head_is_get_without_the_file() -> None:
    head, got = Client().head(ALL), _get(ALL)
    assert head.getvalue() == b""
    got.getvalue()
    assert own_headers(head.headers) == own_headers(got.headers)


@pytest.mark.parametrize(
    "address",
    [
        f"{V1}/export/colours.csv", f"{V1}/export/statements.xlsx", f"{V1}/export/drafts.ndjson",
        f"{N}/people.ndjson", f"{N}/negotiations.csv", f"{V1}/export/statements",
        f"{V1}/negotiations/nowhere/export/statements.csv",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert code_of(_get(address)) == "not_found"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour=blue", "unknown_parameter"), ("limit=5", "unknown_parameter"),
        ("on=2025-10-05&on=2025-10-06", "repeated_parameter"), ("known_by=soon", "bad_parameter"),
        ("as_of=9999-01-01", "clock_in_future"),
    ],
)  # fmt: skip
def test_parameters_are_strict(query: str, code: str) -> None:
    assert code_of(_get(f"{ALL}?{query}")) == code


@pytest.mark.parametrize("table", ["people", "parties", "publishers"])
def test_what_knows_no_clocks_takes_none(table: str) -> None:
    assert code_of(_get(f"{V1}/export/{table}.csv?known_by=2025-10-05")) == "unknown_parameter"


def test_the_media_type_may_be_asked_for() -> None:
    for form, media in MEDIA.items():
        assert _get(f"{V1}/export/parties.{form}", accept=media).getvalue()
    refused = _get(f"{V1}/export/parties.csv", accept="application/json")
    assert code_of(refused) == "not_acceptable"
    assert "text/csv" in refused.json()["detail"]


def test_packed_on_the_way_where_that_is_asked_for() -> None:
    packed = _get(ALL, accept_encoding="gzip")
    assert len(packed.getvalue()) < len(_get(ALL).getvalue()) / 2
    assert packed["Content-Encoding"] == "gzip"


def test_parquet_is_refused_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    refused = _get(f"{V1}/export/statements.parquet")
    assert (refused.status_code, code_of(refused)) == (501, "format_unavailable")


def test_too_many_at_once_are_refused(settings: Any) -> None:
    """And whoever has read to the end makes room."""
    held = [_get(ALL) for _ in range(settings.EXPORTS_AT_ONCE)]
    refused = _get(ALL)
    assert (refused.status_code, code_of(refused)) == (503, "exports_busy")
    assert int(refused["Retry-After"]) > 0
    for answer in held:
        answer.getvalue()
    assert _get(ALL).getvalue()


def _others() -> list[int]:
    """The processes of the database that hold a view open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state = 'idle in transaction'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _all_gone() -> bool:
    """Whether none does, a moment later at most: a process of the database takes its leave."""
    return any(not _others() for _ in until(10, pause=0.01))


def test_a_reader_who_goes_leaves_nothing_behind(settings: Any) -> None:
    for _ in range(settings.EXPORTS_AT_ONCE + 1):
        answer = _get(ALL)
        assert len(_others()) == 1
        answer.close()
        assert _all_gone()


def test_what_is_refused_leaves_nothing_behind(settings: Any) -> None:
    for _ in range(settings.EXPORTS_AT_ONCE + 1):
        assert _get(f"{V1}/negotiations/nowhere/export/statements.csv").status_code == 404
    assert _all_gone()
    assert _get(ALL).getvalue()


@pytest.mark.parametrize("route", FILES, ids=lambda route: route.operation_id)
def test_the_description_has_each_form(route: Any) -> None:
    told = json.loads(document())["paths"][route.path]["get"]["responses"]
    assert set(told["200"]["content"]) == set(MEDIA.values())
    answer = _get(f"{V1}/export/parties.csv")
    assert answer.getvalue()
    assert set(told["200"]["headers"]) - set(LIMITS) <= set(answer.headers)
    assert "\ufeff" in told["200"]["content"]["text/csv"]["example"]
    assert "501" in told
