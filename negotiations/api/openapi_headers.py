"""The headers of answers as OpenAPI 3.1 describes them, each once."""

from __future__ import annotations

from negotiations.api.shaping import Schema


def _header(description: str, example: str) -> Schema:
    return {"description": description, "schema": {"type": "string"}, "example": example}


# By the names that components have; `Version` is the ETag of a draft.
HEADERS: dict[str, Schema] = {
    "ETag": _header("Weak; changes when a newer act may change the answer.", 'W/"41-0f3c5a"'),
    "Version": _header("The version of the draft, for If-Match.", '"v1"'),
    "Cache-Control": _header("How long a copy may be used without asking.", "public, max-age=10"),
    "Content-Language": _header("The languages of the answer.", "en, ko"),
    "Link": _header(
        "Addresses by relation: `next` is the next page, `deprecation` the policy.",
        '</api/v1/statements/?cursor=WzE3NjA>; rel="next"',
    ),
    "Location": _header("The address of what was made.", "/api/v1/drafts/sources/61/"),
    "Idempotency-Replayed": _header(
        "true where this was answered before, under the same Idempotency-Key.", "true"
    ),
    "RateLimit-Policy": _header(
        "The limit that counts: `q` requests in `w` seconds.", '"anonymous";q=600;w=60'
    ),
    "RateLimit": _header(
        "What is left of it: `r` requests, for `t` seconds more.", '"anonymous";r=594;t=23'
    ),
    "Retry-After": _header("After how many seconds to ask again.", "23"),
    "WWW-Authenticate": _header("Which token is needed (RFC 6750).", 'Bearer realm="Parley"'),
    "Content-Disposition": _header("A name for the file.", 'attachment; filename="people.csv"'),
    "Parley-Ledger-Number": _header(
        "The newest public act that the file knows: `after` of the changes that follow.", "41"
    ),
    "Deprecation": _header("Since when it is deprecated (RFC 9745).", "@1767225600"),
    "Sunset": _header("When it goes (RFC 8594).", "Wed, 01 Jul 2026 00:00:00 GMT"),
}
LIMITS = ("RateLimit-Policy", "RateLimit")
PASSING = ("Deprecation", "Sunset", "Link")
# What problems tell beside the rest, by their status.
_OF_PROBLEMS: dict[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",), 403: ("WWW-Authenticate",), 412: ("Version",),
    429: ("Retry-After",), 503: ("Retry-After",),
}  # fmt: skip


def headers(*names: str) -> Schema:
    """References to these, under the names that answers have them by."""
    return {
        "ETag" if name == "Version" else name: {"$ref": f"#/components/headers/{name}"}
        for name in names
    }


def headers_of_problem(status: int) -> Schema:
    """What a problem of this status tells beside its body."""
    return headers("Content-Language", *LIMITS, *_OF_PROBLEMS.get(status, ()))
