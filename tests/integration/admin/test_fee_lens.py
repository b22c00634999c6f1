"""What a clerk sees before a fee: counters, both prices, the next tier, what is offered instead."""

import io

import pikepdf
import pytest
from django.urls import reverse

from requests_app.domain.application import ApplicantKind, FormWanted
from requests_app.domain.identity import IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import Case, CoApplicant, Event, Fee
from requests_app.services import releases
from tests import factories, offices

CHARGE = {"mode": "page", "units": "40", "payment_method": "到市财政局缴款"}


def url(case, query=""):
    return reverse("admin:act", args=[case.pk, "charge_fee"]) + query


def lens(browser, case, query=""):
    return browser.get(url(case, query)).context["lens"]


@pytest.fixture
def prepared(office, case):
    """A case with 44 pages to hand over."""
    made, drawn = pikepdf.new(), io.BytesIO()
    for _ in range(44):
        made.add_blank_page(page_size=(595, 842))
    made.save(drawn)
    releases.add(
        case.pk,
        files=(factories.paper(PaperKind.RELEASED, "报告.pdf", drawn.getvalue()),),
        redacted=False,
        actor=office.clerk.as_actor(),
        at=offices.moment("2026-03-05"),
    )
    return case


def test_pages_prepared_are_suggested_by_page(at_desk, prepared):
    page = at_desk.get(url(prepared))

    found = page.context["lens"]
    assert page.context["form"]["units"].value() == "44"
    assert page.context["form"]["mode"].value() == "page"
    by_item, by_page = found.prices
    # 30 free, 14 at 10; the next 56 pages cost 10 each, then 20
    assert (by_page.amount, by_page.chosen) == ("140元", True)
    assert by_page.rows == ("第1至30页：30页 × 0元 = 0元", "第31至44页：14页 × 10元 = 140元")
    assert by_page.next_tier == "再加56页以内每页10元，超过的每页20元"
    assert (by_item.amount, by_item.query) == ("不收费", "?mode=item&units=1")
    assert found.counters[-1].count == "44页"
    assert "减到30页以内不收费" in found.alternatives[1]


def test_the_natural_months_items_and_the_next_tier_are_shown(at_desk, case):
    found = lens(at_desk, case, "?mode=item&units=28")

    assert found.counters[0].count == "0件"
    # 10 free, 18 at 100; two more at 100, then 200
    assert found.prices[0].amount == "1800元"
    assert found.prices[0].next_tier == "再加2件以内每件100元，超过的每件200元"


def test_each_joint_applicant_has_a_counter(at_desk, office, case):
    CoApplicant.objects.create(
        case=case, position=2, kind=ApplicantKind.PERSON.value, name="李四",
        identity_kind=IdKind.RESIDENT_CARD.value, identity_index="",
        seal_binding="00000000-0000-0000-0000-000000000001",
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(applicant_count=2)

    found = lens(at_desk, case)

    assert [each.count for each in found.counters] == ["0件", "数不出", "0件", "0页"]
    assert "李四" not in found.counters[1].label


def test_by_page_does_not_apply_to_reading_on_site(at_desk, case):
    Case.objects.filter(pk=case.pk).update(form_wanted=FormWanted.READING.value)

    by_page = lens(at_desk, case, "?mode=page&units=400").prices[1]

    assert (by_page.amount, by_page.query) == ("不适用", "")
    assert "第五条" in by_page.why_not


def test_pages_typed_otherwise_than_prepared_are_warned_of(at_desk, office, case):
    releases.add(
        case.pk,
        files=(factories.paper(PaperKind.RELEASED, "图.jpg"),),
        redacted=False,
        actor=office.clerk.as_actor(),
        at=offices.moment("2026-03-05"),
    )

    assert lens(at_desk, case, "?mode=page&units=40").warning == (
        "准备提供的文件共1页，填的是40页，请核对。"
    )


@pytest.mark.parametrize(
    "query", ["?units=-1", "?units=多", "?mode=both&units=3", "?units=" + "9" * 30]
)
def test_nonsense_in_the_address_breaks_nothing(at_desk, case, query):
    assert at_desk.get(url(case, query)).status_code == 200


def test_what_was_offered_is_kept_with_the_fee_and_in_the_ledger(at_desk, case):
    offered = {"offer_reading": "on", "offer_narrowing": "on", "offered_how": "3月5日电话告知"}
    at_desk.post(url(case), CHARGE | offered)

    fee = Fee.objects.get()
    assert fee.offered == {"ways": ["reading", "narrowing"], "how": "3月5日电话告知"}
    noted = Event.objects.filter(case=case, entry="noted").latest("seq")
    assert noted.data["text"] == (
        "收费前已告知其他办法：到现场查阅、抄录，不按量收费；缩小申请范围。3月5日电话告知"
    )


def test_a_bill_without_a_word_on_the_alternatives_is_refused(at_desk, case):
    response = at_desk.post(url(case), CHARGE)
    why = at_desk.post(url(case), CHARGE | {"offered_how": "申请人写明不接受其他形式"})

    assert response.status_code == 422
    assert "怎样告知的" in str(response.context["form"].errors["offered_how"])
    assert why.status_code == 302
    assert Fee.objects.get().offered["ways"] == []
