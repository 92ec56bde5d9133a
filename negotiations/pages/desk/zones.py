"""The field of a time zone: those that the record's parties live by are suggested by their city."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiations.pages.desk.moments import zone_choices
from negotiations.pages.desk.picks import Pick, meant
from negotiations.pages.places import city
from negotiations.queries.choices import Choice
from negotiations.queries.shapes.refs import PartyRef


class ZonePick(Pick):
    """An IANA zone, or the city by which it is known; whether there is such a zone the verb says.

    The zone itself is shown: two zones may share the name of a city.
    """

    def prepare_value(self, value: Any) -> Any:
        """The zone as it is written."""
        return value

    def clean(self, value: Any) -> str:
        """The zone that is meant, else what was typed."""
        typed = str(super(Pick, self).clean(value)).strip()
        found = meant(typed, self.options)
        return found[0].value if len(found) == 1 else typed


def zones_of(parties: Iterable[PartyRef]) -> tuple[Choice, ...]:
    """The zones of these parties, in their order, then those in which moments are usually told."""
    zones = dict.fromkeys((*(p.zone for p in parties if p.zone), *(z for z, _ in zone_choices())))
    return tuple(Choice(value=z, name_en=city(z, "en"), name_ko=city(z, "ko")) for z in zones)
