"""Everything at once: the visible rows of a noun as one file, from one view of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked, read_path
from negotiations.api.filters import CLOCKS
from negotiations.api.formats import FORMATS, Format, require, write
from negotiations.api.freshness import is_any, is_fresh
from negotiations.api.nouns import table_of
from negotiations.api.openapi_exports import NUMBER, ExportSchema
from negotiations.api.parameters import Parameter
from negotiations.api.reading import Read
from negotiations.api.rendering import renderer_of
from negotiations.api.routes import Route
from negotiations.api.streams import Stream
from negotiations.queries.exports import TIMELESS, chunks, reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The file that an address names."""

    noun: str
    negotiation: str | None
    extension: str
    form: Format

    @property
    def name(self) -> str:
        """What it is called where it is kept."""
        return ".".join(filter(None, (self.negotiation, table_of(self.noun), self.extension)))

    def pieces(self, asked: Asked) -> Iterator[bytes]:
        """Its bytes, a piece at a time; refuses `not_found`, before the first."""
        found = chunks(
            self.noun,
            clocks=asked.clocks,
            negotiation=self.negotiation,
            ahead="on" not in asked.values,
        )
        return write(self.form.writer(self.noun), found)


class Export(Read):
    """What both routes do."""

    schema = ExportSchema()
    tag = "Everything at once"
    shape = bytes
    parameters: tuple[Parameter, ...] = CLOCKS
    # The part of the address that names the noun.
    named_by: ClassVar[str]

    def get_renderers(self) -> list[BaseRenderer]:
        """The one media type of the address."""
        form = FORMATS.get(self.kwargs.get("extension", ""), FORMATS["ndjson"])
        return [renderer_of(form.media_type)]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; which media type is taken is for the framework to see."""
        return Route.dispatch(self, request, *args, **kwargs)

    def get(self, request: Request, **path: str) -> HttpResponseBase:  # type: ignore[override]
        """Answer, or say that nothing has changed."""
        wanted = self._wanted(path)
        asked, tag = self._tagged(request, self.now)
        if is_fresh(request, tag):
            return Response(status=304, headers=self.headers_for(tag, asked))
        self.count(request)
        stream, headers = self._begin(request, wanted)
        if request.method == "HEAD" or is_any(request):
            stream.close()
        if is_any(request):
            return Response(status=304, headers=self.headers_for(headers["ETag"], asked))
        return StreamingHttpResponse(stream, headers=headers)

    def _wanted(self, path: dict[str, str]) -> Wanted:
        names = read_path(path)
        noun, extension = names[self.named_by], names["extension"]
        if noun in TIMELESS:
            self.parameters = ()
        return Wanted(
            noun=noun,
            negotiation=names.get("negotiation"),
            extension=extension,
            form=require(extension),
        )

    def _begin(self, request: Request, wanted: Wanted) -> tuple[Stream, dict[str, str]]:
        headers = {
            "Content-Type": wanted.form.media_type,
            "Content-Disposition": f'attachment; filename="{wanted.name}"',
        }

        def pieces() -> Iterator[bytes]:
            # The clock is read when the view is there: nothing in it was published later.
            asked, tag = self._tagged(request, timezone.now())
            headers.update(self.headers_for(tag, asked))
            headers[NUMBER] = str(reached(asked.clocks.as_of))
            return wanted.pieces(asked)

        return Stream(pieces, broken=wanted.form.broken), headers


class ExportTable(Export):
    """All visible rows of a noun as one file, in the order in which they were published.

    A line of NDJSON is what the list of the noun tells of the row; CSV and Parquet are flat tables.
    Reference data (`negotiations`, `people`, `parties`, `publishers`) comes by slug or code;
    `people`, `parties` and `publishers` take no clocks. Rows that are published meanwhile are not
    in it: go on with `/changes/?after=` the number in `Parley-Ledger-Number`. Without `on`, rows of
    days to come are in it, too.
    """

    named_by = "table"


class ExportNegotiation(Export):
    """All visible rows of a noun that concern one negotiation, as one file.

    Of sources, those in which a visible statement on one of its tracks stands.
    """

    named_by = "noun"
