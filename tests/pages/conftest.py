"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.pages.markup import Markup, parse


def _compile_catalogues() -> None:
    """As `make run` does; whole or not at all, because several processes test at once."""
    for source in Path(settings.BASE_DIR).glob("negotiations/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        half_done = target.with_suffix(f".{id(target)}.tmp")
        with source.open("rb") as text, half_done.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        half_done.replace(target)


_compile_catalogues()


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Static files under their own names, so that nothing has to be collected first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = settings.BASE_DIR / "negotiations" / "static"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request leaves its language behind; the next test begins in English."""
    with translation.override("en"):
        yield


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
