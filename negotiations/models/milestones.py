"""Dates that were promised, set or aimed at."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.models.evidenced import Evidenced, newest
from negotiations.models.fields import edtf, word, word_check
from negotiations.vocabulary import MilestoneKind, Outcome


class Milestone(Evidenced):
    """From a day on (`effective_on`) a milestone is due on a date and has an outcome.

    Rows of one milestone share `slug` in their negotiation: a later row with a new date is a slip,
    one with an outcome closes it. All stay visible.
    """

    negotiation = models.ForeignKey(
        "negotiations.Negotiation", models.PROTECT, related_name="milestones"
    )
    slug = models.SlugField(max_length=80)
    tracks = models.ManyToManyField("negotiations.Track", related_name="milestones")
    kind = word(MilestoneKind)
    title_en = models.CharField(max_length=200)
    title_ko = models.CharField(max_length=200)
    due_on = edtf()
    due_lower = models.DateField()
    due_upper = models.DateField()
    place_en = models.CharField(max_length=200, blank=True, default="")
    place_ko = models.CharField(max_length=200, blank=True, default="")
    outcome = word(Outcome)

    class Meta(Evidenced.Meta):
        constraints = [
            *Evidenced.Meta.constraints,
            word_check("kind", "kind", MilestoneKind),
            word_check("outcome", "outcome", Outcome),
            models.CheckConstraint(
                name="milestone_due_in_order", condition=Q(due_lower__lte=F("due_upper"))
            ),
        ]
        indexes = [*Evidenced.Meta.indexes, newest("latest", "negotiation", "slug")]

    def __str__(self) -> str:
        return self.title_en
