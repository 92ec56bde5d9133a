"""What may become part of the record: drafted, published, corrected; and the three-clock filter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from negotiations.desk_words import Review
from negotiations.models.fields import text, word
from negotiations.models.triggers import FROZEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The three clocks of one question (DESIGN: the world, the public, our record).

    `known_at` is set when the public's clock was given as an instant: a source that is dated to the
    minute is then compared to the minute, one dated by day with `known_by`, the day of that instant
    in its own zone. `as_of` is inclusive; where several acts fell into that instant, `number` is
    the last one that counts.
    """

    on: date
    known_by: date
    known_at: datetime | None
    as_of: datetime
    number: int | None = None


class PublishedQuerySet(models.QuerySet[Any]):
    """Reading rows of the record."""

    def told(self, clocks: Clocks) -> Self:
        """Rows on both clocks: published by `as_of` and known by `known_by`."""
        known = Q(known_on__lte=clocks.known_by)
        if clocks.known_at is not None:
            known = Q(known_at__isnull=True) & known | Q(known_at__lte=clocks.known_at)
        if clocks.number is not None:
            known &= Q(ledger_number__lte=clocks.number)
        return self.filter(known, published_at__lte=clocks.as_of)

    def visible(self, clocks: Clocks) -> Self:
        """Rows on both clocks that no later row of their chain, itself on both, has replaced.

        A chain is a row with its corrections and their corrections, so a correction of a correction
        hides the original even where the one between is not known yet. Retractions end a chain.
        """
        return self.told(clocks).filter(~Exists(self._later(clocks)), withdrawn=False)

    def _later(self, clocks: Clocks) -> models.QuerySet[Any]:
        return later_rows(self.model, clocks)


def later_rows(model: Any, clocks: Clocks) -> models.QuerySet[Any]:
    """The told rows that took the place of the outer one: of its chain, with a higher number.

    Only a correction can be later, and saying so lets the small index of corrections answer.
    """
    told: models.QuerySet[Any] = model._default_manager.told(clocks)
    return told.filter(
        supersedes__isnull=False,
        chain=OuterRef("chain"),
        ledger_number__gt=OuterRef("ledger_number"),
    )


PublishedManager = models.Manager.from_queryset(PublishedQuerySet)


class Published(models.Model):
    """A row of the record: a draft until a second officer publishes it, frozen from then on."""

    # Counts the changes of a draft: a write names the version it saw.
    version = models.PositiveIntegerField(default=1)
    review = word(Review, blank=True, default="")
    drafted_by = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "negotiations.Officer", models.PROTECT, related_name="+", null=True
    )
    published_at = models.DateTimeField(null=True)
    ledger_number = models.BigIntegerField(null=True, unique=True)
    known_on = models.DateField(null=True)
    known_at = models.DateTimeField(null=True)
    waiver = text()
    # One value per fact: the original and all its corrections share it.
    chain = models.UUIDField(default=uuid.uuid4, editable=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    correction_reason = text()
    withdrawn = models.BooleanField(default=False)

    objects = PublishedManager()

    class Meta:
        abstract = True
        triggers: list[pgtrigger.Trigger] = FROZEN
        constraints = [
            models.CheckConstraint(
                name="%(class)s_review", condition=Q(review__in=["", *(r.value for r in Review)])
            ),
            models.CheckConstraint(
                name="%(class)s_published_whole",
                condition=Q(
                    published_at__isnull=True,
                    published_by__isnull=True,
                    ledger_number__isnull=True,
                    known_on__isnull=True,
                )
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    ledger_number__isnull=False,
                    known_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_two_officers",
                condition=Q(published_by__isnull=True)
                | ~Q(published_by=F("drafted_by"))
                | ~Q(waiver=""),
            ),
            models.CheckConstraint(
                name="%(class)s_correction_says_why",
                condition=Q(supersedes__isnull=True, withdrawn=False, correction_reason="")
                | Q(supersedes__isnull=False) & ~Q(correction_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["chain", "ledger_number"], name="%(class)s_chain"),
            # Whether a row was replaced is asked of every row that is shown; few ever are.
            models.Index(
                fields=["chain", "ledger_number"],
                condition=Q(supersedes__isnull=False),
                name="%(class)s_replaced",
            ),
            models.Index(
                fields=["-ledger_number"],
                condition=Q(supersedes__isnull=False),
                name="%(class)s_corrections",
            ),
            # The desk's work in hand, however large the record beside it.
            models.Index(
                fields=["-drafted_at"],
                condition=Q(published_at__isnull=True),
                name="%(class)s_drafts",
            ),
        ]
