"""What caches may keep, of every route, for nobody, an officer and a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from negotiations.lifetimes import ASK_AGAIN, FIXED, PRIVATE, lifetime
from negotiations.memory import answers
from negotiations.models import Officer
from negotiations.pages.citing import FORMS
from tests.api.conftest import rows
from tests.api.office import issue
from tests.api.rows import NAMES, Rows

__all__ = ["rows"]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SHORT = lifetime(now=NOW, zone=settings.DESK_ZONE)
# Routes of the API that anybody reads, with feeds and calendars, and pages: kept for seconds.
API = {
    "api_negotiations", "api_negotiation", "api_board", "api_tracks", "api_track", "api_timeline",
    "api_statements", "api_statement", "api_status_changes", "api_status_change", "api_positions",
    "api_position", "api_linkages", "api_linkage", "api_milestones", "api_milestone",
    "api_sources", "api_source", "api_people", "api_person", "api_parties", "api_party",
    "api_publishers", "api_publisher", "api_changes", "api_corrections", "api_vocabulary",
    "api_checkpoint", "api_checkpoint_note", "api_inclusion", "api_consistency",
    "api_schema", "api_search", "api_lanes", "api_evidence", "api_feed", "api_calendar",
    "api_brief", "api_fixed_brief", "api_since_brief", "api_handover", "api_fixed_handover",
    "api_since_handover",
    "api_oembed", "api_robots", "api_sitemap", "api_sitemap_part",
    "api_ties", "api_milestone_ledger", "api_accounts", "api_account",
    "api_meetings", "api_meeting", "api_matrix", "api_figures",
    "api_comparison", "api_track_comparison", "api_reports", "api_report", "api_report_sums",
}  # fmt: skip
PAGES = {
    "home", "statement", "source", "person", "changes", "corrections", "vocabulary", "about",
    "track", "board", "api_docs", "search", "scripts", "ledger", "ledger_act", "consistency",
    "board_card", "track_card", "badge", "embed_board", "embed_track", "embed_statement",
    *(f"{kind}_{form}" for kind in ("statement", "board", "track") for form in FORMS),
    "board_svg", "board_png", "board_csv", "positions", "figures", "figures_csv", "figure_svg",
    "milestones_csv",
    "meetings", "meeting", "linkages", "milestones",
    "brief", "brief_paper", "fixed_brief", "fixed_brief_paper",
    "compare", "compare_track", "trust", "reports", "report",
    "handover", "handover_paper", "fixed_handover", "fixed_handover_paper",
}  # fmt: skip
# What a route must be asked.
QUERIES = {
    "api_search": "?q=swap",
    "api_consistency": "?from=1",
    "api_oembed": f"?url=http://testserver/{NAMES['negotiation']}/",
}
# Told anew each time; and what takes a token, where everybody else is refused.
NEVER = {
    "api_health", "api_nowhere", "api_checks", "api_batch", "api_snapshots", "api_correction",
    "api_retraction", "api_publication", "api_drafts", "api_draft", "api_submission", "api_return",
    "api_publications", "api_releases", "api_release", "health", "metrics",
    "subscriptions", "subscriptions_asked", "subscription", "report_new",
}  # fmt: skip
# What says of itself how long (tests/api/test_exports.py, test_nightly.py).
FILES = {
    "api_export", "api_export_ledger", "verify_py", "api_export_negotiation", "api_nightly",
    "api_nightly_set", "api_nightly_file",
}  # fmt: skip
# Where addresses are patterns.
WRITTEN = {
    "api_nowhere": "/api/nowhere/",
    "api_sitemap_part": "/sitemap-pages.xml",
    "account_reset_password_from_key": "/desk/account/password/reset/key/1-set-password/",
    "app_list": "/desk/admin/negotiations/",
    None: "/desk/admin/nowhere/",
}


def _routes(resolver: URLResolver, prefix: str = "/") -> Iterator[tuple[str | None, str]]:
    """Name and address of every route, with its names in braces."""
    for pattern in resolver.url_patterns:
        route = prefix + str(getattr(pattern.pattern, "_route", ""))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            assert isinstance(pattern, URLPattern)
            written = hasattr(pattern.pattern, "_route")
            yield pattern.name, route if written else WRITTEN[pattern.name]


ROUTES = [(name, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)) for name, path in
          _routes(get_resolver())]  # fmt: skip
OURS = [(str(name), path) for name, path in ROUTES if not path.startswith("/desk/")]
DESK = [path for _, path in ROUTES if path.startswith("/desk/")]


def _filled(path: str, rows: Rows) -> str:
    """The address of something that is there, where that can be said."""
    noun = next((word for word in path.split("/") if word in rows.ids), "")
    other = {"person": NAMES["slug"], "noun": "statements" if path[:5] == "/api/" else "statement"}
    other["term"] = rows.tracks[0].terms.earliest("pk").slug
    named = {**NAMES, **other, "id": rows.ids.get(noun, rows.ids["statements"])}
    return re.sub(r"{(\w+)}", lambda found: str(named.get(found[1], "1")), path)


WHO = ("nobody", "officer", "script")


@pytest.fixture
def clients(rows: Rows) -> Iterator[dict[str, Client]]:  # noqa: ARG001
    """Who asks, and with what, at noon."""
    with time_machine.travel(NOW, tick=False):
        account = Officer.objects.create_user("kim", "kim@example.org", is_superuser=True)
        officer = Client()
        officer.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        secret = issue(account.pk, ["read", "draft", "publish"])
        script = Client(headers={"Authorization": f"Bearer {secret}"})
        yield dict(zip(WHO, (Client(), officer, script), strict=True))


def _vary(response: Any) -> set[str]:
    return {word.strip() for word in response["Vary"].split(",")}


def test_every_route_says_what_caches_may_keep() -> None:
    """A new route stands in one of the tables, or this fails."""
    assert {name for name, _ in OURS} == API | PAGES | NEVER | FILES


@pytest.fixture
def _with_memory(settings: Any) -> None:
    """As in service: what was made for one is told to others from memory."""
    settings.ANSWER_CACHE_MB = 64
    answers.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("_with_memory")
def test_what_is_public_is_kept_for_seconds(clients: dict[str, Client], rows: Rows) -> None:
    """The same for everybody, so it varies by no cookie; a script's own answers are its own."""
    wrong = {}
    for route, path in OURS:
        if route in NEVER | FILES:
            continue
        address = _filled(path, rows) + QUERIES.get(route, "")
        officers = ASK_AGAIN if route in PAGES - {"api_docs"} else SHORT
        kept = {"nobody": SHORT, "officer": officers, "script": PRIVATE}
        varies = {"Accept-Encoding"} | ({"Authorization"} if route in API else set())
        for prefix in ("", "/ko") if route in PAGES - {"api_docs"} else ("",):
            for name, client in clients.items():
                told = _told(client.get(prefix + address))
                if told != (200, kept[name], varies, 0):
                    wrong[prefix + address, name] = told
    assert wrong == {}


