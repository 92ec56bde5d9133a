"""The nouns of the record as they stand in addresses of the desk: status-changes, statements."""

from __future__ import annotations

PLURALS = {
    "source": "sources",
    "statement": "statements",
    "status_change": "status-changes",
    "position": "positions",
    "linkage": "linkages",
    "milestone": "milestones",
    "account": "accounts",
}
_NOUNS = {plural: noun for noun, plural in PLURALS.items()}


class NounConverter:
    """`<noun:noun>` in an address: the plural there, the noun for the view."""

    regex = "|".join(_NOUNS)

    def to_python(self, value: str) -> str:
        """The noun."""
        return _NOUNS[value]

    def to_url(self, value: str) -> str:
        """Its plural; ValueError for another word, so that no address is made of it."""
        if value not in PLURALS:
            raise ValueError(value)
        return PLURALS[value]
