"""Who is silent on a track, and since when. Silence is told, never read as assent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from negotiations.queries.shapes import LastWord, PartyRef, Silence
from negotiations.queries.utterance_days import Said, Word

# A shorter pause is none: ministries are not heard every week.
QUIET = timedelta(days=30)


def last_words(
    said: Said, parties: Iterable[tuple[int, PartyRef]], *, read: Iterable[Word], on: date
) -> list[LastWord]:
    """Each party's last word among the statements of a track, and those that it was read by.

    `parties` with their ids.
    """
    words = sorted((*read, *said.words), key=lambda word: word.on)
    latest = {party: word for word in words for party in word.parties}
    return [
        LastWord(
            party=party,
            said_on=latest[pk].on if pk in latest else None,
            statement=latest[pk].statement if pk in latest else None,
            days=(on - latest[pk].on).days if pk in latest else None,
            looked_since=None if pk in latest else said.since,
        )
        for pk, party in parties
    ]


def silences(spoken: Collection[date], *, since: date | None, on: date) -> tuple[Silence, ...]:
    """The stretches of QUIET and longer between the days on which a party spoke.

    `since` is the day from which on all days are at hand, and on which anybody had spoken of the
    track: before it nobody is told to have been silent, and where it is null, nobody is at all.
    """
    if since is None:
        return ()
    days = sorted({day for day in spoken if since < day <= on})
    # Before its first word a party is silent from the day on that others spoke.
    ends = [since, *days]
    between = [
        Silence(since=since, until=until)
        for since, until in pairwise(ends)
        if until - since >= QUIET
    ]
    last = [Silence(since=ends[-1], until=None)] if on - ends[-1] >= QUIET else []
    return (*between, *last)
