"""The API's own description: OpenAPI 3.1, made once from the routes and their shapes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator

from negotiations.api.openapi import SCHEME
from negotiations.api.openapi_headers import HEADERS
from negotiations.api.rendering import encode

_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A personal token of an officer (`parley_…`), made at the desk. Its scopes are "
    "`read`, `draft` and `publish`, each with those before it; the account's roles rule as well.",
}
# The groups of routes, and what each is about.
TAGS = {
    "Negotiations": "What is negotiated between whom, and where all of it stands.",
    "Tracks": "Where one subject stands, and how it came there.",
    "Statements and sources": "Who said what, when, and in which document it is found.",
    "The record": "What follows from statements: readings, positions, ties, milestones.",
    "People": "Who speaks, for whom, and who publishes.",
    "Search": "What holds these words.",
    "Everything at once": "All rows of a noun as one file, now or as of last night.",
    "The ledger": "Every act in its order; corrections beside what they replaced.",
    "Reports of errors": "What readers say is wrong, and what the desk answered.",
    "The service": "Its words, its description, its health.",
    "Drafts": "What the desk writes before it is public. Takes a token.",
    "Publication": "How drafts become part of the record. Takes a token.",
}
_PROGRAM = Path(__file__).parent.parent
_KINDS = ("*.py", "*.toml", "api/examples.json")


class _Endpoints(EndpointEnumerator):
    """Every method of every address with the class that answers it."""

    def get_allowed_methods(self, callback: Any) -> list[str]:
        """Those that classes were gathered for."""
        return list(callback.parts)

    def get_api_endpoints(self, patterns: Any = None, prefix: str = "") -> list[Any]:
        """In the order of `urls.py`."""
        found: list[Any] = super().get_api_endpoints(patterns, prefix)  # type: ignore[no-untyped-call]
        return [(path, regex, method, view.parts[method]) for path, regex, method, view in found]


class _Generator(SchemaGenerator):
    endpoint_inspector_cls = _Endpoints


@cache
def document() -> bytes:
    """The OpenAPI document as JSON."""
    return encode(describe())


def describe(patterns: Any = None) -> dict[str, Any]:
    """The OpenAPI document of these routes, of all by default."""
    generator: Any = _Generator
    told = generator(patterns=patterns).get_schema(public=True)
    told["components"] |= {"headers": HEADERS, "securitySchemes": {SCHEME: _TOKEN}}
    used = {one["tags"][0]: None for item in told["paths"].values() for one in item.values()}
    return {**told, "tags": [{"name": tag, "description": TAGS.get(tag, "")} for tag in used]}


@cache
def representation() -> str:
    """Changes with every release, so that no answer of an older one passes for fresh."""
    digest = hashlib.sha256()
    for file in sorted([one for kind in _KINDS for one in _PROGRAM.rglob(kind)]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
