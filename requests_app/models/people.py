"""Applicants, those who apply with them, guardians and agents, as they were when they filed. Identity numbers are sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.applicants import RELATION_LABELS, GuardianRelation
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.models.choices import choices, values


class Applicant(models.Model):
    """Who asks, as filed (条例 29). ``identity_index`` finds the same person again without opening the seal."""

    kind = models.CharField("类型", max_length=20, choices=choices(APPLICANT_KIND_LABELS))
    name = models.CharField("姓名或者名称", max_length=120)
    organisation_type = models.CharField(
        "单位性质", max_length=20, blank=True, choices=choices(ORGANISATION_TYPE_LABELS)
    )
    representative = models.CharField("法定代表人或者负责人", max_length=60, blank=True)
    contact_person = models.CharField("联系人", max_length=60, blank=True)
    identity_kind = models.CharField(
        "证件类型", max_length=30, blank=True, choices=choices(ID_KIND_LABELS)
    )
    identity_sealed = models.TextField("证件号码（密文）", blank=True, editable=False)
    identity_index = models.CharField(
        "证件号码索引", max_length=64, blank=True, editable=False, db_index=True
    )
    identity_masked = models.CharField(
        "证件号码（部分）", max_length=40, blank=True, editable=False
    )
    seal_binding = models.UUIDField("密文绑定", unique=True, editable=False)
    phone = models.CharField("电话", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("通信地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True, default="")
    needs_help = models.BooleanField("需要阅读或者书写帮助", default=False)
    help_wanted = models.CharField("需要什么帮助", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=values(ApplicantKind)), name="applicant_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(identity_kind="") | models.Q(identity_kind__in=values(IdKind)),
                name="applicant_identity_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation_type="")
                | models.Q(organisation_type__in=values(OrganisationType)),
                name="applicant_organisation_type_known",
            ),
            models.CheckConstraint(
                condition=~(models.Q(phone="") & models.Q(email="") & models.Q(address="")),
                name="applicant_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CoApplicant(models.Model):
    """Who applies together with the first applicant, through whom the office writes to all of them."""

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="co_applicants"
    )
    position = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类型", max_length=20, choices=choices(APPLICANT_KIND_LABELS))
    name = models.CharField("姓名或者名称", max_length=120)
    organisation_type = models.CharField(
        "单位性质", max_length=20, blank=True, choices=choices(ORGANISATION_TYPE_LABELS)
    )
    representative = models.CharField("法定代表人或者负责人", max_length=60, blank=True)
    identity_kind = models.CharField(
        "证件类型", max_length=30, blank=True, choices=choices(ID_KIND_LABELS)
    )
    identity_sealed = models.TextField("证件号码（密文）", blank=True, editable=False)
    identity_index = models.CharField(
        "证件号码索引", max_length=64, blank=True, editable=False, db_index=True
    )
    identity_masked = models.CharField(
        "证件号码（部分）", max_length=40, blank=True, editable=False
    )
    seal_binding = models.UUIDField("密文绑定", unique=True, editable=False)
    # Only to find the query code again; letters and messages go to the first applicant.
    phone = models.CharField("电话", max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "共同申请人"
        verbose_name_plural = "共同申请人"
        ordering: ClassVar[list[str]] = ["case", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "position"], name="co_applicant_place_once"),
            models.CheckConstraint(
                # The first place is the applicant's own.
                condition=models.Q(position__gte=2),
                name="co_applicant_comes_second",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=values(ApplicantKind)), name="co_applicant_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(identity_kind="") | models.Q(identity_kind__in=values(IdKind)),
                name="co_applicant_identity_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation_type="")
                | models.Q(organisation_type__in=values(OrganisationType)),
                name="co_applicant_organisation_type_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Guardian(models.Model):
    """Who consents for an applicant under 14 (个人信息保护法 31); there is no row without consent."""

    name = models.CharField("监护人姓名", max_length=60)
    relation = models.CharField("与申请人的关系", max_length=20, choices=choices(RELATION_LABELS))
    identity_kind = models.CharField("证件类型", max_length=30, choices=choices(ID_KIND_LABELS))
    identity_sealed = models.TextField("证件号码（密文）", blank=True, editable=False)
    identity_masked = models.CharField(
        "证件号码（部分）", max_length=40, blank=True, editable=False
    )
    seal_binding = models.UUIDField("密文绑定", unique=True, editable=False)
    phone = models.CharField("电话", max_length=40, blank=True)
    consented_at = models.DateTimeField("同意时间")

    class Meta:
        verbose_name = "监护人"
        verbose_name_plural = "监护人"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(relation__in=values(GuardianRelation)),
                name="guardian_relation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(identity_kind__in=values(IdKind)),
                name="guardian_identity_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Agent(models.Model):
    """Who files for the applicant, with a 授权委托书."""

    name = models.CharField("代理人姓名", max_length=60)
    identity_kind = models.CharField("证件类型", max_length=30, choices=choices(ID_KIND_LABELS))
    identity_sealed = models.TextField("证件号码（密文）", blank=True, editable=False)
    identity_masked = models.CharField(
        "证件号码（部分）", max_length=40, blank=True, editable=False
    )
    seal_binding = models.UUIDField("密文绑定", unique=True, editable=False)
    phone = models.CharField("电话", max_length=40, blank=True)

    class Meta:
        verbose_name = "代理人"
        verbose_name_plural = "代理人"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(identity_kind__in=values(IdKind)),
                name="agent_identity_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
