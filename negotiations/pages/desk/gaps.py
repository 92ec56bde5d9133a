"""What the record lacks: quotations behind paraphrases, texts of sources."""

from __future__ import annotations

from django.http import HttpResponse

from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.questions import plain_question
from negotiations.queries import attention

PAGE_LENGTH = 30


@desk_page(form=False)
def paraphrases(sitting: Sitting) -> HttpResponse:
    """Statements without a quotation, newest publication first."""
    found = attention.paraphrase_list(
        sitting.seat,
        clocks=plain_question(now=sitting.now).clocks,
        limit=PAGE_LENGTH,
        cursor=sitting.request.GET.get("cursor") or None,
    )
    return sitting.render("desk/paraphrases.html", {"list": found})


@desk_page(form=False)
def uncaptured(sitting: Sitting) -> HttpResponse:
    """Sources whose text is not kept, newest publication first."""
    found = attention.uncaptured_list(
        sitting.seat,
        clocks=plain_question(now=sitting.now).clocks,
        limit=PAGE_LENGTH,
        cursor=sitting.request.GET.get("cursor") or None,
    )
    return sitting.render("desk/uncaptured.html", {"list": found})
