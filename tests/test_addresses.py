"""What makes two addresses one, and what of an address people are shown."""

from __future__ import annotations

import pytest

from negotiations.addresses import (
    address_digest,
    address_digests,
    canonical,
    host_of,
    shown_host,
    site_of,
)

PLAIN = "https://paper.example/a?b=1&c=2"


@pytest.mark.parametrize(
    "url",
    [
        PLAIN,
        "https://PAPER.example/a?b=1&c=2",
        "HTTPS://paper.example:443/a?b=1&c=2",
        "https://paper.example./a?b=1&c=2",
        "https://paper.example/a?c=2&b=1",
        "https://paper.example/a?b=1&c=2#part",
        "https://paper.example/a?b=1&utm_source=mail&c=2&fbclid=x&UTM_Medium=y",
        " https://paper.example/a?b=1&c=2 ",
    ],
)
def test_addresses_that_differ_only_in_writing_are_one(url: str) -> None:
    assert canonical(url) == PLAIN
    assert address_digest(url) == address_digest(PLAIN)


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example/A?b=1&c=2",
        "https://paper.example/a?b=1",
        "https://paper.example/a/?b=1&c=2",
        "https://www.paper.example/a?b=1&c=2",
        "https://paper.example:8443/a?b=1&c=2",
        "https://other.example/a?b=1&c=2",
    ],
)
def test_addresses_of_other_documents_stay_others(url: str) -> None:
    assert address_digest(url) != address_digest(PLAIN)


def test_http_and_https_are_one_document_but_two_addresses() -> None:
    http = PLAIN.replace("https:", "http:")
    assert canonical(http) == http
    assert canonical("http://paper.example:80/") == "http://paper.example/"
    assert address_digest(http) == address_digest(PLAIN)


@pytest.mark.parametrize(
    "query", ["q=%C7%D1%B1%B9", "q=%C7%D1%B1%B8", "q=%ED%95%9C", "q=a%26b", "a"]
)
def test_a_query_in_any_encoding_keeps_its_bytes(query: str) -> None:
    others = {"q=%C7%D1%B1%B9", "q=%C7%D1%B1%B8", "q=%ED%95%9C", "q=a%26b", "q=a&b", "a"} - {query}
    digest = address_digest(f"https://paper.example/?{query}")
    assert digest not in {address_digest(f"https://paper.example/?{one}") for one in others}


def test_an_international_host_is_itself_and_no_other() -> None:
    """IDNA 2008: `straße` is another name than `strasse`."""
    assert canonical("http://straße.example/a") == "http://xn--strae-oqa.example/a"


def test_a_korean_host_is_the_same_in_both_scripts() -> None:
    assert canonical("https://한국.kr/뉴스") == "https://xn--3e0b707e.kr/%EB%89%B4%EC%8A%A4"
    assert address_digest("https://한국.kr/a") == address_digest("https://xn--3e0b707e.kr/a")


@pytest.mark.parametrize(
    "url", ["http://[", "https://a:b:c/", "http://\ud800/", "https://x/\ud800"]
)
def test_an_address_that_cannot_be_read_is_left_alone(url: str) -> None:
    assert canonical(url) == url
    assert len(address_digest(url)) == 64


def test_a_source_is_known_by_its_address_as_typed_too() -> None:
    assert address_digests("a")[1] == (
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    )


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Paper.example:8443/", "paper.example"),
        ("https://한국.kr/", "한국.kr"),
        ("https://xn--3e0b707e.kr/", "한국.kr"),
        # Cyrillic letters that look like "paypal" and "apple".
        ("https://раураl.example/", "xn--l-7sba6dbr.example"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
        ("https://xn--zzzzzzzz.example/", "xn--zzzzzzzz.example"),
        ("http://[", ""),
    ],
)
def test_a_host_that_looks_like_another_is_shown_in_punycode(url: str, host: str) -> None:
    assert shown_host(url) == host


@pytest.mark.parametrize(
    ("url", "host", "site"),
    [
        ("https://www.paper.example/a", "paper.example", "paper.example"),
        ("https://news.kbs.co.kr/", "news.kbs.co.kr", "kbs.co.kr"),
        ("https://en.yna.co.kr/", "en.yna.co.kr", "yna.co.kr"),
        ("https://www.whitehouse.gov/", "whitehouse.gov", "whitehouse.gov"),
        ("https://mofa.go.kr/", "mofa.go.kr", "mofa.go.kr"),
        ("https://edition.cnn.com/", "edition.cnn.com", "cnn.com"),
        ("http://[", "", ""),
    ],
)
def test_a_host_belongs_to_a_site(url: str, host: str, site: str) -> None:
    assert (host_of(url), site_of(url)) == (host, site)
