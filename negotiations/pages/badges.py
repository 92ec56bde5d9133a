"""A track's state as a small picture that other sites show (SVG)."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from negotiations.pages.cards import words_of
from negotiations.pages.lettering import length
from negotiations.pages.page import file
from negotiations.pages.questions import Question
from negotiations.pages.wording import said
from negotiations.queries import tracks
from negotiations.queries.shapes import TrackState

# An average letter at 12 px, for `lettering.py`, and what stands around the words.
_LETTER, _AROUND = 6.9, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Two boxes of words: which track, and where it stands; lengths in pixels."""

    title: str
    state: str
    left: float
    right: float

    @property
    def width(self) -> float:
        """Of both."""
        return self.left + self.right

    @property
    def title_x(self) -> float:
        """The middle of the first."""
        return self.left / 2

    @property
    def state_x(self) -> float:
        """The middle of the second."""
        return self.left + self.right / 2


@file("image/svg+xml")
def badge(question: Question, *, negotiation: str, track: str) -> bytes:
    """Title, stage, and momentum where there is one."""
    told = tracks.track(negotiation, track, clocks=question.clocks)
    return render_to_string("cards/badge.svg", {"badge": badge_of(told)}).encode()


def badge_of(track: TrackState) -> Badge:
    """The badge of a track as it stands."""
    state = " · ".join(words for words in words_of(track) if words)
    title = said(track, "title")
    return Badge(title=title, state=state, left=_width(title), right=_width(state))


def _width(words: str) -> float:
    return round(length(words, letter=_LETTER) + _AROUND, 1)
