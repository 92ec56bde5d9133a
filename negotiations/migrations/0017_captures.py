"""Captures are work as all other work is: what is over is not due, and attempts are turns."""

from django.db import migrations, models
from django.db.models import Q

# As it was, whatever was over stayed due, and only its state said so.
NOT_DUE = "UPDATE negotiations_capture SET due_at = NULL WHERE state IN ('done', 'failed')"


class Migration(migrations.Migration):

    dependencies = [("negotiations", "0016_feeds")]

    operations = [
        migrations.RemoveIndex(model_name="capture", name="capture_due"),
        migrations.RenameField(model_name="capture", old_name="attempts", new_name="turn"),
        migrations.AlterField(
            model_name="capture", name="turn", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="capture", name="lost", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="capture",
            name="aside",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AlterField(
            model_name="capture", name="due_at", field=models.DateTimeField(null=True)
        ),
        migrations.RunSQL(NOT_DUE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="capture",
            index=models.Index(
                condition=Q(("due_at__isnull", False)), fields=["due_at"], name="capture_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=Q(("aside", ""), ("due_at__isnull", True), _connector="OR"),
                name="capture_aside_is_not_due",
            ),
        ),
    ]
