"""Addresses of the desk, below /desk/."""

from __future__ import annotations

from django.urls import path, register_converter

from negotiations.pages.desk import drafting
from negotiations.pages.desk.nouns import NounConverter

register_converter(NounConverter, "noun")
_NOUN, _DRAFT = "<noun:noun>", "drafts/<noun:noun>/<int:id>"

urlpatterns = [
    path(f"{_DRAFT}/edit/", drafting.edit, name="desk_edit"),
    path(f"{_NOUN}/new/", drafting.new, name="desk_new"),
    path(f"{_NOUN}/<int:id>/correction/", drafting.correct, name="desk_correct"),
]
