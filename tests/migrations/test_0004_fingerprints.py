"""Texts from before there were fingerprints get theirs."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from negotiations.likeness import bands_of
from negotiations.models import Fingerprint
from tests import factories as make


@pytest.mark.django_db
def test_every_kept_text_has_a_fingerprint_afterwards_and_none_has_two() -> None:
    old, new = make.SnapshotFactory(text="They are close."), make.SnapshotFactory()
    Fingerprint.objects.create(snapshot=new, bands=[1, 2, 3, 4])
    fill = import_module("negotiations.migrations.0004_fingerprints").fill
    fill(apps, None)
    fill(apps, None)
    told = dict(Fingerprint.objects.values_list("snapshot", "bands"))
    assert told == {old.pk: bands_of("They are close."), new.pk: [1, 2, 3, 4]}
