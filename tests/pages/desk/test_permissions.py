"""Who may see and send what at the desk: every address by every role.

An address that is not listed here fails the first test.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from negotiations import operations
from negotiations.mail_folder import MailFolder, newest_mails
from negotiations.models import LedgerEntry, Membership, Negotiation, Officer, Snapshot
from negotiations.operations import Actor, Role
from negotiations.operations.captures import request_capture
from negotiations.operations.feeds import add_feed
from negotiations.operations.webhooks import subscribe
from negotiations.pages.desk import urls
from tests.factories.archives import archive
from tests.factories.reports import report
from tests.operations.desk import NOW, Desk
from tests.operations.test_clippings import caught

# `elsewhere` is admin of another negotiation.
WHO = ("nobody", "reader", "officer", "reviewer", "admin", "elsewhere")
EVERYBODY = frozenset(WHO[1:])
# Of any negotiation, and of this one.
OFFICERS = frozenset(WHO[2:])
HERE = frozenset(WHO[2:5])
REVIEWERS = frozenset({"reviewer", "admin"})
ADMINS = frozenset({"admin", "elsewhere"})
NO_ONE: frozenset[str] = frozenset()
# Rows that are one's own: each who asks has another.
OWN = frozenset({"token", "capture"})


@dataclass(frozen=True)
class May:
    """Who may open an address, and who may send to it; `of` names the rows in the address."""

    see: frozenset[str]
    send: frozenset[str]
    of: str = ""
    sent: Any = None


ROUTES = {
    "desk": May(EVERYBODY, NO_ONE),
    "desk_tokens": May(EVERYBODY, EVERYBODY),
    "desk_token_end": May(EVERYBODY, EVERYBODY, of="token"),
    "desk_people": May(ADMINS, NO_ONE),
    "desk_invitation": May(ADMINS, ADMINS),
    "desk_person": May(ADMINS, ADMINS, of="person"),
    "desk_person_closing": May(ADMINS, frozenset({"admin"}), of="person"),
    "desk_mails": May(ADMINS, NO_ONE),
    "desk_mail": May(ADMINS, NO_ONE, of="mail"),
    "desk_subscribers": May(ADMINS, ADMINS),
    "desk_webhooks": May(ADMINS, NO_ONE),
    "desk_webhook_new": May(ADMINS, ADMINS),
    "desk_webhook": May(frozenset({"admin"}), frozenset({"admin"}), of="webhook"),
    "desk_sources": May(OFFICERS, NO_ONE),
    "desk_begin": May(OFFICERS, OFFICERS),
    "desk_transcription": May(OFFICERS, OFFICERS),
    "desk_evidence": May(OFFICERS, OFFICERS),
    "desk_archive": May(OFFICERS, NO_ONE, of="archive"),
    "desk_archived_page": May(OFFICERS, NO_ONE, of="archive"),
    "desk_text": May(OFFICERS, OFFICERS, of="source"),
    "desk_capture": May(OFFICERS, OFFICERS, of="capture"),
    "desk_drafts": May(OFFICERS, NO_ONE),
    "desk_tracks": May(OFFICERS, NO_ONE),
    "desk_check": May(OFFICERS, HERE, of="track"),
    "desk_paraphrases": May(OFFICERS, NO_ONE),
    "desk_uncaptured": May(OFFICERS, NO_ONE),
    "desk_find": May(OFFICERS, OFFICERS),
    "desk_record": May(HERE, NO_ONE, of="published"),
    "desk_draft": May(HERE, HERE, of="draft"),
    "desk_edit": May(HERE, HERE, of="draft"),
    # To who may see none of the drafts, and to who asks after they are published, it shows none.
    "desk_publication": May(OFFICERS, OFFICERS, of="items"),
    "desk_releases": May(OFFICERS, OFFICERS),
    "desk_clippings": May(OFFICERS, NO_ONE),
    "desk_clipping": May(HERE, HERE, of="clipping"),
    "desk_reports": May(OFFICERS, NO_ONE),
    "desk_report": May(HERE, HERE, of="report"),
    "desk_keywords": May(HERE, HERE, of="negotiation"),
    "desk_feeds": May(OFFICERS, NO_ONE),
    "desk_feeds_of": May(HERE, NO_ONE, of="negotiation"),
    "desk_feed_new": May(HERE, HERE, of="negotiation"),
    "desk_feeds_import": May(HERE, HERE, of="negotiation"),
    "desk_feeds_export": May(HERE, NO_ONE, of="negotiation"),
    "desk_feed": May(HERE, HERE, of="feed"),
    "desk_feed_act": May(HERE, HERE, of="feed"),
    "desk_jobs": May(OFFICERS, ADMINS),
    "desk_new": May(OFFICERS, OFFICERS, of="noun"),
    "desk_correct": May(HERE, HERE, of="published"),
    "desk_retract": May(HERE, HERE, of="published"),
}


def _names() -> set[str]:
    return {str(pattern.name) for pattern in urls.urlpatterns}


def test_every_address_of_the_desk_is_listed_here() -> None:
    assert _names() == set(ROUTES)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path


def _account(who: str) -> Officer:
    officer = Officer.objects.create(username=f"a-{who}")
    talks = Negotiation.objects.get(slug="talks")
    if who == "elsewhere":
        talks = Negotiation.objects.create(
            slug="others", title_en="O", title_ko="O", registered_at=NOW
        )
    if who != "nobody":
        role = "admin" if who == "elsewhere" else who
        Membership.objects.create(officer=officer, negotiation=talks, role=role)
    return officer


def _address(name: str, desk: Desk, officer: Officer | None) -> str:
    named, items = _named(ROUTES[name].of, desk, officer)
    return reverse(f"pages:{name}", kwargs=named or None) + items


def _named(of: str, desk: Desk, officer: Officer | None) -> tuple[dict[str, Any], str]:  # noqa: C901  a case a noun
    """The rows in an address and behind it; those in `OWN` are `officer`'s own."""
    items = ""
    match of:
        case "draft" | "published" | "items":
            row = desk.draft("status_change").id if of != "published" else (
                desk.published("status_change"))  # fmt: skip
            named: dict[str, Any] = {"noun": "status_change", "id": row}
            if of == "items":
                items, named = f"?items=status_change:{row}", {}
        case "person":
            named = {"id": desk.reviewer.officer}
        case "source":
            named = {"id": desk.draft("source").id}
        case "archive":
            named = {"id": desk.ids["source"]}
            archive(Snapshot.objects.get(source=desk.ids["source"]))
        case "noun":
            named = {"noun": "status_change"}
        case "track" | "negotiation":
            track = {"track": "security"} if of == "track" else {}
            named = {"negotiation": "talks", **track}
        case "clipping":
            named = {"id": caught().pk}
        case "report":
            talks = Negotiation.objects.get(slug="talks")
            named = {"id": report(negotiation_ids=[talks.pk]).pk}
        case "feed":
            named = {"id": add_feed(
                by=desk.reviewer, now=NOW, negotiation="talks", url="https://a.example/"
            )}  # fmt: skip
        case "token":
            now = timezone.now()
            named = {"id": operations.issue_token(
                by=Actor(officer=officer.pk), now=now, name="t", scopes=["read"], secret=str(now),
                expires_at=now.replace(year=now.year + 1, day=1),
            ).id}  # fmt: skip
        case "mail":
            letter = EmailMessage("News", headers={"X-Parley-Letter": "news"})
            MailFolder().send_messages([letter])
            named = {"file": newest_mails()[0].name}
        case "webhook":
            named = {"id": subscribe(
                by=desk.drafter, now=NOW, name="w", url="https://a.example/", secret="whsec_MfKQ",
                scope="talks",
            )}  # fmt: skip
        case "capture":
            named = {"id": request_capture(
                by=Actor(officer=officer.pk, role=Role.CONSOLE), now=NOW, url="https://a.example/"
            )}  # fmt: skip
        case _:
            named = {}
    return named, items


