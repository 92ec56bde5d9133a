"""Who sits at the desk: an account and what it may do where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiations.desk_words import Role, includes
from negotiations.models import Membership, Negotiation, Officer
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An active account; `roles` by the slug of the negotiation.

    A superuser holds the role of admin in every negotiation and is allowed what belongs to none.
    """

    officer: int
    name: str
    superuser: bool
    roles: Mapping[str, str]

    def may(self, role: Role, negotiations: Iterable[str] = ()) -> bool:
        """Whether the role is held in all of these negotiations; in any, where none is named."""
        named = list(negotiations)
        if self.superuser:
            return True
        if named:
            return all(includes(self.roles.get(n, Role.READER), role) for n in named)
        return role is Role.READER or any(includes(r, role) for r in self.roles.values())

    @property
    def keeps(self) -> bool:
        """Whether it is an officer's anywhere, and so keeps a part of the record."""
        return self.may(Role.OFFICER)

    @property
    def rules(self) -> bool:
        """Whether it is an admin's anywhere, and so keeps reference data."""
        return self.may(Role.ADMIN)

    def where(self, role: Role) -> tuple[str, ...]:
        """The slugs of the negotiations in which the role is held."""
        return tuple(slug for slug, held in self.roles.items() if includes(held, role))


def seat(officer: int) -> Seat:
    """The seat of an active account, in two SQL queries; refuses `not_allowed`."""
    account = Officer.objects.filter(pk=officer, is_active=True).first()
    if account is None:
        raise Refusal("not_allowed", role=Role.READER.value)
    if account.is_superuser:
        every = Negotiation.objects.order_by("slug").values_list("slug", flat=True)
        roles = dict.fromkeys(every, Role.ADMIN.value)
    else:
        held = Membership.objects.filter(officer=account).order_by("negotiation__slug")
        roles = dict(held.values_list("negotiation__slug", "role"))
    return Seat(
        officer=account.pk,
        name=account.first_name or account.username,
        superuser=account.is_superuser,
        roles=roles,
    )
