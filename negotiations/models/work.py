"""Work that lives in rows: due at a moment, held by a lease, set aside if it kills its workers."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.models import Q


class Work(models.Model):
    """A row that a worker takes when it is due, and holds until `leased_until`.

    `turn` counts the leases: what comes from an earlier one is dropped. `lost` counts those in a
    row that ran out, for their worker died. `aside` is the code of the refusal with which the row
    was set aside until somebody tries it again; `due_at` null: nothing is left to do.
    """

    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    aside = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="%(class)s_due")
        ]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_aside_is_not_due", condition=Q(aside="") | Q(due_at__isnull=True)
            )
        ]


class LedgerMark(models.Model):
    """How far one reader of the ledger (webhooks, mails) has come: acts up to `number` are done."""

    name = models.CharField(max_length=20, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


# Kinds that are tried again at another page of the desk: letters stand at `/desk/subscribers/`,
# where it is not told whom they are for.
ELSEWHERE = frozenset({"letter"})


def works() -> dict[str, type[Work]]:
    """Every kind of work by its name (`feed`): a room that adds a kind need add it nowhere else."""
    models = apps.get_app_config("negotiations").get_models()
    return {model._meta.model_name or "": model for model in models if issubclass(model, Work)}
