"""Reports of errors, as readers send them."""

from __future__ import annotations

from typing import Any

from negotiations.models import ErrorReport, Statement
from tests.factories.published import PUBLISHED_AT


def report(row: Any = None, **columns: Any) -> ErrorReport:
    """A report about a row (the newest statement)."""
    about = row if row is not None else Statement.objects.latest("pk")
    noun = {"statuschange": "status_change"}.get(about._meta.model_name, about._meta.model_name)
    return ErrorReport.objects.create(
        **{
            "noun": noun, "object_id": about.pk, "kind": "wrong_date", "text": "It was Friday.",
            "language": "en", "received_at": PUBLISHED_AT, **columns,
        }
    )  # fmt: skip


def answered(officer: Any, row: Any = None, **columns: Any) -> ErrorReport:
    """One that has its answer."""
    answer = {"state": "not_a_mistake", "answer_en": "It stands.", "answer_ko": "그대로 둡니다."}
    by = {"answered_by": officer, "answered_at": PUBLISHED_AT}
    return report(row, **{**answer, **by, **columns})
