"""A reader who keeps a copy by the very words of the README, and what it should then hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils import timezone

import negotiations.api
from negotiations.api.nouns import TABLES, export_address
from negotiations.api.rendering import encode
from negotiations.queries.clocks import read_clocks
from negotiations.queries.exports import chunks

_README = Path(str(negotiations.api.__file__)).with_name("README.md")
_EXPORTS = {export_address(noun): noun for noun in TABLES.values()}
Copy = dict[str, dict[Any, Any]]


class Reader:
    """A copy with the number that it holds, kept in step through the API alone."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.copy: Copy = {}
        self.after = 0
        self.recipe: dict[str, Any] = {"__name__": "recipe"}
        exec(_code(), self.recipe)  # noqa: S102  the README's own words
        self.recipe["get"] = self._get

    def catch_up(self) -> None:
        """Read all there is, as the README says."""
        self.after = self.recipe["catch_up"](self.copy, self.after)

    def read(self, limit: int) -> None:
        """Read one page, and go away."""
        page = self._json(f"/api/v1/changes/?after={self.after}&limit={limit}")
        for noun, address in self.recipe["fold"](self.copy, page["results"]).items():
            key = self.recipe["key"]
            self.copy[noun] = {key(row): row for row in self._rows(urlsplit(address).path)}
        if page["results"]:
            self.after = page["results"][-1]["number"]

    def present(self) -> Copy:
        """What the exports tell, of every noun."""
        key = self.recipe["key"]
        found = {
            noun: {key(row): row for row in self._rows(address)}
            for address, noun in _EXPORTS.items()
        }
        return {noun: rows for noun, rows in found.items() if rows}

    def held(self) -> Copy:
        """What the copy holds."""
        return {noun: rows for noun, rows in self.copy.items() if rows}

    def _get(self, address: str) -> bytes:
        parts = urlsplit(address)
        if parts.path in _EXPORTS:
            return b"\n".join(json.dumps(row).encode() for row in self._rows(parts.path))
        return json.dumps(self._json(f"{parts.path}?{parts.query}")).encode()

    def _rows(self, export: str) -> Iterator[Any]:
        """The rows of an export; its route would read them on a connection of its own."""
        clocks = read_clocks(
            on=None, known_by=None, as_of=None, now=timezone.now(), zone=settings.DESK_ZONE
        )
        for records in chunks(_EXPORTS[export], clocks=clocks, ahead=True):
            yield from (json.loads(encode(record)) for record in records)

    def _json(self, address: str) -> Any:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.content
        return answer.json()


def _code() -> str:
    """The example of the section, which stands there indented."""
    section = _README.read_text().split("## Keeping a copy in step")[1].split("\n## ")[0]
    (code,) = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.M)
    return dedent(code)
