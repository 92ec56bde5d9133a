"""Addresses below /api/ where nothing is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import resolve
from rest_framework.views import APIView

from negotiations.refusals import Refusal


class _Moved(HttpResponsePermanentRedirect):
    """308: unlike 301 it lets nobody turn a POST into a GET."""

    status_code = 308


class Nowhere(APIView):
    """A problem for machines instead of a page; a forgotten final slash is put right."""

    schema = None

    def initial(self, *request: object, **names: object) -> None:  # noqa: ARG002
        """Refuse whatever the method is."""
        raise Refusal("not_found")

    @property
    def default_response_headers(self) -> dict[str, str]:
        """No Allow: there is nothing here to allow."""
        return {}

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the address with the slash, where that is a route."""
        slashed = f"{request.path_info}/"
        if not request.path_info.endswith("/") and resolve(slashed).url_name != "api_nowhere":
            query = request.META.get("QUERY_STRING", "")
            return _Moved(f"{request.path}/?{query}" if query else f"{request.path}/")
        return super().dispatch(request, *args, **kwargs)
