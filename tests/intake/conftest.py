"""What the tests of intake share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.loopback import Loopback, serving


@pytest.fixture
def server(settings: Any) -> Iterator[Loopback]:
    """A server on this machine that captures and polls may reach."""
    with serving() as here:
        settings.FETCH_ALLOW = [f"127.0.0.1:{here.port}"]
        yield here
