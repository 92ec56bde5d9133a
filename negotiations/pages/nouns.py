"""What readers call the things of the record."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    "status_change": _("Status change"),
    "position": _("Position"),
    "linkage": _("Linkage"),
    "account": _("Account of a meeting"),
    "milestone": _("Milestone"),
    "statement": _("Statement"),
    "source": _("Source"),
    "snapshot": _("Snapshot"),
    "negotiation": _("Negotiation"),
    "track": _("Track"),
    "party": _("Party"),
    "person": _("Person"),
    "office": _("Office"),
    "tenure": _("Tenure"),
    "publisher": _("Publisher"),
    "grade": _("Grade of a publisher"),
    "term": _("Term"),
}
# What searches look among, as headings of what was found.
SEARCHED: dict[str, Promise] = {
    "statement": _("Statements"),
    "source": _("Sources"),
    "track": _("Tracks"),
    "person": _("People"),
}
TIMELINE = ("status_change", "position", "linkage", "milestone", "account", "statement")


def noun_name(noun: str) -> str:
    """The name of a noun in the page's language; the noun itself where it has none."""
    return str(NAMES.get(noun, noun.replace("_", " ")))


def searched_name(noun: str) -> str:
    """The heading over what was found of a noun."""
    return str(SEARCHED[noun])
