"""The schema: what rows may look like, and the constraints that keep them true.

No rules and no side effects live here. Writing is for ``services``, reading for ``selectors``.
"""

from requests_app.models.archives import ArchiveFile, ArchiveRecord, ArchiveSettings, Lending
from requests_app.models.arrivals import ArrivalRecord, StrayMail
from requests_app.models.bundles import Bundle
from requests_app.models.calendar import CalendarDay, CalendarNotice
from requests_app.models.cases import Case
from requests_app.models.consultations import Consultation
from requests_app.models.desk import CaseReading, CaseWatch, RegisterColumn, SavedFilter
from requests_app.models.drafts import DraftFile, FilingDraft
from requests_app.models.duties import Absence, DutyHolder
from requests_app.models.feeds import CalendarFeed
from requests_app.models.fees import Fee, FeeMovement
from requests_app.models.flags import DueFlag
from requests_app.models.guided import GuidedAnswer
from requests_app.models.inquiries import Inquiry
from requests_app.models.jobs import JobRun
from requests_app.models.ledger import Event
from requests_app.models.letters import Delivery, Letter, NumberSeries
from requests_app.models.links import (
    CaseLikeness,
    CaseLink,
    CasePiece,
    CaseText,
    ImportedCase,
    PublicationDecision,
    RegisterImport,
)
from requests_app.models.messages import Message
from requests_app.models.office import (
    Department,
    IssuingBody,
    OfficeSettings,
    ReadingPoint,
    RemedySettings,
)
from requests_app.models.papers import AccessRecord, Attachment
from requests_app.models.people import Agent, Applicant, CoApplicant, Guardian
from requests_app.models.proceedings import Proceeding, ProceedingFiling
from requests_app.models.recoveries import CodeRecovery
from requests_app.models.releases import Redaction, ReleasedFile
from requests_app.models.reminders import Digest, EscalationSettings, Reminder
from requests_app.models.reports import AnnualReport, AnnualReportFile, ClosedPeriod
from requests_app.models.reviews import Review
from requests_app.models.seals import Seal, SealedHead, SetupChange
from requests_app.models.searches import RecordsSearch
from requests_app.models.staff import StaffRole, StaffUser
from requests_app.models.supervision import LateReason, SupervisionOrder
from requests_app.models.voices import PublicationSuggestion, Rating
from requests_app.models.wordings import LetterWording

__all__ = [
    "Absence",
    "AccessRecord",
    "Agent",
    "AnnualReport",
    "AnnualReportFile",
    "Applicant",
    "ArchiveFile",
    "ArchiveRecord",
    "ArchiveSettings",
    "ArrivalRecord",
    "Attachment",
    "Bundle",
    "CalendarDay",
    "CalendarFeed",
    "CalendarNotice",
    "Case",
    "CaseLikeness",
    "CaseLink",
    "CasePiece",
    "CaseReading",
    "CaseText",
    "CaseWatch",
    "ClosedPeriod",
    "CoApplicant",
    "CodeRecovery",
    "Consultation",
    "Delivery",
    "Department",
    "Digest",
    "DraftFile",
    "DueFlag",
    "DutyHolder",
    "EscalationSettings",
    "Event",
    "Fee",
    "FeeMovement",
    "FilingDraft",
    "Guardian",
    "GuidedAnswer",
    "ImportedCase",
    "Inquiry",
    "IssuingBody",
    "JobRun",
    "LateReason",
    "Lending",
    "Letter",
    "LetterWording",
    "Message",
    "NumberSeries",
    "OfficeSettings",
    "Proceeding",
    "ProceedingFiling",
    "PublicationDecision",
    "PublicationSuggestion",
    "Rating",
    "ReadingPoint",
    "RecordsSearch",
    "Redaction",
    "RegisterColumn",
    "RegisterImport",
    "ReleasedFile",
    "RemedySettings",
    "Reminder",
    "Review",
    "SavedFilter",
    "Seal",
    "SealedHead",
    "SetupChange",
    "StaffRole",
    "StaffUser",
    "StrayMail",
    "SupervisionOrder",
]
