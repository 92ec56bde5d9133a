"""What every row must keep to before it is written, column by column, in one place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from negotiations.refusals import Refusal

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

# The desk looks at a track at least once a year, and a board has a thousand places.
_RANGES = {"review_days": (1, 366), "position": (0, 999)}


def check_columns(row: models.Model) -> None:
    """Refusal `too_long`, `missing_text` or `bad_slug`, naming the column at fault.

    A column that may not be blank needs a text; lengths count code points.
    """
    check_values(type(row), row.__dict__)


def check_values(model: type[models.Model], values: Mapping[str, Any]) -> None:
    """The same of the values of a row to be, by the names of its columns; refuses as it does."""
    for attname, least, most, field in _texts(model):
        value = values.get(attname)
        if isinstance(value, str):
            if not least <= len(value) <= most:
                _check(field, value, at=f"/{field.name}")
        elif value is not None:
            for one in value:
                _check(field.base_field, one, at=f"/{field.name}")


@cache
def _texts(model: type[models.Model]) -> list[tuple[str, int, float, Any]]:
    """Columns of texts, and of lists of them: between which lengths nothing can be wrong."""
    return [
        (
            field.attname,
            0 if field.blank else 1,
            -1 if isinstance(field, models.SlugField) else field.max_length or math.inf,
            field,
        )
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | ArrayField)
    ]


def check_range(name: str, number: int) -> None:
    """Refusal `out_of_range` for a number that its column is not meant for."""
    least, most = _RANGES[name]
    if not least <= number <= most:
        raise Refusal("out_of_range", at=f"/{name}", name=name, least=least, most=most)


def _check(field: models.Field[object, object], text: str, *, at: str) -> None:
    if not text and not field.blank:
        raise Refusal("missing_text", at=at, name=at[1:])
    if field.max_length is not None and len(text) > field.max_length:
        raise Refusal("too_long", at=at, name=at[1:], most=field.max_length)
    if isinstance(field, models.SlugField) and not _SLUG.fullmatch(text):
        raise Refusal("bad_slug", at=at, text=text)
