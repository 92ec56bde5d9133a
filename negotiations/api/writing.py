"""What every write route is: a verb of the write door, its arguments from address and body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from negotiations.api.asking import read_path, read_query
from negotiations.api.authorization import admit, bearer_of, require_scope
from negotiations.api.bodies import read_members, read_object
from negotiations.api.envelopes import JSON, read_body
from negotiations.api.openapi_writes import WriteSchema
from negotiations.api.preconditions import asked, read_if_match, read_key
from negotiations.api.rendering import encode
from negotiations.api.routes import Route, bare, takes_json
from negotiations.api.telling import told_refusal
from negotiations.desk_words import Scope
from negotiations.lifetimes import PRIVATE
from negotiations.operations import Actor, Receipt
from negotiations.operations.answers import Kept, once
from negotiations.operations.members import Member, members
from negotiations.operations.operation import joined
from negotiations.operations.tokens import note_use
from negotiations.queries.tokens import Bearer
from negotiations.refusals import Refusal

REPLAYED = "Idempotency-Replayed"
Verb = Callable[..., Any]


class _Declined(Exception):
    """A refusal of the verb, on its way out of the transaction."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal


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

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do it; who asks plainly is spared the framework's negotiations, which can only agree."""
        if request.method != self.method or not takes_json(request):
            return super().dispatch(request, *args, **kwargs)
        self.request, self.args, self.kwargs = request, args, kwargs
        self.now = timezone.now()
        try:
            self.bearer = bearer_of(request, now=self.now)
            self.count(request)
            response = self.serve(request, **kwargs)
        except Exception as error:  # told as the framework would have it told
            response = self.handle_exception(error)
        self.tell_more(request, response)
        response.headers.setdefault("Allow", ", ".join(self.allowed_methods))
        return bare(response)

    def serve(self, request: Request, **path: str) -> HttpResponse:
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
            do = verb if key is None else joined(verb)
            try:
                made = do(by=Actor(officer=bearer.officer), now=now, **seen, **arguments)
            except Refusal as refusal:
                raise _Declined(refusal) from refusal
            return self._kept(made)

        try:
            if key is None:
                return _reply(act())
            what = asked(request, body if isinstance(body, dict) else raw)
            kept = once(officer=bearer.officer, key=key, asked=what, now=now, answer=act)
        except _Declined as declined:
            # Told when the transaction is over: to tell it, the record is read.
            refusal = declined.refusal
            raise self.told_refusal(refusal, names, bearer, body) from refusal
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


def _reply(kept: Kept, more: Mapping[str, str] | None = None) -> HttpResponse:
    headers = {"Cache-Control": PRIVATE, **kept.headers, **(more or {})}
    response = HttpResponse(
        kept.body, status=kept.status, headers=headers, content_type="application/json"
    )
    if not kept.body:
        del response["Content-Type"]
    return response
