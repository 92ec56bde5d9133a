"""Who writes: the desk's officers, what each may do where, and their tokens."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from negotiations.desk_words import HELD, Scope


class Officer(AbstractUser):
    """One account at the desk; a superuser is admin of every negotiation.

    `session_epoch` goes into the hash that sessions carry: raising it ends them all.
    """

    session_epoch = models.PositiveIntegerField(default=0)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's hook: sessions end when this changes, as they do with the password.
        made: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        return f"{self.session_epoch}.{made}"


class Membership(models.Model):
    """The role of an account in one negotiation."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="memberships")
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in HELD])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "negotiation"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in HELD]), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.negotiation_id} {self.role}"


class Token(models.Model):
    """A personal token for scripts; only its digest is kept, with the first letters to tell it by.

    No salt: the secret is 256 random bits, which nobody can guess from a digest.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    begins = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=[scope.value for scope in Scope])
                & Q(scopes__len__gt=0),
                name="token_scopes",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="token_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.name}"
