"""Which drafts belong together: what a draft rests on, and what rests on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from negotiations.models import Statement, StatusChange
from negotiations.queries.assembly import MODELS

Item = tuple[str, int]
# A statement points to one that it repeats or translates, which may itself point to another.
_STEPS = 4


def rests_on(items: Iterable[Item]) -> tuple[Item, ...]:
    """The drafts on which these rest, sources first; at most thirteen SQL queries.

    They are published before, or with them.
    """
    given = set(items)
    statements = {id for noun, id in given if noun == "statement"}
    for kind in MODELS:
        statements |= _cited(kind, [id for noun, id in given if noun == kind])
    drafted, sources = _statements(statements)
    found = [*(("source", id) for id in sorted(sources))]
    found += (("statement", id) for id in sorted(drafted))
    return tuple(item for item in found if item not in given)


def rest_on_it(items: Iterable[Item]) -> tuple[Item, ...]:
    """The drafts that could be published once these are: they rest on them and on no other draft.

    Sources take their statements with them, statements what cites them; thirty SQL queries at most.
    """
    given = set(items)
    named = {noun: [id for of, id in given if of == noun] for noun in ("source", "statement")}
    said = _ids(Statement, Q(source__in=named["source"]) | Q(repeats__in=named["statement"]))
    statements = {*named["statement"], *said}
    candidates = [("statement", id) for id in sorted(said)]
    for kind, model in MODELS.items():
        candidates += ((kind, id) for id in sorted(_ids(model, _cites(statements))))
    fresh = [item for item in candidates if item not in given]
    missing = {id for noun, id in {*rests_on(fresh)} - {*given, *fresh} if noun == "statement"}
    short = _short(fresh, missing) if missing else set()
    return tuple(item for item in fresh if item not in short)


def _short(items: Collection[Item], missing: set[int]) -> set[Item]:
    """Those of these that cite one of the missing statements."""
    found: set[Item] = set()
    for kind, model in MODELS.items():
        cites = _cites(missing)
        if model is StatusChange:
            cites |= Q(dissent__in=missing)
        among = model.objects.filter(cites, pk__in=[id for of, id in items if of == kind])
        found |= {(kind, id) for id in among.values_list("pk", flat=True)}
    return found


def _cites(statements: set[int]) -> Q:
    return Q(basis__in=statements) | Q(further_basis__in=statements)


def _ids(model: Any, wanted: Q) -> set[int]:
    rows = model.objects.filter(wanted, published_at__isnull=True)
    return set(rows.values_list("pk", flat=True)[:20])


def _cited(kind: str, ids: Collection[int]) -> set[int]:
    """The draft statements that these rows cite."""
    if not ids:
        return set()
    model = MODELS[kind]
    draft = {"published_at__isnull": True}
    owner = kind.replace("_", "")
    links = [model.further_basis.through]
    if model is StatusChange:
        links.append(StatusChange.dissent.through)
    cited = set(model.objects.filter(pk__in=ids).values_list("basis", flat=True))
    for through in links:
        rows = through.objects.filter(**{f"{owner}__in": ids})
        cited |= set(rows.values_list("statement", flat=True))
    return set(Statement.objects.filter(pk__in=cited, **draft).values_list("pk", flat=True))


def _statements(ids: set[int]) -> tuple[set[int], set[int]]:
    """Draft statements with those that they point to, and the draft sources of them all."""
    drafted: set[int] = set()
    sources: set[int] = set()
    ahead = ids
    for _step in range(_STEPS):
        if not ahead:
            break
        rows = Statement.objects.filter(pk__in=ahead, published_at__isnull=True)
        told = rows.values_list("pk", "source", "source__published_at", "repeats", "translates")
        ahead = set()
        for pk, source, out, repeats, translates in told:
            drafted.add(pk)
            sources |= set() if out else {source}
            ahead |= {other for other in (repeats, translates) if other} - drafted
    return drafted, sources
