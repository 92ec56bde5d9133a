"""Looking at a track and finding nothing new: an act, so that nobody takes it for neglect."""

from __future__ import annotations

from datetime import datetime

from negotiations.desk_words import Role
from negotiations.operations.content import key_of
from negotiations.operations.lookups import track as find_track
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor


@operation(needs=Role.OFFICER)
def check_track(*, by: Actor, now: datetime, track: str) -> Act:
    """Say in the record that the desk looked at a `negotiation/track` and found nothing new."""
    row = find_track(track)
    return Act(
        noun="track", object_id=row.pk, payload={"track": key_of(row)}, public=True, tracks=[row]
    )
