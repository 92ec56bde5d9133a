"""Addresses of the desk, below /desk/."""

from __future__ import annotations

from django.urls import path, register_converter

from negotiations.pages.desk import (
    drafting,
    linkages,  # noqa: F401 (its form is in NOUNS by being read)
    milestones,  # noqa: F401
    positions,  # noqa: F401
    publication,
    releases,
    retraction,
    review,
    statuses,  # noqa: F401
)
from negotiations.pages.desk.nouns import NounConverter

register_converter(NounConverter, "noun")
_NOUN, _DRAFT = "<noun:noun>", "drafts/<noun:noun>/<int:id>"

urlpatterns = [
    path(f"{_DRAFT}/", review.draft, name="desk_draft"),
    path(f"{_DRAFT}/edit/", drafting.edit, name="desk_edit"),
    path("publication/", publication.publication, name="desk_publication"),
    path("releases/", releases.releases, name="desk_releases"),
    path(f"{_NOUN}/new/", drafting.new, name="desk_new"),
    path(f"{_NOUN}/<int:id>/correction/", drafting.correct, name="desk_correct"),
    path(f"{_NOUN}/<int:id>/retraction/", retraction.retract, name="desk_retract"),
]
