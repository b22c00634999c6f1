"""Find the 督办单 that still lack their file without reading all there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0030_filing_without_scan")]

    operations = [
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(
                condition=models.Q(("path", "")), fields=["id"], name="orders_without_a_file"
            ),
        ),
    ]
