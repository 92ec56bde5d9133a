"""Who may do what: every route, for nobody, every scope of a token and every role."""

from __future__ import annotations

import pytest

from negotiations.api.docs import Route, routes
from negotiations.models import LedgerEntry, Token
from tests.api.acts import MAY, OPEN, act_of, includes
from tests.api.office import ROLES, SCOPES, Office, Script, code_of

WRITES = [route for route in routes() if route.operation_id in MAY]


def _named(route: Route) -> str:
    return route.operation_id


def test_every_route_says_who_may_use_it() -> None:
    """A new route stands in one of the two tables, or this fails."""
    assert {route.operation_id for route in routes()} == {*MAY, *OPEN}
    assert {route.operation_id for route in routes() if route.scoped} == set(MAY)


@pytest.mark.django_db
@pytest.mark.parametrize("route", WRITES, ids=_named)
def test_nobody_gets_in_without_a_valid_token(route: Route, office: Office) -> None:
    """401, with how to do better; nothing is written."""
    act = act_of(route.operation_id, office, role="officer")
    before = LedgerEntry.objects.count()
    for token, code in ((None, "no_token"), ("parley_guessed", "bad_token"), ("ü", "bad_token")):
        response = act.send(Script(token=token), route.method)

        assert (response.status_code, code_of(response)) == (401, code)
        assert response["WWW-Authenticate"].startswith('Bearer realm="Parley"')
        assert "Access-Control-Allow-Origin" not in response
    assert LedgerEntry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("route", WRITES, ids=_named)
def test_a_token_is_good_for_its_scopes(route: Route, office: Office) -> None:
    """One scope less is refused, the one needed is enough."""
    scope, _, status = MAY[route.operation_id]
    act = act_of(route.operation_id, office, role="admin")
    for less in SCOPES[: SCOPES.index(scope)]:
        response = act.send(office.script("admin", [less]), route.method)

        assert (response.status_code, code_of(response)) == (403, "token_scope")
        assert f'scope="{scope}"' in response["WWW-Authenticate"]
    assert act.send(office.script("admin", [scope]), route.method).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", WRITES, ids=_named)
def test_an_account_may_do_what_its_role_says(route: Route, role: str, office: Office) -> None:
    """Whatever the token says; what is refused leaves nothing."""
    _, needed, status = MAY[route.operation_id]
    act, script = act_of(route.operation_id, office, role=role), office.script(role)
    before = LedgerEntry.objects.count()
    response = act.send(script, route.method)

    if includes(role, needed):
        assert response.status_code == status, response.content
    elif route.operation_id == "list_drafts":
        assert response.json() == {"results": [], "next": None}
    elif route.operation_id == "show_draft":
        assert code_of(response) == "not_found"
    else:
        assert code_of(response) == "not_allowed"
    done = route.method != "GET" and response.status_code == status
    assert LedgerEntry.objects.count() - before == int(done)


@pytest.mark.django_db
@pytest.mark.parametrize("route", WRITES, ids=_named)
def test_who_is_admin_elsewhere_has_no_say_here(route: Route, office: Office) -> None:
    """Drafts of another negotiation are not even there."""
    act = act_of(route.operation_id, office, role="officer")
    response = act.send(office.script("elsewhere"), route.method)

    # A document belongs to no negotiation: who is an officer anywhere may add one.
    if route.operation_id in ("draft_source", "capture_source"):
        assert response.status_code == 201
    elif route.operation_id == "list_drafts":
        rows = response.json()["results"]
        assert {row["noun"] for row in rows} <= {"source"}
    elif "/drafts/" in route.path or route.operation_id == "publish_draft":
        assert code_of(response) == "not_found"
    elif isinstance(act.body, dict) and "items" in act.body:
        assert (code_of(response), response.json()["at"]) == ("no_such_row", "/items/0")
    else:
        assert code_of(response) == "not_allowed"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["revoked", "over", "closed"])
def test_a_token_that_ended_is_good_for_nothing(state: str, office: Office) -> None:
    """Revoked, over, or of an account that was closed; on public routes, too."""
    script = office.script("admin")
    tokens = Token.objects.filter(officer=office.people["admin"])
    match state:
        case "revoked":
            tokens.update(revoked_at=tokens.get().created_at)
        case "over":
            created = tokens.get().created_at
            tokens.update(created_at=created.replace(year=2020), expires_at=created)
        case "closed":
            tokens.get().officer.__class__.objects.filter(pk=office.people["admin"]).update(
                is_active=False
            )
    for address in ("/drafts/", "/statements/"):
        assert code_of(script.send("GET", address)) == "bad_token"
