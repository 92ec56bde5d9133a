"""What may be drafted and published, as it stands in addresses: `status-changes`."""

from __future__ import annotations

from negotiations.queries.drafts import NOUNS

_PATHS = {noun: f"{noun.replace('_', '-')}s" for noun in NOUNS}
_NOUNS = {path: noun for noun, path in _PATHS.items()}
PATHS = tuple(_NOUNS)


def path_of(noun: str) -> str:
    """`status_change` as "status-changes"."""
    return _PATHS[noun]


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
