"""Which public acts a feed holds: one walk from the newest backwards, that ends."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import LedgerEntry

# What is looked through for filters: a feed tells news, and a rare word costs no walk to the
# beginning of the ledger.
MOST = 10_000
# Rows in the words of a party, beside what is spoken for it.
_VOICED = ("statuschange", "position", "linkage", "account")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of what: an id of one of these, or none for the site."""

    negotiation: int | None = None
    track: int | None = None
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Nouns, verbs and kind that are wanted; empty and null are all."""

    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    kind: str | None = None


def newest(scope: Scope, asked: Asked, *, limit: int) -> list[LedgerEntry]:
    """Public entries, newest first; one SQL query."""
    wanted, values = ["entry.public"], {"limit": limit, "most": limit}
    if asked != Asked():
        values["most"] = MOST
    of = {"nouns": list(asked.nouns), "verbs": list(asked.verbs), "kind": asked.kind}
    if asked.nouns:
        wanted.append("entry.noun = ANY(%(nouns)s)")
    if asked.verbs:
        wanted.append("entry.verb = ANY(%(verbs)s)")
    if asked.kind is not None:
        wanted.append("entry.payload ->> 'kind' = %(kind)s")
    sql = (
        f"SELECT entry.* FROM ({_numbers(scope)}) near"  # noqa: S608  words of ours
        " JOIN negotiations_ledgerentry entry ON entry.number = near.number"
        f" WHERE {' AND '.join(wanted)} ORDER BY entry.number DESC LIMIT %(limit)s"
    )
    ids = {"negotiation": scope.negotiation, "track": scope.track, "party": scope.party}
    return list(LedgerEntry.objects.raw(sql, {**values, **of, **ids}))


def _numbers(scope: Scope) -> str:
    """SQL: the newest numbers, `%(most)s` of them."""
    if scope.track is not None:
        return _walk("negotiations_ledgertrack", "track = %(track)s")
    if scope.negotiation is not None:
        return _walk("negotiations_ledgernegotiation", "negotiation = %(negotiation)s")
    if scope.party is None:
        return _walk("negotiations_ledgerentry", "public")
    spoken = (
        "EXISTS (SELECT FROM negotiations_statement_parties link"
        " WHERE link.statement_id = row.id AND link.party_id = %(party)s)"
    )
    every = [_rows("statement", spoken)]
    every += [_rows(table, "row.according_to_id = %(party)s") for table in _VOICED]
    merged = " UNION ALL ".join(f"({one})" for one in every)
    return f"SELECT number FROM ({merged}) every ORDER BY number DESC LIMIT %(most)s"  # noqa: S608


def _walk(table: str, wanted: str) -> str:
    return (
        f"SELECT number FROM {table} WHERE {wanted}"  # noqa: S608  words of ours
        " ORDER BY number DESC LIMIT %(most)s"
    )


def _rows(table: str, wanted: str) -> str:
    return (
        f"SELECT row.ledger_number AS number FROM negotiations_{table} row"  # noqa: S608  our words
        f" WHERE row.ledger_number IS NOT NULL AND {wanted}"
        " ORDER BY row.ledger_number DESC LIMIT %(most)s"
    )
