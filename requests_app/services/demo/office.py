"""Who acts in the demo, on which days, and the moves every story shares.

A story is a generator: it yields the moment it waits for and acts when it gets it. ``play`` lets
all of them act in the order of time, so numbers grow with the dates as in a real office.
"""

from __future__ import annotations

import heapq
import io
import uuid
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from requests_app.domain.access import Actor, Role
from requests_app.domain.application import Arrival, Channel
from requests_app.domain.arrivals import ArrivalProof, ConfirmedWay, ReadBackWay
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.domain.matters import Matter
from requests_app.domain.papers import PaperKind
from requests_app.domain.reviews import ReviewVerdict
from requests_app.models import Case, Department, Letter, StaffUser
from requests_app.selectors import calendars
from requests_app.selectors import reviews as selector
from requests_app.services import assignments, deliveries, filing, intake, letters, reviews
from requests_app.services.applications import Application
from requests_app.services.case_file import local_day
from requests_app.services.demo.applications import Ask
from requests_app.services.filing import Filed
from requests_app.services.papers import FileGiven

Story = Generator[datetime, datetime, None]

_SAMPLE: Final = Path(__file__).resolve().parents[2] / "data" / "demo" / "identity-sample.png"


@dataclass(frozen=True)
class Person:
    """One demo account."""

    username: str
    name: str
    role: Role
    department: str = ""


PEOPLE: Final = (
    Person("clerk", "王晓岚", Role.CLERK),
    Person("clerk2", "赵庆余", Role.CLERK),
    Person("handler", "孙启明", Role.HANDLER, "zjj"),
    Person("handler2", "马文秀", Role.HANDLER, "zrj"),
    Person("reviewer", "周若谷", Role.REVIEWER),
    Person("head", "李守成", Role.HEAD),
    Person("supervisor", "吴清泉", Role.SUPERVISOR),
    Person("archivist", "郑怀古", Role.ARCHIVIST),
    Person("admin", "冯维新", Role.ADMINISTRATOR),
    Person("admin2", "许可立", Role.ADMINISTRATOR),
)

DEPARTMENTS: Final = (
    ("zjj", "市住房和城乡建设局"),
    ("zrj", "市自然资源局"),
    ("czj", "市财政局"),
    ("stj", "市生态环境局"),
    ("jtj", "市交通运输局"),
)


