"""What the tests of the read door share."""

from __future__ import annotations

import pytest

from negotiations.models import Clocks
from tests.factories import clocks_at
from tests.pages.scenes import Scene, scene


@pytest.fixture
def clocks() -> Clocks:
    """The end of 14 October 2025, on all three clocks."""
    return clocks_at("2025-10-14")


@pytest.fixture
def shown() -> Scene:
    """Security stands somewhere, tariffs nowhere."""
    return scene()
