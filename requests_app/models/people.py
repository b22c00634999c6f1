"""Applicants and agents, as they were when they filed. Identity numbers are sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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
    needs_help = models.BooleanField("需要阅读或者书写帮助", default=False)

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
