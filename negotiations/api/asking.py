"""Reading the query string strictly: nothing is guessed, nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from negotiations.addresses import follows_readers
from negotiations.api.filters import CLOCKS, IN_PATH, PAGING
from negotiations.api.parameters import Parameter, Unreadable
from negotiations.queries.clocks import Clocks
from negotiations.queries.lookups import typed
from negotiations.refusals import Both, Refusal

_SHOWN = 40
_CLOCKS = frozenset(parameter.name for parameter in CLOCKS)
_PAGING = frozenset(parameter.name for parameter in PAGING)
_NONE = Both("none", "없음")
_EMPTY = Both("it is empty; leave it out instead", "비어 있습니다. 아예 빼십시오")
_ODD = Both(
    "it is no text in UTF-8 on one line, without control characters",
    "제어 문자 없이 한 줄로 된 UTF-8 글이 아닙니다",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks: the values it gave by name, and its clocks where the route has them."""

    values: Mapping[str, Any]
    clocks: Clocks

    @property
    def paging(self) -> dict[str, Any]:
        """`limit` and `cursor`, as far as given."""
        return {name: value for name, value in self.values.items() if name in _PAGING}

    @property
    def filters(self) -> dict[str, Any]:
        """All values that are neither clocks nor paging."""
        others = _CLOCKS | _PAGING
        return {name: value for name, value in self.values.items() if name not in others}


def read_query(
    query: str, *, parameters: Sequence[Parameter], lengthened: bool = False
) -> dict[str, Any]:
    """Values by name, sorted. `query` is as the server hands it over (latin-1, still escaped).

    Where addresses may be `lengthened`, what others add to follow readers is passed over.

    Refuses `unknown_parameter`, `repeated_parameter` and `bad_parameter`.
    """
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Any] = {}
    for name, sent in _pairs(query):
        if name not in known:
            if lengthened and follows_readers(name):
                continue
            valid = ", ".join(known) or _NONE
            raise Refusal("unknown_parameter", at=_shown(name), name=_shown(name), valid=valid)
        if name in values:
            raise Refusal("repeated_parameter", at=name, name=name)
        values[name] = _read(known[name], sent)
    return dict(sorted(values.items()))


def read_path(names: Mapping[str, str]) -> dict[str, Any]:
    """The names in an address; what does not have their form is `not_found`."""
    try:
        return {name: IN_PATH[name].read(sent) for name, sent in names.items()}
    except Unreadable:
        raise Refusal("not_found") from None


def _read(parameter: Parameter, sent: str) -> Any:
    try:
        if not sent:
            raise Unreadable(_EMPTY, _EMPTY.ko)
        return parameter.read(sent)
    except Unreadable as unreadable:
        why = unreadable.why
        raise Refusal("bad_parameter", at=parameter.name, name=parameter.name, why=why) from None


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for pair in query.encode("latin-1", "replace").replace(b"+", b" ").split(b"&"):
        if not pair:
            continue
        name, _, sent = (unquote_to_bytes(part) for part in pair.partition(b"="))
        yield _text(name, at=name), _text(sent, at=name)


def _text(part: bytes, *, at: bytes) -> str:
    try:
        text = part.decode()
        if not text.isascii():
            text = typed(text)
        if text.isprintable():
            return text
    except UnicodeDecodeError:
        pass
    name = _shown("".join(c for c in at.decode(errors="ignore") if c.isprintable()))
    raise Refusal("bad_parameter", at=name, name=name, why=_ODD)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
