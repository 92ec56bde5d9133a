"""Between the drafter and the second officer: handing a draft in, and sending it back."""

from __future__ import annotations

from datetime import datetime

from negotiations.desk_words import Review, Role
from negotiations.models import Published, Remark
from negotiations.operations.content import noun_of
from negotiations.operations.drafting import draft_of, model_of
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.scopes import scope_of
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal


@operation(needs=Role.OFFICER)
def submit_draft(*, by: Actor, now: datetime, noun: str, id: int, version: int) -> Act:
    """Hand a draft in for review; Refusal `already_published`, `version_conflict`."""
    return _reviewed(draft_of(model_of(noun), id, version=version), Review.SUBMITTED)


@operation(needs=Role.REVIEWER)
def send_back(*, by: Actor, now: datetime, noun: str, id: int, version: int, note: str) -> Act:
    """Send a draft back to its drafter with a note.

    Refusal `missing_text` without one, `already_published`, `version_conflict`.
    """
    row = draft_of(model_of(noun), id, version=version)
    words = clean(note, at="/note")
    if not words:
        raise Refusal("missing_text", at="/note", name="note")
    Remark.objects.create(
        noun=noun, object_id=id, version=version, by_id=by.officer, at=now, text=words
    )
    return _reviewed(row, Review.SENT_BACK)


def _reviewed(row: Published, review: Review) -> Act:
    # The words stay as they are, and so does the version that names them.
    type(row)._default_manager.filter(pk=row.pk).update(review=review.value)
    return Act(
        noun=noun_of(row), object_id=row.pk, payload={},
        tracks=scope_of(row), version=row.version,
    )  # fmt: skip
