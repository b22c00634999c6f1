"""Keep the answers of the guided path, append-only."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGE = "these records are append-only"
TABLE = "guidedanswer"


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse every update and delete of an answer."""
    if schema_editor.connection.vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON requests_app_{TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    for name, act, each in (
        ("changed", "UPDATE OR DELETE", "ROW"),
        ("truncated", "TRUNCATE", "STATEMENT"),
    ):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_never_{name} BEFORE {act} ON requests_app_{TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_record_change()"
        )


def unguard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers again."""
    if schema_editor.connection.vendor == "sqlite":
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}")
        return
    for name in ("changed", "truncated"):
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS {TABLE}_never_{name} ON requests_app_{TABLE}"
        )


class Migration(migrations.Migration):
    """A table for answers, guarded."""

    dependencies = [
        ("requests_app", "0031_orders_without_a_file"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("correct", "补不补"),
                            ("nature", "是不是"),
                            ("whose", "谁负责"),
                            ("exists", "有没有"),
                            ("give", "给不给"),
                            ("how", "怎么给"),
                            ("reply", "怎么答"),
                        ],
                        max_length=20,
                        verbose_name="问题",
                    ),
                ),
                ("answer", models.CharField(max_length=40, verbose_name="回答代码")),
                ("label", models.CharField(max_length=120, verbose_name="回答")),
                ("article", models.CharField(blank=True, max_length=120, verbose_name="依据条款")),
                (
                    "evidence",
                    models.CharField(blank=True, max_length=2000, verbose_name="依据的事实"),
                ),
                ("refs", models.JSONField(blank=True, default=list, verbose_name="依据的材料")),
                ("given_at", models.DateTimeField(verbose_name="回答时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guided_answers",
                        to="requests_app.case",
                        verbose_name="申请",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回答人",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理思路",
                "verbose_name_plural": "办理思路",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                ["correct", "exists", "give", "how", "nature", "reply", "whose"],
                            )
                        ),
                        name="guided_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), _negated=True),
                            models.Q(("refs", []), _negated=True),
                            _connector="OR",
                        ),
                        name="guided_has_evidence",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