class DemoOffice:
    """The demo's people, its calendar, and what they do together."""

    def __init__(self, *, at: datetime) -> None:
        self._now = at
        self._calendar = calendars.current()
        self._anchor = self._calendar.roll(local_day(at))
        self._staff = {
            person.username: person
            for person in StaffUser.objects.filter(is_demo=True).prefetch_related("held_roles")
        }
        self._departments = dict(Department.objects.values_list("code", "pk"))
        self._posted = 0
        #: Cases whose query codes the demo shows, to follow one as its applicant.
        self.shown: list[Filed] = []

    def actor(self, username: str) -> Actor:
        """Return one of the demo's people as who acts."""
        return self._staff[username].as_actor()

    @property
    def clerk(self) -> Actor:
        """The clerk who does most of the work."""
        return self.actor("clerk")

    @property
    def head(self) -> Actor:
        """Who signs."""
        return self.actor("head")

    def ago(self, working_days: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return a moment so many working days before today (or the next working day)."""
        day = local_day(self._now)
        if working_days:
            day = self._calendar.day(self._calendar.rank(self._anchor) - working_days)
        return min(datetime.combine(day, time(hour, minute), tzinfo=OFFICE_ZONE), self._now)

    def after(self, day: date, working_days: int) -> date:
        """Return the n-th working day after ``day``."""
        return self._calendar.add(day, working_days)

    def file(self, ask: Ask, *, at: datetime, shown: bool = False) -> Case:
        """Let the applicant file online, and let the receipt be made."""
        papers = [FileGiven(PaperKind.IDENTITY, "证件样张.png", io.BytesIO(_SAMPLE.read_bytes()))]
        if ask.matter is Matter.AMENDMENT:
            evidence = io.BytesIO(_SAMPLE.read_bytes())
            papers.append(FileGiven(PaperKind.APPLICATION, "证据样张.png", evidence))
        filed = filing.file_online(_application(ask, files=tuple(papers)), at=at)
        if shown:
            self.shown.append(filed)
        self.print_letters(filed.case, at=at)
        return filed.case

    def register(self, ask: Ask, *, channel: Channel, at: datetime) -> Case:
        """Let the clerk register what came on paper; the original paper was seen."""
        confirmed = channel in {Channel.FAX, Channel.MAIL_UNSIGNED}
        arrival = Arrival(
            channel,
            arrived_on=local_day(at),
            confirmed_on=local_day(at) if confirmed else None,
            confirmed_how="当日电话与申请人确认" if confirmed else "",
        )
        filed = intake.register(
            _application(ask),
            arrival=arrival,
            actor=self.clerk,
            at=at,
            proof=self._proof(channel),
            filled_by_staff_reason="申请人书写有困难，由工作人员代为填写并宣读核对"
            if channel is Channel.ORAL
            else "",
            identity_verified=True,
        )
        self.print_letters(filed.case, at=at)
        return filed.case

    def _proof(self, channel: Channel) -> ArrivalProof:
        """Return what a clerk notes of an arrival by this channel."""
        signed = channel is Channel.MAIL_SIGNED
        confirmed = channel in {Channel.FAX, Channel.MAIL_UNSIGNED}
        return ArrivalProof(
            tracking_number=self.tracking_number() if signed else "",
            signer="收发室（演示）" if signed else "",
            confirmed_with="申请人本人" if confirmed else "",
            confirmed_way=ConfirmedWay.PHONE if confirmed else None,
            read_back=ReadBackWay.SIGNATURE if channel is Channel.ORAL else None,
        )

    def assign(self, case: Case, department: str, *, at: datetime) -> None:
        """Let the clerk hand a case to a department."""
        assignments.assign(
            case.pk,
            department_id=self._departments[department],
            clerk_id=self.clerk.staff_id,
            actor=self.clerk,
            at=at,
        )

    def take_on(self, case: Case, department: str, handler: str, *, at: datetime) -> None:
        """Hand a case to a department and let its handler sign for it."""
        self.assign(case, department, at=at)
        assignments.sign_for(case.pk, actor=self.actor(handler), at=at)

    def sign(self, letter: Letter, *, at: datetime) -> None:
        """Let the clerk submit a letter and, where it needs that, the head sign it."""
        submitted = letters.submit(letter.pk, actor=self.clerk, at=at)
        if submitted.status == LetterStatus.PENDING:
            self.review(letter, at=at)
            letters.approve(letter.pk, actor=self.head, at=at)

    def review(self, letter: Letter, *, at: datetime) -> None:
        """Have a draft answer reviewed where the office requires it, and agreed to."""
        letter.refresh_from_db()
        needed = selector.of_letter(letter, today=local_day(at)).required
        if not needed:
            return
        for row in reviews.ask(letter.pk, kinds=sorted(needed), actor=self.clerk, at=at):
            reviews.give(
                row.pk,
                verdict=ReviewVerdict.CONSENT,
                reasons="不涉及国家秘密、商业秘密和个人隐私。",
                actor=self.actor("reviewer"),
                at=at,
            )

    def send(self, letter: Letter, *, at: datetime) -> None:
        """Sign a letter, have it made, and send it out: by itself online, otherwise by post."""
        self.sign(letter, at=at)
        self.print_letters(letter.case, at=at)
        self.post_letters(letter.case, at=at)
        # Asking a third party makes a further letter: the applicant is told of it.
        self.print_letters(letter.case, at=at)

    def print_letters(self, case: Case, *, at: datetime) -> None:
        """Have every signed letter of a case made; what goes out by itself goes out."""
        for pk in case.letters.filter(status=LetterStatus.SIGNED.value).values_list(
            "pk", flat=True
        ):
            letters.render(pk, at=at)

    def post_letters(self, case: Case, *, at: datetime) -> None:
        """Post every finished letter that waits for a hand."""
        for pk in case.letters.filter(status=LetterStatus.ISSUED.value).values_list(
            "pk", flat=True
        ):
            deliveries.dispatch(
                pk,
                way=DeliveryWay.EMS,
                on=local_day(at),
                tracking_number=self.tracking_number(),
                actor=self.clerk,
                at=at,
            )

    def deliver(self, letter: Letter, *, at: datetime) -> None:
        """Let a letter arrive: fetched by the applicant online, or signed for from the post."""
        letter.refresh_from_db()
        if letter.delivery.way == DeliveryWay.ONLINE:
            deliveries.fetch(letter.pk, case_id=letter.case_id, at=at)
            return
        deliveries.confirm(
            letter.pk,
            on=local_day(at),
            proof=f"EMS回执，邮件号{letter.delivery.tracking_number}",
            received_by="本人",
            actor=self.clerk,
            at=at,
        )

    def tracking_number(self) -> str:
        """Return a postal number that no post office has given."""
        self._posted += 1
        return f"ZZ{self._posted:09d}CN"


def play(told: Iterable[Story], *, until: datetime) -> None:
    """Let every story act in the order of time. What would lie after ``until`` never happens."""
    waiting: list[tuple[datetime, int, Story]] = []
    for place, story in enumerate(told):
        heapq.heappush(waiting, (next(story), place, story))
    while waiting:
        moment, place, story = heapq.heappop(waiting)
        if moment > until:
            continue
        try:
            heapq.heappush(waiting, (story.send(moment), place, story))
        except StopIteration:
            continue


def _application(ask: Ask, *, files: tuple[FileGiven, ...] = ()) -> Application:
    return Application(
        applicant=ask.applicant,
        description=ask.description,
        form_wanted=ask.form,
        way_wanted=ask.way,
        idempotency_key=uuid.uuid4(),
        body_code=ask.body_code,
        document_name=ask.document_name,
        document_number=ask.document_number,
        partners=ask.partners,
        matter=ask.matter,
        files=files,
    )
