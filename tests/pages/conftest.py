"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import staying_connected
from tests.pages.markup import Markup, parse
from tests.pages.scenes import Scene, scene
from tests.standing import undone


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


@pytest.fixture(scope="module")
def standing_scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:  # noqa: ARG001
    """The scene of a module, as it is before each test."""
    with staying_connected(), undone(django_db_blocker):
        yield scene()


@pytest.fixture
def shown(standing_scene: Scene) -> Scene:
    """The scene; what a test adds to it is rolled back after it."""
    return deepcopy(standing_scene)
