"""The people of an office, and a desk that leads a case where a test needs it.

No surprises: every helper calls the services a person would call, at a day the test names, and
nothing is written behind their back. Numbers of papers are made up and belong to nobody.
"""

import io
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from PIL import Image

from requests_app.adapters import crypto
from requests_app.domain.access import Actor, Role
from requests_app.domain.application import (
    ApplicantKind,
    Arrival,
    Channel,
    FormWanted,
    OrganisationType,
    WayWanted,
)
from requests_app.domain.arrivals import ArrivalProof, ConfirmedWay, ReadBackWay
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.errors import Refused
from requests_app.domain.fees import FeeMode
from requests_app.domain.identity import IdKind
from requests_app.domain.letters import LetterText
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.papers import PaperKind
from requests_app.domain.searches import SearchResult
from requests_app.models import (
    Case,
    Consultation,
    Department,
    Letter,
    RecordsSearch,
    StaffRole,
    StaffUser,
)
from requests_app.services import (
    answers,
    assignments,
    consultations,
    corrections,
    deliveries,
    extensions,
    fees,
    filing,
    intake,
    lapses,
    letters,
    office_setup,
    projections,
    reasons,
    searches,
)
from requests_app.services.applications import AgentGiven, ApplicantGiven, Application
from requests_app.services.papers import FileGiven
from requests_app.services.searches import SearchGiven
from tests.offices import moment, set_up_calendar, sign_without_review

IDENTITY_NUMBER = "629999199003078512"
OTHER_IDENTITY_NUMBER = "62999919881111242X"
EMS = "1234567890123"
REGISTERED_NUMBER = "XA123456789CN"

CORRECTION = {
    "points": "请写明项目名称",
    "guidance": "例如：2025年某小区改造",
    "correction_days": "10",
}
DISCLOSED = {"provided": "2025年老旧小区改造项目清单", "how_given": "随本答复书网上提供"}


def picture() -> bytes:
    """Return a small photograph."""
    drawn = io.BytesIO()
    Image.new("L", (8, 8), 200).save(drawn, "JPEG")
    return drawn.getvalue()


def paper(kind=PaperKind.IDENTITY, name="身份证.jpg", content=None) -> FileGiven:
    """Return a file as somebody hands it in."""
    return FileGiven(kind, name, io.BytesIO(picture() if content is None else content))


def person(**changes) -> ApplicantGiven:
    """Return a citizen who can be reached by e-mail."""
    given = {
        "kind": ApplicantKind.PERSON,
        "name": "陈向前",
        "identity_kind": IdKind.RESIDENT_CARD,
        "identity_number": IDENTITY_NUMBER,
        "phone": "13900000000",
        "email": "chen@example.com",
        "address": "金昌市金川区演示路1号",
    }
    return ApplicantGiven(**(given | changes))


def organisation(**changes) -> ApplicantGiven:
    """Return a company that can be reached by telephone."""
    given = {
        "kind": ApplicantKind.ORGANISATION,
        "name": "金昌演示有限公司",
        "organisation_type": OrganisationType.BUSINESS,
        "identity_number": "91620300MA0000000X",
        "representative": "赵甲",
        "contact_person": "钱乙",
        "phone": "0935-0000000",
    }
    return ApplicantGiven(**(given | changes))


def agent(**changes) -> AgentGiven:
    """Return somebody who files for the applicant."""
    given = {
        "name": "孙丙",
        "identity_kind": IdKind.RESIDENT_CARD,
        "identity_number": OTHER_IDENTITY_NUMBER,
    }
    return AgentGiven(**(given | changes))


def application(applicant=None, **changes) -> Application:
    """Return an application for an electronic copy, fetched from the site."""
    given = {
        "description": "2025年金川区老旧小区改造项目清单",
        "form_wanted": FormWanted.ELECTRONIC,
        "way_wanted": WayWanted.ONLINE,
        "idempotency_key": uuid.uuid4(),
        "files": (paper(),),
    }
    return Application(applicant=applicant or person(), **(given | changes))


def proof_of(arrival: Arrival) -> ArrivalProof:
    """Return what a careful clerk notes of an arrival."""
    signed = arrival.channel is Channel.MAIL_SIGNED
    late = arrival.confirmed_on is not None and arrival.confirmed_on > arrival.arrived_on
    return ArrivalProof(
        tracking_number=EMS if signed else "",
        signer="收发室邓某" if signed else "",
        confirmed_with="本人" if arrival.confirmed_on else "",
        confirmed_way=ConfirmedWay.PHONE if arrival.confirmed_on else None,
        late_reason="两次去电无人接听" if late else "",
        read_back=ReadBackWay.SIGNATURE if arrival.channel is Channel.ORAL else None,
    )


BY_POST = {"form_wanted": FormWanted.PAPER, "way_wanted": WayWanted.POST}


