"""Keep the log of searches for records, append-only."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGE = "these records are append-only"
TABLE = "recordssearch"


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse every update and delete of a search."""
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
    """A table for searches, guarded."""

    dependencies = [
        ("requests_app", "0020_nudges"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordsSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("searched_on", models.DateField(verbose_name="检索日期")),
                ("place", models.CharField(max_length=300, verbose_name="检索范围")),
                ("keywords", models.CharField(max_length=300, verbose_name="关键词")),
                ("means", models.CharField(blank=True, max_length=300, verbose_name="检索方法")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("nothing", "没有查到"),
                            ("similar", "查到相近的，不是所申请的信息"),
                            ("found", "查到了"),
                        ],
                        max_length=20,
                        verbose_name="结果",
                    ),
                ),
                ("found", models.CharField(blank=True, max_length=500, verbose_name="查到的内容")),
                ("searched_by", models.CharField(max_length=120, verbose_name="检索人")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="requests_app.case",
                        verbose_name="申请",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests_app.department",
                        verbose_name="部门",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="search",
                        to="requests_app.event",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "检索记录",
                "verbose_name_plural": "检索记录",
                "ordering": ["searched_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["found", "nothing", "similar"])),
                        name="search_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True),
                            models.Q(("keywords", ""), _negated=True),
                            models.Q(("searched_by", ""), _negated=True),
                        ),
                        name="search_says_where_what_and_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", "nothing"),
                            models.Q(("found", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="search_says_what_was_found",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
