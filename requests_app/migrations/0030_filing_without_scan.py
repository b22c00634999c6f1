"""Take away the scan of a filing, which nothing ever wrote: what was filed is proved by its proof."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0029_released_files")]

    operations = [
        migrations.RemoveField(model_name="proceedingfiling", name="paper"),
    ]
