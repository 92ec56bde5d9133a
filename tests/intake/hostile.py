"""One server that answers each path with another horror that the world has sent to readers."""

from __future__ import annotations

import gzip
import itertools
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import brotli

from tests.loopback import Answer, Loopback, drip, reply, serving

_MEGABYTE = 1024 * 1024
STORY = "https://wire.example/1"


def rss(*items: str, prolog: str = "", title: str = "Wire") -> str:
    """A feed."""
    channel = f"<channel><title>{title}</title>{''.join(items)}</channel>"
    return f'{prolog}<rss version="2.0">{channel}</rss>'


def item(inside: str = "", *, link: str = STORY, title: str = "Talks go on") -> str:
    """An item."""
    return f"<item><title>{title}</title><link>{link}</link>{inside}</item>"


def _stories(*insides: str) -> str:
    """A feed with a story for each."""
    return rss(*(item(one, link=f"https://wire.example/{n}") for n, one in enumerate(insides)))


def _entities(name: str, value: str, levels: str = "abcdefghi") -> str:
    made = [f'<!ENTITY {levels[0]} "{value}">']
    made += [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(levels)]
    return f"<!DOCTYPE {name} [{''.join(made)}]>"


def _dated(*moments: str) -> str:
    return _stories(*(f"<pubDate>{moment}</pubDate>" for moment in moments))


_EVIL = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Talks"
_EVERYWHERE = f"""<rss version="2.0" onload="alert(1)"><channel onclick="alert(1)">
<title type="html" onclick="alert(1)">{_EVIL}</title><language>"&gt;&lt;script&gt;</language>
<item onmouseover="alert(1)" rdf:about="javascript:alert(1)"><title>{_EVIL}</title>
<link onclick="alert(1)">{STORY}</link><author>{_EVIL}</author>
<guid isPermaLink="javascript:alert(1)">{_EVIL}</guid>
<description>&lt;a href="javascript:alert(1)" style="x:expression(alert(1))"
 onclick="alert(1)"&gt;met&lt;/a&gt;</description>
<enclosure url="javascript:alert(1)"/></item></channel></rss>"""
_LINKS = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "http://[", "//",
          "vbscript:x", "https://a:b@wire.example/", "JaVaScRiPt:alert(1)")  # fmt: skip
