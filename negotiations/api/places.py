"""Which addresses are the machines': all below /api/, and feeds and calendars beside the pages."""

from __future__ import annotations

import re

PREFIX = "/api/"
# As deep as `feed_urls.py` has them, so that each leads to a route.
_BESIDE_PAGES = re.compile(
    r"(?:/ko)?(?:/[^/]+){0,2}/(?:feed\.(?:atom|rss|json)|milestones\.ics)"
    r"|/(?:robots\.txt|sitemap(?:-[a-z0-9-]+)?\.xml)"
)


def is_for_machines(path: str) -> bool:
    """Whether the path is answered by this room: without a session, with problems (RFC 9457)."""
    return path.startswith(PREFIX) or _BESIDE_PAGES.fullmatch(path) is not None
