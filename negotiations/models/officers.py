"""Who writes: the desk's officers. The account model of the project."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class Officer(AbstractUser):
    """One account at the desk. Roles and sign-in belong to the desk's own part."""
