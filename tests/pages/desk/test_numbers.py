"""Numbers as addresses and hidden fields name them; nothing that stands there is our fault."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client

from negotiations.pages.desk.numbers import number
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser
from tests.pages.desk.conftest import signed_in
from tests.pages.desk.test_review import path_of, story

LONG = "9" * 5000
_IDS = ("", "0", "-1", "x", "1.5", "٣", "²", "a\0b", "9" * 18, "9" * 19, "9" * 300, LONG, '{"a":1}')
# What a body may not be, unless we signed it; and what we signed of another noun or release.
_BODIES = ("5", "[]", "{}", '{"basis":5}', '{"basis":[]}', "[" * 5000, "null", "a\0b")
_SIGNED = tuple(Signer(salt="saw").sign(text) for text in ("{}", '{"basis":[]}', '{"stage":"x"}'))


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.5", "1 ", "1_0", "٣", "²", "9" * 19, LONG, None]
)
def test_what_is_no_number_of_ours_is_none(text: object) -> None:
    assert number(text) is None


def test_a_number_is_read_from_plain_digits() -> None:
    assert [number(one) for one in ("7", "007", 7, "9" * 18)] == [7, 7, 7, 10**18 - 1]


def _sendings() -> list[tuple[str, str, Any]]:
    """Which field of which forms holds what."""
    judged, ids = ("review", "publication"), ("x", "a\0b", "9" * 18, "9" * 300, LONG)
    bad: list[tuple[str, str, Any]] = [(form, "once", "a\0b") for form in _ACTIONS]
    bad += [(form, "version", LONG) for form in _ACTIONS]
    bad += [("review", "saw", body) for body in (*_BODIES, *_SIGNED)]
    bad += [("review", "seen", id) for id in ids]
    bad += [(form, "items", f"statement:{id}:1") for form in judged for id in ids]
    bad += [("review", "items", f"statement:1:{LONG}")]
    bad += [("change", name, id) for name in ("basis", "further", "dissent") for id in ids]
    return bad + [("statement", n, id) for n in ("source", "start", "end", "repeats") for id in ids]


# The button of each form that reads most of what it is sent.
_ACTIONS = {
    "review": "publish", "publication": "look", "change": "check", "statement": "passage",
    "text": "fetch", "retract": "submit",
}  # fmt: skip


def _addresses(desk: Desk) -> dict[str, str]:
    source, statement, change = story(desk)
    published = desk.published("status_change")
    return {
        "review": path_of(change),
        "publication": f"/desk/publication/?items=statement:{statement}",
        "change": f"{path_of(change)}edit/",
        "statement": f"{path_of(statement, 'statements')}edit/",
        "text": f"/desk/sources/{source}/text/",
        "retract": f"/desk/status-changes/{published}/retraction/",
    }


@pytest.mark.drill
def test_no_hidden_field_makes_us_fail(desk: Desk) -> None:
    client, addresses, failed = signed_in(desk.reviewer), _addresses(desk), []
    client.raise_request_exception = False
    filled = {form: Browser(client).filled(path) for form, path in addresses.items()}
    for form, name, value in _sendings():
        # An old version is what makes the page compare.
        typed = {**filled[form], "version": "7", name: value, "action": _ACTIONS[form]}
        if client.post(addresses[form], typed).status_code >= 500:
            failed.append((form, name, str(value)[:40]))
    assert failed == []


@pytest.mark.parametrize("id", _IDS)
def test_no_number_in_an_address_makes_us_fail(drafter: Client, id: str) -> None:
    drafter.raise_request_exception = False
    for path, name in (
        ("publication/", "items"), ("sources/transcription/", "capture"),
        ("statements/new/", "source"), ("status-changes/new/", "basis"), ("finding/", "address"),
        ("drafts/", "cursor"), ("sources/", "cursor"), ("sources/new/", "url"),
    ):  # fmt: skip
        asked = {name: f"statement:{id}" if name == "items" else id}
        assert drafter.get(f"/desk/{path}", asked).status_code < 500, path


def test_a_body_that_we_signed_is_compared(desk: Desk, drafter: Client) -> None:
    path = path_of(story(desk)[2])
    before = Browser(drafter).filled(path)["saw"]
    assert "basis" in json.loads(Signer(salt="saw").unsign(before))
