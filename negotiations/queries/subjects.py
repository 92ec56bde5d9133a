"""What an act of the ledger is about, by its payload alone, in English and Korean."""

from __future__ import annotations

from collections.abc import Mapping

from negotiations.definitions import definitions
from negotiations.queries.headlines import Lines
from negotiations.queries.shapes import Act

# The members of a payload that say what the act is about, best first.
_SUBJECTS = ("headline", "title", "topic", "name", "quotation", "paraphrase", "text", "voice")


def subject(act: Act) -> Lines:
    """Its subject as the entry holds it; empty where the entry holds no words."""
    payload = act.payload
    if act.verb == "recheck_source":
        found = definitions().get(("evidence_state", text_of(payload, "state")))
        return (found.label_en, found.label_ko) if found else ("", "")
    match act.noun:
        case "linkage":
            kind = definitions().get(("linkage_kind", text_of(payload, "kind")))
            return (kind.label_en, kind.label_ko) if kind else ("", "")
        case "tenure" | "grade":
            names = (text_of(payload, n) for n in ("person", "publisher", "office", "reliability"))
            named = ", ".join(name for name in names if name)
            return named, named
    for name in _SUBJECTS:
        en, ko = text_of(payload, f"{name}_en"), text_of(payload, f"{name}_ko")
        plain = text_of(payload, name)
        if en or ko or plain:
            return en or plain, ko or plain
    figure = _figure(payload)
    return figure, figure


def text_of(payload: Mapping[str, object], name: str) -> str:
    """A member of a payload where it is a text; else empty."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _figure(payload: Mapping[str, object]) -> str:
    """A position told by its term's slug and the bare figure: the entry holds no names."""
    term = text_of(payload, "term").rpartition("/")[2].replace("-", " ")
    amounts = (text_of(payload, name) for name in ("amount", "amount_to"))
    return f"{term}: {'–'.join(one for one in amounts if one)}" if term else ""
