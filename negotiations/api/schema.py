"""The API's own description: OpenAPI 3.1, made once from the routes and their shapes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from drf_spectacular.generators import SchemaGenerator

from negotiations.api.rendering import encode

_PROGRAM = Path(__file__).parent.parent


@cache
def document() -> bytes:
    """The OpenAPI document as JSON."""
    return encode(SchemaGenerator().get_schema(public=True))


@cache
def representation() -> str:
    """Changes with every release, so that no answer of an older one passes for fresh."""
    digest = hashlib.sha256()
    for file in sorted([*_PROGRAM.rglob("*.py"), *_PROGRAM.rglob("*.toml")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
