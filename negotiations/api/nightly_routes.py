"""The nightly files: which there are, and each as it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from negotiations.api import nightly
from negotiations.api.asking import Asked, read_path, read_query
from negotiations.api.freshness import VARY, is_any, is_fresh
from negotiations.api.nightly import LATEST, NightlySet
from negotiations.api.openapi_exports import NightlyFileSchema
from negotiations.api.reading import Read
from negotiations.api.rendering import renderer_of
from negotiations.api.routes import Route
from negotiations.api.streams import Slot
from negotiations.lifetimes import PRIVATE
from negotiations.queries.ledger import Latest
from negotiations.queries.shapes import Page
from negotiations.refusals import Refusal

# A set never changes under its name; and what is packed is not packed again on the way.
_FOREVER = "public, max-age=31536000, immutable, no-transform"
_LATEST = "public, max-age=60, must-revalidate, no-transform"
_BLOCK = 256 * 1024


class _Sets(Read):
    """What both routes about sets do: they hang on the folder, not on the database."""

    tag = "Everything at once"

    def latest(self) -> Latest:
        """A number for the sets that lie there."""
        return Latest(number=crc32(" ".join(nightly.names(settings.EXPORT_ROOT)).encode()))


class ListNightly(_Sets):
    """The nightly sets of files, newest first, each with its manifest."""

    shape = Page[NightlySet]

    def answer(self, asked: Asked) -> Page[Any]:  # noqa: ARG002
        """All of them, on one page."""
        return Page(results=nightly.manifests(), next=None)


class ShowNightly(_Sets):
    """The manifest of one set; `latest` is the newest."""

    shape = NightlySet

    def answer(self, asked: Asked, *, set: str) -> Any:  # noqa: ARG002
        """The set of that name."""
        return nightly.manifest(set)


class TakeNightly(Read):
    """One file of a set: those in its manifest, `manifest.json`, and `SHA256SUMS` for `sha256sum`.

    NDJSON and CSV are packed with gzip. Under the name of its set a file never changes.
    """

    schema = NightlyFileSchema()
    tag = "Everything at once"
    shape = bytes

    def get_renderers(self) -> list[BaseRenderer]:
        """Whatever is asked for, the file is what it is."""
        return [renderer_of("*/*")]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, in the framework's way."""
        return Route.dispatch(self, request, *args, **kwargs)

    def get(self, request: Request, **path: str) -> HttpResponseBase:  # type: ignore[override]
        """The file, or that it has not changed."""
        names = read_path(path)
        read_query(request.META.get("QUERY_STRING", ""), parameters=())
        found = nightly.find(names["set"], names["file"])
        tag = f'"{found.sha256}"'
        forever = _LATEST if names["set"] == LATEST else _FOREVER
        caching = {"ETag": tag, "Cache-Control": PRIVATE if self.bearer else forever, "Vary": VARY}
        if is_fresh(request, tag) or is_any(request):
            return HttpResponse(status=304, headers=caching)
        self.count(request)
        headers = {
            **caching,
            "Content-Type": found.media_type,
            "Content-Length": str(found.bytes),
            "Content-Disposition": f'attachment; filename="{found.path.name}"',
        }
        return _handed_over(found.path, headers=headers, head=request.method == "HEAD")


def _handed_over(path: Path, *, headers: dict[str, str], head: bool) -> HttpResponseBase:
    if settings.EXPORT_ACCEL:
        place = f"{settings.EXPORT_ACCEL.rstrip('/')}/{path.parent.name}/{path.name}"
        del headers["Content-Length"]  # of what nginx sends, nginx tells the length
        return HttpResponse(headers={**headers, "X-Accel-Redirect": place})
    if head:
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(_Blocks(path), headers=headers)


class _Blocks:
    """A file in blocks; it keeps a slot, as every answer does that takes its time."""

    def __init__(self, path: Path) -> None:
        self._slot = Slot(self.close)
        try:
            self._file = path.open("rb")
        except FileNotFoundError:  # thrown away since the manifest was read
            self._slot.close()
            raise Refusal("not_found") from None

    def __iter__(self) -> _Blocks:
        return self

    def __next__(self) -> bytes:
        # Where the time was over, the length that was told shows that it is not whole.
        if not self._file.closed and (block := self._file.read(_BLOCK)):
            return block
        self.close()
        raise StopIteration

    def close(self) -> None:
        self._file.close()
        self._slot.close()
