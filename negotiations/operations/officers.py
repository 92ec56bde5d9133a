"""Accounts, what each may do where, and the tokens of scripts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Lower

from negotiations.desk_words import HELD, Role, Scope
from negotiations.models import LedgerEntry, Membership, Officer, Token
from negotiations.operations.lookups import find
from negotiations.operations.lookups import negotiation as find_negotiation
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor, require
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

LONGEST = timedelta(days=366)
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.ASCII)


@operation(needs=Role.ADMIN)
def register_officer(
    *, by: Actor, now: datetime, username: str, email: str, name: str = "", superuser: bool = False
) -> Act:
    """Make an account that cannot sign in before a password is set for it.

    Refusal `bad_username`, `duplicate` (name or address, whatever the case), `bad_email`; only the
    console or a superuser makes a superuser.
    """
    if not _USERNAME.fullmatch(username):
        raise Refusal("bad_username", at="/username")
    address = clean(email, at="/email").lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost", address):
        raise Refusal("bad_email", at="/email")
    lowered = Officer.objects.annotate(low=Lower("email"))
    if Officer.objects.filter(username=username).exists():
        raise Refusal("duplicate", at="/username", noun="officer", name=username)
    if lowered.filter(low=address).exists():
        raise Refusal("duplicate", at="/email", noun="officer", name=address)
    if superuser and require(by, Role.ADMIN).roles is not None:
        raise Refusal("not_allowed", role=Role.ADMIN.value)
    row = Officer(username=username, email=address, first_name=clean(name, at="/name")[:150])
    row.is_superuser = row.is_staff = superuser
    row.set_unusable_password()
    row.save(force_insert=True)
    return Act(noun="officer", object_id=row.pk, payload={})


@operation(needs=Role.ADMIN)
def grant_role(*, by: Actor, now: datetime, officer: int, negotiation: str, role: str) -> Act:
    """Give an account a role in a negotiation, or take it away (""); a change ends its sessions.

    Refusal `unknown_word`; `not_allowed` where an admin would change a role of a superuser.
    """
    account, of = find(Officer, officer, pk=officer), find_negotiation(negotiation)
    if role not in {"", *(held.value for held in HELD)}:
        raise Refusal("unknown_word", at="/role", word=role, vocabulary="role")
    if account.is_superuser and require(by, Role.ADMIN).roles is not None:
        raise Refusal("not_allowed", role=Role.ADMIN.value)
    held = Membership.objects.filter(officer=account, negotiation=of)
    if (held.values_list("role", flat=True).first() or "") != role:
        if role:
            held.update_or_create(officer=account, negotiation=of, defaults={"role": role})
        else:
            held.delete()
        _end_sessions(account)
    return Act(noun="officer", object_id=account.pk, payload={}, negotiations=[of.pk])


@operation(needs=Role.ADMIN)
def suspend_officer(*, by: Actor, now: datetime, officer: int, active: bool) -> Act:
    """Close an account, or open it again; what it did stays. Its sessions and tokens end.

    An admin may do so for an account that holds roles, all of them in negotiations of theirs; only
    a superuser (or the console) for a superuser's, for one without any role, and for one that they
    closed. Refusal `not_allowed` otherwise, and for one's own account.
    """
    account = find(Officer, officer, pk=officer)
    of = list(account.memberships.values_list("negotiation_id", flat=True))
    above = account.is_superuser or not of or _closed_from_above(account)
    if account.pk == by.officer or (above and require(by, Role.ADMIN).roles is not None):
        raise Refusal("not_allowed", role=Role.ADMIN.value)
    Officer.objects.filter(pk=account.pk).update(is_active=active)
    _end_sessions(account)
    if not active:
        Token.objects.filter(officer=account, revoked_at=None).update(revoked_at=now)
    return Act(noun="officer", object_id=account.pk, payload={}, negotiations=of)


def _closed_from_above(account: Officer) -> bool:
    """Whether it is closed, and no admin of a negotiation was the last to do so."""
    if account.is_active:
        return False
    acts = LedgerEntry.objects.filter(noun="officer", object_id=account.pk, verb="suspend_officer")
    last = acts.select_related("by").order_by("-number").first()
    return last is None or last.role != Role.ADMIN.value or last.by.is_superuser


def _end_sessions(account: Officer) -> None:
    Officer.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)


@operation(needs=Role.READER)
def issue_token(
    *, by: Actor, now: datetime, name: str, scopes: Sequence[str], expires_at: datetime, secret: str
) -> Act:
    """Keep the digest of a personal token; who made the secret shows it once.

    Refusal `missing_text` (name), `unknown_word` (scope), `bad_expiry` (past, or over a year off).
    """
    title = clean(name, at="/name")
    if not title:
        raise Refusal("missing_text", at="/name", name="name")
    for scope in scopes:
        if scope not in {one.value for one in Scope}:
            raise Refusal("unknown_word", at="/scopes", word=scope, vocabulary="scope")
    if not scopes:
        raise Refusal("missing_text", at="/scopes", name="scopes")
    if not now < expires_at <= now + LONGEST:
        raise Refusal("bad_expiry", at="/expires_at")
    if len(title) > 80:
        raise Refusal("too_long", at="/name", name="name", most=80)
    row = Token.objects.create(
        officer_id=by.officer, name=title, begins=secret[:12], sha256=digest_of(secret),
        scopes=list(dict.fromkeys(scopes)), created_at=now, expires_at=expires_at,
    )  # fmt: skip
    return Act(noun="token", object_id=row.pk, payload={})


@operation(needs=Role.READER)
def revoke_token(*, by: Actor, now: datetime, token: int) -> Act:
    """End a token of one's own; Refusal `no_such_row`. Ending it twice changes nothing."""
    row = find(Token.objects.filter(officer=by.officer), token, pk=token)
    Token.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now)
    return Act(noun="token", object_id=row.pk, payload={})


def digest_of(secret: str) -> str:
    """What is kept of a token's secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
