"""What may be drafted and published, as it stands in addresses: `status-changes`."""

from __future__ import annotations

from django.urls import reverse

from negotiations.queries.drafts import NOUNS
from negotiations.queries.exports import REFERENCE

_PATHS = {noun: f"{noun.replace('_', '-')}s" for noun in NOUNS}
_NOUNS = {path: noun for noun, path in _PATHS.items()}
PATHS = tuple(_NOUNS)
_PLURALS = {"person": "people", "party": "parties"}
# All that is told in lists, as it stands in addresses.
TABLES = {**_NOUNS, **{_PLURALS.get(noun, f"{noun}s"): noun for noun in REFERENCE}}
_TABLES = {noun: path for path, noun in TABLES.items()}


def path_of(noun: str) -> str:
    """`status_change` as "status-changes"."""
    return _PATHS[noun]


def noun_at(path: str) -> str:
    """ "status-changes" as `status_change`; KeyError for what is no such path."""
    return _NOUNS[path]


def table_of(noun: str) -> str:
    """`person` as "people"; KeyError for what is in no list."""
    return _TABLES[noun]


def export_address(noun: str) -> str:
    """Where all rows of a noun are told at once, as the API writes each; KeyError as above."""
    return reverse("api_export", kwargs={"table": table_of(noun), "extension": "ndjson"})


class NounConverter:
    """The part of an address that names one of them."""

    regex = "|".join(PATHS)

    def to_python(self, path: str) -> str:
        """As sent; reading it is for who reads the rest of the address."""
        return path

    def to_url(self, path: str) -> str:
        """As it is."""
        return path
