"""Chain the entries of every ledger, seal them at night, and keep what changed in the set-up."""

from importlib import import_module
from itertools import groupby

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from requests_app.domain import chain

ledger = import_module("requests_app.migrations.0002_append_only_ledger")

MESSAGE = "these records are append-only"
TABLES = ("accessrecord", "seal", "sealedhead", "setupchange")
FIELDS = (
    "case_id",
    "seq",
    "entry",
    "on",
    "ref",
    "data",
    "voids",
    "letter_id",
    "recorded_at",
    "recorded_by_id",
    "role",
)


def chain_entries(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Link the entries that stand already, as they stand."""
    event = apps.get_model("requests_app", "Event")
    rows = event.objects.order_by("case_id", "seq").values("pk", *FIELDS).iterator(chunk_size=5000)
    for case_id, entries in groupby(rows, lambda row: row["case_id"]):
        last = chain.start(f"case:{case_id}")
        for row in entries:
            key = row.pop("pk")
            last = chain.link(last, row)
            event.objects.filter(pk=key).update(chain=last)


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse every update and delete of what must stay as it was written."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON requests_app_{table} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION refuse_record_change() RETURNS trigger AS $$ BEGIN "
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END "
        "$$ LANGUAGE plpgsql"
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON requests_app_{table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_record_change()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON requests_app_{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_record_change()"
        )


def unguard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers again; their function stays, since later tables are guarded by it too."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        return
    for table in TABLES:
        for name in ("changed", "truncated"):
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {table}_never_{name} ON requests_app_{table}"
            )


class Migration(migrations.Migration):
    """A chain in every ledger, and seals over all of them."""

    dependencies = [("requests_app", "0011_desk_intake")]

    operations = [
        migrations.RunPython(ledger.unguard, ledger.guard),
        migrations.AddField(
            model_name="event",
            name="chain",
            field=models.CharField("链值", default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(chain_entries, migrations.RunPython.noop),
        migrations.RunPython(ledger.guard, ledger.unguard),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="封存时间")),
                (
                    "last_access",
                    models.PositiveBigIntegerField(default=0, verbose_name="查看记录截至"),
                ),
                (
                    "last_change",
                    models.PositiveBigIntegerField(default=0, verbose_name="设置变更截至"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
            ],
            options={"verbose_name": "封存", "verbose_name_plural": "封存", "ordering": ["number"]},
        ),
        migrations.CreateModel(
            name="SealedHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="序号")),
                ("chain", models.CharField(max_length=64, verbose_name="链值")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_heads",
                        to="requests_app.case",
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="requests_app.seal",
                    ),
                ),
            ],
            options={
                "verbose_name": "封存的台账",
                "verbose_name_plural": "封存的台账",
                "ordering": ["seal", "case"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "seq"), name="sealed_place_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SetupChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("table", models.CharField(max_length=60, verbose_name="表")),
                ("row", models.CharField(max_length=200, verbose_name="行")),
                ("row_id", models.PositiveBigIntegerField(verbose_name="行号")),
                ("before", models.JSONField(blank=True, default=dict, verbose_name="变更前")),
                ("after", models.JSONField(blank=True, default=dict, verbose_name="变更后")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "设置变更",
                "verbose_name_plural": "设置变更",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["table", "row_id"], name="setup_change_by_row")],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
