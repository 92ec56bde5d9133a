"""What holds for every write: versions, keys, headers, and many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from negotiations.models import LedgerEntry, Source, Statement, Token
from negotiations.operations.verifying import verify_ledger
from tests.api.office import Office, Script, code_of, open_office
from tests.operations.desk import last_entry
from tests.standing import our_tables, unguarded


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:  # noqa: ARG001
    """An office that other connections see; thrown away as only the tables' owner can."""
    with django_db_blocker.unblock():
        yield open_office()
        with unguarded() as cursor:
            cursor.execute(";".join(f"DELETE FROM {name}" for name in our_tables()))  # noqa: S608


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    def outcome(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(outcome, calls))


def _source(office: Office, script: Script) -> tuple[str, dict[str, Any]]:
    body = office.desk.usual("source")
    return script.post("/sources/", body).json()["id"], body


def test_of_eight_who_change_one_draft_one_wins(committed: Office) -> None:
    """The others are told what stands there now."""
    script = committed.script("officer")
    id, body = _source(committed, script)
    answers = _at_once(
        [
            lambda n=n: script.send(
                "PUT", f"/drafts/sources/{id}/", {**body, "title": f"{n}"}, tag=1
            )
            for n in range(8)
        ]
    )
    won = [n for n, answer in enumerate(answers) if answer.status_code == 200]
    lost = [answer for answer in answers if answer.status_code == 412]

    assert (len(won), len(lost)) == (1, 7)
    assert Source.objects.get(pk=id).title == str(won[0])
    for answer in lost:
        problem = answer.json()
        assert (problem["code"], problem["at"]) == ("version_conflict", "If-Match")
        assert (problem["version"], answer["ETag"]) == (2, '"v2"')
        assert problem["present"] == {
            **body, "title": str(won[0]), "supersedes": None, "correction_reason": "",
        }  # fmt: skip


def test_fifty_copies_under_one_key_make_one_draft(committed: Office) -> None:
    """Byte for byte the same answer, told as given again; the ledger has one entry."""
    script, body = committed.script("officer"), committed.desk.usual("source")
    before = last_entry().number
    answers = _at_once([lambda: script.post("/sources/", body, key="once")] * 50)

    assert {answer.status_code for answer in answers} == {201}
    assert len({(a.content, a["ETag"], a["Location"], a["Content-Type"]) for a in answers}) == 1
    assert sorted(a.get("Idempotency-Replayed", "") for a in answers) == ["", *["true"] * 49]
    assert Source.objects.filter(url=body["url"]).count() == 1
    assert last_entry().number == before + 1
    assert verify_ledger() == (before + 1, None)


def test_of_eight_who_publish_one_draft_one_wins(committed: Office) -> None:
    """The others hear that it is published."""
    office, id = committed, committed.desk.draft("source").id
    seen = last_entry().number
    scripts = [office.script(role) for role in ("reviewer", "admin") * 4]
    answers = _at_once(
        [
            lambda one=one: one.post(f"/sources/{id}/publication/", {"seen": seen}, tag=1)
            for one in scripts
        ]
    )
    codes = sorted(a.json().get("code", "published") for a in answers)

    assert codes == [*["already_published"] * 7, "published"]
    assert LedgerEntry.objects.filter(verb="publish", noun="source", object_id=id).count() == 1


