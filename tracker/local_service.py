"""What one embedded server consists of, in words that fit on a command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Service:
    """What a keeper has to know; `{data}` and `{sockets}` in commands stand for its folders."""

    home: Path
    uid: int
    gid: int
    # Commands, each with its input, that fill an empty data folder.
    first: list[tuple[list[str], str]]
    command: list[str]
    # Files in the data folder that a killed server leaves and that only mislead the next one.
    stale: list[str]
    # The signal for an orderly end.
    stop: int
    throwaway: bool

    def dumps(self) -> str:
        """Return the service as text for `loads`."""
        return json.dumps({**self.__dict__, "home": str(self.home)})

    @classmethod
    def loads(cls, text: str) -> Self:
        """Return the service that `dumps` wrote."""
        fields: dict[str, Any] = json.loads(text)
        return cls(**{**fields, "home": Path(fields["home"])})
