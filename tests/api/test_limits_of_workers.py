"""The limits on the product as it is served: two processes behind one address count together."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.browser.site import prepared, served

pytestmark = pytest.mark.drill
QUOTA, ASKED = 100, 160


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_the_workers_of_a_site_share_one_allowance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never more than the quota, and hardly less: what a worker took, it hands out."""
    monkeypatch.setenv("WEB_WORKERS", "2")
    limits = {"RATE_ANONYMOUS": f"{QUOTA}/h"}
    with (
        prepared(tmp_path, **limits) as environ,
        served(environ, tmp_path) as url,
        ThreadPoolExecutor(8) as readers,
    ):
        address = f"{url}/api/v1/statements/?limit=1"
        told = Counter(readers.map(_status, [address] * ASKED))
        health = _status(f"{url}/api/v1/health/")
    assert set(told) == {200, 429}
    assert QUOTA * 0.9 <= told[200] <= QUOTA
    assert health == 200
