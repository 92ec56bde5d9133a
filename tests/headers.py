"""What the headers of two answers have in common, for who compares them."""

from __future__ import annotations

from collections.abc import Mapping


def own_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """All but the number of the request, which is another one each time."""
    return {name: value for name, value in headers.items() if name != "X-Request-ID"}
