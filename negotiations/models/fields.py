"""Columns that several models share: words of the vocabulary, vague dates, two languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q


def word(words: type[StrEnum], **options: Any) -> models.CharField[str, str]:
    """A column that holds one word of a vocabulary; pair it with `word_check`."""
    return models.CharField(max_length=32, choices=[(w.value, w.value) for w in words], **options)


def word_check(name: str, column: str, words: type[StrEnum]) -> models.CheckConstraint:
    """The database takes only words of the vocabulary (or the empty one, where that is allowed)."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": [w.value for w in words]}), name=f"%(class)s_{name}"
    )


def edtf(**options: Any) -> models.CharField[str, str]:
    """EDTF text (ISO 8601-2); its computed bounds stand in two date columns beside it."""
    return models.CharField(max_length=64, **options)


def text(**options: Any) -> models.TextField[str, str]:
    """Free text that may be empty."""
    return models.TextField(blank=True, default="", **options)
