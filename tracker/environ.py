"""How settings are read from the environment."""

from __future__ import annotations

import base64
import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# On today's disks any page is as near as the next one: rows are fetched by an index for longer.
# And no query of ours reads so many that it pays to compile it, which wrong estimates ask for.
_PLANS = "-c random_page_cost=1.1 -c jit=off"
_LIMITS = "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s"
_NETWORK = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,  # milliseconds
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


def flag(name: str, default: str) -> bool:
    """Whether the variable says yes: 1, true, yes or on."""
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """The words of the variable, which are separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: str) -> int:
    """The whole number of the variable."""
    return int(os.environ.get(name, default))


def seeds(name: str, text: str) -> tuple[bytes, ...]:
    """Seeds of Ed25519 keys, 32 bytes each, in base64 and separated by commas."""
    try:
        found = tuple(
            base64.b64decode(one.strip(), validate=True) for one in text.split(",") if one.strip()
        )
    except ValueError:
        found = (b"",)
    if any(len(one) != 32 for one in found):
        raise ImproperlyConfigured(f"{name} takes 32 bytes in base64 (several by comma)")
    return found


def waiters() -> int:
    """How many requests may wait for news in one web process, each on a thread of its own."""
    return number("CHANGES_WAITERS", "16")


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for `smtp://user:password@host:587` (STARTTLS unless `?tls=0`) or
    `smtps://…` (TLS from the start); mails are kept in a folder where `url` is empty.
    """
    if not url:
        return {"EMAIL_BACKEND": "negotiations.mail_folder.MailFolder"}
    parts = urlsplit(url)
    at_once = parts.scheme == "smtps"
    later = parse_qs(parts.query).get("tls", ["1"])[0] != "0"
    return {
        "EMAIL_BACKEND": "negotiations.mail_server.MailServer",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": later and not at_once,
        "EMAIL_TIMEOUT": 10,
    }


def shared(broker: str) -> str:
    """The broker as clients of Redis address it; "" where it is none that processes share."""
    # Celery writes the address of a socket in a way of its own.
    where = broker.replace("redis+socket://", "unix://", 1)
    return where if where.startswith(("redis://", "rediss://", "unix://")) else ""


def database(url: str) -> Any:
    """Django's settings of a PostgreSQL server; DATABASE_LIMITS says whether with limits of time.

    A server that is gone is noticed within seconds, wherever the network lost it.
    """
    found: Any = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    options = f"{_PLANS} {_LIMITS}" if flag("DATABASE_LIMITS", "1") else _PLANS
    # What is asked again and again (negotiations.sql) is planned once; the ORM's own SQL never is.
    prepared = {"prepare_threshold": 5}
    found["OPTIONS"] = {**_NETWORK, "options": options, **prepared, **found.get("OPTIONS", {})}
    return found


def cache(broker: str) -> dict[str, Any]:
    """Django's cache on the broker, so that all processes count tries together; in the memory of
    the process where there is no broker.
    """
    where = shared(broker)
    if not where:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": where,
        "KEY_PREFIX": "parley",
    }
