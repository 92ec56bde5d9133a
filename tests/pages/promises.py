"""Dates that were promised, for tests of the deadline ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests import factories as make


def promises() -> Any:
    """Two dates of one milestone, and one that is open at its beginning."""
    korea = make.PartyFactory(code="KR")
    track: Any = make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"), slug="swap")
    said = make.StatementFactory(tracks=[track], parties=[korea])
    common: dict[str, Any] = {"tracks": [track], "basis": said}
    make.MilestoneFactory(
        slug="visit", due_on="2025-10-01", effective_on="2025-09-01", title_en="=1+1", **common
    )
    make.MilestoneFactory(
        slug="visit", due_on="2025-10-31", effective_on="2025-09-20", title_en="=1+1", **common
    )
    vague = {"due_lower": date.min, "due_upper": date(2025, 11, 30)}
    make.MilestoneFactory(
        slug="paper", due_on="../2025-11-30", effective_on="2025-09-01", kind="target",
        **vague, **common,
    )  # fmt: skip
    make.enter(tracks=[track])
    return track
