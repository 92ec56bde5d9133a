"""From any public page to what can be done about it at the desk."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.nouns import PLURALS
from negotiations.pages.desk.numbers import number
from negotiations.pages.frames import in_language, language_now
from negotiations.queries import ledger
from negotiations.queries.shapes import Act

_NUMBER = re.compile(r"(?:№|no\.?|n|#)?\s*([1-9][0-9]{0,17})", re.ASCII | re.IGNORECASE)
_TRACKS = "desk_tracks"


@desk_page()
def find(sitting: Sitting) -> HttpResponse:
    """Go where the pasted `address` (or the number of an act) can be worked on."""
    text = sitting.request.GET.get("address", "").strip()
    target = _by_number(text) or _by_address(text)
    if target is None:
        told = {"asked": text}
        return sitting.render("desk/finding.html", told, status=404 if text else 200)
    return HttpResponseRedirect(target)


def _by_number(text: str) -> str | None:
    found = _NUMBER.fullmatch(text)
    return _by_act(int(found[1])) if found else None


def _by_address(text: str) -> str | None:
    """Where an address of ours leads, whatever host, language and clocks stand in it."""
    try:
        parts = urlsplit(text)
        match = resolve(in_language(parts.path, language_now()))
    except (ValueError, Resolver404):
        return None
    anchor = _NUMBER.fullmatch(parts.fragment)
    of_entries = match.url_name in {"track", "changes"}
    named = _by_act(int(anchor[1])) if anchor and of_entries else None
    return named or _by_page(match, parse_qs(parts.query))


def _by_page(match: Any, query: dict[str, list[str]]) -> str | None:
    named = match.kwargs
    match match.url_name:
        case "statement" | "source" as noun:
            return _record(noun, named["id"])
        case "track":
            return f"{reverse(f'pages:{_TRACKS}')}#{named['negotiation']}-{named['track']}"
        case "board" | "home":
            return reverse(f"pages:{_TRACKS}")
        case "changes":
            # The list that begins with one act names the number after it.
            after = query.get("cursor", [""])[0]
            return _by_act((number(after) or 0) - 1)
        case str(name) if name == "desk" or name.startswith("desk_"):
            return reverse(f"pages:{name}", kwargs=named)
        case _:
            return None


def _by_act(number: int) -> str | None:
    """Where the row that an act of the ledger is about can be worked on."""
    act = ledger.act(number) if 0 < number < 2**63 else None
    return None if act is None else _by_object(act)


def _by_object(act: Act) -> str | None:
    if act.noun in PLURALS:
        return _record(act.noun, act.object_id)
    if act.noun == "snapshot" and isinstance(source := act.payload.get("source"), int):
        return _record("source", source)
    if act.tracks:
        track = act.tracks[0]
        return f"{reverse(f'pages:{_TRACKS}')}#{track.negotiation}-{track.slug}"
    return None


def _record(noun: str, id: int) -> str:
    return reverse("pages:desk_record", kwargs={"noun": noun, "id": id})