@pytest.mark.django_db
def test_a_draft_is_told_with_its_address_and_version(office: Office) -> None:
    """201, Location, ETag; what stands there is what was sent."""
    script, body = office.script("officer"), office.desk.usual("status_change")
    made = script.post("/status-changes/", body)
    receipt = made.json()

    assert (made.status_code, made["ETag"], made["Cache-Control"]) == (
        201,
        '"v1"',
        "private, no-store",
    )
    assert list(receipt) == ["noun", "id", "number", "at", "version"]
    assert receipt["number"] == last_entry().number
    found = script.send("GET", made["Location"].removeprefix("/api/v1"))
    assert (found.status_code, found["ETag"]) == (200, '"v1"')
    assert found["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in found
    told = found.json()["body"]
    assert {name: told[name] for name in body} == body
    again = script.send("PUT", made["Location"].removeprefix("/api/v1"), told, tag=1)
    assert (again.status_code, again["ETag"]) == (200, '"v2"')


@pytest.mark.django_db
@pytest.mark.parametrize("tag", ['W/"v1"', "*", '"v1", "v2"', "v1", '"v01"', '"abc"', ""])
def test_a_version_is_named_by_one_strong_tag(tag: str, office: Office) -> None:
    """Weak ones, lists and the star name none."""
    id = office.desk.draft("source").id
    response = office.script("officer").send("DELETE", f"/drafts/sources/{id}/", tag=tag)

    assert (response.status_code, code_of(response)) == (400, "bad_header")
    assert response.json()["at"] == "If-Match"


@pytest.mark.django_db
def test_a_change_without_a_version_is_428(office: Office) -> None:
    """So that nothing is overwritten unseen."""
    id = office.desk.draft("source").id
    script = office.script("reviewer")
    for method, path, body in (
        ("PUT", f"/drafts/sources/{id}/", office.desk.usual("source")),
        ("DELETE", f"/drafts/sources/{id}/", None),
        ("POST", f"/drafts/sources/{id}/submission/", None),
        ("POST", f"/drafts/sources/{id}/return/", {"note": "Why?"}),
        ("POST", f"/sources/{id}/publication/", {"seen": 1}),
    ):
        response = script.send(method, path, body)
        assert (response.status_code, code_of(response)) == (428, "precondition_required")


@pytest.mark.django_db
def test_a_key_stands_for_one_request(office: Office) -> None:
    """The same in other order is the same, anything else is refused; others have their own keys."""
    script, body = office.script("officer"), office.desk.usual("source")
    first = script.post("/sources/", body, key="k")
    reordered = dict(reversed(body.items()))

    assert script.post("/sources/", reordered, key="k").content == first.content
    other = script.post("/sources/", {**body, "title": "Another"}, key="k")
    assert (other.status_code, code_of(other)) == (422, "key_reused")
    elsewhere = script.post("/statements/", office.desk.usual("statement"), key="k")
    assert code_of(elsewhere) == "key_reused"
    foreign = office.script("reviewer").post("/sources/", office.desk.usual("source"), key="k")
    assert foreign.status_code == 201


@pytest.mark.django_db
def test_a_refused_request_can_be_mended_under_its_key(office: Office) -> None:
    """What was refused is kept by nobody."""
    script, body = office.script("officer"), office.desk.usual("source")
    refused = script.post("/sources/", {**body, "published_on": "soon"}, key="k")

    assert (code_of(refused), refused.json()["at"]) == ("bad_date", "/published_on")
    assert script.post("/sources/", body, key="k").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
def test_a_key_is_visible_ascii(key: str, office: Office) -> None:
    """At most 255 of them."""
    response = office.script("officer").post("/sources/", {}, key=key)

    assert (code_of(response), response.json()["at"]) == ("bad_header", "Idempotency-Key")


@pytest.mark.django_db
def test_what_was_thrown_away_is_told_again_under_its_key(office: Office) -> None:
    """A 204 without a body, both times; without the key it is not there."""
    id = office.desk.draft("source", by=_actor(office, "officer")).id
    script = office.script("officer")
    path = f"/drafts/sources/{id}/"
    first = script.send("DELETE", path, tag=1, key="k")
    again = script.send("DELETE", path, tag=1, key="k")

    assert (first.status_code, first.content) == (again.status_code, again.content) == (204, b"")
    assert again["Idempotency-Replayed"] == "true"
    gone = script.send("DELETE", path, tag=1)
    assert (gone.status_code, code_of(gone)) == (404, "not_found")


def _actor(office: Office, role: str) -> Any:
    return type(office.desk.drafter)(officer=office.people[role])


@pytest.mark.django_db
def test_the_use_of_a_token_is_kept_to_the_hour_and_by_writes_only(office: Office) -> None:
    """Reading writes nothing."""
    script = office.script("officer")
    token = Token.objects.filter(officer=office.people["officer"])
    script.send("GET", "/drafts/")
    assert token.get().last_used_at is None
    script.post("/sources/", office.desk.usual("source"))
    first = token.get().last_used_at
    assert first is not None
    script.post("/sources/", office.desk.usual("source"))
    assert token.get().last_used_at == first
    token.update(last_used_at=timezone.now() - timedelta(hours=2))
    script.post("/sources/", {})
    assert token.get().last_used_at > datetime.now(UTC) - timedelta(minutes=5)


@pytest.mark.django_db
def test_a_write_takes_no_parameters(office: Office) -> None:
    """As reading, it drops nothing silently."""
    response = office.script("officer").post("/sources/?dry=1", office.desk.usual("source"))

    assert code_of(response) == "unknown_parameter"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("text/plain", {}),
        ("application/x-www-form-urlencoded", {}),
        ("multipart/form-data; boundary=x", {}),
        ("application/json; charset=utf-16", {}),
        ("application/json", {"Content-Encoding": "gzip"}),
        ("", {}),
    ],
)
def test_only_plain_json_is_taken(kind: str, more: dict[str, str], office: Office) -> None:
    """415, and what it takes."""
    response = office.script("officer").post("/sources/", b"{}", kind=kind, **more)

    assert (response.status_code, code_of(response)) == (415, "unsupported_media_type")


@pytest.mark.django_db
def test_a_conflict_of_one_among_several_names_it(office: Office) -> None:
    """Nothing is published, and its present state is told."""
    desk, script = office.desk, office.script("reviewer")
    ids = [desk.draft("source").id for _ in range(2)]
    items = [{"noun": "source", "id": id, "version": n} for n, id in enumerate(ids, start=1)]
    body = {"items": items, "seen": last_entry().number}
    response = script.post("/publications/", body)
    problem = response.json()

    assert (response.status_code, code_of(response)) == (412, "version_conflict")
    assert (problem["at"], problem["version"], response["ETag"]) == ("/items/1", 1, '"v1"')
    assert problem["present"]["url"] == desk.row("source", ids[1]).url
    assert not Source.objects.filter(pk__in=ids, published_at__isnull=False).exists()
    items[1]["version"] = 1
    done = script.post("/publications/", body).json()["results"]
    assert [one["id"] for one in done] == ids


@pytest.mark.django_db
def test_a_body_says_how_long_it_is(office: Office) -> None:
    """411 for one in chunks."""
    response = office.script("officer").post("/sources/", b"{}", **{"Transfer-Encoding": "chunked"})

    assert (response.status_code, code_of(response)) == (411, "length_required")


@pytest.mark.django_db
def test_a_megabyte_is_enough(office: Office) -> None:
    """413 beyond it, told before it is read."""
    body = {**office.desk.usual("statement"), "note_en": "x" * 1_000_000}
    response = office.script("officer").post("/statements/", body)

    assert (response.status_code, code_of(response)) == (413, "too_large_body")
    assert Statement.objects.count() == 1
