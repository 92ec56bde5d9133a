"""Compression of answers, told to caches on every one of them."""

from __future__ import annotations

import re
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from negotiations.memory import Kept

# As Django's own, but that `gzip;q=0` is a no (RFC 9110 12.5.3).
_ACCEPTS = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_WORTH_IT = 200  # bytes, as Django has it


class Compressed(GZipMiddleware):
    """Django's gzip, with the same Vary on a 304 as on the answer that it stands for (RFC 9110).

    What no cache may keep is not compressed: it may hold secrets, which compression gives away
    (BREACH), and its tag names a version, which Django would weaken. What is kept in memory is
    public, has a weak tag already, and is compressed once. What is packed already says no-transform
    (RFC 9111) and goes as it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response, compressed where that is asked for and worth it."""
        patch_vary_headers(response, ("Accept-Encoding",))
        caching = response.get("Cache-Control", "")
        if "no-store" in caching or "no-transform" in caching:
            return response
        if not _ACCEPTS.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        kept: Kept | None = getattr(response, "kept", None)
        if kept is None or kept.length < _WORTH_IT:
            return super().process_response(request, response)
        answer = cast(HttpResponse, response)
        answer.content = kept.gzipped
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Content-Length"] = str(len(kept.gzipped))
        return response
