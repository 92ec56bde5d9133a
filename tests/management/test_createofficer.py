"""`manage.py createofficer`: an account, its password, its role; or one sentence, and nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from negotiations.models import LedgerEntry, Membership, Officer
from tests import factories as make
from tests.pages.accounts import HASHERS, PASSWORD

pytestmark = pytest.mark.django_db
ASK = "negotiations.management.commands.createofficer.getpass"
EMAIL = "--email=kim@ministry.example"


class Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture(autouse=True)
def _talks(settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    make.NegotiationFactory(slug="talks")


def run(*words: str) -> list[str]:
    """The command's lines."""
    out = io.StringIO()
    call_command("createofficer", *words, stdout=out)
    return out.getvalue().splitlines()


def refused(*words: str) -> str:
    """The sentence by which it is refused; nothing was written."""
    before = LedgerEntry.objects.count(), Officer.objects.exclude(username="console").count()
    with pytest.raises(CommandError) as refusal:
        run(*words)
    after = LedgerEntry.objects.count(), Officer.objects.exclude(username="console").count()
    assert after == before
    return str(refusal.value)


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Somebody sits at a terminal and answers the questions."""
    told = iter(answers)
    monkeypatch.setattr("sys.stdin", Typed())
    monkeypatch.setattr(ASK, lambda _: next(told))


def test_it_makes_an_account_with_a_role_for_a_link_later() -> None:
    lines = run("kim", EMAIL, "--name=Kim", "--negotiation=talks", "--role=reviewer")
    assert lines == ["kim has an account.", "reviewer in talks."]
    officer = Officer.objects.get(username="kim")
    assert (officer.email, officer.first_name) == ("kim@ministry.example", "Kim")
    assert (officer.has_usable_password(), officer.is_superuser) == (False, False)
    assert Membership.objects.get(officer=officer).role == "reviewer"


def test_it_makes_a_superuser() -> None:
    run("kim", EMAIL, "--superuser")
    assert Officer.objects.get(username="kim").is_superuser


def test_the_same_again_changes_nothing() -> None:
    words = ("kim", EMAIL, "--negotiation=talks", "--role=officer")
    run(*words)
    before, epoch = LedgerEntry.objects.count(), Officer.objects.get(username="kim").session_epoch
    assert run(*words) == ["officer in talks."]
    assert LedgerEntry.objects.count() == before
    assert Officer.objects.get(username="kim").session_epoch == epoch


def test_another_role_takes_the_place_of_the_first() -> None:
    run("kim", EMAIL, "--negotiation=talks", "--role=officer")
    run("kim", "--negotiation=talks", "--role=admin")
    assert Membership.objects.get(officer__username="kim").role == "admin"


def test_the_password_can_come_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    run("kim", EMAIL, "--password-stdin")
    assert Officer.objects.get(username="kim").check_password(PASSWORD)


def test_a_known_account_gets_a_new_password_from_a_pipe_and_its_sessions_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("kim", EMAIL)
    before = Officer.objects.get(username="kim").get_session_auth_hash()
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    assert run("kim", "--password-stdin") == []
    officer = Officer.objects.get(username="kim")
    assert officer.check_password(PASSWORD)
    assert officer.get_session_auth_hash() != before


def test_at_a_terminal_it_asks_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, PASSWORD, PASSWORD)
    run("kim", EMAIL)
    assert Officer.objects.get(username="kim").check_password(PASSWORD)


def test_an_empty_answer_leaves_it_to_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "")
    run("kim", EMAIL)
    assert not Officer.objects.get(username="kim").has_usable_password()


def test_two_answers_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, PASSWORD, f"{PASSWORD}.")
    assert refused("kim", EMAIL) == "The two passwords differ."


@pytest.mark.parametrize("password", ["short", "password1234", "kim@ministry.example"])
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password))
    assert "password" in refused("kim", EMAIL, "--password-stdin")


@pytest.mark.parametrize("words", [["--role=officer"], ["--negotiation=talks"]])
def test_a_role_and_its_negotiation_go_together(words: list[str]) -> None:
    assert refused("kim", EMAIL, *words) == "--negotiation and --role go together."


def test_a_new_account_needs_an_address() -> None:
    assert refused("kim") == "A new account needs --email."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Kim", EMAIL], "name"),
        (["kim", "--email=kim"], "mail"),
        (["kim", EMAIL, "--negotiation=none", "--role=officer"], "none"),
    ],
)
def test_what_the_write_door_refuses_is_one_sentence(words: list[str], said: str) -> None:
    sentence = refused(*words)
    assert said in sentence
    assert "\n" not in sentence


def test_an_address_belongs_to_one_account() -> None:
    run("kim", EMAIL)
    assert "kim@ministry.example" in refused("lee", "--email=KIM@ministry.example")


def test_a_role_that_nobody_holds_is_refused() -> None:
    assert "invalid choice" in refused("kim", EMAIL, "--negotiation=talks", "--role=console")
