"""Serializers and views of the plain app."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, StreamingHttpResponse
from django.views.generic import ListView
from rest_framework import filters, serializers, viewsets
from rest_framework.pagination import LimitOffsetPagination

from negotiations.models import (
    Office,
    Party,
    Person,
    Publisher,
    Source,
    Statement,
    StatementTrack,
    StatusChange,
    Track,
)
from tests.bench.peers import documents  # noqa: F401  its table is joined by name


def _nested(model: type[Any], *names: str, **nested: Any) -> Any:
    meta = type("Meta", (), {"model": model, "fields": [*names, *nested]})
    made = type(f"{model.__name__}In", (serializers.ModelSerializer,), {"Meta": meta, **nested})
    return made


_PartyIn = _nested(Party, "code", "name_en", "name_ko", "capital_en", "capital_ko", "zone")
_TrackIn = _nested(Track, "slug", "title_en", "title_ko")
_SourceIn = _nested(
    Source, "id", "title", "url", "language", "published_on",
    publisher=_nested(Publisher, "slug", "name_en", "name_ko", "tier")(),
)  # fmt: skip


class StatementIn(serializers.ModelSerializer):
    """A statement with what it points to."""

    speaker = _nested(Person, "slug", "name_en", "name_ko")()
    office = _nested(Office, "slug", "title_en", "title_ko")()
    source = _SourceIn()
    parties = _PartyIn(many=True)
    about = _PartyIn(many=True)
    tracks = _TrackIn(many=True)

    class Meta:
        model = Statement
        fields = [
            "id", "known_on", "published_at", "ledger_number", "waiver", "supersedes",
            "correction_reason", "quotation", "start", "end", "prefix", "suffix", "paraphrase_en",
            "paraphrase_ko", "speaker", "office", "parties", "about", "said_on", "said_lower",
            "said_upper", "said_phrase", "zone", "place_en", "place_ko", "kind", "modality",
            "attribution", "credibility", "language", "original_language", "tracks", "source",
            "repeats", "translates", "note_en", "note_ko",
        ]  # fmt: skip


class StatementWritten(serializers.ModelSerializer):
    """A statement as it is sent."""

    tracks = serializers.PrimaryKeyRelatedField(many=True, queryset=Track.objects.all())

    class Meta:
        model = Statement
        fields = ["id", "source", "quotation", "start", "end", "snapshot", "speaker", "office",
                  "parties", "said_on", "said_lower", "said_upper", "zone", "kind",
                  "modality", "attribution", "credibility", "language", "tracks", "drafted_at",
                  ]  # fmt: skip

    def create(self, validated_data: dict[str, Any]) -> Statement:
        """The row and its links."""
        tracks, parties = validated_data.pop("tracks"), validated_data.pop("parties")
        row = Statement.objects.create(**validated_data)
        row.parties.set(parties)
        StatementTrack.objects.bulk_create(
            StatementTrack(statement=row, track=track, said_lower=row.said_lower,
                           said_upper=row.said_upper)
            for track in tracks
        )  # fmt: skip
        return row


def _standing() -> Any:
    """What stands today, with what its serializer shows."""
    # A join with the corrections would lose the order of the index.
    corrected = Statement.objects.filter(supersedes=OuterRef("pk"))
    return (
        Statement.objects.filter(~Exists(corrected), published_at__isnull=False, withdrawn=False)
        .select_related("source__publisher", "speaker", "office")
        .prefetch_related("parties", "about", "tracks")
    )


class Fifty(LimitOffsetPagination):
    default_limit = 50


class Statements(viewsets.ModelViewSet):
    """Statements of a track, newest first, by the columns of the index on the link's table."""

    pagination_class = Fifty
    http_method_names = ["get", "post"]

    def get_queryset(self) -> Any:
        track = self.request.query_params.get("track")
        if track is None:
            return _standing().order_by("-said_lower", "-said_upper", "-ledger_number")
        return in_order(_standing().filter(statementtrack__track_id=int(track)))

    def get_serializer_class(self) -> Any:
        return StatementWritten if self.request.method == "POST" else StatementIn

    def perform_create(self, serializer: Any) -> None:
        serializer.save(drafted_by=self.request.user)


def in_order(rows: Any) -> Any:
    """Newest first, in the order of the index."""
    columns = ("said_lower", "said_upper", "ledger_number")
    return rows.order_by(*(f"-statementtrack__{column}" for column in columns))


class _ReadingIn(serializers.ModelSerializer):
    basis = StatementIn()
    track = _TrackIn()
    according_to = _PartyIn()

    class Meta:
        model = StatusChange
        fields = ["id", "track", "according_to", "stage", "momentum", "documentary_basis",
                  "effective_on", "known_on", "published_at", "headline_en", "headline_ko",
                  "note_en", "note_ko", "basis"]  # fmt: skip


class Readings(viewsets.ReadOnlyModelViewSet):
    """The latest reading of every track by every voice, as on three days."""

    serializer_class = _ReadingIn

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        return (
            StatusChange.objects.filter(
                track__negotiation=int(asked["negotiation"]), effective_lower__lte=asked["on"],
                known_on__lte=asked["known_by"], published_at__lte=asked["as_of"], withdrawn=False,
            )
            .order_by("track_id", "according_to_id", "-effective_lower", "-effective_upper",
                      "-ledger_number")
            .distinct("track_id", "according_to_id")
            .select_related("track", "according_to", "basis__source__publisher", "basis__speaker",
                            "basis__office")
            .prefetch_related("basis__parties", "basis__about", "basis__tracks")
        )  # fmt: skip


class Ranked(filters.BaseFilterBackend):
    """Full text by an index, best first."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        query = SearchQuery(request.query_params["q"], config="english")
        found = queryset.filter(document__words=query)
        return found.annotate(rank=SearchRank(F("document__words"), query)).order_by("-rank", "-id")


class Search(viewsets.ReadOnlyModelViewSet):
    """Statements of one negotiation and of a range of days that say these words."""

    serializer_class = StatementIn
    pagination_class = Fifty
    filter_backends = [Ranked]

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        return _standing().filter(
            document__negotiation_ids__contains=[int(asked["negotiation"])],
            said_lower__gte=asked["from"], said_lower__lte=asked["to"],
        )  # fmt: skip


class TrackPage(ListView):
    """A track as a page: its newest statements, and the latest word of each voice."""

    template_name = "track.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return in_order(_standing().filter(statementtrack__track_id=self.kwargs["track"]))

    def get_context_data(self, **kwargs: Any) -> Any:
        track = Track.objects.select_related("negotiation").get(pk=self.kwargs["track"])
        latest = (
            StatusChange.objects.filter(track=track, published_at__isnull=False, withdrawn=False)
            .order_by("according_to_id", "-effective_lower", "-effective_upper", "-ledger_number")
            .distinct("according_to_id")
            .select_related("according_to", "basis__speaker", "basis__source__publisher")
        )
        return super().get_context_data(track=track, latest=latest, **kwargs)


def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every standing statement, a line each."""
    rows = _standing().order_by("ledger_number")[: int(request.GET.get("limit", 100_000))]

    # One serializer for all rows: each would make its fields anew.
    told = StatementIn()

    def lines() -> Iterator[str]:
        for row in rows.iterator(chunk_size=2000):
            line = json.dumps(told.to_representation(row), default=str, ensure_ascii=False)
            yield f"{line}\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson")
