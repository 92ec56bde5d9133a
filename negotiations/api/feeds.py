"""What is new, as feeds: of the site, a negotiation, a track, a party; in English and in Korean."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked
from negotiations.api.feed_forms import FORMS
from negotiations.api.feed_items import prefix, told_feed
from negotiations.api.filters import PAGING
from negotiations.api.parameters import Parameter, among, several
from negotiations.api.reading import Read, absolute, address_asked
from negotiations.api.rendering import renderer_of
from negotiations.queries.act_lines import NOUNS, VERBS
from negotiations.queries.syndication import feed
from negotiations.vocabulary import LinkageKind, MilestoneKind, StatementKind

NOUN = several(name="noun", doc="Only acts on these nouns, by comma.", valid=tuple(NOUNS))
VERB = several(name="verb", doc="Only these acts, by comma.", valid=VERBS)
_KINDS = (one.value for kinds in (StatementKind, LinkageKind, MilestoneKind) for one in kinds)
KIND = among(
    name="kind",
    doc="Only acts on statements, linkages or milestones of this kind.",
    valid={kind: kind for kind in _KINDS},
)
# What is called otherwise in addresses.
_PLACES = {"code": "party"}


class Outward(Read):
    """A read that is no part of the API's description: its form is a standard of its own.

    Whatever the reader's program says it takes, it is given that: none knows all three kinds.
    """

    schema = None  # type: ignore[assignment]
    tag = "Feeds"
    shape = bytes
    lengthened = True
    language: str = "en"

    def takes(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def get_renderers(self) -> list[BaseRenderer]:
        """The one there is."""
        return [renderer_of(self.media_type.partition(";")[0])]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: ARG002
        """That one, always."""
        return super().perform_content_negotiation(request, force=True)

    def headers_for(self, tag: str, asked: Asked) -> dict[str, str]:
        """As of every read, in one language."""
        return super().headers_for(tag, asked) | {"Content-Language": self.language}


class ShowFeed(Outward):
    """The newest acts, newest first."""

    parameters: tuple[Parameter, ...] = (PAGING[0], NOUN, VERB, KIND)

    def get(self, request: Request, *, form: str, language: str, **path: str) -> Response:  # type: ignore[override]
        """Answer in the form and language of the address."""
        self.form, self.language = FORMS[form], language
        self.media_type = self.form.media_type
        return super().get(request, **path)

    def answer(self, asked: Asked, **names: Any) -> bytes:
        """The feed as bytes."""
        place = {_PLACES.get(name, name): named for name, named in names.items()}
        found = feed(clocks=asked.clocks, **place, **asked.values)
        narrowed = {name: v for name, v in asked.values.items() if name != PAGING[0].name}
        told = told_feed(
            found,
            language=self.language,
            home=self._home(**names),
            address=address_asked(self.request, asked.values),
            asked=(sorted(names.items()), sorted(narrowed.items())),
            absolute=partial(absolute, self.request),
        )
        return self.form.write(told)

    def _home(self, **names: str) -> str:
        """The page that shows the same; a party has none of its own."""
        root = prefix(self.language)
        match names:
            case {"negotiation": negotiation, "track": track}:
                return f"{root}/{negotiation}/{track}/"
            case {"negotiation": negotiation}:
                return f"{root}/{negotiation}/"
        return f"{root}/"
