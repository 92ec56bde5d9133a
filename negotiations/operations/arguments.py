"""What callers hand to a verb is of the kind that its annotation says, or is refused by name."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from negotiations.refusals import Refusal

_KINDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    datetime: "an instant with its offset",
    date: "a day",
}


def check_arguments(write: Callable[..., Any], given: Mapping[str, Any]) -> None:
    """Refusal `wrong_kind`, naming the argument, unless all fit the annotations of `write`."""
    hints = _hints(write)
    for name, value in given.items():
        if name in hints and not _fits(value, hints[name]):
            raise Refusal("wrong_kind", at=f"/{name}", name=name, kind=_told(hints[name]))


@cache
def _hints(write: Callable[..., Any]) -> dict[str, Any]:
    return get_type_hints(write)


def _fits(value: Any, hint: Any) -> bool:
    if get_origin(hint) in (Union, types.UnionType):
        return any(_fits(value, one) for one in get_args(hint))
    if hint is Any:
        return True
    if get_origin(hint) is Mapping:
        return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
    if get_origin(hint) is Sequence:
        (of,) = get_args(hint)
        return isinstance(value, list | tuple) and all(_fits(one, of) for one in value)
    if hint is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    # In Python true is a number and an instant is a day; here they are not.
    if hint in (int, date) and isinstance(value, bool | datetime):
        return False
    return isinstance(value, hint)


def _told(hint: Any) -> str:
    if get_origin(hint) is Sequence:
        return "a list in which each is " + _told(get_args(hint)[0])
    if get_origin(hint) is Mapping:
        return "an object"
    if get_args(hint):
        return " or ".join(_told(one) for one in get_args(hint))
    return _KINDS.get(hint, "nothing" if hint is types.NoneType else hint.__name__)
