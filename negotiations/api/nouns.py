"""What may be drafted and published, as it stands in addresses: `status-changes`."""

from __future__ import annotations

from negotiations.queries.drafts import NOUNS

_PATHS = {noun: f"{noun.replace('_', '-')}s" for noun in NOUNS}
_REFERENCE = {
    "negotiation": "negotiations",
    "person": "people",
    "party": "parties",
    "publisher": "publishers",
}
_NOUNS = {path: noun for noun, path in _PATHS.items()}
PATHS = tuple(_NOUNS)


def path_of(noun: str) -> str:
    """`status_change` as "status-changes"."""
    return _PATHS[noun]


def export_address(noun: str) -> str:
    """Where all rows of a noun are told at once, reference data as well."""
    plural = _PATHS.get(noun) or _REFERENCE[noun]
    return f"/api/v1/export/{plural}.ndjson"


def noun_at(path: str) -> str:
    """ "status-changes" as `status_change`; KeyError for what is no such path."""
    return _NOUNS[path]


class NounConverter:
    """The part of an address that names one of them."""

    regex = "|".join(PATHS)

    def to_python(self, path: str) -> str:
        """As sent; reading it is for who reads the rest of the address."""
        return path

    def to_url(self, path: str) -> str:
        """As it is."""
        return path
