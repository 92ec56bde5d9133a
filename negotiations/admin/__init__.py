"""The admin site, for reference data only: what it writes, it writes through operations.

Nothing is deleted, slugs and codes stay, and no row of the record is registered here. An act is
rehearsed while its form is read, so a refusal stands at its field.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from negotiations import models, operations
from negotiations.admin.reference import Reference
from negotiations.admin.site import Site
from negotiations.operations import Receipt

__all__ = ["site"]
_TITLES, _NAMES = ("title_en", "title_ko"), ("name_en", "name_ko")


def _reference(
    model: type[Model], verb: Callable[..., Receipt], adds: tuple[str, ...], within: str | None
) -> type[Reference]:
    """The page of one noun."""
    columns = [name for name in adds if name not in {"summary_en", "summary_ko", "parties"}]
    named = [name for name in adds if name in {"code", "slug", *_NAMES, *_TITLES}]
    members = {
        "verb": staticmethod(verb), "adds": adds, "within": within, "list_display": columns,
        "search_fields": named,
    }  # fmt: skip
    return type(f"{model.__name__}Reference", (Reference,), members)


site = Site(name="admin")
_NOUNS: tuple[tuple[type[Model], Callable[..., Receipt], tuple[str, ...], str | None], ...] = (
    (models.Negotiation, operations.register_negotiation,
     ("slug", *_TITLES, "summary_en", "summary_ko", "parties"), ""),
    (models.Track, operations.register_track,
     ("negotiation", "slug", *_TITLES, "procedure", "parent", "headline", "review_days", "parties"),
     "negotiation__"),
    (models.Term, operations.register_term,
     ("track", "slug", *_NAMES, "unit"), "track__negotiation__"),
    (models.Party, operations.register_party,
     ("code", *_NAMES, "capital_en", "capital_ko", "zone"), None),
    (models.Person, operations.register_person, ("slug", *_NAMES, "aliases"), None),
    (models.Office, operations.register_office, ("slug", *_TITLES, "party"), None),
    (models.Tenure, operations.appoint, ("person", "office", "held_from", "held_to"), None),
    (models.Publisher, operations.register_publisher, ("slug", *_NAMES, "tier"), None),
    (models.Grade, operations.grade_publisher, ("publisher", "reliability", "graded_on"), None),
)  # fmt: skip
for _model, _verb, _adds, _within in _NOUNS:
    site.register(_model, _reference(_model, _verb, _adds, _within))
