"""Tie a letter that is issued again to the one it replaces."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the tie."""

    dependencies = [
        ("requests_app", "0004_letter_wordings"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="requests_app.letter",
                verbose_name="替换的文书",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(("replaces", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="letter_replaces_another",
            ),
        ),
    ]
