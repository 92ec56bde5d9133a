"""Accounts: who they are and what each may do where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower

from negotiations.desk_words import Role
from negotiations.models import Negotiation, Officer
from negotiations.queries.seats import Seat
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role in one negotiation; "" where the account has none there."""

    negotiation: str
    title_en: str
    title_ko: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its roles, in the order of the negotiations; `elsewhere` says that it holds
    roles in others than these too.
    """

    id: int
    username: str
    name: str
    email: str
    is_active: bool
    is_superuser: bool
    roles: tuple[HeldRole, ...]
    elsewhere: bool


def username_at(address: str) -> str:
    """The name of the account with this e-mail address, whatever its case; "" for none."""
    return _at(address).values_list("username", flat=True).first() or ""


def id_at(address: str) -> int | None:
    """The id of the open account with this e-mail address, whatever its case."""
    return _at(address).filter(is_active=True).values_list("pk", flat=True).first()


def id_of(username: str) -> int | None:
    """The id of the account of this name."""
    return Officer.objects.filter(username=username).values_list("pk", flat=True).first()


def account(officer: int) -> Account | None:
    """The account of this id, with the roles that it holds; None for none."""
    return next(_accounts(Officer.objects.filter(pk=officer), ruled=None), None)


def accounts(seat: Seat) -> tuple[Account, ...]:
    """All accounts, by name, each with its role (or none) where this seat is an admin's."""
    return tuple(_accounts(Officer.objects.order_by("username"), ruled=_ruled(seat)))


def account_for(seat: Seat, officer: int) -> Account:
    """One of them; Refusal `not_found`."""
    for found in _accounts(Officer.objects.filter(pk=officer), ruled=_ruled(seat)):
        return found
    raise Refusal("not_found")


def ruled(seat: Seat) -> tuple[HeldRole, ...]:
    """The negotiations in which this seat may give roles."""
    return tuple(_held(one, Role.ADMIN.value) for one in _ruled(seat))


def slugs() -> tuple[str, ...]:
    """The negotiations in which roles can be held."""
    return tuple(Negotiation.objects.order_by("pk").values_list("slug", flat=True))


def _at(address: str) -> QuerySet[Officer]:
    return Officer.objects.annotate(low=Lower("email")).filter(low=address.lower()).order_by("pk")


def _ruled(seat: Seat) -> list[Negotiation]:
    return list(Negotiation.objects.filter(slug__in=seat.where(Role.ADMIN)).order_by("pk"))


def _accounts(rows: QuerySet[Officer], *, ruled: Sequence[Negotiation] | None) -> Iterator[Account]:
    """Accounts with their roles in these negotiations; None: in all where they hold one."""
    for row in rows.prefetch_related("memberships__negotiation"):
        held = {m.negotiation: m.role for m in row.memberships.all()}
        shown = sorted(held, key=lambda one: one.pk) if ruled is None else ruled
        yield Account(
            id=row.pk,
            username=row.username,
            name=row.get_full_name() or row.username,
            email=row.email,
            is_active=row.is_active,
            is_superuser=row.is_superuser,
            roles=tuple(_held(one, held.get(one, "")) for one in shown),
            elsewhere=not set(held) <= set(shown),
        )


def _held(negotiation: Negotiation, role: str) -> HeldRole:
    return HeldRole(
        negotiation=negotiation.slug,
        title_en=negotiation.title_en,
        title_ko=negotiation.title_ko,
        role=role,
    )
