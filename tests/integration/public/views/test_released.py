"""Files handed over with an answer: on the status page once it is out, and to nobody else."""

import pytest
from django.test import Client

from requests_app.domain.papers import PaperKind
from requests_app.models import AccessRecord, ReleasedFile
from requests_app.services import reissues, releases
from tests import factories
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def answered(desk, citizen, clock):
    """A case answered on 2026-03-06 with two files; its applicant is let in."""
    case = desk.file("2026-03-02")
    for name in ("清单.jpg", "批复.jpg"):
        releases.add(
            case.pk,
            files=(factories.paper(PaperKind.RELEASED, name),),
            redacted=False,
            actor=desk.clerk,
            at=moment("2026-03-05"),
        )
    clock.to("2026-03-09")
    citizen.let_in(case)
    return case


def address(case, row):
    return f"/status/{case.pk}/released/{row.pk}/"


def page(citizen, case):
    return citizen.client.get(f"/status/{case.pk}/").content.decode()


def test_files_appear_with_the_answer_and_are_fetched(answered, desk, citizen):
    row = ReleasedFile.objects.order_by("pk").first()
    before = page(citizen, answered)
    early = citizen.client.post(address(answered, row))
    desk.answer(answered, "2026-03-06")

    after = page(citizen, answered)
    got = citizen.client.post(address(answered, row))

    assert "清单.jpg" not in before
    assert early.status_code == 404
    assert "提供给您的文件" in after
    assert "网上保留到 2027-03-06" in after
    assert got.status_code == 200
    assert got["Content-Type"] == "image/jpeg"
    assert "attachment" in got["Content-Disposition"]
    assert (got["X-Content-Type-Options"], got["Cache-Control"]) == ("nosniff", "no-store")
    assert AccessRecord.objects.filter(case=answered, staff=None).count() == 1


def test_a_plain_link_fetches_nothing(answered, desk, citizen):
    desk.answer(answered, "2026-03-06")
    row = ReleasedFile.objects.first()

    assert citizen.client.get(address(answered, row)).status_code == 405
    assert AccessRecord.objects.filter(case=answered, staff=None).count() == 0


def test_nobody_else_fetches_them(answered, desk, citizen):
    desk.answer(answered, "2026-03-06")
    row = ReleasedFile.objects.first()
    other = desk.file("2026-03-03")
    citizen.let_in(other)

    assert "申请 " in page(citizen, other)
    by_another_case = citizen.client.post(address(other, row))
    without_code = Client().post(address(answered, row))

    assert by_another_case.status_code == 404
    assert without_code.status_code != 200
    assert b"\xff\xd8" not in without_code.content


def test_a_voided_answer_withholds_them(answered, desk, citizen):
    letter = desk.answer(answered, "2026-03-06")
    row = ReleasedFile.objects.first()
    reissues.reissue(letter.pk, reason="附件放错", actor=desk.clerk, at=moment("2026-03-09"))

    text = page(citizen, answered)
    assert answered.number in text
    assert "清单.jpg" not in text
    assert citizen.client.post(address(answered, row)).status_code == 404


def test_after_its_time_online_a_file_is_named_and_no_longer_handed_out(
    answered, desk, citizen, clock
):
    desk.answer(answered, "2026-03-06")
    row = ReleasedFile.objects.first()
    clock.to("2027-03-08")
    citizen.let_in(answered)

    assert "已经过了，需要请联系我们" in page(citizen, answered)
    assert citizen.client.post(address(answered, row)).status_code == 404


def test_the_page_asks_no_more_for_three_files_than_for_one(
    desk, citizen, clock, django_assert_num_queries
):
    for number in (1, 3):
        case = desk.file("2026-03-02")
        for each in range(number):
            releases.add(
                case.pk,
                files=(factories.paper(PaperKind.RELEASED, f"{each}.jpg"),),
                redacted=False,
                actor=desk.clerk,
                at=moment("2026-03-05"),
            )
        desk.answer(case, "2026-03-06")
        clock.to("2026-03-09")
        citizen.let_in(case)
        with django_assert_num_queries(11):
            page(citizen, case)
