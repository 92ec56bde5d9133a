"""Who may do what: each verb needs a role, in every negotiation that its act touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiations.desk_words import Role, includes
from negotiations.models import Membership, Officer
from negotiations.refusals import Refusal

# Roles of no account: whoever has them needs no membership.
_TRUSTED = frozenset({Role.SEEDER, Role.CONSOLE})


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
    account = Officer.objects.filter(pk=by.officer, is_active=True).first()
    if account is None:
        raise Refusal("not_allowed", role=needs.value)
    if account.is_superuser:
        return Allowed(officer=account.pk, role=needs, roles=None)
    held = Membership.objects.filter(officer=account)
    roles = dict(held.values_list("negotiation_id", "role"))
    if needs is not Role.READER and not any(includes(role, needs) for role in roles.values()):
        raise Refusal("not_allowed", role=needs.value)
    return Allowed(officer=account.pk, role=needs, roles=roles)
