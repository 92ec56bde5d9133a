"""Texts that were kept before there were fingerprints get theirs."""

from typing import Any

from django.db import migrations

from negotiations.likeness import bands_of


def fill(apps: Any, schema_editor: Any) -> None:
    """Write the fingerprint of every text that has none; texts themselves stay untouched."""
    texts = apps.get_model("negotiations", "Snapshot").objects.filter(fingerprint__isnull=True)
    fingerprints = apps.get_model("negotiations", "Fingerprint").objects
    for pk in list(texts.values_list("pk", flat=True)):
        text = texts.values_list("text", flat=True).get(pk=pk)
        fingerprints.create(snapshot_id=pk, bands=bands_of(text))


class Migration(migrations.Migration):

    dependencies = [
        ("negotiations", "0003_desk"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
