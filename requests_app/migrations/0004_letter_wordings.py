"""Wordings of letters as versions of the office's own, whose words the database keeps as they are."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "requests_app_letterwording"
KEPT = ("kind", "version", "text", "note", "proposed_at", "proposed_by_id")
MESSAGE = "a wording never changes: propose a new version"

SQLITE = (
    f"""CREATE TRIGGER wording_never_changed BEFORE UPDATE ON {TABLE}
        WHEN {" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in KEPT)}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
)
SQLITE_UNDO = ("DROP TRIGGER IF EXISTS wording_never_changed",)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION refuse_wording_change() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END
        $$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER wording_never_changed BEFORE UPDATE ON {TABLE} FOR EACH ROW
        WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEPT)})
        EXECUTE FUNCTION refuse_wording_change()""",
)
POSTGRESQL_UNDO = (
    f"DROP TRIGGER IF EXISTS wording_never_changed ON {TABLE}",
    "DROP FUNCTION IF EXISTS refuse_wording_change()",
)


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Install the trigger of the database in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove it again."""
    for statement in (
        SQLITE_UNDO if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDO
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Add the wordings, and guard their words."""

    dependencies = [
        ("requests_app", "0003_letter_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="文书")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("text", models.TextField(verbose_name="文本")),
                ("note", models.CharField(max_length=300, verbose_name="修改说明")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="撤回理由"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书文本",
                "verbose_name_plural": "文书文本",
                "ordering": ["kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "version"), name="wording_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("approved_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        fields=("kind",),
                        name="one_waiting_wording_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            ("version__gte", 1),
                        ),
                        name="wording_has_words_and_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True),
                                ("approved_by__isnull", True),
                                ("valid_from__isnull", True),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("valid_from__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="wording_approval_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="wording_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="wording_withdrawal_is_whole",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
