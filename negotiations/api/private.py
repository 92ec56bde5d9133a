"""Reading what is not public: with a token, for its owner, kept by no cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import read_path
from negotiations.api.authorization import admit
from negotiations.api.openapi import PrivateSchema
from negotiations.api.reading import Read
from negotiations.api.rendering import encode
from negotiations.desk_words import Scope
from negotiations.lifetimes import PRIVATE
from negotiations.queries.seats import seat


class PrivateRead(Read):
    """A GET route of the desk. Subclasses declare `find`: it takes the Asked, seat and path."""

    schema = PrivateSchema()
    conditional = False
    scope: ClassVar[Scope] = Scope.READ
    # Whether the answer has the tag of a version.
    versioned: ClassVar[bool] = False
    find: Callable[..., Any]

    def get(self, request: Request, **path: str) -> Response:
        """Answer who may see it."""
        bearer = admit(self.bearer, needs=self.scope)
        asked = self._read(request, self.now)
        found = self.find(asked, seat=seat(bearer.officer), **read_path(path))
        found = self._with_next(request, asked, found)
        headers = {"Cache-Control": PRIVATE, **self.headers_of(found)}
        return Response(encode(found), headers=headers, content_type="application/json")

    def headers_of(self, found: Any) -> dict[str, str]:  # noqa: ARG002
        """What is told beside the body."""
        return {}
