"""What in the published record wants the desk's eye: neglect, contradiction, thin evidence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan

from negotiations.desk_words import CaptureState, Role
from negotiations.models import (
    Capture,
    Clocks,
    Milestone,
    Negotiation,
    Snapshot,
    Source,
    Statement,
    StatementTrack,
    Track,
)
from negotiations.queries.assembly import assemble
from negotiations.queries.documents import build_sources
from negotiations.queries.held import held
from negotiations.queries.paging import Order, Row, page_ids
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import (
    MilestoneRecord,
    Page,
    SourceRecord,
    StatementRecord,
    TrackState,
)
from negotiations.queries.shapes.desk import KeptNegotiation, Some, WaitingCapture
from negotiations.queries.states import track_rows
from negotiations.queries.tracks import track_states
from negotiations.queries.utterances import build_statements
from negotiations.vocabulary import Outcome

SOON = timedelta(days=14)
_NEWEST = ("effective_lower", "effective_upper", "ledger_number")
# Beyond this a number tells nobody anything, and counting on would cost.
COUNTED = 1000
# Paraphrases and sources are looked through from the newest on: an old one is no news.
LOOKED_THROUGH = 5000
# How long a capture that came to nothing stays in sight.
_RECENT = timedelta(days=14)


def desk_tracks(seat: Seat, *, clocks: Clocks) -> tuple[TrackState, ...]:
    """Where the tracks stand that the account keeps, by negotiation; eight SQL queries."""
    rows = track_rows(Track.objects.filter(_kept(seat)))
    return tuple(
        track_states(list(rows.order_by("negotiation__slug", "position", "pk")), clocks=clocks)
    )


def kept_negotiations(seat: Seat) -> dict[str, KeptNegotiation]:
    """The negotiations in which the account is an officer, by slug; one SQL query."""
    rows = Negotiation.objects.filter(slug__in=seat.where(Role.OFFICER)).order_by("slug")
    told = rows.values_list("slug", "title_en", "title_ko")
    return {slug: KeptNegotiation(slug=slug, title_en=en, title_ko=ko) for slug, en, ko in told}


def milestones_due(seat: Seat, *, clocks: Clocks) -> tuple[MilestoneRecord, ...]:
    """Open milestones whose day comes soon or has passed, earliest first, at most COUNTED."""
    rows = held(Milestone, clocks=clocks)
    key = {column: OuterRef(column) for column in ("negotiation", "slug")}
    later = rows.filter(
        GreaterThan(
            Row(*(F(column) for column in _NEWEST)), Row(*(OuterRef(column) for column in _NEWEST))
        ),
        **key,
    )
    due = rows.filter(
        ~Exists(later),
        _kept(seat),
        outcome=Outcome.OPEN.value,
        due_lower__lte=clocks.on + SOON,
    )
    ids = list(due.order_by("due_upper", "pk").values_list("pk", flat=True)[:COUNTED])
    records = assemble(clocks=clocks, milestone=ids).milestone
    return tuple(records[pk] for pk in ids)


def paraphrases(seat: Seat, *, clocks: Clocks, limit: int) -> Some[StatementRecord]:
    """Statements without a quotation: how many of the newest LOOKED_THROUGH, and the first."""
    rows = _paraphrases(seat, clocks=clocks)
    return _some(rows, limit, lambda ids: build_statements(ids, clocks=clocks))


def paraphrase_list(
    seat: Seat, *, clocks: Clocks, limit: int = 50, cursor: str | None = None
) -> Page[StatementRecord]:
    """The same, page by page, newest publication first; refuses `bad_cursor`."""
    rows = _paraphrases(seat, clocks=clocks)
    ids, following = _page("paraphrases", rows, seat, limit, cursor)
    told = build_statements(ids, clocks=clocks)
    return Page(results=tuple(told[pk] for pk in ids if pk in told), next=following)


def uncaptured(seat: Seat, *, clocks: Clocks, limit: int) -> Some[SourceRecord]:
    """Sources whose text is not kept: how many of the newest LOOKED_THROUGH, and the first."""
    rows = _uncaptured(seat, clocks=clocks)
    return _some(rows, limit, lambda ids: build_sources(ids, clocks=clocks))


def uncaptured_list(
    seat: Seat, *, clocks: Clocks, limit: int = 50, cursor: str | None = None
) -> Page[SourceRecord]:
    """The same, page by page, newest publication first; refuses `bad_cursor`."""
    rows = _uncaptured(seat, clocks=clocks)
    ids, following = _page("uncaptured", rows, seat, limit, cursor)
    told = build_sources(ids, clocks=clocks)
    return Page(results=tuple(told[pk] for pk in ids if pk in told), next=following)


def captures(seat: Seat, *, now: datetime, limit: int) -> tuple[WaitingCapture, ...]:
    """Captures that the account asked for: under way, found and not yet used, or failed lately."""
    over = Q(state__in=[CaptureState.DONE.value, CaptureState.FAILED.value])
    rows = Capture.objects.filter(asked_by=seat.officer, source__isnull=True).exclude(
        over & Q(asked_at__lt=now - _RECENT)
    )
    newest = rows.order_by("-asked_at", "-pk").values_list("pk", "url", "state", "title")
    return tuple(
        WaitingCapture(id=pk, url=url, state=state, title=title)
        for pk, url, state, title in newest[:limit]
    )


def _kept(seat: Seat) -> Q:
    """Rows of the negotiations in which the account is an officer."""
    return Q(negotiation__slug__in=seat.where(Role.OFFICER))


def _kept_here(seat: Seat, statement: str) -> Exists:
    held = {"track__negotiation__slug__in": seat.where(Role.OFFICER)}
    return Exists(StatementTrack.objects.filter(statement=OuterRef(statement), **held))


def _paraphrases(seat: Seat, *, clocks: Clocks) -> QuerySet[Any]:
    rows: Any = Statement.objects
    bare = rows.filter(quotation="", published_at__isnull=False).order_by("-ledger_number")
    # The second half is never true. It keeps PostgreSQL from beginning with all statements of the
    # tracks, of which there may be a million: each of the newest is asked for its tracks instead.
    here = Q(_kept_here(seat, "pk")) | Q(pk__lt=0)
    return rows.visible(clocks).filter(here, pk__in=bare.values("pk")[:LOOKED_THROUGH])


def _uncaptured(seat: Seat, *, clocks: Clocks) -> QuerySet[Any]:
    """Sources without a text that are cited on the account's tracks, or nowhere yet."""
    newest = Source.objects.filter(published_at__isnull=False).order_by("-ledger_number")
    rows: Any = Source.objects
    cited = Statement.objects.filter(source=OuterRef("pk"), published_at__isnull=False)
    here = cited.filter(tracks__negotiation__slug__in=seat.where(Role.OFFICER))
    return rows.visible(clocks).filter(
        ~Exists(Snapshot.objects.filter(source__chain=OuterRef("chain"))),
        Exists(here) | ~Exists(cited),
        pk__in=newest.values("pk")[:LOOKED_THROUGH],
    )


def _some(rows: QuerySet[Any], limit: int, build: Any) -> Some[Any]:
    """How many rows, as far as COUNTED, and the newest of them; one query beside `build`'s."""
    ids = list(rows.order_by("-ledger_number").values_list("pk", flat=True)[: COUNTED + 1])
    told = build(ids[:limit])
    return Some(
        count=min(len(ids), COUNTED),
        more=len(ids) > COUNTED,
        rows=tuple(told[pk] for pk in ids[:limit] if pk in told),
    )


def _page(
    name: str, rows: QuerySet[Any], seat: Seat, limit: int, cursor: str | None
) -> tuple[list[int], str | None]:
    order = Order(
        name=f"{name} of {seat.officer}", columns=("ledger_number",), kinds=(int,), descending=True
    )
    return page_ids(rows, order=order, limit=limit, cursor=cursor)
