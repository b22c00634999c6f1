"""What the desk keeps beside cases; a case may end merged into another.

SQLite rebuilds the table of events for its constraint, so the guard is lifted and put back.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

guard = import_module("requests_app.migrations.0002_append_only_ledger")


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0010_reports_and_proceedings"),
    ]

    operations = [
        migrations.RunPython(guard.unguard, guard.guard),
        migrations.CreateModel(
            name="ArrivalRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signer", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                ("postmarked_on", models.DateField(blank=True, null=True, verbose_name="邮戳日")),
                (
                    "confirmed_with",
                    models.CharField(blank=True, max_length=60, verbose_name="与谁确认"),
                ),
                (
                    "confirmed_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "电话"),
                            ("sms", "短信"),
                            ("email", "电子邮件"),
                            ("visit", "当面"),
                        ],
                        max_length=10,
                        verbose_name="确认方式",
                    ),
                ),
                (
                    "confirmed_time",
                    models.TimeField(blank=True, null=True, verbose_name="确认时间"),
                ),
                ("confirmer", models.CharField(blank=True, max_length=60, verbose_name="确认人")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="未当日确认的原因"),
                ),
                (
                    "read_back",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signature", "宣读后本人签名"),
                            ("fingerprint", "宣读后本人按手印"),
                            ("recording", "宣读后录音确认"),
                            ("witness", "宣读后见证人签名"),
                        ],
                        max_length=12,
                        verbose_name="宣读核对",
                    ),
                ),
                ("writer", models.CharField(blank=True, max_length=60, verbose_name="代为填写人")),
            ],
            options={
                "verbose_name": "来件记录",
                "verbose_name_plural": "来件记录",
            },
        ),
        migrations.CreateModel(
            name="CaseLikeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(verbose_name="相似度（%）")),
                ("same_applicant", models.BooleanField(verbose_name="同一申请人")),
            ],
            options={
                "verbose_name": "相近申请",
                "verbose_name_plural": "相近申请",
                "ordering": ["-percent", "other"],
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
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
                        choices=[("same_letter", "同一来件拆分"), ("merged_into", "并入")],
                        max_length=20,
                        verbose_name="关系",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "关联",
                "verbose_name_plural": "关联",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CasePiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("piece", models.CharField(max_length=16)),
                ("compared", models.BooleanField()),
            ],
            options={
                "verbose_name": "文本片段",
                "verbose_name_plural": "文本片段",
            },
        ),
        migrations.CreateModel(
            name="CaseReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="读到的序号")),
                ("read_at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "阅读进度",
                "verbose_name_plural": "阅读进度",
            },
        ),
        migrations.CreateModel(
            name="CaseText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("compared_pieces", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "文本索引",
                "verbose_name_plural": "文本索引",
            },
        ),
        migrations.CreateModel(
            name="CaseWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("watched_at", models.DateTimeField(verbose_name="关注时间")),
            ],
            options={
                "verbose_name": "关注",
                "verbose_name_plural": "关注",
            },
        ),
        migrations.CreateModel(
            name="ImportedCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="行号")),
                ("original", models.JSONField(verbose_name="原文")),
            ],
            options={
                "verbose_name": "导入的申请",
                "verbose_name_plural": "导入的申请",
            },
        ),
        migrations.CreateModel(
            name="PublicationDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("publish", models.BooleanField(verbose_name="转为主动公开")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("decided_at", models.DateTimeField(verbose_name="决定时间")),
            ],
            options={
                "verbose_name": "主动公开决定",
                "verbose_name_plural": "主动公开决定",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterColumn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("place", "序号"),
                            ("number", "申请编号"),
                            ("body", "受文机关"),
                            ("received_on", "收到日期"),
                            ("channel", "提交方式"),
                            ("applicant", "申请人"),
                            ("applicant_kind", "申请人类型"),
                            ("description", "所需政府信息"),
                            ("status", "当前环节"),
                            ("department", "承办部门"),
                            ("clerk", "经办人"),
                            ("due_on", "答复期限"),
                            ("remaining", "剩余工作日"),
                            ("light", "期限状态"),
                            ("marks", "暂停、延期、重算"),
                            ("outcome", "答复结果"),
                            ("answer_number", "答复文号"),
                            ("closed_on", "办结日期"),
                            ("waits_for", "等待对象"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="内容",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        help_text="留空用通用的表头。",
                        max_length=30,
                        verbose_name="表头",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
            ],
            options={
                "verbose_name": "台账表头",
                "verbose_name_plural": "台账表头",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("row_count", models.PositiveIntegerField(verbose_name="行数")),
                ("closed_count", models.PositiveIntegerField(verbose_name="已办结")),
                ("imported_at", models.DateTimeField(verbose_name="导入时间")),
            ],
            options={
                "verbose_name": "旧台账导入",
                "verbose_name_plural": "旧台账导入",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.CharField(max_length=400, verbose_name="条件")),
                ("created_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "verbose_name": "常用筛选",
                "verbose_name_plural": "常用筛选",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="StrayMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrived_on", models.DateField(verbose_name="到达日期")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("email", "电子邮件"),
                            ("post", "邮寄"),
                            ("fax", "传真"),
                            ("phone", "电话"),
                            ("counter", "来访"),
                        ],
                        max_length=10,
                        verbose_name="途径",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email_application", "发到邮箱的申请"),
                            ("question", "咨询"),
                            ("petition", "信访、投诉、举报"),
                            ("misaddressed", "寄错、发错机关"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="性质",
                    ),
                ),
                ("sender", models.CharField(blank=True, max_length=60, verbose_name="来件人")),
                ("contact", models.CharField(blank=True, max_length=120, verbose_name="联系方式")),
                ("summary", models.CharField(max_length=300, verbose_name="内容摘要")),
                ("pointer", models.TextField(blank=True, verbose_name="告知内容")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="告知时间"),
                ),
                (
                    "answered_how",
                    models.CharField(blank=True, max_length=120, verbose_name="告知方式"),
                ),
                ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "来件（非申请）",
                "verbose_name_plural": "来件（非申请）",
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_clock_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_entry_known",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_by_due",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_by_next_due",
        ),
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(
                choices=[
                    ("received", "待分办"),
                    ("assigned", "待签收"),
                    ("handling", "办理中"),
                    ("awaiting_correction", "待补正"),
                    ("awaiting_reasons", "待说明理由"),
                    ("awaiting_payment", "待缴费"),
                    ("awaiting_approval", "待签发"),
                    ("awaiting_dispatch", "待发出"),
                    ("lapse_proposed", "待确认放弃"),
                    ("answered", "已答复，待送达"),
                    ("delivered", "已送达"),
                    ("lapsed", "视为放弃"),
                    ("withdrawn", "已撤回"),
                    ("merged", "已并入另一件"),
                    ("archived", "已归档"),
                ],
                default="received",
                editable=False,
                max_length=30,
                verbose_name="环节",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="entry",
            field=models.CharField(
                choices=[
                    ("received", "收到申请"),
                    ("correction_requested", "发出补正告知书"),
                    ("correction_delivered", "补正告知书送达"),
                    ("corrected", "收到补正的申请"),
                    ("consult_sent", "发出征求意见书"),
                    ("consult_delivered", "征求意见书送达"),
                    ("consult_replied", "收到征求意见的答复"),
                    ("extended", "同意延长答复期限"),
                    ("extension_notified", "延期告知申请人"),
                    ("extension_delivered", "延期告知书送达"),
                    ("fee_notice", "发出收费通知"),
                    ("fee_notice_delivered", "收费通知送达"),
                    ("paid", "缴清信息处理费"),
                    ("delayed", "确定并告知延迟答复的期限"),
                    ("replied", "答复发出"),
                    ("withdrawn", "申请人撤回"),
                    ("merged", "并入先收到的同一申请"),
                    ("reopened", "依复议决定或判决重新办理"),
                    ("body_changed", "更正受文机关"),
                    ("assigned", "分办"),
                    ("signed_for", "承办部门签收"),
                    ("sent_back", "承办部门退回"),
                    ("opinion_given", "提出意见"),
                    ("late_correction_offered", "逾期提交补正，待核实理由"),
                    ("reasons_asked", "要求说明理由"),
                    ("reasons_given", "申请人说明理由"),
                    ("answer_submitted", "答复送签"),
                    ("answer_returned", "答复退回修改"),
                    ("answer_signed", "答复签发"),
                    ("answer_delivered", "答复送达"),
                    ("letter_issued", "文书制成"),
                    ("letter_dispatched", "文书发出"),
                    ("letter_delivered", "文书送达"),
                    ("letter_voided", "文书作废"),
                    ("lapse_proposed", "提示：可能视为放弃，待人工确认"),
                    ("lapsed", "视为放弃，不再处理"),
                    ("calendar_changed", "工作日历变更，期限重算"),
                    ("archived", "归档"),
                    ("noted", "备注"),
                    ("voided", "作废事项"),
                ],
                max_length=40,
                verbose_name="事项",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        ["answered", "archived", "delivered", "lapsed", "merged", "withdrawn"],
                    ),
                    _negated=True,
                ),
                fields=["due_on", "id"],
                name="case_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        ["answered", "archived", "delivered", "lapsed", "merged", "withdrawn"],
                    ),
                    _negated=True,
                ),
                fields=["next_due_on", "id"],
                name="case_open_by_next_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "answered",
                            "archived",
                            "assigned",
                            "awaiting_approval",
                            "awaiting_correction",
                            "awaiting_dispatch",
                            "awaiting_payment",
                            "awaiting_reasons",
                            "delivered",
                            "handling",
                            "lapse_proposed",
                            "lapsed",
                            "merged",
                            "received",
                            "withdrawn",
                        ],
                    )
                ),
                name="case_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clock_state", ""),
                    (
                        "clock_state__in",
                        [
                            "abandoned",
                            "awaiting_correction",
                            "awaiting_payment",
                            "merged",
                            "overdue",
                            "paused",
                            "published",
                            "replied",
                            "running",
                            "withdrawn",
                        ],
                    ),
                    _connector="OR",
                ),
                name="case_clock_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "entry__in",
                        [
                            "answer_delivered",
                            "answer_returned",
                            "answer_signed",
                            "answer_submitted",
                            "archived",
                            "assigned",
                            "body_changed",
                            "calendar_changed",
                            "consult_delivered",
                            "consult_replied",
                            "consult_sent",
                            "corrected",
                            "correction_delivered",
                            "correction_requested",
                            "delayed",
                            "extended",
                            "extension_delivered",
                            "extension_notified",
                            "fee_notice",
                            "fee_notice_delivered",
                            "lapse_proposed",
                            "lapsed",
                            "late_correction_offered",
                            "letter_delivered",
                            "letter_dispatched",
                            "letter_issued",
                            "letter_voided",
                            "merged",
                            "noted",
                            "opinion_given",
                            "paid",
                            "reasons_asked",
                            "reasons_given",
                            "received",
                            "reopened",
                            "replied",
                            "sent_back",
                            "signed_for",
                            "voided",
                            "withdrawn",
                        ],
                    )
                ),
                name="event_entry_known",
            ),
        ),
        migrations.AddField(
            model_name="arrivalrecord",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrival_record",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="caselikeness",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="likenesses",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="caselikeness",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="likened_by",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="linked_from",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="casepiece",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pieces",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="casereading",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="casereading",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="readings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="casetext",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="text_index",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="casewatch",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="watches",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="casewatch",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="watches",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importedcase",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imported",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="publicationdecision",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publication_decisions",
                to="requests_app.case",
            ),
        ),
        migrations.AddField(
            model_name="publicationdecision",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="registercolumn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "answer_number",
                            "applicant",
                            "applicant_kind",
                            "body",
                            "channel",
                            "clerk",
                            "closed_on",
                            "department",
                            "description",
                            "due_on",
                            "light",
                            "marks",
                            "number",
                            "outcome",
                            "place",
                            "received_on",
                            "remaining",
                            "status",
                            "waits_for",
                        ],
                    )
                ),
                name="register_column_known",
            ),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="imported_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importedcase",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="requests_app.registerimport",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_filters",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="straymail",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="straymail",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stray_mail",
                to="requests_app.case",
                verbose_name="转为申请",
            ),
        ),
        migrations.AddField(
            model_name="straymail",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="arrivalrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_way", ""),
                    ("confirmed_way__in", ["email", "phone", "sms", "visit"]),
                    _connector="OR",
                ),
                name="arrival_confirmed_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrivalrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("read_back", ""),
                    ("read_back__in", ["fingerprint", "recording", "signature", "witness"]),
                    _connector="OR",
                ),
                name="arrival_read_back_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselikeness",
            constraint=models.UniqueConstraint(fields=("case", "other"), name="likeness_once"),
        ),
        migrations.AddConstraint(
            model_name="caselikeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__lte", 100)), name="likeness_in_hundredths"
            ),
        ),
        migrations.AddConstraint(
            model_name="caselikeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("case__gt", models.F("other"))), name="likeness_looks_back"
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.UniqueConstraint(
                fields=("case", "other", "kind"), name="linked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "merged_into")),
                fields=("case",),
                name="merged_into_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("other")), _negated=True),
                name="link_joins_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["merged_into", "same_letter"])),
                name="link_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casepiece",
            constraint=models.UniqueConstraint(fields=("piece", "case"), name="piece_once_a_case"),
        ),
        migrations.AddConstraint(
            model_name="casereading",
            constraint=models.UniqueConstraint(fields=("staff", "case"), name="read_once"),
        ),
        migrations.AddConstraint(
            model_name="casewatch",
            constraint=models.UniqueConstraint(fields=("staff", "case"), name="watched_once"),
        ),
        migrations.AddConstraint(
            model_name="publicationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="publication_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedcase",
            constraint=models.UniqueConstraint(fields=("source", "row"), name="imported_row_once"),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="filter_name_once"),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="filter_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="straymail",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["counter", "email", "fax", "phone", "post"])),
                name="stray_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="straymail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["email_application", "misaddressed", "other", "petition", "question"],
                    )
                ),
                name="stray_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="straymail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="stray_answered_together",
            ),
        ),
        migrations.RunPython(guard.guard, guard.unguard),
    ]
