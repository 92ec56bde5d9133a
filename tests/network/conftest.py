"""What the tests of the fetcher share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loopback import Loopback, serving


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A server on this machine."""
    with serving() as here:
        yield here
