"""Cut one letter into several cases: everybody behind it stands behind each of them."""

from datetime import date

import pytest

from requests_app.domain.applicants import GuardianRelation
from requests_app.domain.application import Channel, FormWanted, WayWanted
from requests_app.domain.identity import IdKind
from requests_app.domain.matters import Matter
from requests_app.domain.papers import PaperKind
from requests_app.models import Agent, Case, CaseLink, Guardian, NumberSeries
from requests_app.services import applicants, splitting
from requests_app.services.applications import GuardianGiven
from tests import factories
from tests.factories import refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

#: Made up: born 2015-03-04.
CHILD = "629999201503040019"
GUARDIAN = GuardianGiven(
    name="陈母",
    relation=GuardianRelation.MOTHER,
    identity_kind=IdKind.RESIDENT_CARD,
    identity_number=factories.IDENTITY_NUMBER,
    phone="13900000001",
    consents=True,
)


def split(desk, case, *parts, kept="改造项目清单", reason="两项由不同部门办理", **changes):
    return splitting.split(
        case.pk,
        kept=kept,
        parts=parts,
        reason=reason,
        actor=desk.clerk,
        at=moment("2026-03-05"),
        **changes,
    )


def test_each_part_is_a_case_of_its_own_with_the_day_of_receipt_of_the_letter(desk):
    first = desk.register("2026-03-02", description="改造项目清单；道路评价报告；年度预算")

    made = split(desk, first, "道路评价报告", " 年度预算 ", "")

    first.refresh_from_db()
    assert first.description == "改造项目清单"
    assert [(each.number, each.description, each.received_on) for each in made] == [
        ("2026-0002", "道路评价报告", date(2026, 3, 2)),
        ("2026-0003", "年度预算", date(2026, 3, 2)),
    ]
    assert {each.due_on for each in (first, *made)} == {date(2026, 3, 30)}
    assert len({each.query_code_hash for each in (first, *made)}) == 3
    assert [each.letters.get().kind for each in made] == ["receipt", "receipt"]
    assert list(CaseLink.objects.order_by("case").values_list("case", "other", "kind")) == [
        (made[0].pk, first.pk, "same_letter"),
        (made[1].pk, first.pk, "same_letter"),
    ]
    note = first.events.order_by("seq").last()
    assert note.data == {
        "text": "一事一申请，拆出2026-0002、2026-0003",
        "reason": "两项由不同部门办理",
        "original": "改造项目清单；道路评价报告；年度预算",
    }


def test_a_part_carries_the_agent_and_the_guardian_under_seals_of_their_own(desk):
    first = desk.file(
        "2026-03-02",
        applicant=factories.person(name="陈小明", identity_number=CHILD),
        agent=factories.agent(phone="13900000002"),
        guardian=GUARDIAN,
        files=(
            factories.paper(),
            factories.paper(PaperKind.GUARDIANSHIP, "户口簿.jpg"),
            factories.paper(PaperKind.AUTHORISATION, "委托书.jpg"),
        ),
    )

    (part,) = split(desk, first, "道路评价报告")

    agent, guardian = part.agent, part.guardian
    assert (agent.name, agent.identity_masked, agent.phone) == (
        "孙丙",
        first.agent.identity_masked,
        "13900000002",
    )
    assert applicants.open_number(agent) == factories.OTHER_IDENTITY_NUMBER
    assert (guardian.name, guardian.relation, guardian.phone) == ("陈母", "mother", "13900000001")
    assert applicants.open_number(guardian) == factories.IDENTITY_NUMBER
    # Consent was given with the letter, not when the office cut it.
    assert Guardian.objects.get(pk=guardian.pk).consented_at == moment("2026-03-02")
    assert (Agent.objects.count(), Guardian.objects.count()) == (2, 2)
    assert len(set(Agent.objects.values_list("identity_sealed", flat=True))) == 2


def test_a_part_is_read_at_the_same_place_by_who_needs_the_same_help(desk):
    first = desk.register(
        "2026-03-02",
        applicant=factories.person(needs_help=True, help_wanted="请读给我听"),
        form_wanted=FormWanted.READING,
        way_wanted=WayWanted.READ_ON_SITE,
        reading_point="市图书馆",
        accepts_other_form=False,
    )

    (part,) = split(desk, first, "道路评价报告")

    assert (part.form_wanted, part.way_wanted, part.reading_point, part.accepts_other_form) == (
        "reading",
        "read_on_site",
        "市图书馆",
        False,
    )
    assert (part.applicant.needs_help, part.applicant.help_wanted) == (True, "请读给我听")
    assert part.channel == Channel.COUNTER


def test_a_part_of_an_amendment_is_an_amendment(desk):
    first = desk.register("2026-03-02", matter=Matter.AMENDMENT, document_name="保障对象登记表")

    (part,) = split(desk, first, "另一处登记有误")

    assert part.matter == "amendment"
    assert part.letters.get().kind == "amendment_receipt"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"parts": ()}, "parts"),
        ({"parts": ("改造项目清单",)}, "parts"),
        ({"parts": ("道路", "道路")}, "parts"),
        ({"parts": tuple(str(n) for n in range(21))}, "parts"),
        ({"parts": ("道路",), "reason": " "}, "reason"),
        ({"parts": ("道路",), "kept": " "}, "kept"),
    ],
    ids=["nothing", "the-kept", "twice", "too-many", "no-reason", "nothing-kept"],
)
def test_a_cut_that_makes_no_sense_is_refused_and_leaves_nothing(desk, given, code):
    first = desk.register("2026-03-02", description="改造项目清单；道路")
    drawn = list(NumberSeries.objects.order_by("pk").values())
    parts = given.pop("parts")

    assert refused(split, desk, first, *parts, **given) == (code,)
    assert Case.objects.count() == 1
    assert list(NumberSeries.objects.order_by("pk").values()) == drawn
    first.refresh_from_db()
    assert first.description == "改造项目清单；道路"


def test_a_page_opened_before_somebody_else_acted_splits_nothing(desk):
    first = desk.register("2026-03-02")
    seen = Case.objects.get(pk=first.pk).version
    desk.assign(first, "2026-03-04")

    assert refused(split, desk, first, "道路", seen_version=seen) == ("conflict",)
    assert Case.objects.count() == 1


def test_a_closed_case_is_not_cut(desk):
    first = desk.register("2026-03-02")
    desk.answer(first, "2026-03-04")

    assert refused(split, desk, first, "道路") == ("closed",)
