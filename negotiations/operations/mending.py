"""Mending reference data: names and titles as they should be told, not facts of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from negotiations.desk_words import Role
from negotiations.models import (
    LedgerEntry,
    Negotiation,
    Office,
    Party,
    Person,
    Publisher,
    Tenure,
    Term,
    Track,
)
from negotiations.operations.columns import check_columns, check_range
from negotiations.operations.content import content_of
from negotiations.operations.dates import read_date, read_zone
from negotiations.operations.lookups import find, word
from negotiations.operations.lookups import parties as find_parties
from negotiations.operations.lookups import party as find_party
from negotiations.operations.lookups import track as find_track
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

# The columns of each noun that can be mended. Slugs, codes, procedures and units are not among
# them: addresses and published rows rely on what they are.
MENDABLE: Mapping[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "party": (Party, ("name_en", "name_ko", "capital_en", "capital_ko", "zone")),
    "negotiation": (Negotiation, ("title_en", "title_ko", "summary_en", "summary_ko", "parties")),
    "track": (
        Track,
        ("title_en", "title_ko", "parent", "headline", "position", "review_days", "parties"),
    ),
    "term": (Term, ("name_en", "name_ko")),
    "person": (Person, ("name_en", "name_ko", "aliases")),
    "office": (Office, ("title_en", "title_ko", "party")),
    "tenure": (Tenure, ("held_from", "held_to")),
    "publisher": (Publisher, ("name_en", "name_ko", "tier")),
}
_KINDS: Mapping[str, type] = {
    "headline": bool, "position": int, "review_days": int, "aliases": list, "parties": list,
}  # fmt: skip


@operation(needs=Role.ADMIN)
def mend(
    *, by: Actor, now: datetime, noun: str, id: int, values: Mapping[str, Any], seen: int
) -> Act:
    """Change columns of a row of reference data; `seen` is the number of its last mending (or 0).

    Refusal `no_such_row`, `not_mendable` (another column), `wrong_kind`, `out_of_range`,
    `mended_since`, `nothing_changed`, `hangs_below_itself`, and what `register_*` would refuse.
    """
    model, columns = MENDABLE.get(noun, (None, ()))
    if model is None:
        raise Refusal("no_such_row", at="/noun", noun=noun, id=id)
    row = find(model, pk=id)
    if (newest := mended_at(noun, id)) > seen:
        raise Refusal("mended_since", at="/seen", number=newest)
    before = content_of(row)
    links = {name: _write(row, name, value, columns) for name, value in values.items()}
    check_columns(row)
    _save(row, noun)
    for name, linked in links.items():
        if linked is not None:
            getattr(row, name).set(linked)
    if content_of(row) == before:
        raise Refusal("nothing_changed", noun=noun)
    return Act(
        noun=noun, object_id=row.pk, payload=content_of(row), public=True,
        tracks=_tracks(row), negotiations=[row.pk] if isinstance(row, Negotiation) else [],
    )  # fmt: skip


def mended_at(noun: str, id: int) -> int:
    """The number of the last mending of a row; 0 where there was none."""
    acts = LedgerEntry.objects.filter(noun=noun, object_id=id, verb="mend")
    return acts.order_by("-number").values_list("number", flat=True).first() or 0


def _write(row: Any, name: str, value: Any, columns: tuple[str, ...]) -> list[Any] | None:
    """Put one value into its column; rows to be linked are handed back."""
    if name not in columns:
        raise Refusal("not_mendable", at=f"/{name}", name=name, valid=", ".join(columns))
    read = _read(row, name, value)
    if name == "parties":
        return list(read)
    setattr(row, name, read)
    return None


def _read(row: Any, name: str, value: Any) -> Any:
    kind: Any = _KINDS.get(name, str)
    texts = type(value) is not list or all(isinstance(one, str) for one in value)
    if type(value) is not kind or not texts:
        raise Refusal("wrong_kind", at=f"/{name}", name=name, kind=kind.__name__)
    if kind is int:
        check_range(name, value)
    if name == "aliases":
        return [text for one in value if (text := clean(one, at="/aliases"))]
    if isinstance(value, str):
        value = clean(value, at=f"/{name}")
    return _READERS[name](row, value) if name in _READERS else value


def _parent(row: Track, slug: str) -> Track | None:
    if not slug:
        return None
    above: Track | None
    parent = above = find_track(f"{row.negotiation.slug}/{slug}")
    while above is not None:
        if above.pk == row.pk:
            raise Refusal("hangs_below_itself", at="/parent")
        above = above.parent
    return parent


def _edtf(_row: Any, text: str) -> str:
    return read_date(text).text if text else ""


_READERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "zone": lambda _, text: read_zone(text),
    "tier": lambda _, text: word("tier", text),
    "party": lambda _, code: find_party(code) if code else None,
    "parties": lambda _, codes: find_parties(codes),
    "parent": _parent,
    "held_from": _edtf,
    "held_to": _edtf,
}


def _save(row: models.Model, noun: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_update=True)
    except IntegrityError as error:
        raise Refusal("duplicate", noun=noun, name=str(row)) from error


def _tracks(row: models.Model) -> list[Track]:
    match row:
        case Track():
            return [row]
        case Term():
            return [row.track]
        case _:
            return []
