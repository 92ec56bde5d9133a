"""Floor 0: which Internet addresses Parley may connect to: public hosts and nothing else.

The registries of special-purpose addresses (RFC 6890 and its successors), kept by ourselves:
`ipaddress.is_global` of Python 3.11 lets NAT64, 6to4, 192.0.0.0/24, ::127.0.0.1 and multicast pass.
Of IPv6 only 2000::/3 is handed out for the public, so all else is refused without being named.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_IPV4 = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared behind a carrier's NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, where clouds keep their keys
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
_PUBLIC_IPV6 = IPv6Network("2000::/3")
_IPV6 = [
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the 6bone, given back
        "3fff::/20",  # documentation
    )
]


def is_public(address: str) -> bool:
    """Whether this numeric address is one of a public host; not so for what is no address."""
    try:
        one = ip_address(address)
    except ValueError:
        return False
    return _is_public_ipv4(one) if isinstance(one, IPv4Address) else _is_public_ipv6(one)


def is_loopback(address: str) -> bool:
    """Whether this numeric address is this very machine's."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_public_ipv4(address: IPv4Address) -> bool:
    return not any(address in network for network in _IPV4)


def _is_public_ipv6(address: IPv6Address) -> bool:
    return address in _PUBLIC_IPV6 and not any(address in network for network in _IPV6)
