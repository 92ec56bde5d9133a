"""The search table as the plain app sees it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from negotiations.models import Statement
from tests.bench.peers.tables import TABLE


class Document(models.Model):
    """What a statement says, as words."""

    statement = models.OneToOneField(
        Statement, models.CASCADE, primary_key=True, related_name="document"
    )
    negotiation_ids = ArrayField(models.BigIntegerField())
    words = SearchVectorField()

    class Meta:
        managed = False
        app_label = "negotiations"
        db_table = TABLE

    def __str__(self) -> str:
        return f"{self.statement_id}"
