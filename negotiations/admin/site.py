"""Who comes in to the admin site, and that one signs in as everywhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from negotiations.desk_words import Role
from negotiations.operations.content import noun_of
from negotiations.pages.nouns import noun_name
from negotiations.pages.page import refused
from negotiations.queries.seats import Seat, seat
from negotiations.refusals import Refusal


class Site(admin.AdminSite):
    """Open to who is an admin of any negotiation; one signs in as everywhere else."""

    site_header = site_title = "Parley"
    site_url = "/desk/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the account is an admin anywhere."""
        held = seat_of(request)
        return held is not None and held.may(Role.ADMIN)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """To the one sign-in page and back; who is signed in and no admin may not come here."""
        asked = request.GET.get("next", "")
        there = asked if url_has_allowed_host_and_scheme(asked, None) else reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(there)
        if request.user.is_authenticated:
            return refused(request, Refusal("not_allowed", role=Role.ADMIN.value))
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': there})}")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The nouns, as readers know them, in the order in which they are registered."""
        apps: list[Any] = super().get_app_list(request, app_label)
        order = list(self._registry)
        for app in apps:
            app["name"] = self.site_header
            app["models"].sort(key=lambda told: order.index(told["model"]))
            for told in app["models"]:
                told["name"] = noun_name(noun_of(told["model"]))
        return apps

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """To the one page for signing out."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """To the one page for changing a password."""
        return HttpResponseRedirect(reverse("account_change_password"))


def seat_of(request: HttpRequest) -> Seat | None:
    """Who asks, read once a request; None for who has no open account."""
    if not hasattr(request, "seat"):
        try:
            found = seat(request.user.pk) if request.user.pk else None
        except Refusal:
            found = None
        request.seat = found  # type: ignore[attr-defined]  # kept where Django keeps the user
    return request.seat  # type: ignore[attr-defined]


def ruled(request: HttpRequest) -> tuple[str, ...]:
    """The slugs of the negotiations of which the account is an admin."""
    held = seat_of(request)
    return held.where(Role.ADMIN) if held else ()
