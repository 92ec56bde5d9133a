"""What the tests of the pages share."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.pages.markup import Markup, parse


class Reader:
    """Someone with a browser: asks for pages, gets them parsed."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> Any:
        """The response as it is."""
        return self.client.get(path, headers=headers)

    def read(self, path: str, *, status: int = 200) -> Markup:
        """The page's mark-up; fails when it is not answered with `status`."""
        response = self.get(path)
        assert response.status_code == status, response.content.decode()[:2000]
        return parse(response.content.decode())


@pytest.fixture
def reader(client: Client) -> Reader:
    """A reader without an account."""
    return Reader(client)
