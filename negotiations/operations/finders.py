"""Looking rows up once: the lines of a batch name the same few again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from negotiations.refusals import Refusal

N = TypeVar("N")
R = TypeVar("R")


class Finders:
    """Remembers what was found, and what was refused, for as long as it is kept."""

    def __init__(self) -> None:
        """Nothing has been looked for yet."""
        self._found: dict[tuple[Any, Any], Any] = {}

    def one(self, look: Callable[[N], R], name: N) -> R:
        """What `look` finds by this name; raises its refusal."""
        key = (look, name)
        if key not in self._found:
            try:
                self._found[key] = look(name)
            except Refusal as refusal:
                self._found[key] = refusal
        found = self._found[key]
        if isinstance(found, Refusal):
            raise Refusal(found.code, at=found.at, **found.facts)
        told: R = found
        return told

    def each(self, look: Callable[[N], R], names: Iterable[N]) -> list[R]:
        """What it finds by each of these names, in their order."""
        return [self.one(look, name) for name in names]

    def know(self, look: Callable[[Any], R | None], found: Iterable[tuple[Any, R]]) -> None:
        """Take what was found all at once, by its names."""
        self._found.update({(look, name): row for name, row in found})

    def forget(self, look: Callable[[N], R]) -> None:
        """Let go of what this one found."""
        self._found = {key: row for key, row in self._found.items() if key[0] != look}
