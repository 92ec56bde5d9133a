"""What a page may be narrowed by: lists to choose from, which work as a plain form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from negotiations.pages.questions import Question
from negotiations.pages.wording import label, said
from negotiations.queries.shapes import PartyRef, TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One list: the parameter that it sets, its name, and what there is to choose."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def choice(question: Question, name: str, label: str, options: Iterable[tuple[str, str]]) -> Choice:
    """The list for a parameter of the question, with (value, words) to choose from.

    A value that is asked for and not among them is there as it stands.
    """
    chosen = question.parameter(name) or ""
    found = tuple(options)
    if chosen and chosen not in {value for value, _ in found}:
        found = (*found, (chosen, chosen))
    return Choice(name=name, label=label, options=found, chosen=chosen)


def of_tracks(tracks: Iterable[TrackRef]) -> Iterable[tuple[str, str]]:
    """Tracks by slug and title."""
    return ((track.slug, said(track, "title")) for track in tracks)


def of_parties(parties: Iterable[PartyRef]) -> Iterable[tuple[str, str]]:
    """Parties by code and name."""
    return ((party.code, said(party, "name")) for party in parties)


def of_words(vocabulary: str, words: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Words of the vocabulary by their labels."""
    return ((word, label(vocabulary, word)) for word in words)
