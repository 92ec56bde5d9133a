"""Accounts: who they are and what each may do where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower

from negotiations.desk_words import Role
from negotiations.models import Negotiation, Officer
from negotiations.queries.seats import seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A role in one negotiation; "" where the account has none there."""

    negotiation: str
    title_en: str
    title_ko: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its roles, in the order of the negotiations."""

    id: int
    username: str
    name: str
    email: str
    is_active: bool
    is_superuser: bool
    roles: tuple[Held, ...]


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
    found = list(_accounts(Officer.objects.filter(pk=officer), negotiations=()))
    return found[0] if found else None


def accounts(*, admin: int) -> tuple[Account, ...]:
    """All accounts, by name, each with its role (or none) where this account is admin."""
    ruled = Negotiation.objects.filter(slug__in=seat(admin).where(Role.ADMIN)).order_by("pk")
    return tuple(_accounts(Officer.objects.order_by("username"), negotiations=ruled))


def slugs() -> tuple[str, ...]:
    """The negotiations in which roles can be held."""
    return tuple(Negotiation.objects.order_by("pk").values_list("slug", flat=True))


def _at(address: str) -> QuerySet[Officer]:
    return Officer.objects.annotate(low=Lower("email")).filter(low=address.lower()).order_by("pk")


def _accounts(rows: QuerySet[Officer], *, negotiations: Iterable[Negotiation]) -> Iterable[Account]:
    shown = list(negotiations)
    for row in rows.prefetch_related("memberships__negotiation"):
        held = {m.negotiation_id: m.role for m in row.memberships.all()}
        of = shown or [m.negotiation for m in row.memberships.all()]
        yield Account(
            id=row.pk,
            username=row.username,
            name=row.get_full_name() or row.username,
            email=row.email,
            is_active=row.is_active,
            is_superuser=row.is_superuser,
            roles=tuple(
                Held(
                    negotiation=one.slug,
                    title_en=one.title_en,
                    title_ko=one.title_ko,
                    role=held.get(one.pk, ""),
                )
                for one in of
            ),
        )
