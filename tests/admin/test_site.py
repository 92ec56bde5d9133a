"""The admin site: reference data, through operations, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from negotiations import models
from negotiations.admin import site
from negotiations.operations import Actor
from negotiations.operations.mending import MENDABLE
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import Desk, last_entry
from tests.pages.desk.conftest import db, desk, drafter, hire, opened_desk, reviewer, signed_in
from tests.pages.markup import parse

__all__ = ["db", "desk", "drafter", "hire", "opened_desk", "reviewer"]
ADMIN = "/desk/admin/negotiations"
NAMES = {"name_en": "Name", "name_ko": "이름"}
TITLES = {"title_en": "Title", "title_ko": "제목"}


def pk_of(model: Any, **key: Any) -> str:
    """The id of a row, as a form sends it."""
    return str(model.objects.get(**key).pk)


def complete(noun: str) -> dict[str, Any]:
    """What a form of this noun sends."""
    match noun:
        case "party":
            return {"code": "KP", **NAMES, "capital_en": "C", "capital_ko": "C",
                    "zone": "Asia/Seoul"}  # fmt: skip
        case "negotiation":
            return {"slug": "new", **TITLES, "parties": [pk_of(models.Party, code="KR")]}
        case "track":
            return {"negotiation": pk_of(models.Negotiation, slug="talks"), "slug": "new", **TITLES,
                    "procedure": "treaty", "review_days": "30", "headline": "on",
                    "parent": pk_of(models.Track, slug="trade")}  # fmt: skip
        case "term":
            return {"track": pk_of(models.Track, slug="trade"), "slug": "new", **NAMES,
                    "unit": "percent"}  # fmt: skip
        case "person":
            return {"slug": "new", **NAMES, "aliases": "A. Name, N."}
        case "office":
            return {"slug": "new", **TITLES, "party": ""}
        case "tenure":
            return {"person": pk_of(models.Person, slug="cho"), "held_from": "2025",
                    "office": pk_of(models.Office, slug="minister")}  # fmt: skip
        case "publisher":
            return {"slug": "new", **NAMES, "tier": "mirror"}
        case _:
            return {"publisher": pk_of(models.Publisher, slug="rumours"), "reliability": "F",
                    "graded_on": "2025-01-01"}  # fmt: skip


NOUNS = [model._meta.model_name for model in site._registry]


@contextmanager
def writing_only_through_operations() -> Iterator[None]:
    """Fail when a row of ours is written outside an act that takes the ledger's lock."""
    locked = False

    def guard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        nonlocal locked
        text = str(sql)
        locked = locked or "negotiations_turn" in text
        ours = re.match(r'(INSERT INTO|UPDATE|DELETE FROM) "(negotiations_|django_admin)', text)
        assert locked or not ours, text
        assert "django_admin_log" not in text
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


