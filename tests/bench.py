"""`make bench`: what an answer costs, beside a plain DRF app on the same rows in the same run.

Processor time of this process per request (the database's own is not in it), in interleaved rounds
on the seeded record; printed as ratios, because seconds differ from machine to machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tracker.local import provide

SERVERS = provide(os.environ, purpose="test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
os.environ.setdefault("DATABASE_LIMITS", "0")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from rest_framework import pagination, serializers, viewsets
from rest_framework.renderers import JSONRenderer

from negotiations.intake.seeds import load_folder
from negotiations.models import Party, Person, Publisher, Source, Statement

ROUNDS = int(os.environ.get("ROUNDS", "40"))


def _whole(of: type[Any], **nested: Any) -> Any:
    meta = type("Meta", (), {"model": of, "fields": "__all__"})
    return type(f"Plain{of.__name__}", (serializers.ModelSerializer,), {"Meta": meta, **nested})


class PlainStatements(viewsets.ReadOnlyModelViewSet):
    """The baseline: a good tutorial app."""

    queryset = (
        Statement.objects.filter(published_at__isnull=False)
        .select_related("source__publisher", "speaker")
        .prefetch_related("parties", "about", "tracks")
        .order_by("-said_lower", "-ledger_number")
    )
    serializer_class = _whole(
        Statement,
        source=_whole(Source, publisher=_whole(Publisher)())(),
        speaker=_whole(Person)(),
        parties=_whole(Party)(many=True),
        about=_whole(Party)(many=True),
    )
    pagination_class = type("Plain", (pagination.LimitOffsetPagination,), {"default_limit": 50})
    renderer_classes = [JSONRenderer]


def _asks() -> dict[str, Callable[[], Any]]:
    client, factory = Client(), RequestFactory()
    plain = PlainStatements.as_view({"get": "list"})

    def get(address: str) -> Callable[[], Any]:
        return lambda: client.get(address)

    def unchanged(address: str) -> Callable[[], Any]:
        tag = client.get(address)["ETag"]
        return lambda: client.get(address, headers={"if-none-match": tag})

    api = "/api/v1"
    return {
        "baseline: plain DRF, 50 statements": lambda: plain(factory.get("/")).render(),
        "API, 50 statements": get(f"{api}/statements/"),
        "API, 50 statements, unchanged": unchanged(f"{api}/statements/"),
        "API, one track": get(f"{api}/negotiations/rok-us/tracks/currency-swap/"),
        "API, timeline of 50": get(f"{api}/negotiations/rok-us/tracks/investment/timeline/"),
        "API, board of 18 tracks": get(f"{api}/negotiations/rok-us/board/"),
        "page, one track": get("/rok-us/currency-swap/"),
        "page, board of 18 tracks": get("/rok-us/"),
        "page, board, unchanged": unchanged("/rok-us/"),
    }


def _measure(asks: dict[str, Callable[[], Any]]) -> dict[str, float]:
    spent = dict.fromkeys(asks, 0.0)
    for ask in asks.values():
        assert ask().status_code in {200, 304}
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            before = time.process_time()
            ask()
            spent[name] += time.process_time() - before
    return {name: total / ROUNDS for name, total in spent.items()}


def main() -> None:
    """Make a database, load the seeds, measure, print, throw the database away."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = ["testserver"]
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load_folder(Path(settings.BASE_DIR) / "seeds" / "rok-us", now=timezone.now())
        costs = _measure(_asks())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    baseline = next(iter(costs.values()))
    print(f"{'':38} {'ms':>8} {'of baseline':>12}   ({ROUNDS} rounds)")
    for what, seconds in costs.items():
        print(f"{what:38} {seconds * 1000:8.1f} {seconds / baseline:11.2f}×")


if __name__ == "__main__":
    main()
