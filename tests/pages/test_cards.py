"""The pictures that other sites show beside a link: of whatever there is, and in whole words."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db


def png(reader: Any, path: str) -> bytes:
    """The picture; fails where there is none of 1200 by 630 dots."""
    answer = reader.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    made: bytes = answer.content
    assert [int.from_bytes(made[at : at + 4]) for at in (16, 20)] == [1200, 630]
    return made


def test_a_negotiation_without_tracks_has_a_picture_too(reader: Any) -> None:
    make.NegotiationFactory(slug="empty-talks")
    assert png(reader, "/empty-talks/card.png") != png(reader, "/ko/empty-talks/card.png")


def test_so_has_one_whose_tracks_came_later(reader: Any) -> None:
    talks = make.NegotiationFactory(slug="later-talks", registered_at="2025-01-01T00:00:00Z")
    make.TrackFactory(negotiation=talks, registered_at="2025-10-01T00:00:00Z")
    before, after = ("2025-06-01", "2025-10-02")
    assert png(reader, f"/later-talks/card.png?as_of={before}") != png(
        reader, f"/later-talks/card.png?as_of={after}"
    )


@pytest.mark.parametrize("lengths", [(27, 31), (34, 35)])
def test_a_long_korean_title_is_set_smaller_or_shortened_with_a_sign(
    reader: Any, lengths: tuple[int, int]
) -> None:
    """Syllables are twice as wide as letters; where the end was cut off, both looked the same."""
    talks, pictures = scene().negotiation, set()
    for length in lengths:
        talks.title_ko = "가" * length
        talks.save()
        pictures.add(png(reader, "/ko/rok-us/card.png"))
    assert len(pictures) == len(lengths)
