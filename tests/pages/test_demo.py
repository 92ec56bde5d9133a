"""The demo's sign-in: once, for who sits at the machine, for nobody else."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.pages.accounts import signed_in
from tests.pages.markup import parse

pytestmark = pytest.mark.django_db
TOKEN = "ab" * 32
ADDRESS = f"/desk/account/demo/{TOKEN}/"


@pytest.fixture
def door(tmp_path: Path, settings: Any) -> Path:
    """The file that stands for the token, as `make run` makes it."""
    settings.DEMO_FOLDER = str(tmp_path)
    get_user_model().objects.create_user("demo-officer")
    file = tmp_path / hashlib.sha256(TOKEN.encode()).hexdigest()
    file.write_text("demo-officer")
    return file


@pytest.fixture
def client() -> Client:
    """A browser that may sign in."""
    return Client()


def test_to_look_at_it_uses_nothing_up(client: Client, door: Path) -> None:
    for _ in range(2):
        page = parse(client.get(ADDRESS).content.decode())
        assert page.one("button", class_="primary").words == "Sign in"
    assert client.head(ADDRESS).status_code == 200
    assert door.exists()
    assert not signed_in(client)


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_the_button_signs_in_once(client: Client, door: Path, prefix: str) -> None:
    response = client.post(f"{prefix}{ADDRESS}")
    assert (response.status_code, response["Location"]) == (302, f"{prefix}/desk/")
    assert "no-store" in response["Cache-Control"]
    assert signed_in(client)
    assert not door.exists()
    other = Client()
    assert (other.get(ADDRESS).status_code, other.post(ADDRESS).status_code) == (404, 404)
    assert not signed_in(other)


def test_the_button_takes_its_form(door: Path) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS).status_code == 403
    assert door.exists()


def test_another_token_opens_nothing(client: Client, door: Path) -> None:
    for token in ("cd" * 32, door.name, "x"):
        address = f"/desk/account/demo/{token}/"
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert door.exists()


@pytest.mark.parametrize("peer", ["10.0.0.7", "192.168.1.2", "8.8.8.8", "2001:db8::1", ""])
def test_who_is_not_at_the_machine_finds_nothing(client: Client, door: Path, peer: str) -> None:
    assert client.get(ADDRESS, REMOTE_ADDR=peer).status_code == 404
    assert client.post(ADDRESS, REMOTE_ADDR=peer).status_code == 404
    assert door.exists()


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1"])
def test_who_is_at_the_machine_finds_it(client: Client, door: Path, peer: str) -> None:
    assert client.get(ADDRESS, REMOTE_ADDR=peer).status_code == 200
    assert door.exists()


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"]
)
def test_what_comes_through_a_proxy_finds_nothing(client: Client, door: Path, header: str) -> None:
    headers = {header: "127.0.0.1"}
    assert client.get(ADDRESS, headers=headers).status_code == 404
    assert client.post(ADDRESS, headers=headers).status_code == 404
    assert door.exists()


def test_without_a_demo_there_is_nothing(client: Client, door: Path, settings: Any) -> None:
    settings.DEMO_FOLDER = ""
    assert (client.get(ADDRESS).status_code, client.post(ADDRESS).status_code) == (404, 404)
    assert door.exists()


def test_a_closed_account_does_not_sign_in(client: Client, door: Path) -> None:
    get_user_model().objects.update(is_active=False)
    assert client.post(ADDRESS).status_code == 404
    assert not signed_in(client)
    assert not door.exists()
