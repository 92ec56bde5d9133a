"""The API's own description: OpenAPI 3.1, made once from the routes and their shapes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator

from negotiations.api.openapi import SCHEME
from negotiations.api.rendering import encode

_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A personal token of an officer (`parley_…`), made at the desk. Its scopes are "
    "`read`, `draft` and `publish`, each with those before it; the account's roles rule as well.",
}
_PROGRAM = Path(__file__).parent.parent


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
    generator: Any = _Generator
    told = generator().get_schema(public=True)
    told["components"]["securitySchemes"] = {SCHEME: _TOKEN}
    return encode(told)


@cache
def representation() -> str:
    """Changes with every release, so that no answer of an older one passes for fresh."""
    digest = hashlib.sha256()
    for file in sorted([*_PROGRAM.rglob("*.py"), *_PROGRAM.rglob("*.toml")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
