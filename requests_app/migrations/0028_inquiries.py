"""Keep departments that are asked, and the reminders about them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0027_archives"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wanted",
                    models.CharField(
                        choices=[
                            ("both", "查找并提供材料，提出能否公开的意见"),
                            ("records", "查找并提供材料"),
                            ("opinion", "提出能否公开的意见"),
                        ],
                        max_length=20,
                        verbose_name="要什么",
                    ),
                ),
                ("question", models.CharField(max_length=500, verbose_name="请办事项")),
                ("due_on", models.DateField(verbose_name="回复期限")),
                ("asked_at", models.DateTimeField(verbose_name="发起时间")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                ("reply", models.TextField(blank=True, verbose_name="回复")),
                (
                    "replied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="回复时间"),
                ),
                (
                    "returned_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="退回理由"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="退回时间"),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
            ],
            options={
                "verbose_name": "部门协办",
                "verbose_name_plural": "部门协办",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_kind_known",
        ),
        migrations.AlterField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("remind", "提醒"),
                    ("urge", "催办"),
                    ("yellow", "黄牌"),
                    ("red", "红牌"),
                    ("bulletin", "拟通报"),
                    ("assign", "分办超时"),
                    ("sign_for", "签收超时"),
                    ("correction_warn", "是否补正，该定了"),
                    ("correction_last", "告知补正最后一天"),
                    ("opinion", "部门意见超时"),
                    ("consult_warn", "征求意见将到期"),
                    ("consult_last", "征求意见快到期"),
                    ("consult_silent", "征求意见已到期，请登记结果"),
                    ("extension_warn", "是否延期，该定了"),
                    ("extension_last", "延期最后提醒"),
                    ("review", "审核超时"),
                    ("sign", "签发超时"),
                    ("delivery", "送达超时"),
                    ("archive", "归档超时"),
                    ("lapse", "视为放弃待确认超时"),
                    ("inquiry_sign", "协办签收超时"),
                    ("inquiry", "协办意见超时"),
                    ("nudge", "人工催办"),
                ],
                max_length=20,
                verbose_name="种类",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "archive",
                            "assign",
                            "bulletin",
                            "consult_last",
                            "consult_silent",
                            "consult_warn",
                            "correction_last",
                            "correction_warn",
                            "delivery",
                            "extension_last",
                            "extension_warn",
                            "inquiry",
                            "inquiry_sign",
                            "lapse",
                            "nudge",
                            "opinion",
                            "red",
                            "remind",
                            "review",
                            "sign",
                            "sign_for",
                            "urge",
                            "yellow",
                        ],
                    )
                ),
                name="reminder_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="发起人",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inquiries",
                to="requests_app.case",
                verbose_name="申请",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inquiries",
                to="requests_app.department",
                verbose_name="协办部门",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="replied_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="回复人",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="退回人",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="signed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="签收人",
            ),
        ),
        migrations.AddIndex(
            model_name="inquiry",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("returned_at__isnull", True)),
                fields=["department", "case"],
                name="inquiries_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("cancelled_at__isnull", True),
                    ("replied_at__isnull", True),
                    ("returned_at__isnull", True),
                ),
                fields=("case", "department"),
                name="one_open_inquiry_a_department",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__in", ["both", "opinion", "records"])),
                name="inquiry_wanted_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True), name="inquiry_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="inquiry_signed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("replied_at__isnull", True), ("replied_by__isnull", True), ("reply", "")
                    ),
                    models.Q(
                        models.Q(("reply", ""), _negated=True),
                        ("replied_at__isnull", False),
                        ("replied_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="inquiry_reply_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("returned_at__isnull", True),
                        ("returned_by__isnull", True),
                        ("returned_reason", ""),
                    ),
                    models.Q(
                        models.Q(("returned_reason", ""), _negated=True),
                        ("returned_at__isnull", False),
                        ("returned_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="inquiry_returned_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replied_at__isnull", True), ("returned_at__isnull", True), _connector="OR"
                ),
                name="inquiry_ends_once",
            ),
        ),
    ]