def staff(username: str, name: str, *roles: Role, department: Department | None = None) -> Actor:
    """Make a member of staff and return them as the domain sees them."""
    user = StaffUser.objects.create(
        username=username, display_name=name, department=department, is_staff=True
    )
    StaffRole.objects.bulk_create(StaffRole(user=user, role=role.value) for role in roles)
    return user.as_actor()


@dataclass(frozen=True)
class Desk:
    """The office's people, and the steps that lead a case somewhere.

    Every step takes the day it happens on, at ten in the morning. Letters are rendered and, where
    the applicant wants them online, go out at once, as the worker would do.
    """

    clerk: Actor
    clerk_too: Actor
    head: Actor
    clerk_and_head: Actor
    handler: Actor
    handler_elsewhere: Actor
    reviewer: Actor
    supervisor: Actor
    archivist: Actor
    administrator: Actor
    housing: Department
    finance: Department

    def file(self, on: str, **changes) -> Case:
        """File online."""
        return filing.file_online(application(**changes), at=moment(on)).case

    def register(
        self, on: str, arrival: Arrival | None = None, at: str = "", proof=None, **changes
    ) -> Case:
        """Register what was handed in at the counter on ``on``; the paper was seen there."""
        arrival = arrival or Arrival(Channel.COUNTER, arrived_on=date.fromisoformat(on))
        given = application(files=(), **changes)
        return intake.register(
            given,
            arrival=arrival,
            proof=proof or proof_of(arrival),
            actor=self.clerk,
            at=moment(at or on),
            identity_verified=True,
        ).case

    def assign(self, case: Case, on: str) -> None:
        """Give the case to the housing department, which signs for it."""
        assignments.assign(
            case.pk, department_id=self.housing.pk, clerk_id=None, actor=self.clerk, at=moment(on)
        )
        assignments.sign_for(case.pk, actor=self.handler, at=moment(on))

    def issue(self, letter: Letter, on: str) -> Letter:
        """Submit a draft, have it signed where it needs that, and let the worker make the file."""
        letters.submit(letter.pk, actor=self.clerk, at=moment(on))
        letter.refresh_from_db()
        if letter.status == "pending":
            letters.approve(letter.pk, actor=self.head, at=moment(on))
        letters.render(letter.pk, at=moment(on))
        letter.refresh_from_db()
        return letter

    def post(self, letter: Letter, on: str, *, entered_on: str = "") -> Letter:
        """Post a finished letter by EMS."""
        deliveries.dispatch(
            letter.pk,
            way=DeliveryWay.EMS,
            on=date.fromisoformat(on),
            tracking_number=EMS,
            actor=self.clerk,
            at=moment(entered_on or on),
        )
        letter.refresh_from_db()
        return letter

    def arrive(self, letter: Letter, on: str) -> Letter:
        """Record the return slip."""
        deliveries.confirm(
            letter.pk, on=date.fromisoformat(on), proof="回执", actor=self.clerk, at=moment(on)
        )
        letter.refresh_from_db()
        return letter

    def fetch(self, letter: Letter, on: str) -> bytes:
        """Let the applicant download a letter."""
        return deliveries.fetch(letter.pk, case_id=letter.case_id, at=moment(on))

    def ask_correction(self, case: Case, on: str, *, served: str = "") -> Letter:
        """Ask for a correction; ``served`` is the day the applicant fetches it."""
        draft = corrections.request(case.pk, fields=CORRECTION, actor=self.clerk, at=moment(on))
        letter = self.issue(draft, on)
        if served:
            self.fetch(letter, served)
        return letter

    def correct(self, case: Case, on: str) -> None:
        """Take the correction in at the counter."""
        corrections.answer(
            case.pk,
            text="2025年宝晶里小区改造",
            on=date.fromisoformat(on),
            actor=self.clerk,
            at=moment(on),
        )

    def consult(self, case: Case, on: str, *, served: str = "", **changes) -> Consultation:
        """Ask a third party by EMS; ``served`` is the day on its return slip."""
        given = {
            "kind": ConsultationKind.THIRD_PARTY,
            "name": "宝晶里物业公司",
            "address": "金昌市金川区演示路2号",
            "subject": "改造合同中的单价",
        }
        consultation = consultations.start(
            case.pk, actor=self.clerk, at=moment(on), **(given | changes)
        )
        letter = self.post(self.issue(consultation.letters.get(), on), on)
        if served:
            self.arrive(letter, served)
        return consultation

    def extend(self, case: Case, on: str, *, days: int = 20) -> Letter:
        """Extend the period; another person signs."""
        draft = extensions.request(
            case.pk, days=days, reason="需要核对档案", actor=self.clerk, at=moment(on)
        )
        return self.issue(draft, on)

    def charge(self, case: Case, on: str, *, served: str = "", pages: int = 40) -> Letter:
        """Charge by page."""
        draft = fees.charge(
            case.pk,
            mode=FeeMode.PAGE,
            pages=pages,
            fields={"payment_method": "凭缴款码到银行缴纳"},
            actor=self.clerk,
            at=moment(on),
        )
        letter = self.issue(draft, on)
        if served:
            self.fetch(letter, served)
        return letter

    def pay(self, case: Case, on: str) -> None:
        """Record the payment."""
        fees.record_payment(
            case.pk,
            on=date.fromisoformat(on),
            bill_number="甘财0001",
            actor=self.clerk,
            at=moment(on),
        )

    def ask_reasons(self, case: Case, on: str) -> Letter:
        """Ask why so many applications."""
        fields = {"counts": "2026年3月，共提出申请46件", "reasons_days": "10"}
        return self.issue(reasons.ask(case.pk, fields=fields, actor=self.clerk, at=moment(on)), on)

    def search(self, case: Case, on: str, *, at: str = "", **changes) -> RecordsSearch:
        """Search the files and enter it."""
        given = {
            "on": date.fromisoformat(on),
            "place": "公文系统、档案室2024年至2025年文书卷",
            "keywords": "老旧小区改造、项目清单",
            "result": SearchResult.NOTHING,
            "by": "经办甲、承办戊",
        }
        return searches.record(
            case.pk, SearchGiven(**(given | changes)), actor=self.clerk, at=moment(at or on)
        )

    def draft_answer(
        self, case: Case, on: str, *, outcome=OutcomeCode.DISCLOSED, fields=None
    ) -> Letter:
        """Draft an answer; that nothing exists rests on a search, which is entered first."""
        if outcome is OutcomeCode.NOT_EXIST and not case.searches.exists():
            self.search(case, (fields or {}).get("searched_on") or on, at=on)
        return answers.draft(
            case.pk, outcome=outcome, fields=fields or DISCLOSED, actor=self.clerk, at=moment(on)
        )

    def answer(self, case: Case, on: str, **outcome) -> Letter:
        """Draft an answer, have it signed and made."""
        return self.issue(self.draft_answer(case, on, **outcome), on)

    def lapse(self, case: Case, on: str) -> Letter:
        """Confirm that the applicant let the time go by."""
        draft = lapses.confirm(
            case.pk, judgement="电话联系，未说明理由", actor=self.clerk, at=moment(on)
        )
        return self.issue(draft, on)


