"""What a verb takes from who calls it: the members of a script's body, read off its signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from negotiations.refusals import Both, Refusal

# Who acts, when, and on which version: never words of a body.
_OURS = frozenset({"by", "now", "amends", "version"})
_SHOWN = 40
_NONE = Both("none", "없음")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One argument of a verb: its kind, and what it is when left out."""

    name: str
    hint: Any
    required: bool
    default: Any
    # Whether it may be an instant, which JSON has as a text.
    is_instant: bool


@cache
def members(write: Callable[..., Any]) -> Mapping[str, Member]:
    """The arguments that are content, by name, in the order of the signature."""
    hints = get_type_hints(write)
    return {
        name: Member(
            name=name,
            hint=hints[name],
            required=parameter.default is parameter.empty,
            default=None if parameter.default is parameter.empty else parameter.default,
            is_instant=datetime in (hints[name], *get_args(hints[name])),
        )
        for name, parameter in inspect.signature(write).parameters.items()
        if name not in _OURS
    }


def check_members(given: Mapping[str, Any], wanted: Mapping[str, Member]) -> None:
    """Refusal `unknown_member` or `missing_member`, pointing to it, unless all are there."""
    for name in given:
        if name not in wanted:
            valid = ", ".join(wanted) or _NONE
            raise Refusal("unknown_member", at=pointer("", name), name=shown(name), valid=valid)
    for name, member in wanted.items():
        if member.required and name not in given:
            raise Refusal("missing_member", at=pointer("", name), name=name)


def pointer(parent: str, name: str | int) -> str:
    """The JSON pointer (RFC 6901) to a member, or to an element by its place."""
    return f"{parent}/{shown(str(name)).replace('~', '~0').replace('/', '~1')}"


def shown(name: str) -> str:
    """A name as it is told back: its beginning, where it is long."""
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