_BASED = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://wire.example/a/">
<title>Wire</title><entry><id>urn:1</id><title>Talks go on</title><link href="1"/></entry>
<entry xml:base="javascript:alert(1)"><id>urn:2</id><title>More</title><link href="2"/></entry>
</feed>"""
_PAGE = """<html><body onload="alert(1)"><a href="javascript:alert(1)">click here for news</a>
<a href="data:text/html,x">data for you all</a><a href="//other.example/1">somewhere else now</a>
<a href="/news/1" onclick="alert(1)"><b>The talks\u202e go on</b><script>alert(1)</script></a>
<a href="/news/1#again">The talks go on</a><a href="/2">2</a><a href="http://[">broken one here</a>
"""
_NAMES = " ".join(f'a{n}=""' for n in range(100_000))
KOREAN = rss(item(title="관세 협상이 재개됐다"))

# Path -> what is served there, as a feed or page of its letters.
DOCUMENTS: dict[str, str | bytes] = {
    "/laughs": rss(item("<description>&i;</description>"), prolog=_entities("rss", "ha")),
    "/thief": rss(
        item("<description>a&x;b</description>"),
        prolog='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "/doctype": rss(item(), prolog='<!DOCTYPE rss SYSTEM "{here}/fetched" [<!ENTITY % x SYSTEM'
                    ' "{here}/fetched"> %x;]>'),
    "/euc-kr-as-utf-8": b'<?xml version="1.0" encoding="utf-8"?>' + KOREAN.encode("euc-kr"),
    "/utf-8-as-euc-kr": '<?xml version="1.0" encoding="euc-kr"?>' + KOREAN,
    "/broken-letter": rss(item(title="관세 협상이 재개됐다")).encode() + "협".encode()[:2],
    "/utf-16-as-utf-8": KOREAN.encode("utf-16"),
    "/scripts": _EVERYWHERE,
    "/controls": rss(item(title="Ta\u202elk\u2066s\u2069 \x00\x07g\x85o\u200f\ufeff on")),
    "/references": rss(item(title="Talks&#xD800; go&#0; on&#x202E;&#99999999999;&#x110000;")),
    "/surrogates": rss(item(title="Talks \ud800go on")).encode("utf-8", "surrogatepass"),
    "/no-guids": _stories("", ""),
    "/same-guids": _stories("<guid>1</guid>", "<guid>1</guid>"),
    "/twice": rss(item("<guid>1</guid>"), item("<guid>1</guid>", title="Talks, updated")),
    "/dates": _dated("Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -1200",
                     "31 Feb 2025", "soon", "-1", "9" * 400, "Tue, 14 Oct 2025 12:00:00 +0900"),
    "/huge-title": rss(item(title="word " * (_MEGABYTE // 5))),
    "/huge-guid": rss(item(f"<guid>{'1' * _MEGABYTE}</guid>")),
    "/links": rss(*(item(link=link) for link in _LINKS), item()),
    "/based": _BASED,
    "/error-page": "<!DOCTYPE html><html><title>404</title><p>No item <entry>here</p></html>",
    "/cut-off": rss(item(), item(link="https://wire.example/2"))[:-70],
    "/nothing": b"",
    "/noise": bytes(range(256)) * 400,
    "/deep": '<rss version="2.0"><channel>' + "<a>" * 200_000,
    "/attributes": rss(f"<item {_NAMES}/>"),
    "/markup": rss(item(f"<description>{'&lt;div&gt;' * 200_000}</description>")),
    "/json-deep": '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000,
    "/json": '{"version": "https://jsonfeed.org/version/1.1", "title": "\\ud800Wire", "items": ['
             f'{{"id": {"9" * 4000}, "url": "{STORY}", "title": "Talks\\u0000 \\u202ego on"}},'
             ' {"id": [], "url": {}, "title": 1}, null]}',
    "/half-emoji": b'{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[{"id":"1",'
    b'"url":"https://wire.example/1","content_html":"<p>Talks \\ud83d go on</p>"}]}',
    "/page": _PAGE,
    "/no-base": b'<base href="http://[x"><a href="/news/1">The talks go on</a>',
    "/many": rss(*(
        item(f"<guid>{n}</guid>", link=f"https://wire.example/{n}") for n in range(10_050)
    )),
}  # fmt: skip
# Path -> where it sends on to.
REDIRECTS = {
    "/to-loopback": "http://127.0.0.1:1/", "/to-localhost": "http://localhost/",
    "/to-private": "http://10.0.0.1/", "/to-link-local": "http://169.254.169.254/latest/meta-data/",
    "/to-nat64": "http://[64:ff9b::a00:1]/", "/to-mapped": "http://[::ffff:127.0.0.1]/",
    "/to-number": "http://2130706433/", "/to-file": "file:///etc/passwd",
    "/to-data": "data:text/xml,<rss/>", "/to-rebound": "http://rebound.example/",
    "/to-itself": "/to-itself", "/to-other-port": "http://wire.example:6379/",
}  # fmt: skip


@contextmanager
def hostile() -> Iterator[Loopback]:
    """The server, for as long as this lasts."""
    with serving() as here:
        for path, document in DOCUMENTS.items():
            if isinstance(document, str):
                document = document.replace("{here}", here.url("")).encode()
            here.answers[path] = reply(document, kind="application/xml")
        for path, onward in REDIRECTS.items():
            here.answers[path] = reply(status="302 Found", head=f"Location: {onward}\r\n")
        for packing in ("gzip", "br"):
            head = f"Content-Encoding: {packing}\r\n"
            here.answers[f"/bomb-{packing}"] = reply(_bomb(packing), head=head)
        here.answers["/endless"] = _endless
        here.answers["/slow"] = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"<")
        here.answers["/new-guids"] = _new_guids()
        yield here


@cache
def _bomb(packing: str) -> bytes:
    zeros = b"\x00" * (40 * _MEGABYTE)
    return gzip.compress(zeros) if packing == "gzip" else brotli.compress(zeros, quality=1)


def _endless(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:  # until nobody reads any more
        peer.sendall(b"10000\r\n" + b"<" * 65536 + b"\r\n")


def _new_guids() -> Answer:
    """Another GUID for the same story each time."""
    count = itertools.count()

    def answer(peer: socket.socket) -> None:
        peer.sendall(reply(rss(item(f"<guid>urn:{next(count)}</guid>")).encode()))

    return answer
