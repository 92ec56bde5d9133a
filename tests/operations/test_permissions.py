"""Each verb needs a role, held in every negotiation that the act touches."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from negotiations import operations
from negotiations.desk_words import HELD, Role, includes
from negotiations.models import Membership, Negotiation, Officer
from negotiations.operations import Actor
from negotiations.operations.permissions import require
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, Desk, last_entry, refuses

_NEEDS = {"draft": Role.OFFICER, "publish": Role.REVIEWER, "register": Role.ADMIN}


def _account(role: Role | None, *, of: str = "talks", **fields: Any) -> Actor:
    name = f"account-{Officer.objects.count()}"
    officer = Officer.objects.create(username=name, **fields)
    if role is not None:
        negotiation = Negotiation.objects.get(slug=of)
        Membership.objects.create(officer=officer, negotiation=negotiation, role=role.value)
    return Actor(officer=officer.pk)


def _other_talks(desk: Desk) -> None:
    console = Actor(officer=desk.drafter.officer, role=Role.CONSOLE)
    desk.act(
        operations.register_negotiation, by=console, slug="others", parties=["KR"],
        title_en="Others", title_ko="다른 협상",
    )  # fmt: skip
    desk.act(
        operations.register_track, by=console, negotiation="others", slug="rice", title_en="Rice",
        title_ko="쌀", procedure="treaty",
    )  # fmt: skip


def _do(desk: Desk, what: str, by: Actor) -> None:
    if what == "draft":
        desk.draft("status_change", by=by)
    elif what == "publish":
        desk.publish("status_change", desk.draft("status_change").id, by=by)
    else:
        desk.act(
            operations.register_track, by=by, negotiation="talks", slug="rice", title_en="Rice",
            title_ko="쌀", procedure="treaty",
        )  # fmt: skip


@pytest.mark.parametrize(("what", "role"), [*product(_NEEDS, [*HELD, None])])
def test_a_role_may_do_what_it_includes_and_no_more(
    desk: Desk, what: str, role: Role | None
) -> None:
    by = _account(role)
    if role is not None and includes(role, _NEEDS[what]):
        _do(desk, what, by)
        assert (last_entry().role, last_entry().by_id) == (_NEEDS[what].value, by.officer)
    else:
        with pytest.raises(Refusal) as refused:
            _do(desk, what, by)
        assert refused.value.code == "not_allowed"


@pytest.mark.parametrize("what", _NEEDS)
def test_a_role_elsewhere_is_no_role_here(desk: Desk, what: str) -> None:
    _other_talks(desk)
    by = _account(Role.ADMIN, of="others")
    with pytest.raises(Refusal) as refused:
        _do(desk, what, by)
    assert refused.value.code == "not_allowed"


def test_what_bears_on_two_negotiations_takes_the_role_in_both(desk: Desk) -> None:
    _other_talks(desk)
    with refuses("not_allowed"):
        desk.draft("statement", by=_account(Role.OFFICER), tracks=["talks/security", "others/rice"])


def test_a_draft_is_not_taken_out_of_a_negotiation_where_one_has_no_role(desk: Desk) -> None:
    _other_talks(desk)
    draft = desk.draft("statement", tracks=["others/rice"])
    with refuses("not_allowed"):
        desk.draft("statement", by=_account(Role.OFFICER), amends=draft.id, version=1)


def test_a_source_of_no_negotiation_takes_the_role_in_any(desk: Desk) -> None:
    assert desk.draft("source", by=_account(Role.OFFICER)).version == 1
    with refuses("not_allowed"):
        desk.draft("source", by=_account(Role.READER))


def test_a_closed_account_may_nothing(desk: Desk) -> None:
    with refuses("not_allowed"):
        desk.draft("source", by=_account(Role.ADMIN, is_active=False))


def test_an_account_that_is_not_there_may_nothing(desk: Desk) -> None:
    with refuses("not_allowed"):
        desk.draft("source", by=Actor(officer=10**9))


@pytest.mark.usefixtures("desk")
def test_every_active_account_reads() -> None:
    by = _account(None)
    assert require(by, Role.READER).role is Role.READER


def test_only_a_superuser_opens_a_negotiation(desk: Desk) -> None:
    fields = {"slug": "new", "parties": ["KR"], "title_en": "New", "title_ko": "새 협상"}
    with refuses("not_allowed"):
        desk.act(operations.register_negotiation, by=_account(Role.ADMIN), **fields)
    superuser = _account(None, is_superuser=True)
    assert desk.act(operations.register_negotiation, by=superuser, **fields).at == NOW