def _told(answer: Any) -> tuple[int, str, set[str], int]:
    return answer.status_code, answer["Cache-Control"], _vary(answer), len(answer.cookies)


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_what_is_private_is_kept_by_nobody(
    clients: dict[str, Client], rows: Rows, who: str
) -> None:
    """The desk with all its account pages, drafts, problems, health."""
    client = clients[who]
    told = {}
    for path in [*DESK, "/ko/desk/", "/ko/desk/account/login/"]:
        answer = client.get(_filled(path, rows))
        told[path] = (answer["Cache-Control"], answer.status_code < 500)
    assert {path: one for path, one in told.items() if one != (PRIVATE, True)} == {}
    for route, path in OURS:
        if route in NEVER:
            answer = client.get(_filled(path, rows))
            assert answer["Cache-Control"].removeprefix("private, ") == "no-store", path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/nowhere/", "/changes", "/changes/?colour=red", "/statements/999999999/", "/api/v1/x"]
)
def test_a_refusal_or_a_redirect_is_kept_by_nobody(path: str, rows: Rows) -> None:  # noqa: ARG001
    """Caches would otherwise keep it as long as they like."""
    answer = Client().get(path)
    assert answer.status_code in (301, 308, 400, 404)
    assert answer["Cache-Control"].removeprefix("private, ") == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/rok-us/", "/api/v1/negotiations/rok-us/"])
@pytest.mark.parametrize(
    ("clocks", "kept"),
    [
        ("on=2026-01-05&known_by=2026-01-05&as_of=2026-11-28", FIXED),
        ("on=2026-01-05&known_by=2026-01-05&as_of=2026-12-01", SHORT),
        ("on=2026-01-05&known_by=2026-01-05&as_of=2026-12-01T00:00:00Z", SHORT),
        ("on=2026-01-05&known_by=2026-01-05", SHORT),
        ("known_by=2026-01-05&as_of=2026-11-28", SHORT),
    ],
)
def test_the_settled_past_is_kept_for_an_hour(
    path: str,
    clocks: str,
    kept: str,
    rows: Rows,  # noqa: ARG001
) -> None:
    """Where all three clocks are set and the third lies a day back; a 304 says the same."""
    with time_machine.travel(NOW, tick=False):
        answer = Client().get(f"{path}?{clocks}")
        same = Client().get(f"{path}?{clocks}", headers={"If-None-Match": answer["ETag"]})
    assert [(one.status_code, one["Cache-Control"]) for one in (answer, same)] == [
        (200, kept),
        (304, kept),
    ]
    assert _vary(same) == _vary(answer)


@pytest.mark.django_db
def test_the_one_date_of_readers_sets_two_clocks(rows: Rows) -> None:  # noqa: ARG001
    """`known_on` beside `as_of` is the settled past as well."""
    with time_machine.travel(NOW, tick=False):
        answer = Client().get("/rok-us/?known_on=2026-01-05&as_of=2026-11-28")
    assert answer["Cache-Control"] == FIXED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/reports/", "/reports/{id}/", "/ledger/", "/ledger/1/", "/about/"]
)
def test_what_has_no_clocks_is_of_today_whatever_its_address_carries_along(
    path: str, rows: Rows
) -> None:
    """An answer to a report, or a newer checkpoint, is not hidden for an hour."""
    settled = "?on=2026-01-05&known_by=2026-01-05&as_of=2026-11-28"
    with time_machine.travel(NOW, tick=False):
        answer = Client().get(_filled(path, rows) + settled)
    assert (answer.status_code, answer["Cache-Control"]) == (200, SHORT)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_preferred_language_changes_no_page(language: str, rows: Rows) -> None:  # noqa: ARG001
    """The address alone decides."""
    said = {"Accept-Language": language}
    for path, shown in (("/about/", "en"), ("/ko/about/", "ko")):
        answer = Client().get(path, headers=said)
        assert answer["Content-Language"] == shown
        assert f'<html lang="{shown}">' in answer.content.decode()
