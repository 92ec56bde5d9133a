"""Floor 0: an answer out of the memory of a process, as Django sends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.http.response import ResponseHeaders

from negotiations.memory import Kept

_CONTENT: Any = HttpResponse.__dict__["content"]


class KeptAnswer(HttpResponse):
    """An answer with a kept body, which is unpacked only where it is sent as it is."""

    def __init__(self, kept: Kept, headers: ResponseHeaders | None = None) -> None:
        """Take the body, and the headers as they are."""
        super().__init__()
        if headers is not None:
            self.headers = headers
        # Else it is measured, and so unpacked, by a layer that may not send it.
        self.headers["Content-Length"] = str(kept.length)
        self.kept = kept
        self._untouched = True

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        if self._untouched:
            self.content = self.kept.body
        return _CONTENT.fget(self)

    @content.setter
    def content(self, body: bytes) -> None:
        self._untouched = False
        _CONTENT.fset(self, body)

    def __iter__(self) -> Iterator[bytes]:
        """The body in one piece."""
        return iter([self.content])
