"""What every write route is: a verb of the write door, its arguments from address and body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import read_path, read_query
from negotiations.api.authorization import admit, require_scope
from negotiations.api.bodies import read_members, read_object
from negotiations.api.envelopes import JSON, read_body
from negotiations.api.openapi_writes import WriteSchema
from negotiations.api.preconditions import asked, read_if_match, read_key
from negotiations.api.rendering import encode
from negotiations.api.routes import Route
from negotiations.api.telling import told_refusal
from negotiations.desk_words import Scope
from negotiations.lifetimes import PRIVATE
from negotiations.operations import Actor, Receipt
from negotiations.operations.answers import Kept, once
from negotiations.operations.members import Member, members
from negotiations.operations.tokens import note_use
from negotiations.queries.tokens import Bearer
from negotiations.refusals import Refusal

REPLAYED = "Idempotency-Replayed"
Verb = Callable[..., Any]


class Write(Route):
    """A route that changes the record. Subclasses declare the class attributes.

    The body has the arguments of the verb that the address does not give; the description says so,
    too. `conditional` routes act on a version that the caller saw, and take If-Match.
    """

    schema = WriteSchema()
    scope: ClassVar[Scope]
    verb: ClassVar[Verb]
    # Arguments of the verb that no body has.
    given: ClassVar[frozenset[str]] = frozenset()
    conditional: ClassVar[bool] = False
    status: ClassVar[int] = 201
    shape: ClassVar[Any] = Receipt
    # Media type of the body, and how many bytes of it are taken.
    media_type: ClassVar[str] = JSON
    most: ClassVar[int] = 1_000_000

    @classmethod
    def verbs(cls) -> Mapping[str, Verb]:
        """The verb by the noun in the address; "" where every noun has the same."""
        return {"": cls.verb}

    @classmethod
    def members(cls, verb: Verb) -> dict[str, Member]:
        """What a body for this verb may hold."""
        taken = members(verb).items()
        return {name: one for name, one in taken if name not in cls.given}

    def from_path(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments that the address gives."""
        return dict(names)

    def scope_for(self, arguments: Mapping[str, Any]) -> Scope:  # noqa: ARG002
        """What the token must be good for, where that depends on what is done."""
        return self.scope

    def location(self, receipt: Any) -> str | None:  # noqa: ARG002
        """The address of what was made."""
        return None

    def headers_of(self, receipt: Any) -> dict[str, str]:
        """What is told beside the body."""
        place = self.location(receipt)
        return {} if place is None else {"Location": place}

    def told(self, receipt: Any) -> Any:
        """The answer, of `shape`."""
        return receipt

    def read(self, body: bytes) -> Any:
        """The body, as far as it can be read without the address."""
        return read_object(body)

    def arguments(self, names: Mapping[str, Any], body: Any) -> tuple[Verb, dict[str, Any]]:
        """The verb, and its arguments from address and body."""
        verbs = self.verbs()
        verb = verbs.get(names.get("noun", "")) or verbs[""]
        return verb, {**self.from_path(names), **read_members(body, self.members(verb))}

    def serve(self, request: Request, **path: str) -> Response:
        """Do it, or tell again what was done under this key before."""
        now = self.now
        bearer = admit(self.bearer, needs=self.scope)
        note_use(token=bearer.token, last_used_at=bearer.last_used_at, now=now)
        read_query(request.META.get("QUERY_STRING", ""), parameters=())
        names = read_path(path)
        seen = {"version": read_if_match(request)} if self.conditional else {}
        key = read_key(request)
        raw = read_body(request, media_type=self.media_type, most=self.most)
        body = self.read(raw)
        verb, arguments = self.arguments(names, body)
        require_scope(bearer, self.scope_for(arguments))
        replayed = True

        def act() -> Kept:
            nonlocal replayed
            replayed = False
            try:
                made = verb(by=Actor(officer=bearer.officer), now=now, **seen, **arguments)
            except Refusal as refusal:
                raise self.told_refusal(refusal, names, bearer, body) from refusal
            return self._kept(made)

        if key is None:
            return _reply(act())
        what = asked(request, body if isinstance(body, dict) else raw)
        kept = once(officer=bearer.officer, key=key, asked=what, now=now, answer=act)
        return _reply(kept, {REPLAYED: "true"} if replayed else {})

    def told_refusal(
        self, refusal: Refusal, names: Mapping[str, Any], bearer: Bearer, body: Any
    ) -> Exception:
        """A refusal of the verb, as it is answered."""
        return told_refusal(
            refusal, names, officer=bearer.officer, body=body, on_draft=self.conditional
        )

    def _kept(self, made: Any) -> Kept:
        if self.status == 204:
            return Kept(status=204)
        return Kept(status=self.status, headers=self.headers_of(made), body=encode(self.told(made)))


class Post(Write):
    """A write that adds something."""

    method = "POST"
    post = Write.serve


class Put(Write):
    """A write that puts something in the place of what was seen."""

    method = "PUT"
    conditional = True
    status = 200
    put = Write.serve


class Delete(Write):
    """A write that takes something away; it has no answer."""

    method = "DELETE"
    status = 204
    delete = Write.serve


def _reply(kept: Kept, more: Mapping[str, str] | None = None) -> Response:
    headers = {"Cache-Control": PRIVATE, **kept.headers, **(more or {})}
    body = kept.body or None
    return Response(body, status=kept.status, headers=headers, content_type="application/json")