def set_up() -> Desk:
    """Set up the guide's data, the calendar, two departments and a person of each role."""
    office_setup.seed_guide()
    sign_without_review()
    set_up_calendar()
    since = date(2020, 1, 1)
    housing = Department.objects.create(code="zjj", name="市住房和城乡建设局", valid_from=since)
    finance = Department.objects.create(code="czj", name="市财政局", valid_from=since)
    return Desk(
        clerk=staff("clerk", "经办甲", Role.CLERK),
        clerk_too=staff("clerk-too", "经办乙", Role.CLERK),
        head=staff("head", "负责丙", Role.HEAD),
        clerk_and_head=staff("both", "兼任丁", Role.CLERK, Role.HEAD),
        handler=staff("handler", "承办戊", Role.HANDLER, department=housing),
        handler_elsewhere=staff("elsewhere", "承办己", Role.HANDLER, department=finance),
        reviewer=staff("reviewer", "审查庚", Role.REVIEWER),
        supervisor=staff("supervisor", "监督辛", Role.SUPERVISOR),
        archivist=staff("archivist", "档案壬", Role.ARCHIVIST),
        administrator=staff("administrator", "管理癸", Role.ADMINISTRATOR),
        housing=housing,
        finance=finance,
    )


def private_files() -> set[Path]:
    """Return every file in private storage, to tell whether an act left one behind."""
    return {path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()}


def ledger_of(case: Case) -> list[tuple]:
    """Return the ledger as (place, day, entry, who), whole and in order."""
    return [
        (event.seq, event.on.isoformat(), event.entry, event.role)
        for event in case.events.order_by("seq")
    ]


def refused(call, /, *args, **kwargs) -> tuple[str, ...]:
    """Return the codes a call is refused with; fail when it is not."""
    try:
        call(*args, **kwargs)
    except Refused as refusal:
        return refusal.codes
    message = f"{call.__qualname__} refused nothing"
    raise AssertionError(message)


def stored(case: Case) -> dict:
    """Return the projection of a case as it stands in the database."""
    return Case.objects.values(*projections.FIELDS).get(pk=case.pk)


def status(case: Case) -> str:
    """Return the stored status of a case."""
    return stored(case)["status"]


def due(case: Case) -> str:
    """Return the stored due date of a case as ISO text, empty when there is none."""
    found = stored(case)["due_on"]
    return found.isoformat() if found else ""


def printed(letter: Letter) -> str:
    """Return every word a signed letter prints, as one text."""
    letter.refresh_from_db()
    return "\n".join(LetterText.from_dict(letter.text).all_text())


def code_of(case: Case) -> str:
    """Return a case's query code as it is printed."""
    return crypto.format_query_code(crypto.query_code_for(case.idempotency_key))
