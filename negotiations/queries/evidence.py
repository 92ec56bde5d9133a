"""How the pages of sources are found again, as the ledger tells it, and what is kept of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from negotiations.models import Clocks, LedgerEntry, Snapshot, Source, Statement
from negotiations.queries.documents import source_chain
from negotiations.queries.shapes.evidence import ChangedPassage, SourceEvidence
from negotiations.queries.wording import compared
from negotiations.refusals import Refusal
from negotiations.vocabulary import Capture, EvidenceState

VERB = "recheck_source"


def source_evidence(id: int, *, clocks: Clocks) -> SourceEvidence:
    """Of one told source; four SQL queries at most. Refuses `not_found`.

    Nothing but the ledger is asked, so the answer changes with it alone.
    """
    chain = source_chain(id, clocks=clocks)
    if chain is None:
        raise Refusal("not_found")
    return evidence_of({id: chain}, clocks=clocks)[id]


def evidence_of(chains: Mapping[int, Any], *, clocks: Clocks) -> dict[int, SourceEvidence]:
    """Of sources by id, given with their chains; four SQL queries at most."""
    acts, texts = _newest(chains.values(), clocks=clocks), _texts(chains.values(), clocks=clocks)
    quoted = _quotations(acts.values(), clocks=clocks)
    return {
        pk: _told(pk, acts.get(chain), texts.get(chain, []), quoted) for pk, chain in chains.items()
    }


def _told(
    id: int, entry: LedgerEntry | None, texts: list[dict[str, Any]], quoted: Mapping[int, str]
) -> SourceEvidence:
    payload: Mapping[str, Any] = entry.payload if entry else {}
    fetched = any(text["capture"] == Capture.FETCHED for text in texts)
    unsaid = EvidenceState.INTACT if fetched else EvidenceState.UNCHECKED
    text = texts[0] if texts else {}
    return SourceEvidence(
        source=id,
        state=payload.get("state", unsaid.value),
        since=entry.at if entry else None,
        ledger_number=entry.number if entry else None,
        address=payload.get("address"),
        passages=tuple(
            _passage(one["statement"], quoted[one["statement"]], one["found"])
            for one in payload.get("passages", ())
            if one["statement"] in quoted
        ),
        text_sha256=text.get("sha256"),
        # The digest of nothing says nothing.
        html_sha256=text.get("archive__html_sha256") if text.get("paged") else None,
        warc_sha256=text.get("archive__warc_sha256"),
    )


def _passage(statement: int, quotation: str, found: str) -> ChangedPassage:
    return ChangedPassage(
        statement=statement,
        quotation=quotation,
        found=found or None,
        pieces=compared(quotation, found),
    )


def _texts(chains: Collection[Any], *, clocks: Clocks) -> dict[Any, list[dict[str, Any]]]:
    """How each of the kept texts came here, with its digests, newest first."""
    rows = Snapshot.objects.told(as_of=clocks.as_of).filter(source__chain__in=chains)
    columns = ("source__chain", "capture", "sha256", "archive__html_sha256", "archive__warc_sha256")
    paged = GreaterThan(Length("archive__html"), 0)
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows.order_by("-captured_at", "-pk").values(*columns, paged=paged):
        found.setdefault(row["source__chain"], []).append(row)
    return found


def _quotations(acts: Collection[LedgerEntry], *, clocks: Clocks) -> dict[int, str]:
    """The quoted words of told statements that these acts name; no SQL query where none is."""
    ids = {one["statement"] for act in acts for one in act.payload.get("passages", ())}
    if not ids:
        return {}
    rows = Statement.objects.told(clocks).filter(pk__in=ids)
    return dict(rows.values_list("pk", "quotation"))


def _newest(chains: Collection[Any], *, clocks: Clocks) -> dict[Any, LedgerEntry]:
    """The newest act on the pages of each of these chains, on all three clocks."""
    rows: Any = Source.objects.filter(chain__in=chains, published_at__isnull=False)
    of = dict(rows.values_list("pk", "chain"))
    acts = LedgerEntry.objects.filter(
        noun="source", object_id__in=list(of), verb=VERB, public=True, at__lte=until(clocks)
    )
    return {of[act.object_id]: act for act in acts.order_by("number")}


def until(clocks: Clocks) -> datetime:
    """Up to when an act counts; its day is that of the ledger's instants, UTC."""
    day = min(clocks.on, clocks.known_by)
    moments = (datetime.combine(day, time.max, UTC), clocks.as_of, clocks.known_at)
    return min(moment for moment in moments if moment is not None)
