"""What was made ready to be told."""

from __future__ import annotations


class Stored:
    """A record as the JSON that the API writes of it, in UTF-8.

    Not a dataclass: the encoder would write its member instead of what that holds.
    """

    __slots__ = ("json",)

    def __init__(self, json: bytes) -> None:
        self.json = json
