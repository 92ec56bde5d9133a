"""What rests on statements and holds from a day on: status changes, positions, ties, milestones."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.models.fields import edtf, text
from negotiations.models.published import Published
from negotiations.models.triggers import EVIDENCE_PUBLISHED


def newest(name: str, *key: str) -> models.Index:
    """The index that finds the latest effective row of one key without reading the others."""
    return models.Index(
        fields=[*key, "-effective_lower", "-effective_upper", "-ledger_number"],
        name=f"%(class)s_{name}",
    )


def known(name: str, key: str) -> models.Index:
    """The index that finds the next or the last day on which anything of one key became known."""
    return models.Index(fields=[key, "known_on"], name=f"%(class)s_{name}")


def ahead(name: str, key: str) -> models.Index:
    """The same for the days on which what was announced ahead takes effect."""
    return models.Index(
        fields=[key, "effective_lower"],
        condition=Q(effective_lower__gt=F("known_on")),
        name=f"%(class)s_{name}",
    )


class Evidenced(Published):
    """A row with its evidence (rule 2): the first statement is a column, the others are links."""

    effective_on = edtf()
    effective_lower = models.DateField()
    effective_upper = models.DateField()
    basis = models.ForeignKey("negotiations.Statement", models.PROTECT, related_name="+")
    further_basis = models.ManyToManyField("negotiations.Statement", related_name="+")
    note_en = text()
    note_ko = text()

    class Meta(Published.Meta):
        abstract = True
        triggers = [*Published.Meta.triggers, EVIDENCE_PUBLISHED]
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_dates_in_order",
                condition=Q(effective_lower__lte=F("effective_upper")),
            ),
        ]
        indexes = [*Published.Meta.indexes, newest("by_date")]
