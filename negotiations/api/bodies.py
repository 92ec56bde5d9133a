"""Reading a body strictly: what could be read in two ways is refused, with a pointer to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from negotiations.api.parameters import INSTANT
from negotiations.operations.members import Member, check_members, pointer, shown
from negotiations.refusals import Both, Refusal

DEEPEST = 50
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")
# Escapes of NUL and of halves of pairs: no other way leads to them through UTF-8.
_DOUBTFUL = re.compile(r"\\u(?:0000|[dD][89a-fA-F])", re.ASCII)
# Two thousand years in which every offset can be told in UTC.
_INSTANT = re.compile(r"[12]" + INSTANT.removeprefix("[1-9]"), re.ASCII)
_LARGEST = 2**63 - 1  # what a column holds
_NOT_UTF8 = Both("it is not UTF-8", "UTF-8이 아닙니다")
_NOT_AN_OBJECT = Both("it is not an object", "객체가 아닙니다")
_TOO_LARGE = Both("the number is too large", "수가 너무 큽니다")


class _Pairs(list[tuple[str, Any]]):
    """The members of an object as sent, before it is known whether their names differ."""


class _Doubtful(Exception):
    """Reading has to look more closely."""


class _Stranger:
    """What Python's reader takes for a number and JSON does not, or no column holds."""

    def __init__(self, why: str) -> None:
        self.why = why


def read_object(body: bytes) -> dict[str, Any]:
    """The members of a body; nothing at all is an object without members.

    Refusal `bad_json` (syntax, NaN, UTF-8, not an object), `repeated_member`, `too_deep` and
    `bad_text` (NUL, lone surrogates).
    """
    if not body:
        return {}
    try:
        value = _at_once(body)
    except (_Doubtful, ValueError):
        value = _checked(_parsed(body), at="", depth=1)
    if not isinstance(value, dict):
        raise Refusal("bad_json", why=_NOT_AN_OBJECT)
    return value


def read_members(given: Mapping[str, Any], wanted: Mapping[str, Member]) -> dict[str, Any]:
    """The arguments that a body has for a verb; instants are read, all else is as sent.

    Refusal `unknown_member`, `missing_member`. What is not of its kind the verb itself refuses.
    """
    check_members(given, wanted)
    return {
        name: _instant(value) if wanted[name].is_instant else value for name, value in given.items()
    }


def canonical(value: Any) -> bytes:
    """One form for all ways to write the same body."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _at_once(body: bytes) -> Any:
    """A body about which nothing is doubtful, in one go.

    ValueError or _Doubtful for any other, which is read again, step by step, to tell what is wrong
    with it and where.
    """
    text = body.decode()
    if _DOUBTFUL.search(text) or text.count("[") + text.count("{") > DEEPEST:
        raise _Doubtful
    return _READER.decode(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise _Doubtful
    return told


def _small(digits: str) -> int:
    if len(digits) > 18:
        raise _Doubtful
    return int(digits)


def _doubt(name: str) -> Any:
    raise _Doubtful(name)


_READER = json.JSONDecoder(object_pairs_hook=_once, parse_int=_small, parse_constant=_doubt)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode(), object_pairs_hook=_Pairs, parse_constant=_constant, parse_int=_whole
        )
    except UnicodeDecodeError:
        raise Refusal("bad_json", why=_NOT_UTF8) from None
    except RecursionError:
        raise Refusal("too_deep", most=DEEPEST) from None
    except json.JSONDecodeError as error:
        where = f"{error.lineno}:{error.colno}"
        why = Both(
            f"there is an error at {where} (line:column)", f"{where}(행:열)에 잘못이 있습니다"
        )
        raise Refusal("bad_json", why=why) from None


def _constant(name: str) -> _Stranger:
    return _Stranger(Both(f"{name} is no number of JSON", f"JSON의 수가 아닙니다: {name}"))


def _whole(digits: str) -> int | _Stranger:
    # Python itself gives up on thousands of digits.
    if len(digits) > 20 or abs(int(digits)) > _LARGEST:
        return _Stranger(_TOO_LARGE)
    return int(digits)


def _checked(value: Any, *, at: str, depth: int) -> Any:
    match value:
        case _Stranger():
            raise Refusal("bad_json", at=at, why=value.why)
        case str():
            return _kept(value, at=at)
        case list() if depth > DEEPEST:
            raise Refusal("too_deep", at=at, most=DEEPEST)
        case _Pairs():
            return _members(value, at=at, depth=depth)
        case list():
            each = enumerate(value)
            return [_checked(one, at=pointer(at, n), depth=depth + 1) for n, one in each]
    return value


def _members(pairs: _Pairs, *, at: str, depth: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in pairs:
        _kept(name, at=at)
        if name in told:
            raise Refusal("repeated_member", at=pointer(at, name), name=shown(name))
        told[name] = _checked(value, at=pointer(at, name), depth=depth + 1)
    return told


def _kept(text: str, *, at: str) -> str:
    if found := _UNKEEPABLE.search(text):
        raise Refusal("bad_text", at=at, why=f"U+{ord(found[0]):04X}")
    return text


def _instant(value: Any) -> Any:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:  # the thirtieth of February
            return value
    return value
