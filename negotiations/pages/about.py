"""How to read this: what is claimed here, on what, and since when."""

from __future__ import annotations

from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question


@page("about.html", clocked=False)
def about(question: Question) -> Context:  # noqa: ARG001 (the same whatever is asked)
    """One page in plain words."""
    return {}
