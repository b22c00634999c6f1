"""The office itself: who signs, where it sits, what the guide states, where to complain."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from requests_app.domain.fees import JOINT_COUNT_LABELS, JointCount
from requests_app.domain.rules import LateCorrectionNotice, PauseFrom, RestDayReceipt, ToldBy
from requests_app.models.choices import choices, values


class Department(models.Model):
    """A department that contributes to answers. Never renamed in place: a new name is a new row."""

    name = models.CharField("名称", max_length=80)
    code = models.SlugField("代码", max_length=30, unique=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "部门"
        verbose_name_plural = "部门"
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="department_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IssuingBody(models.Model):
    """A body that answers in its own name. It decides seal, number series, reviewer and court."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("全称", max_length=60)
    number_prefix = models.CharField(
        "机关代字", max_length=20, help_text="文号开头，如“金政办公开”。"
    )
    is_default = models.BooleanField("默认受文机关", default=False)

    class Meta:
        verbose_name = "答复机关"
        verbose_name_plural = "答复机关"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_default_issuing_body",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RemedySettings(models.Model):
    """Who reviews and which court hears a body's decisions, from a day on (复议法 24, 行诉法 14, 15)."""

    body = models.ForeignKey(
        IssuingBody, verbose_name="答复机关", on_delete=models.PROTECT, related_name="remedies"
    )
    effective_from = models.DateField("生效日期")
    review_body = models.CharField("行政复议机关", max_length=60)
    review_address = models.CharField("复议申请提交地址", max_length=200, blank=True)
    review_postcode = models.CharField("邮政编码", max_length=10, blank=True)
    review_online = models.CharField("网上复议渠道", max_length=200, blank=True)
    court = models.CharField("有管辖权的法院", max_length=80)
    print_suit_for_inadmissible = models.BooleanField(
        "不予重复处理等告知书也写明可以起诉",
        default=True,
        help_text="法释〔2025〕8号把这类告知列为不予立案的情形，写与不写由法制部门决定。",
    )
    signed_off_by = models.CharField("法制审核人", max_length=60, blank=True)

    class Meta:
        verbose_name = "救济途径"
        verbose_name_plural = "救济途径"
        ordering: ClassVar[list[str]] = ["body", "-effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "effective_from"], name="remedies_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.body}（{self.effective_from}起）"


