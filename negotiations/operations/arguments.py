"""What callers hand to a verb is of the kind that its annotation says, or is refused by name."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from negotiations.refusals import Refusal

Check = Callable[[Any], bool]
_LISTS = (list, tuple)
_KINDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    datetime: "an instant with its offset",
    date: "a day",
}


def check_arguments(write: Callable[..., Any], given: Mapping[str, Any]) -> None:
    """Refusal `wrong_kind`, naming the argument, unless all fit the annotations of `write`."""
    checks = _checks(write)
    for name, value in given.items():
        if name in checks and not checks[name](value):
            kind = _told(get_type_hints(write)[name])
            raise Refusal("wrong_kind", at=f"/{name}", name=name, kind=kind)


@cache
def _checks(write: Callable[..., Any]) -> dict[str, Check]:
    """For each argument, whether a value fits: read off the annotations once for each verb."""
    return {name: _check(hint) for name, hint in get_type_hints(write).items()}


def _check(hint: Any) -> Check:
    if get_origin(hint) in (Union, types.UnionType):
        either = [_check(one) for one in get_args(hint)]
        return lambda value: any(fits(value) for fits in either)
    if hint is Any:
        return lambda _: True
    if get_origin(hint) is Mapping:
        return _is_object
    if get_origin(hint) is Sequence:
        return _check_of_each(*get_args(hint))
    if hint is datetime:
        return lambda value: isinstance(value, datetime) and value.tzinfo is not None
    if hint in (int, date):
        # In Python true is a number and an instant is a day; here they are not.
        return lambda value: isinstance(value, hint) and not isinstance(value, bool | datetime)
    return lambda value: isinstance(value, hint)


def _is_object(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)


def _check_of_each(of: Any) -> Check:
    if of is Any:
        return lambda value: isinstance(value, _LISTS)
    fits = _check(of)
    return lambda value: isinstance(value, _LISTS) and all(map(fits, value))


def _told(hint: Any) -> str:
    if get_origin(hint) is Sequence:
        return "a list in which each is " + _told(get_args(hint)[0])
    if get_origin(hint) is Mapping:
        return "an object"
    if get_args(hint):
        return " or ".join(_told(one) for one in get_args(hint))
    return _KINDS.get(hint, "nothing" if hint is types.NoneType else hint.__name__)
