"""Rows of the record as they are told, by noun and id: the one place where answers get them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.assembly import assemble
from negotiations.queries.shapes import Stored
from negotiations.queries.sources import build_sources


def tell(noun: str, ids: Collection[int], *, clocks: Clocks) -> dict[int, Any | Stored]:
    """What is told of these rows by id: a record of `queries.shapes`, or its JSON as stored.

    Ids of rows that were not published by `as_of` are left out.
    """
    if noun == "source":
        return dict(build_sources(ids, clocks=clocks))
    return dict(getattr(assemble(clocks=clocks, **{noun: ids}), noun))
