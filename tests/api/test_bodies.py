"""Bad bodies: refused with a pointer, never a failure, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.api import bodies
from negotiations.api.bodies import canonical, read_object
from negotiations.models import LedgerEntry
from negotiations.refusals import Refusal
from tests.api.acts import MAY, act_of
from tests.api.office import Office, Script, code_of

DEEP = b'{"a":' * 50 + b"[]" + b"}" * 50
# Body, code, the place at fault.
UNREADABLE = [
    (b"{", "bad_json", ""),
    (b"[]", "bad_json", ""),
    (b"null", "bad_json", ""),
    (b"1", "bad_json", ""),
    (b"'a'", "bad_json", ""),
    (b'{"a": 1,}', "bad_json", ""),
    (b'{"a": 01}', "bad_json", ""),
    (b'{"a": 1} {}', "bad_json", ""),
    (b'{"a": "\n"}', "bad_json", ""),
    (b"\xef\xbb\xbf{}", "bad_json", ""),
    (b'{"a": "\xff"}', "bad_json", ""),
    (b'{"a": "\xed\xa0\x80"}', "bad_json", ""),
    ("{}".encode("utf-16"), "bad_json", ""),
    (b'{"a": NaN}', "bad_json", "/a"),
    (b'{"a": [1, Infinity]}', "bad_json", "/a/1"),
    (b'{"a": -Infinity}', "bad_json", "/a"),
    (b'{"a": 9223372036854775808}', "bad_json", "/a"),
    (b'{"a": ' + b"9" * 5000 + b"}", "bad_json", "/a"),
    (b'{"a": 1, "a": 1}', "repeated_member", "/a"),
    (b'{"a": [{"b/~": 1, "b/~": 2}]}', "repeated_member", "/a/0/b~1~0"),
    (b'{"a": 1, "\\u0061": 1}', "repeated_member", "/a"),
    (b'{"a": "\\u0000"}', "bad_text", "/a"),
    (b'{"a": {"b": "\\ud800"}}', "bad_text", "/a/b"),
    (b'{"\\udfff": 1}', "bad_text", ""),
    (b'{"a": "\\ud800\\ud800"}', "bad_text", "/a"),
    (DEEP, "too_deep", "/a" * 50),
    (b"[" * 500_000, "too_deep", ""),
    (b'{"a":' * 100_000, "too_deep", ""),
]


@pytest.mark.parametrize(("body", "code", "at"), UNREADABLE)
def test_what_could_be_read_in_two_ways_is_refused(body: bytes, code: str, at: str) -> None:
    """By name, with a JSON pointer."""
    with pytest.raises(Refusal) as refused:
        read_object(body)

    assert (refused.value.code, refused.value.at) == (code, at)


def test_what_is_in_order_is_read_as_it_is() -> None:
    """Fifty levels, pairs of surrogates, the largest number; nothing at all is an empty object."""
    assert read_object(b"") == {}
    assert read_object(b'{"a": "\\ud83d\\ude00", "b": 9223372036854775807}') == {
        "a": "😀", "b": 2**63 - 1,
    }  # fmt: skip
    assert read_object(DEEP.replace(b'{"a":', b"", 1)[:-1])


@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=2), one),
        max_leaves=6,
    ),
    escaped=st.booleans(),
)
def test_what_is_read_at_once_is_what_is_read_step_by_step(body: Any, escaped: bool) -> None:
    """The short way through a body about which nothing is doubtful leaves nothing out."""
    sent = json.dumps({"a": body}, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    assert _outcome(sent, bodies._at_once) in (_outcome(sent, _step_by_step), "doubtful")
    assert _outcome(sent, read_object) == _outcome(sent, _step_by_step)


def _step_by_step(body: bytes) -> Any:
    return bodies._checked(bodies._parsed(body), at="", depth=1)


def _outcome(sent: bytes, read: Callable[[bytes], Any]) -> Any:
    try:
        return repr(read(sent))
    except Refusal as refusal:
        return refusal.code, refusal.at
    except (bodies._Doubtful, ValueError):
        return "doubtful"


def test_one_body_has_one_form() -> None:
    """White space and order say nothing."""
    one, other = read_object(b'{"a": 1, "b": "\\u00e9"}'), read_object('{"b":"é","a":1}'.encode())

    assert canonical(one) == canonical(other)


# What every member of a body is tried with; some are in order for some of them.
ODD: list[Any] = [
    None, True, 0, -1, 1.5, 1e400, 2**63 - 1, -(2**63), "", " ", "x", "x" * 70_000, "2025-13-45",
    "../..", "talks/nowhere", "-- '\"; DROP", "‮", "é", "\x01", [], [None], [[]], ["x"], [0],
    [2**62], [True], {}, {"noun": "statement"}, [{}], [{"noun": "x", "id": 1, "version": 1}],
    ["talks/security", "talks/security"], ["KR", "KR"], "2025-10-14T00:00:00",
    "9999-12-31T23:59:59-14:00", "1000-01-01T00:00:00+14:00", "2025-02-30T00:00:00Z",
]  # fmt: skip
# An amendment is held to the rules of the draft verb, and the batch has tests of its own.
TRIED = sorted(set(MAY) - {"list_drafts", "show_draft", "amend_draft", "draft_statements"})


# Every member meets every value in the drills; by default each eleventh, every value in its turn.
STRIDES = [11, pytest.param(1, marks=pytest.mark.drill)]


@pytest.mark.django_db
@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("operation_id", TRIED)
def test_no_member_makes_it_fail(operation_id: str, stride: int, office: Office) -> None:
    """Each member of each write with odd values: done or refused, and never half done."""
    from negotiations.api.docs import routes

    (route,) = [route for route in routes() if route.operation_id == operation_id]
    act = act_of(operation_id, office, role="admin")
    script = office.script("admin")
    for turn, name in enumerate({**(act.body or {}), "nonsense": 1}):
        for value in ODD[turn % stride :: stride]:
            body = {**(act.body or {}), name: value}
            _try(script, route.method, act.path, json.dumps(body).encode(), act.tag)
        body = {one: value for one, value in (act.body or {}).items() if one != name}
        _try(script, route.method, act.path, json.dumps(body).encode(), act.tag)


def _try(script: Script, method: str, path: str, body: bytes, tag: int | None) -> None:
    before = LedgerEntry.objects.count()
    response = script.send(method, path, body, tag=tag)
    if response.status_code < 300:
        return
    assert 400 <= response.status_code < 500, (path, body[:300], response.content)
    problem = response.json()
    assert code_of(response) == problem["code"]
    assert "{" not in problem["detail"] or "{" in body.decode(errors="replace")
    assert LedgerEntry.objects.count() == before


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BOUNDED = settings(
    max_examples=40, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.django_db
@BOUNDED
@given(data=st.data())
def test_nothing_that_is_json_makes_it_fail(data: st.DataObject, office: Office) -> None:
    """Members of their own names with anything in them."""
    usual = office.desk.usual("statement")
    odd = data.draw(st.dictionaries(st.sampled_from([*usual, "basis", "zone"]), ANYTHING))
    script = office.script("admin", ["draft"])
    _try(script, "POST", "/statements/", json.dumps({**usual, **odd}).encode(), None)


@pytest.mark.django_db
@BOUNDED
@given(body=st.binary(max_size=200) | ANYTHING.map(lambda one: json.dumps(one).encode()))
def test_no_bytes_make_it_fail(body: bytes, office: Office) -> None:
    """Whatever is sent."""
    script = office.script("admin", ["draft"])
    _try(script, "POST", "/linkages/", body, None)
