"""Where a track stands, by whose reading."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from negotiations.models.evidenced import Evidenced, ahead, known, newest
from negotiations.models.fields import text, word, word_check
from negotiations.vocabulary import PAPERS_FOR, DocumentaryBasis, Momentum, Stage, UnusualMove


class StatusChange(Evidenced):
    """From a day on a track stands at a stage, according to a party or to the desk (null)."""

    track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="status_changes")
    according_to = models.ForeignKey(
        "negotiations.Party", models.PROTECT, null=True, related_name="+"
    )
    stage = word(Stage)
    momentum = word(Momentum)
    documentary_basis = word(DocumentaryBasis)
    dissent = models.ManyToManyField("negotiations.Statement", related_name="+")
    headline_en = models.CharField(max_length=200)
    headline_ko = models.CharField(max_length=200)
    unusual = word(UnusualMove, blank=True, default="")
    reason_en = text()
    reason_ko = text()

    class Meta(Evidenced.Meta):
        constraints = [
            *Evidenced.Meta.constraints,
            word_check("stage", "stage", Stage),
            word_check("momentum", "momentum", Momentum),
            word_check("documentary_basis", "documentary_basis", DocumentaryBasis),
            models.CheckConstraint(
                name="statuschange_unusual_has_reason",
                condition=Q(unusual="")
                | Q(unusual__in=[move.value for move in UnusualMove])
                & (~Q(reason_en="") | ~Q(reason_ko="")),
            ),
            *(
                models.CheckConstraint(
                    name=f"statuschange_{stage.value}_on_paper",
                    condition=Q(according_to__isnull=False)
                    | ~Q(stage=stage.value)
                    | Q(documentary_basis__in=sorted(paper.value for paper in papers)),
                )
                for stage, papers in PAPERS_FOR.items()
            ),
        ]
        indexes = [
            *Evidenced.Meta.indexes,
            newest("newest", "track"),
            newest("latest", "track", "according_to"),
            known("known", "track"),
            ahead("ahead", "track"),
            # Other voices of a party: readings of the same or an overlapping vague date.
            models.Index(
                fields=["track", "according_to", "effective_upper"], name="statuschange_voices"
            ),
        ]

    def __str__(self) -> str:
        return self.headline_en
