"""How settings are read from the environment."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def flag(name: str, default: str) -> bool:
    """Whether the variable says yes: 1, true, yes or on."""
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """The words of the variable, which are separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: str) -> int:
    """The whole number of the variable."""
    return int(os.environ.get(name, default))


def waiters() -> int:
    """How many requests may wait for news in one web process, each on a thread of its own."""
    return number("CHANGES_WAITERS", "16")


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for `smtp://user:password@host:587` (STARTTLS unless `?tls=0`) or
    `smtps://…` (TLS from the start); mails go to the console where `url` is empty.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    at_once = parts.scheme == "smtps"
    later = parse_qs(parts.query).get("tls", ["1"])[0] != "0"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": later and not at_once,
        "EMAIL_TIMEOUT": 10,
    }


def cache(broker: str) -> dict[str, Any]:
    """Django's cache on the broker, so that all processes count tries together; in the memory of
    the process where there is no broker.
    """
    # Celery writes the address of a socket in a way of its own.
    where = broker.replace("redis+socket://", "unix://", 1)
    if not where.startswith(("redis://", "rediss://", "unix://")):
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": where,
        "KEY_PREFIX": "parley",
    }
