"""Looking rows up once: the lines of a batch name the same few again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from negotiations.refusals import Refusal

N = TypeVar("N")
R = TypeVar("R")
_NOT_LOOKED_FOR = object()


class Finders:
    """Remembers what was found, and what was refused, for as long as it is kept."""

    def __init__(self) -> None:
        """Nothing has been looked for yet."""
        self._found: dict[Any, dict[Any, Any]] = defaultdict(dict)

    def one(self, look: Callable[[N], R], name: N) -> R:
        """What `look` finds by this name; raises its refusal."""
        found = self._found[look].get(name, _NOT_LOOKED_FOR)
        if found is _NOT_LOOKED_FOR:
            try:
                found = look(name)
            except Refusal as refusal:
                found = refusal
            self._found[look][name] = found
        if isinstance(found, Refusal):
            raise Refusal(found.code, at=found.at, **found.facts)
        told: R = found
        return told

    def each(self, look: Callable[[N], R], names: Iterable[N]) -> list[R]:
        """What it finds by each of these names, in their order."""
        return [self.one(look, name) for name in names]

    def know(self, look: Callable[[Any], R | None], found: Iterable[tuple[Any, R]]) -> None:
        """Take what was found all at once, by its names."""
        self._found[look].update(found)

    def known(self, look: Callable[[N], R], names: Iterable[N]) -> list[R]:
        """What was found already by these names."""
        found = self._found[look]
        return [
            found[name] for name in names if name in found and not isinstance(found[name], Refusal)
        ]

    def forget(self, look: Callable[[N], R]) -> None:
        """Let go of what this one found."""
        self._found.pop(look, None)
