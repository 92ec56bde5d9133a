"""An officer with a browser: reads pages, fills in their forms, presses their buttons."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from tests.pages.markup import Markup, parse

NEW = "/desk/status-changes/new/?track=talks/security"


class Browser:
    """The browser of a signed-in account."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, *, status: int = 200) -> Any:
        """A page as it is answered."""
        response = self.client.get(path)
        assert response.status_code == status, response.content.decode()[:3000]
        return response

    def read(self, path: str, *, status: int = 200) -> Markup:
        """A page's mark-up."""
        return parse(self.get(path, status=status).content.decode())

    def filled(self, path: str, **typed: Any) -> dict[str, Any]:
        """What a page's form would send, with these fields typed."""
        return {**sent_by(self.read(path)), **typed}

    def send(self, path: str, typed: Mapping[str, Any], *, status: int = 303) -> Any:
        """Send a form."""
        response = self.client.post(path, typed)
        assert response.status_code == status, refusals(response) or response.content[:3000]
        return response

    def press(self, path: str, action: str, *, status: int = 303, **typed: Any) -> Any:
        """Open a page, type, and press one of its buttons."""
        return self.send(path, {**self.filled(path, **typed), "action": action}, status=status)


def sent_by(page: Markup) -> dict[str, Any]:
    """What the page's form sends as it stands: hidden, ticked, chosen and typed."""
    told: dict[str, list[str]] = {}
    for one in page.elements:
        name, kind = one.attributes.get("name"), one.attributes.get("type", "text")
        if not name or "form" not in one.around:
            continue
        if one.name == "textarea":
            told.setdefault(name, []).append("".join(one.text).removeprefix("\n"))
        elif one.name == "input" and (
            kind not in ("checkbox", "radio") or "checked" in one.attributes
        ):
            told.setdefault(name, []).append(one.attributes.get("value", ""))
        elif one.name == "select":
            told.setdefault(name, []).append(_chosen(page, one))
    told.pop("csrfmiddlewaretoken", None)
    return {n: v if len(v) > 1 else v[0] for n, v in told.items()}


def _chosen(page: Markup, select: Any) -> str:
    inside, first = False, ""
    for one in page.elements:
        if one is select:
            inside = True
        elif inside and one.name == "option":
            if "selected" in one.attributes:
                return str(one.attributes.get("value", ""))
        elif inside and "select" not in one.around:
            break
    return first


def refusals(response: Any) -> str:
    """What the page says stands against sending it."""
    page = parse(response.content.decode())
    return " ".join(one.words for one in page.all("div", class_="refused"))


def words(response: Any) -> str:
    """All that the main part of a response's page says, each element's words apart."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())
