"""What narrows a search: names become ids first, so that no search joins its way to them."""

from __future__ import annotations

from typing import Any

from negotiations.models import Clocks, Track
from negotiations.queries import lookups
from negotiations.queries.search_rows import Wanted
from negotiations.queries.statements import StatementFilters, chain_named
from negotiations.refusals import Refusal
from negotiations.vocabulary import StatementKind

# What each noun can be narrowed by, and whether it has an order of its own to choose.
TAKES: dict[str, tuple[str, ...]] = {
    "statement": (
        *("negotiation", "track", "party", "about", "speaker", "publisher", "source", "kind"),
        *("said_from", "said_to"),
    ),
    "source": ("publisher",),
    "track": ("negotiation",),
    "person": (),
}


def check_filters(filters: StatementFilters, *, noun: str) -> None:
    """Refuses `bad_parameter` for a filter that the noun does not have, or days out of order."""
    for name in TAKES["statement"]:
        if getattr(filters, name) is not None and name not in TAKES[noun]:
            raise not_of_noun(name, noun)
    lookups.in_order(filters.said_from, filters.said_to, noun="said")


def not_of_noun(name: str, noun: str) -> Refusal:
    """The refusal of a parameter that does nothing for this noun."""
    return lookups.unreadable(
        name,
        f"it does not apply to noun={noun}; leave it out",
        f"noun={noun}에는 쓸 수 없습니다. 빼십시오",
    )


def wanted_by(filters: StatementFilters, *, noun: str, words: str, clocks: Clocks) -> Wanted:
    """Statements or sources with these words, narrowed; one SQL query a named filter.

    Refuses `bad_parameter` for a name that is not there.
    """
    negotiation, track = lookups.place(filters.negotiation, filters.track, clocks=clocks)
    if track is not None and negotiation is None:
        negotiation = Track.objects.values_list("negotiation", flat=True).get(pk=track)
    facets: dict[str, Any] = {
        "#t": track,
        "#f": lookups.party_id(filters.party),
        "#a": lookups.party_id(filters.about, name="about"),
        "#s": lookups.person_id(filters.speaker),
        "#p": lookups.publisher_id(filters.publisher),
        "#d": chain_named(filters.source, clocks=clocks),
        "#k": lookups.word(filters.kind, StatementKind, name="kind"),
        "#source": "" if noun == "source" else None,
    }
    last = min(filter(None, (clocks.on, filters.said_to)))
    return Wanted(
        words=words,
        noun=noun,
        clocks=clocks,
        negotiation=negotiation,
        facets=tuple(f"{letter}{value}" for letter, value in facets.items() if value is not None),
        bottom=filters.said_from,
        top=last if noun == "statement" else None,
    )
