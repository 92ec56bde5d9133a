"""When the desk last looked at a track: quiet that was seen, told apart from neglect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from negotiations.pages.questions import Question
from negotiations.queries.shapes import TrackState


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The desk's newest public act on a track.

    `nothing_new`: it was a look that found nothing; `overdue`: it is longer ago than the desk means
    to leave the track alone.
    """

    on: date
    nothing_new: bool
    overdue: bool


def look(state: TrackState, *, as_of: datetime) -> Look | None:
    """When the desk last looked, by its own record at `as_of`; None before its first act."""
    if state.acted_at is None:
        return None
    on, today = _day(state.acted_at), _day(as_of)
    return Look(
        on=on,
        nothing_new=state.checked_at == state.acted_at,
        overdue=today - on > timedelta(days=state.review_days),
    )


def told_look(state: TrackState, question: Question) -> Look | None:
    """The same for a reader; None where only the world's or the public's clock was turned.

    What the desk did since would be out of place beside what was known long ago.
    """
    if question.given and "as_of" not in question.given:
        return None
    return look(state, as_of=question.clocks.as_of)


def _day(moment: datetime) -> date:
    return moment.astimezone(settings.DESK_ZONE).date()
