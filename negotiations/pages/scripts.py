"""For scripts: lines to copy, which the tests run as they stand on the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question


@dataclass(frozen=True, slots=True)
class Line:
    """One line for a shell, and what it is for; `{api}` is the address of the API here."""

    what: Promise
    command: str


LINES = (
    Line(
        _("Where a track stood on a day, by what was known then"),
        "curl '{api}negotiations/rok-us/tracks/currency-swap/?on=2025-10-05&known_by=2025-10-05'",
    ),
    Line(
        _("The newest statements of one person on a track"),
        "curl '{api}statements/?track=currency-swap&speaker=cho-hyun&limit=10'",
    ),
    Line(
        _("What was said, by whom and where, with these words in it"),
        "curl --get '{api}search/' --data-urlencode 'q=조현'",
    ),
    Line(
        _("What has changed since the last number you saw"),
        "curl '{api}changes/?after=0&limit=200'",
    ),
    Line(
        _("Only what is new: the second time this answers 304, which is not counted"),
        "curl --etag-compare swap.etag --etag-save swap.etag --output swap.json "
        "'{api}statements/?track=currency-swap'",
    ),
)
PYTHON = """\
import json
import urllib.request

address = "{api}statements/?track=currency-swap&limit=200"
while address:
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = json.load(answer)
    for said in page["results"]:
        words = said["quotation"] or said["paraphrase_en"]
        print(said["said_on"], said["speaker"]["name_en"], words, said["source"]["url"], sep="\\t")
    address = page["next"]
"""


@page("scripts.html", clocked=False)
def scripts(question: Question) -> Context:  # noqa: ARG001 (the same whatever is asked)
    """The lines; the template fills in this site's own address."""
    return {"lines": LINES, "python": PYTHON}