def _outcome(client: Client, method: str, address: str) -> str:
    response = getattr(client, method)(address, {} if method == "get" else {"action": "look"})
    if response.status_code == 302 and "/account/login/" in response["Location"]:
        return "sign in"
    return "refused" if response.status_code in {403, 404, 405} else "ok"


@pytest.mark.parametrize("name", ROUTES)
def test_the_desk_lets_in_whom_it_should(desk: Desk, name: str) -> None:
    told = {}
    address = "" if ROUTES[name].of in OWN else _address(name, desk, None)
    for who, method in product(WHO, ("get", "post")):
        with transaction.atomic():
            told[who, method] = _told(desk, name, who, method, address)
            transaction.set_rollback(True)
    may = {"get": ROUTES[name].see, "post": ROUTES[name].send}
    assert told == {
        (who, method): "sign in" if who == "nobody" else "ok" if who in may[method] else "refused"
        for who, method in told
    }


def _told(desk: Desk, name: str, who: str, method: str, address: str) -> str:
    """What somebody is told at an address; what is refused leaves no trace."""
    officer = _account(who)
    address = address or _address(name, desk, officer)
    client = Client()
    if who != "nobody":
        client.force_login(officer)
    before = LedgerEntry.objects.count()
    outcome = _outcome(client, method, address)
    if outcome != "ok":
        assert LedgerEntry.objects.count() == before, (who, method)
    return outcome
