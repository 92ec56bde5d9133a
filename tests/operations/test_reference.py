"""Reference data, and what every verb asks of its arguments."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from negotiations import operations
from negotiations.operations.content import content_of
from tests.operations.desk import NOW, Desk, last_entry, refuses

_NAMES = {"name_en": "Name", "name_ko": "이름"}
_TITLES = {"title_en": "Title", "title_ko": "제목"}
COMPLETE: dict[str, dict[str, Any]] = {
    "register_party": {
        "code": "KP", **_NAMES, "capital_en": "City", "capital_ko": "도시", "zone": "Asia/Seoul",
    },
    "register_negotiation": {"slug": "new", **_TITLES, "parties": ["KR"]},
    "register_track": {"negotiation": "talks", "slug": "new", **_TITLES, "procedure": "treaty"},
    "register_office": {"slug": "new", **_TITLES, "party": "US"},
    "register_person": {"slug": "new", **_NAMES, "aliases": ["N. Ame"]},
    "appoint": {"person": "cho", "office": "minister", "held_from": "2025-07"},
    "register_publisher": {"slug": "new", **_NAMES, "tier": "mirror"},
    "grade_publisher": {"publisher": "rumours", "reliability": "F", "graded_on": date(2025, 1, 1)},
    "register_term": {"track": "talks/trade", "slug": "new", **_NAMES, "unit": "percent"},
}  # fmt: skip


@pytest.mark.parametrize("verb", COMPLETE)
def test_a_registration_is_one_public_entry_with_its_content(desk: Desk, verb: str) -> None:
    before = last_entry().number
    receipt = desk.act(operations.VERBS[verb], **COMPLETE[verb])
    entry = last_entry()
    assert (entry.number, entry.verb, entry.noun) == (before + 1, verb, receipt.noun)
    assert (entry.public, entry.object_id) == (True, receipt.id)
    assert {name for name, value in COMPLETE[verb].items() if value} - set(entry.payload) == set()


@pytest.mark.parametrize("verb", COMPLETE)
def test_what_is_there_already_is_refused(desk: Desk, verb: str) -> None:
    desk.act(operations.VERBS[verb], **COMPLETE[verb])
    with refuses("duplicate"):
        desk.act(operations.VERBS[verb], **COMPLETE[verb])


def test_an_address_that_is_there_already_is_refused(desk: Desk) -> None:
    with refuses("duplicate", at="/url"):
        desk.draft("source", url=desk.row("source", desk.ids["source"]).url)


@pytest.mark.parametrize(
    "url",
    ["", "paper.example", "ftp://paper.example/", "https://", "javascript:alert(1)", "http://[::1",
     "https://paper.example/a b", "https://paper.example:99999/", "https://paper.example:0/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(desk: Desk, url: str) -> None:
    with refuses("bad_url", at="/url"):
        desk.draft("source", url=url)


def test_an_address_may_be_long(desk: Desk) -> None:
    url = "https://paper.example/" + "x" * 5000
    assert desk.row("source", desk.published("source", url=url)).url == url


@pytest.mark.parametrize(
    ("verb", "field", "value", "code"),
    [
        ("register_party", "zone", "Seoul", "bad_zone"),
        ("register_party", "code", "K" * 13, "too_long"),
        ("register_party", "code", "", "missing_text"),
        ("register_negotiation", "slug", "api", "reserved_slug"),
        ("register_negotiation", "slug", "a/b", "bad_slug"),
        ("register_negotiation", "slug", "a" * 81, "too_long"),
        ("register_negotiation", "title_en", "x" * 201, "too_long"),
        ("register_negotiation", "title_en", "", "missing_text"),
        ("register_negotiation", "parties", ["XX"], "no_such_row"),
        ("register_track", "negotiation", "none", "no_such_row"),
        ("register_track", "negotiation", "a\x00", "no_such_row"),
        ("register_track", "slug", "positions", "reserved_slug"),
        ("register_track", "parent", "none", "no_such_row"),
        ("register_track", "procedure", "handshake", "unknown_word"),
        ("register_track", "title_ko", "\ud800", "bad_text"),
        ("register_office", "party", "XX", "no_such_row"),
        ("register_person", "aliases", ["x" * 121], "too_long"),
        ("register_person", "slug", "Cho Hyun", "bad_slug"),
        ("appoint", "person", "nobody", "no_such_row"),
        ("appoint", "held_to", "soon", "bad_date"),
        ("register_publisher", "tier", "good", "unknown_word"),
        ("grade_publisher", "reliability", "G", "unknown_word"),
        ("grade_publisher", "publisher", "none", "no_such_row"),
        ("register_term", "unit", "percents", "unknown_word"),
        ("register_term", "track", "trade", "no_such_row"),
    ],
)
def test_what_cannot_be_registered_is_refused(
    desk: Desk, verb: str, field: str, value: Any, code: str
) -> None:
    with refuses(code):
        desk.act(operations.VERBS[verb], **{**COMPLETE[verb], field: value})


_OTHER_KINDS: list[Any] = [None, 5, 1.5, True, b"x", "x", ["x"], [5], {"x": 1}, object(), {1}]


@pytest.mark.parametrize("verb", operations.VERBS)
def test_an_argument_of_another_kind_is_refused_by_name(desk: Desk, verb: str) -> None:
    run = operations.VERBS[verb]
    hints = run.__wrapped__.__annotations__  # type: ignore[attr-defined]
    for name, hint in hints.items():
        if name in ("by", "now", "return"):
            continue
        wrong = {"str": b"x", "int": "1", "bool": 1, "datetime": date(2025, 1, 1), "date": NOW}
        value = next((bad for kind, bad in wrong.items() if hint.startswith(kind)), "x")
        with refuses("wrong_kind", at=f"/{name}"):
            desk.act(run, **{name: value})


@pytest.mark.parametrize("value", _OTHER_KINDS)
def test_whatever_stands_for_a_list_of_numbers_is_refused(desk: Desk, value: Any) -> None:
    if value == [5]:
        with refuses("no_such_row"):
            desk.draft("status_change", basis=[-5])
        return
    with refuses("wrong_kind", at="/basis"):
        desk.draft("status_change", basis=value)


def test_a_now_without_its_offset_is_refused(desk: Desk) -> None:
    with refuses("wrong_kind", at="/now"):
        desk.draft("source", now=NOW.replace(tzinfo=None))


def test_every_refusal_of_the_write_door_has_a_test() -> None:
    here = Path(__file__).parent
    room = Path(operations.__file__).parent
    raised = {
        code
        for file in room.glob("*.py")
        for code in re.findall(r'Refusal\(\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    tests = "".join(file.read_text(encoding="utf-8") for file in here.glob("test_*.py"))
    assert {code for code in raised if f'"{code}"' not in tests} == set()


def test_a_row_is_told_by_natural_keys(desk: Desk) -> None:
    told = content_of(desk.row("statement", desk.ids["statement"]))
    assert (told["source"], told["speaker"], told["office"], told["parties"], told["tracks"]) == (
        desk.ids["source"], "cho", "minister", ["KR"], ["talks/security"],
    )  # fmt: skip
