"""Who may do what: each verb needs a role, in every negotiation that its act touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiations.desk_words import Role, includes
from negotiations.refusals import Refusal
from negotiations.sql import fetch

# A row for each role that an open account has, or one; none for others.
_ROLES = """
SELECT officer.is_superuser, held.negotiation_id, held.role FROM negotiations_officer officer
    LEFT JOIN negotiations_membership held ON held.officer_id = officer.id
    WHERE officer.id = %s AND officer.is_active
"""
# Roles of no account: whoever has them needs no membership.
_TRUSTED = frozenset({Role.SEEDER, Role.CONSOLE, Role.KEEPER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the account's id.

    `role` is given by trusted code only (loading seeds, the console); a person's roles are those of
    the account's memberships.
    """

    officer: int
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """An account that has the role somewhere, and where; None: everywhere.

    `role` is the one acted in, which the ledger tells.
    """

    officer: int
    role: Role
    roles: Mapping[int, str] | None

    def within(self, negotiations: Iterable[int]) -> None:
        """Refusal `not_allowed` unless the role is held in all of these negotiations."""
        if self.roles is None:
            return
        for negotiation in negotiations:
            if not includes(self.roles.get(negotiation, Role.READER), self.role):
                raise Refusal("not_allowed", role=self.role.value)


def require(by: Actor, needs: Role) -> Allowed:
    """What the actor may do in this role; Refusal `not_allowed` for who has it nowhere.

    Everybody with an active account is a reader.
    """
    if by.role in _TRUSTED:
        return Allowed(officer=by.officer, role=by.role, roles=None)
    rows = fetch(_ROLES, [by.officer])
    roles = {negotiation: role for _, negotiation, role in rows if role is not None}
    return allow(by, needs, is_superuser=rows[0][0] if rows else None, roles=roles)


def allow(
    by: Actor, needs: Role, *, is_superuser: bool | None, roles: Mapping[int, str]
) -> Allowed:
    """The same, of what is known of the account: `is_superuser` is None where none is open."""
    if by.role in _TRUSTED:
        return Allowed(officer=by.officer, role=by.role, roles=None)
    if is_superuser is None:
        raise Refusal("not_allowed", role=needs.value)
    if is_superuser:
        return Allowed(officer=by.officer, role=needs, roles=None)
    if needs is not Role.READER and not any(includes(role, needs) for role in roles.values()):
        raise Refusal("not_allowed", role=needs.value)
    return Allowed(officer=by.officer, role=needs, roles=roles)
