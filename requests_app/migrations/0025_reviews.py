"""Keep reviews of drafts, and whether the office requires them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0024_ledger_guarded_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="officesettings",
            name="legal_review_required",
            field=models.BooleanField(
                default=False,
                help_text="条例没有规定答复须经法制审核，由本机关的规定决定；有规定的打开。",
                verbose_name="不予公开、部分公开、无法提供、不予处理的答复，签发前须经法制审核",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="secrecy_review_required",
            field=models.BooleanField(
                default=True,
                help_text="条例第十七条：公开前应当审查。不选的，须在本版“依据”里写明由什么程序审查。",
                verbose_name="予以公开、部分公开的答复，签发前须经保密审查",
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("legal", "法制审核"), ("secrecy", "保密审查")],
                        max_length=20,
                        verbose_name="审查",
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=300, verbose_name="送审说明")),
                ("asked_at", models.DateTimeField(verbose_name="送审时间")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consent", "同意"),
                            ("changes", "修改意见"),
                            ("object", "不同意"),
                        ],
                        max_length=20,
                        verbose_name="意见",
                    ),
                ),
                ("reasons", models.CharField(blank=True, max_length=1000, verbose_name="理由")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="审查时间")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="处理说明")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="说明时间"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="说明人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送审人",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="requests_app.case",
                        verbose_name="申请",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审查人",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="requests_app.letter",
                        verbose_name="文书",
                    ),
                ),
            ],
            options={
                "verbose_name": "审查",
                "verbose_name_plural": "审查",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("verdict", "")),
                        fields=["id"],
                        name="reviews_awaited",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["legal", "secrecy"])),
                        name="review_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", ""),
                            ("verdict__in", ["changes", "consent", "object"]),
                            _connector="OR",
                        ),
                        name="review_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("digest", ""),
                                ("given_at__isnull", True),
                                ("given_by__isnull", True),
                                ("verdict", ""),
                            ),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("digest", ""), _negated=True),
                                ("given_at__isnull", False),
                                ("given_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_given_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["", "consent"]),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_gives_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_answered_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("verdict", "")),
                        fields=("letter", "kind"),
                        name="one_review_of_a_kind_at_a_time",
                    ),
                ],
            },
        ),
    ]