class OfficeSettings(models.Model):
    """Everything the disclosure guide states about the office, from a day on.

    Guide page, blank form, online form and letters all print from this one record.
    """

    effective_from = models.DateField("生效日期", unique=True)
    source = models.CharField("依据", max_length=120)
    guide_version = models.CharField(
        "指南版本", max_length=40, blank=True, help_text="如“2023版”；印在公开指南页上。"
    )
    guide_updated_on = models.DateField(
        "指南最后更新日期", null=True, blank=True, help_text="不填的，显示生效日期。"
    )
    office_name = models.CharField("政府信息公开工作机构", max_length=80)
    receiving_unit = models.CharField("接收申请的科室", max_length=80)
    address = models.CharField("地址", max_length=160)
    postcode = models.CharField("邮政编码", max_length=10)
    phone = models.CharField("电话", max_length=40)
    fax = models.CharField("传真", max_length=40)
    email = models.EmailField("电子邮箱")
    email_takes_requests = models.BooleanField("邮箱接收申请", default=False)
    takes_online = models.BooleanField(
        "网上接收申请", default=True, help_text="当面、邮寄不能关（条例第二十九条）。"
    )
    takes_fax = models.BooleanField("传真接收申请", default=True)
    office_hours = models.CharField("办公时间", max_length=120)
    season_hours = models.CharField(
        "季节作息",
        max_length=200,
        blank=True,
        help_text="冬季、夏季时间不同的，写明从哪一天到哪一天、几点到几点。",
    )
    envelope_note = models.CharField("信封、传真标注", max_length=60)
    website = models.URLField("门户网站")
    complaint_body = models.CharField("投诉举报部门", max_length=80)
    complaint_phone = models.CharField("投诉电话", max_length=40)
    complaint_fax = models.CharField("投诉传真", max_length=40, blank=True)
    complaint_address = models.CharField("投诉通信地址", max_length=160)
    complaint_postcode = models.CharField("投诉邮政编码", max_length=10, blank=True)
    publishing_channels = models.TextField(
        "主动公开的渠道", max_length=1000, blank=True, help_text="一行写一个。"
    )
    petition_url = models.URLField("信访网址", blank=True)
    report_url = models.URLField("投诉举报网址", blank=True)
    enquiry_url = models.URLField("咨询网址", blank=True)
    treasury_note = models.CharField("信息处理费缴纳方式", max_length=300, blank=True)
    site_name = models.CharField(
        "网站名称", max_length=60, blank=True, help_text="不填的，用市政府的全称。"
    )
    site_organiser = models.CharField("承办单位", max_length=60, blank=True)
    site_identifier = models.CharField("网站标识码", max_length=20, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=40, blank=True)
    police_number = models.CharField("公安备案号", max_length=40, blank=True)
    police_url = models.URLField("公安备案链接", blank=True)
    party_badge_url = models.URLField("党政机关网站标识链接", blank=True)
    find_error_url = models.URLField("“我为政府网站找错”链接", blank=True)

    correction_working_days = models.PositiveSmallIntegerField(
        "补正期限（工作日）",
        default=10,
        validators=[MinValueValidator(1)],
        help_text="指南定为10个工作日。",
    )
    amendment_working_days = models.PositiveSmallIntegerField(
        "更正申请自定的办理天数（工作日）",
        default=20,
        validators=[MinValueValidator(1)],
        help_text="条例第四十一条没有规定天数，这是本机关给自己定的，不是法定期限。",
    )
    pause_from = models.CharField(
        "征求意见暂停计时的起点",
        max_length=10,
        default="dispatch",
        choices=[("dispatch", "发出"), ("service", "送达")],
    )
    told_by = models.CharField(
        "延期告知的认定",
        max_length=10,
        default="dispatch",
        choices=[("dispatch", "发出"), ("service", "送达")],
    )
    rest_day_receipt = models.CharField(
        "休息日收到的申请",
        max_length=10,
        default="keep",
        choices=[("keep", "以当日为收到日"), ("defer", "视为次一工作日收到")],
    )
    late_correction_notice = models.CharField(
        "逾期告知补正的效果",
        max_length=10,
        default="restart",
        choices=[("restart", "补正后重新计算"), ("none", "不影响期限")],
    )
    joint_fee_count = models.CharField(
        "几个人一起申请时，当月件数按谁的计",
        max_length=10,
        default="lowest",
        choices=choices(JOINT_COUNT_LABELS),
        help_text="只影响按件计收的信息处理费；办法没有规定，默认有利于申请人。",
    )
    secrecy_review_required = models.BooleanField(
        "予以公开、部分公开的答复，签发前须经保密审查",
        default=True,
        help_text="条例第十七条：公开前应当审查。不选的，须在本版“依据”里写明由什么程序审查。",
    )
    legal_review_required = models.BooleanField(
        "不予公开、部分公开、无法提供、不予处理的答复，签发前须经法制审核",
        default=False,
        help_text="条例没有规定答复须经法制审核，由本机关的规定决定；有规定的打开。",
    )
    release_online_days = models.PositiveSmallIntegerField(
        "提供的文件在网上保留（天）",
        default=365,
        validators=[MinValueValidator(180)],
        help_text="从答复发出之日起，日历日；不短于提起行政诉讼的六个月。到期以后申请人不能再下载，文件留在案卷里。",
    )
    due_soon_working_days = models.PositiveSmallIntegerField("预警（剩余工作日）", default=5)
    due_urgent_working_days = models.PositiveSmallIntegerField("临期（剩余工作日）", default=3)
    max_file_mb = models.PositiveSmallIntegerField("单个文件上限（MB）", default=20)
    max_files = models.PositiveSmallIntegerField("文件个数上限", default=20)
    max_image_side = models.PositiveSmallIntegerField(
        "照片最长边（像素）",
        default=3000,
        validators=[MinValueValidator(1200)],
        help_text="更大的照片缩小到这个尺寸保存；小字仍须看得清。",
    )
    identity_watermark = models.CharField(
        "身份证明照片的水印",
        max_length=40,
        blank=True,
        default="仅用于政府信息公开申请",
        help_text="印在申请人上传的证件照片上；空着不印。",
    )
    max_case_mb = models.PositiveSmallIntegerField("一件申请的文件总量上限（MB）", default=100)

    class Meta:
        verbose_name = "公开指南设置"
        verbose_name_plural = "公开指南设置"
        ordering: ClassVar[list[str]] = ["-effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(pause_from__in=values(PauseFrom)),
                name="settings_pause_from_known",
            ),
            models.CheckConstraint(
                condition=models.Q(told_by__in=values(ToldBy)), name="settings_told_by_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rest_day_receipt__in=values(RestDayReceipt)),
                name="settings_rest_day_receipt_known",
            ),
            models.CheckConstraint(
                condition=models.Q(late_correction_notice__in=values(LateCorrectionNotice)),
                name="settings_late_correction_notice_known",
            ),
            models.CheckConstraint(
                condition=models.Q(release_online_days__gte=180),
                name="settings_released_files_stay_online",
            ),
            models.CheckConstraint(
                condition=models.Q(joint_fee_count__in=values(JointCount)),
                name="settings_joint_fee_count_known",
            ),
            models.CheckConstraint(
                condition=models.Q(max_image_side__gte=1200), name="settings_images_stay_legible"
            ),
            models.CheckConstraint(
                condition=models.Q(correction_working_days__gte=1),
                name="settings_correction_days_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(amendment_working_days__gte=1),
                name="settings_amendment_days_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_name}（{self.effective_from}起）"


class ReadingPoint(models.Model):
    """A place where published information can be read (条例 25), from a day to a day, or always."""

    name = models.CharField("查阅点", max_length=80, unique=True)
    address = models.CharField("地址", max_length=160, blank=True)
    hours = models.CharField("开放时间", max_length=120, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    valid_from = models.DateField("启用日期", null=True, blank=True, help_text="不填的，已经启用。")
    valid_to = models.DateField(
        "停用日期", null=True, blank=True, help_text="开放的最后一天；不填的，一直开放。"
    )

    class Meta:
        verbose_name = "查阅点"
        verbose_name_plural = "查阅点"
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="reading_point_ends_after_start",
                violation_error_message="停用日期不能早于启用日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
