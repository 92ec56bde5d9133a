"""Floor 0: what makes two addresses the same document's, and how an address is shown safely."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

import idna
from w3lib.url import canonicalize_url

# What is hung on an address to follow readers, not to name the document.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid"
    r"|mc_cid|mc_eid|ref_src|ref_url|cmpid|ocid|_ga|_gl|mkt_tok|smid|s_cid",
    re.ASCII | re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
# Second-level labels under which names of a country are given out: co.kr, go.kr, ac.uk.
_SHARED = frozenset(
    ["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "mil", "ne", "net", "or", "org", "re"]
)
# Letters that can be told apart from ASCII at a glance; a Cyrillic "а" cannot.
_DISTINCT = re.compile(
    r"[a-z0-9\-\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]+"
)


def canonical(url: str) -> str:
    """The one form of all addresses that differ only in how they are written.

    Host in lower case and ASCII (IDNA), no default port, no fragment, no tracking parameters, the
    others in order. An address that cannot be read is handed back as it is.
    """
    try:
        return canonicalize_url(_plain(url.strip()))
    except ValueError:
        return url


def follows_readers(name: str) -> bool:
    """Whether a parameter of this name is one that others hang on an address to follow readers."""
    return _TRACKING.fullmatch(name) is not None


def _plain(url: str) -> str:
    parts = urlsplit(url)
    host, port, scheme = _ascii(parts.hostname or ""), parts.port, parts.scheme.lower()
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS.get(scheme):
        netloc = f"{netloc}:{port}"
    # Not taken apart further: the bytes of a query may be in any encoding.
    kept = [one for one in parts.query.split("&") if not follows_readers(one.split("=")[0])]
    return urlunsplit((scheme, netloc, parts.path, "&".join(kept), ""))


def address_digest(url: str) -> str:
    """What a document's address is known by: the digest of its canonical form.

    http and https are one address here.
    """
    key = re.sub(r"\Ahttp:", "https:", canonical(url))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def address_digests(url: str) -> tuple[str, str]:
    """Both digests by which a source may be known: of its canonical form, and as it was typed.

    Sources drafted before there was a canonical form are frozen with the latter.
    """
    typed = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    return address_digest(url), typed


def shown_host(url: str) -> str:
    """The host of an address as people may read it; what looks like another one is punycode."""
    try:
        host = _ascii(urlsplit(url).hostname or "")
    except ValueError:
        return ""
    return ".".join(_shown(label) for label in host.split("."))


def host_of(url: str) -> str:
    """The host in ASCII, without `www.`; empty where there is none."""
    try:
        return _ascii(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """The name under which a host is registered, as far as its shape tells: news.kbs.co.kr is
    kbs.co.kr.
    """
    labels = host_of(url).split(".")
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED
    return ".".join(labels[-3:] if country else labels[-2:])


def _ascii(host: str) -> str:
    """The host in ASCII (IDNA 2008, UTS 46); raises ValueError where it has no such form."""
    return (host if host.isascii() else to_ascii(host)).lower().rstrip(".")


def to_ascii(host: str) -> str:
    """An international name as it is asked for in the DNS: `straße` is not `strasse`.

    Raises ValueError where it has no such form.
    """
    return idna.encode(host, uts46=True).decode("ascii")


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        told = label.encode("ascii").decode("idna")
    except ValueError:
        return label
    return told if _DISTINCT.fullmatch(told) else label