def fields_of(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send of the form at this address."""
    page = client.get(path)
    assert page.status_code == 200, page.content.decode()[:500]
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {n: "" if value is None else value for n, value in values.items() if value is not False}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_new_row_is_registered_by_its_operation(drafter: Client, noun: str) -> None:
    before = last_entry().number
    with writing_only_through_operations():
        response = drafter.post(f"{ADMIN}/{noun}/add/", complete(noun))
    assert response.status_code == 302, response.context["adminform"].form.errors
    entry = last_entry()
    assert (entry.number, entry.noun, entry.public) == (before + 1, noun, True)
    assert entry.verb.split("_")[0] in {"register", "appoint", "grade"}


@pytest.mark.parametrize("noun", MENDABLE)
def test_a_row_is_mended_by_the_operation(drafter: Client, noun: str) -> None:
    drafter.post(f"{ADMIN}/{noun}/add/", complete(noun))
    id = last_entry().object_id
    path = f"{ADMIN}/{noun}/{id}/change/"
    sent = fields_of(drafter, path)
    name = next(n for n in ("title_en", "name_en", "held_to") if n in sent)
    with writing_only_through_operations():
        response = drafter.post(path, {**sent, name: "2027"})
    assert response.status_code == 302, response.context["adminform"].form.errors
    entry = last_entry()
    assert (entry.verb, entry.noun, entry.object_id) == ("mend", noun, id)
    assert entry.payload[name] == "2027"
    assert verify_ledger()[1] is None


@pytest.mark.parametrize("noun", NOUNS)
def test_nothing_can_be_deleted(drafter: Client, noun: str) -> None:
    drafter.post(f"{ADMIN}/{noun}/add/", complete(noun))
    id, before = last_entry().object_id, last_entry().number
    assert drafter.post(f"{ADMIN}/{noun}/{id}/delete/", {"post": "yes"}).status_code == 403
    listed = drafter.get(f"{ADMIN}/{noun}/")
    assert listed.status_code == 200
    drafter.post(
        f"{ADMIN}/{noun}/", {"action": "delete_selected", "_selected_action": [id], "post": "yes"}
    )
    assert last_entry().number == before
    assert "delete" not in parse(listed.content.decode()).words.lower()


def test_slugs_and_codes_are_shown_and_not_asked_for(drafter: Client) -> None:
    form = fields_of(drafter, f"{ADMIN}/track/{pk_of(models.Track, slug='trade')}/change/")
    assert set(form) >= {"title_en", "review_days", "seen"}
    assert set(form) & {"slug", "procedure", "negotiation"} == set()


def test_no_row_of_the_record_and_no_account_is_there() -> None:
    kept = {"negotiation", "track", "term", "party", "person", "office", "tenure", "publisher"}
    assert set(NOUNS) == kept | {"grade"}


def test_a_grade_is_added_and_never_changed(drafter: Client) -> None:
    drafter.post(f"{ADMIN}/grade/add/", complete("grade"))
    path = f"{ADMIN}/grade/{last_entry().object_id}/change/"
    assert drafter.get(path).status_code == 200
    assert drafter.post(path, complete("grade")).status_code == 403


@pytest.mark.parametrize(
    ("noun", "changed", "field"),
    [
        ("negotiation", {"slug": "desk"}, "slug"),
        ("party", {"zone": "Mars/Base"}, "zone"),
        ("track", {"review_days": "0"}, "review_days"),
        ("tenure", {"held_from": "soon"}, "held_from"),
        ("publisher", {"slug": "Has Space"}, "slug"),
        ("person", {"slug": "cho"}, "slug"),
    ],
)
def test_what_an_operation_refuses_stands_in_the_form(
    drafter: Client, noun: str, changed: dict[str, str], field: str
) -> None:
    before = last_entry().number
    response = drafter.post(f"{ADMIN}/{noun}/add/", {**complete(noun), **changed})
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {field}
    assert last_entry().number == before


def test_who_has_not_seen_a_mending_is_told_and_may_send_again(drafter: Client) -> None:
    path = f"{ADMIN}/party/{pk_of(models.Party, code='KR')}/change/"
    first, second = fields_of(drafter, path), fields_of(drafter, path)
    assert drafter.post(path, {**first, "name_en": "One"}).status_code == 302
    refused = drafter.post(path, {**second, "name_en": "Two"})
    assert refused.status_code == 200
    form = refused.context["adminform"].form
    assert "Somebody mended it" in str(form.non_field_errors())
    assert form["name_en"].value() == "Two"
    assert drafter.post(path, {**form.data.dict()}).status_code == 302
    assert models.Party.objects.get(code="KR").name_en == "Two"


def test_what_was_refused_after_the_rehearsal_is_said_and_no_failure(
    drafter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.admin.reference._rehearse", lambda *_: None)
    path = f"{ADMIN}/party/{pk_of(models.Party, code='KR')}/change/"
    response = drafter.post(path, fields_of(drafter, path), follow=True)
    assert response.redirect_chain == [(path, 303)]
    assert "nothing was changed" in response.content.decode()


def test_one_signs_in_where_everybody_does() -> None:
    asked = Client().get(f"{ADMIN}/party/")
    there = Client().get(asked.headers["Location"])
    assert there.headers["Location"] == (
        "/desk/account/login/?next=%2Fdesk%2Fadmin%2Fnegotiations%2Fparty%2F"
    )


@pytest.mark.parametrize("asked", ["", "https://evil.example/", "//evil.example/"])
def test_who_is_signed_in_is_led_on_within_this_site(drafter: Client, asked: str) -> None:
    response = drafter.get("/desk/admin/login/", {"next": asked})
    assert response.headers["Location"] == "/desk/admin/"
    onward = drafter.get("/desk/admin/login/", {"next": f"{ADMIN}/party/"})
    assert onward.headers["Location"] == f"{ADMIN}/party/"


@pytest.mark.parametrize("role", ["", "reader", "officer", "reviewer"])
def test_who_is_no_admin_stays_outside(hire: Callable[[str], Actor], role: str) -> None:
    client = signed_in(hire(role))
    for path in ("/desk/admin/", f"{ADMIN}/party/", f"{ADMIN}/party/add/"):
        response = client.get(path, follow=True)
        assert response.status_code == 403, path
    assert client.post(f"{ADMIN}/party/add/", complete("party")).status_code in {302, 403}
    assert not models.Party.objects.filter(code="KP").exists()


def test_an_admin_sees_the_tracks_of_their_negotiations_only(
    desk: Desk, hire: Callable[[str], Actor], drafter: Client
) -> None:
    drafter.post(f"{ADMIN}/negotiation/add/", complete("negotiation"))
    other = {**complete("track"), "parent": "", "slug": "elsewhere",
             "negotiation": pk_of(models.Negotiation, slug="new")}  # fmt: skip
    assert drafter.post(f"{ADMIN}/track/add/", other).status_code == 302, desk
    client = signed_in(hire("admin"))
    listed = parse(client.get(f"{ADMIN}/track/").content.decode()).words
    assert ("trade" in listed, "elsewhere" in listed) == (True, False)
    there = f"{ADMIN}/track/{pk_of(models.Track, slug='elsewhere')}/change/"
    assert client.get(there).status_code == 302
    refused = client.post(f"{ADMIN}/track/add/", {**other, "slug": "mine"})
    assert set(refused.context["adminform"].form.errors) == {"negotiation"}


def test_a_negotiation_is_opened_by_a_superuser(hire: Callable[[str], Actor]) -> None:
    admin = signed_in(hire("admin"))
    assert admin.get(f"{ADMIN}/negotiation/").status_code == 200
    assert admin.post(f"{ADMIN}/negotiation/add/", complete("negotiation")).status_code == 403


@pytest.mark.parametrize("path", ["/logout/", "/password_change/"])
def test_sessions_and_passwords_are_the_accounts_pages(drafter: Client, path: str) -> None:
    response = drafter.post(f"/desk/admin{path}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/desk/account/")


def test_the_history_is_the_public_one(drafter: Client) -> None:
    path = f"{ADMIN}/party/{pk_of(models.Party, code='KR')}/history/"
    assert drafter.get(path).headers["Location"] == "/changes/"
