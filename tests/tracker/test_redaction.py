"""No secret in a log line, wherever it stood: in words, in an exception, in an address."""

from __future__ import annotations

import time

import pytest

from tracker.redaction import HIDDEN, redacted, without_secrets

TOKEN = "parley_" + "Ab3_-" * 9
WORDS = "open sesame"
# What is said, and what is left of it; what is secret has `s3same` in it, or is TOKEN.
SECRETS = [
    ("Authorization: Bearer s3same-123", f"Authorization: {HIDDEN}"),
    ("{'Authorization': 'Token s3same', 'a': 'b'}", f"{{'Authorization': {HIDDEN}, 'a': 'b'}}"),
    ("HTTP_AUTHORIZATION=Basic s3same", f"HTTP_AUTHORIZATION={HIDDEN}"),
    ("sent Bearer s3same.s3same to b", f"sent Bearer {HIDDEN} to b"),
    ('Cookie: a="s3same"; parley_session=s3same', f"Cookie: {HIDDEN}"),
    ("Set-Cookie: csrftoken=s3same; Path=/", f"Set-Cookie: {HIDDEN}"),
    (f"the token {TOKEN} ended", f"the token parley_{HIDDEN} ended"),
    ("signed with whsec_s3sameABC+/=", f"signed with whsec_{HIDDEN}"),
    ("webhook-signature: v1,s3same", f"webhook-signature: {HIDDEN}"),
    ("postgres://kim:s3same@db:5432/parley", f"postgres://kim:{HIDDEN}@db:5432/parley"),
    ("postgres://kim:p@s3same/x@db/parley", f"postgres://kim:{HIDDEN}@db/parley"),
    ("redis://:s3same@host:6379/0", f"redis://:{HIDDEN}@host:6379/0"),
    ("smtp://u%40x:s3same@mail.example:587", f"smtp://u%40x:{HIDDEN}@mail.example:587"),
    ("https://s3same_s3same_s3same_s3same@git.example/x", f"https://{HIDDEN}@git.example/x"),
    ("GET /feed/?a=1&token=s3same&b=2", f"GET /feed/?a=1&token={HIDDEN}&b=2"),
    ("?secret=s3same", f"?secret={HIDDEN}"),
    ("?api_key=s3same&key=s3same", f"?api_key={HIDDEN}&key={HIDDEN}"),
    ("access_token=s3same", f"access_token={HIDDEN}"),
    ("dbname=parley password=s3same host=db", f"dbname=parley password={HIDDEN} host=db"),
    ("password='s3 same s3same' user=kim", f"password={HIDDEN} user=kim"),
    ('{"password": "s3same", "name": "kim"}', f'{{"password": {HIDDEN}, "name": "kim"}}'),
    ("csrfmiddlewaretoken=s3same&what=x", f"csrfmiddlewaretoken={HIDDEN}&what=x"),
    ("sessionid=s3same; other=1", f"sessionid={HIDDEN}; other=1"),
    ("GET /desk/account/demo/s3same/ failed", f"GET /desk/account/demo/{HIDDEN}/ failed"),
    ("/ko/subscriptions/s3same/", f"/ko/subscriptions/{HIDDEN}/"),
    ("/desk/account/password/reset/key/1-s3same/", f"/desk/account/password/reset/key/{HIDDEN}/"),
]  # fmt: skip
HARMLESS = [
    "Key (url_sha256)=(5) already exists.",
    "KeyError: 'slug'",
    "/api/v1/subscriptions/12/deliveries/",
    "https://paper.example:8443/a?page=2 and kim@ministry.example",
    "the role parley_reader; parley_request_seconds",
    "answered",
    "관세 협상은 끝나지 않았다",
]


@pytest.mark.parametrize(("said", "left"), SECRETS)
def test_a_secret_is_taken_out_and_what_is_around_it_stays(said: str, left: str) -> None:
    assert redacted(said) == left
    assert "s3same" not in left


@pytest.mark.parametrize("said", HARMLESS)
def test_what_is_no_secret_stays(said: str) -> None:
    assert redacted(said) == said


def test_a_member_is_secret_by_its_name() -> None:
    told = {
        "token": WORDS, "Cookie": WORDS, "route": "home", "status": 200,
        "more": ["?key=s3same"], "deep": {"client_secret": WORDS}, "nothing": None,
    }  # fmt: skip
    assert without_secrets(told) == {
        "token": HIDDEN, "Cookie": HIDDEN, "route": "home", "status": 200,
        "more": [f"?key={HIDDEN}"], "deep": {"client_secret": HIDDEN}, "nothing": None,
    }  # fmt: skip


def test_a_long_text_takes_no_time() -> None:
    """No pattern goes back and forth."""
    began = time.process_time()
    for piece in ("a://", "token=", "Cookie:", "://a:", "key ", "x@", '"', "session-", "a", "://a"):
        redacted(piece * (50_000 // len(piece)))
    assert time.process_time() - began < 2
