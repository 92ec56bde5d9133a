"""What no log line may tell: keys, tokens, passwords, cookies, addresses that are secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[…]"
_VALUE = r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s&;,"'<>(){}\[\]]+)"""
_NAMES = r"[\w-]*(?:token|secret|password|passwd|passphrase|session|sessionid|api[_-]?key)"
_SECRET_NAME = re.compile(rf"(?:{_NAMES}|key|[\w-]*authorization|(?:set-)?cookie)", re.I)
# Each keeps its first group.
_SECRETS = [
    # Headers, as they are sent and as Python shows them.
    re.compile(
        r"""((?:authorization|cookie|webhook-signature)["']?\s*[:=]\s*)"""
        r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|[^"'\r\n][^\r\n]*)""",
        re.I,
    ),
    re.compile(r"\b((?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{6,}", re.I),
    # Our own tokens, and the keys of webhooks.
    re.compile(r"\b(parley_)[\w-]{32,}"),
    re.compile(r"\b(whsec_)[\w+/=-]{6,}"),
    # The password in an address; a name so long is a token.
    re.compile(r"""(://[^\s:/?#@"'<>]{0,200}:)[^\s"'<>]{1,200}(?=@)"""),
    re.compile(r"""(://)[^\s:/?#@"'<>]{20,200}(?=@)"""),
    # name=value and "name": "value"; names as in queries, forms, settings and DSNs.
    re.compile(rf"""((?<![\w-])(?:{_NAMES}|key)["']?\s*[=:]\s*){_VALUE}""", re.I),
    # Addresses that whoever knows them may use.
    re.compile(r"""(/desk/account/demo/)[^/\s"'?]+"""),
    re.compile(r"""(/password/reset/key/)[^/\s"'?]+"""),
    re.compile(r"""(/subscriptions/)(?!\d+/)[^/\s"'?]+"""),
]


def redacted(text: str) -> str:
    """The text without its secrets."""
    for secret in _SECRETS:
        text = secret.sub(rf"\g<1>{HIDDEN}", text)
    return text


def without_secrets(told: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a log line, each without its secrets; one whose name says so is one."""
    return {name: _safe(name, value) for name, value in told.items()}


def _safe(name: str, value: Any) -> Any:
    if _SECRET_NAME.fullmatch(name):
        return HIDDEN
    if isinstance(value, Mapping):
        return without_secrets({str(key): one for key, one in value.items()})
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe("", one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redacted(str(value))
