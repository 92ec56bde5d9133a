"""What the accounts of one topic amount to: computed, never stored. Silence is no omission."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from negotiations.vocabulary import AccountBearing, AccountVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAccount:
    """One party's latest account of a topic: of which chain, and the chain that it contradicts.

    Chains, because a contradiction outlives the correction of either account; it falls with a
    retraction, and with a later account of its own chain.
    """

    bearing: str
    chain: UUID
    contradicts: UUID | None


def compared(heard: Collection[HeardAccount]) -> AccountVerdict:
    """The verdict on one account a party; of parties without one nothing is claimed.

    `contradicted` goes before `omitted`, and that before how many tell of the topic.
    """
    telling = [one for one in heard if one.bearing == AccountBearing.TELLS]
    chains = {one.chain for one in telling}
    if any(one.contradicts in chains - {one.chain} for one in telling):
        return AccountVerdict.CONTRADICTED
    if not telling:
        return AccountVerdict.UNTOLD
    if len(telling) < len(heard):
        return AccountVerdict.OMITTED
    return AccountVerdict.TOLD_BY_BOTH if len(telling) > 1 else AccountVerdict.TOLD_BY_ONE
