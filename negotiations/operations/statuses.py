"""Status changes: where a track stands, by a party's reading or the desk's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from negotiations.definitions import define
from negotiations.desk_words import Role
from negotiations.models import Statement, StatusChange
from negotiations.operations.drafting import Place, drafted, new_draft
from negotiations.operations.evidence import basis_of, read_evidence
from negotiations.operations.lookups import party, statements, word
from negotiations.operations.lookups import track as find_track
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.texts import clean
from negotiations.refusals import Both, Refusal
from negotiations.vocabulary import (
    DOCUMENTS,
    PAPERS,
    PAPERS_FOR,
    Attribution,
    Procedure,
    Stage,
    UnusualMove,
    unusual_move,
)


@operation(needs=Role.OFFICER)
def draft_status_change(
    *,
    by: Actor,
    now: datetime,
    track: str,
    stage: str,
    momentum: str,
    documentary_basis: str,
    effective_on: str,
    basis: Sequence[int],
    headline_en: str,
    headline_ko: str,
    according_to: str | None = None,
    dissent: Sequence[int] = (),
    reason_en: str = "",
    reason_ko: str = "",
    note_en: str = "",
    note_ko: str = "",
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft a reading of a track from `effective_on` (EDTF) on; `basis` has its main one first.

    `track` is a `negotiation/track` path; `according_to` a party's code, or None for the desk's own
    reading. Raises Refusal `no_basis`, `document_missing`, `paper_not_in_basis`,
    `unreliable_alone`, `unusual_move` (a reason is wanted) and those of dates, words and names.
    """
    evidence = read_evidence(
        effective_on=effective_on, basis=basis, note_en=note_en, note_ko=note_ko
    )
    texts = {
        "headline_en": headline_en, "headline_ko": headline_ko,
        "reason_en": reason_en, "reason_ko": reason_ko,
    }  # fmt: skip
    row_values = {
        **evidence.values,
        **{name: clean(text, at=f"/{name}") for name, text in texts.items()},
        "track": find_track(track),
        "according_to": party(according_to) if according_to else None,
        "stage": word("stage", stage),
        "momentum": word("momentum", momentum),
        "documentary_basis": word("documentary_basis", documentary_basis),
    }
    candidate = StatusChange(**row_values, supersedes_id=supersedes)
    _check_paper(candidate, evidence.basis)
    row_values["unusual"] = _unusual(candidate) or ""
    row = new_draft(
        StatusChange, by=by, now=now, place=Place(supersedes, correction_reason, amends, version),
        values=row_values, links={**evidence.links, "dissent": statements(dissent)},
    )  # fmt: skip
    return drafted(row)


def recheck(row: StatusChange) -> None:
    """Once more before publication: papers, and the move as it looks by now."""
    _check_paper(row, basis_of(row))
    row.unusual = _unusual(row) or ""


def _check_paper(row: StatusChange, basis: Sequence[Statement]) -> None:
    papers = PAPERS_FOR.get(Stage(row.stage))
    if row.according_to_id is None and papers and row.documentary_basis not in papers:
        raise Refusal(
            "document_missing",
            at="/documentary_basis",
            stage=_label("stage", row.stage, begins=True),
            basis=_label("documentary_basis", row.documentary_basis),
        )
    attributions = {statement.attribution for statement in basis}
    # A leak shows what a paper says, not that it holds: the desk signs nothing into force on it.
    wanted = {Attribution.OFFICIAL_DOCUMENT} if row.according_to_id is None and papers else PAPERS
    if row.documentary_basis in DOCUMENTS and not attributions & wanted:
        raise Refusal(
            "paper_not_in_basis",
            at="/basis",
            basis=_label("documentary_basis", row.documentary_basis),
        )


def _unusual(row: StatusChange) -> UnusualMove | None:
    before = _before(row)
    move = unusual_move(
        Procedure(row.track.procedure), Stage(before.stage) if before else None, Stage(row.stage)
    )
    if move and before and not (row.reason_en or row.reason_ko):
        raise Refusal(
            "unusual_move",
            at="/reason_en",
            before=_label("stage", before.stage),
            after=_label("stage", row.stage),
            move=_label("unusual_move", move.value),
        )
    return move


def _label(vocabulary: str, word: str, *, begins: bool = False) -> Both:
    """A word as readers know it; in English it begins a sentence, or stands within one."""
    defined = define(vocabulary, word)
    en = defined.label_en
    return Both(en if begins else en[:1].lower() + en[1:], defined.label_ko)


def _before(row: StatusChange) -> StatusChange | None:
    """The reading that this one follows: same voice, latest effective before it, still standing."""
    return (
        StatusChange.objects.filter(
            Q(effective_lower__lt=row.effective_lower)
            | Q(effective_lower=row.effective_lower, effective_upper__lte=row.effective_upper),
            track=row.track_id,
            according_to=row.according_to_id,
            published_at__isnull=False,
            superseded_by__published_at__isnull=True,
            withdrawn=False,
        )
        .exclude(pk=row.supersedes_id)
        .order_by("-effective_lower", "-effective_upper", "-ledger_number")
        .first()
    )
