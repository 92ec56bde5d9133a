"""The answer to a fetch as it goes into the archive: a WARC file (ISO 28500) of two records."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from negotiations.network import Fetched, Headers

# What they say is true of the bytes on the way, which came packed and in chunks.
_OF_THE_WAY = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def warc_of(fetched: Fetched, *, at: datetime) -> bytes:
    """The last request of a fetch and its answer, packed (gzip), record by record.

    The body is kept unpacked. Headers that speak of how it was packed stand there under
    `X-Archive-Orig-…`, and Content-Length is that of the body as it is kept.
    """
    packed = BytesIO()
    writer = WARCWriter(packed, gzip=True, warc_version="1.1")
    dated = {"WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    parts = urlsplit(fetched.final_url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = StatusAndHeaders(f"GET {target} HTTP/1.1", list(fetched.asked), is_http_request=True)
    told = StatusAndHeaders(
        f"{fetched.status} {HTTPStatus(fetched.status).phrase}", _kept(fetched), protocol="HTTP/1.1"
    )
    request, response = (
        writer.create_warc_record(
            fetched.final_url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=head,
            warc_headers_dict=dict(dated),
        )
        for kind, head, body in (("request", asked, b""), ("response", told, fetched.body))
    )
    writer.write_request_response_pair(request, response)
    return packed.getvalue()


def _kept(fetched: Fetched) -> list[tuple[str, str]]:
    head: Headers = tuple(
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WAY else name, value)
        for name, value in fetched.headers
    )
    return [*head, ("Content-Length", str(len(fetched.body)))]
