"""Which addresses are the machines'."""

from __future__ import annotations

import pytest
from django.urls import resolve

from negotiations.api.places import is_for_machines


@pytest.mark.parametrize(
    "path",
    ["/feed.atom", "/feed.rss", "/feed.json", "/ko/feed.atom", "/rok-us/feed.json",
     "/rok-us/tariffs/feed.rss", "/ko/rok-us/tariffs/feed.atom", "/parties/KR/feed.atom",
     "/rok-us/milestones.ics",
     "/ko/rok-us/tariffs/milestones.ics", "/api/v1/", "/api/nowhere"],
)  # fmt: skip
def test_what_is_the_machines_leads_to_a_route_of_theirs(path: str) -> None:
    assert is_for_machines(path)
    assert resolve(path).func.__module__ == "negotiations.api.routes" or path.startswith("/api/")


@pytest.mark.parametrize(
    "path",
    ["/", "/rok-us/", "/feed.atom/", "/feed.xml", "/a/b/c/feed.atom", "//feed.atom", "/feed.atom\n",
     "/rok-us/feed-atom/", "/rok-us/milestones.csv",
      "/apiary/", "/ko/", "/desk/"],
)  # fmt: skip
def test_the_rest_is_the_readers(path: str) -> None:
    assert not is_for_machines(path)


def test_all_addresses_of_feeds_go_the_short_way() -> None:
    from negotiations.api.feed_urls import urlpatterns

    for pattern in urlpatterns:
        filled = str(pattern.pattern)
        if filled.startswith("^sitemap-"):
            filled = "sitemap-statements-12.xml"
        for name in ("negotiation", "track", "code"):
            filled = filled.replace(f"<str:{name}>", "x")
        if filled != "ko/milestones.ics":
            assert is_for_machines(f"/{filled}"), filled
