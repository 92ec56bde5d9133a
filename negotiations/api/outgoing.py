"""Acts as bytes, for who sends them out: exactly as `/changes/` answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from negotiations.api.nouns import export_address
from negotiations.api.rendering import encode
from negotiations.queries.clocks import read_clocks
from negotiations.queries.deltas import changes_alone
from negotiations.queries.shapes import Renewal


def told_acts(numbers: Sequence[int], now: datetime) -> Mapping[int, bytes]:
    """The JSON of public acts by their numbers, each as on a page of its own (`limit=1`).

    Addresses begin with SITE_URL; where it is not set they are paths.
    """
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=now, zone=settings.DESK_ZONE)
    return {
        one.number: encode(replace(one, renews=tuple(map(_addressed, one.renews)))).rstrip(b"\n")
        for one in changes_alone(numbers, clocks=clocks)
    }


def _addressed(one: Renewal) -> Renewal:
    if one.record is not None:
        return one
    return replace(one, address=settings.SITE_URL + export_address(one.noun))
