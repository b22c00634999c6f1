"""A letter whose article does not fit its outcome is refused at every step of its life."""

import pytest

from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Letter, NumberSeries
from requests_app.services import letters
from tests.factories import refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")
FIT = {"reason": "讨论记录尚未形成决定，依照条例第十六条第二款不予公开。"}
UNFIT = {"reason": "内容是商业秘密，依照条例第十五条不予公开。"}


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def draft(desk, case, fields):
    return desk.draft_answer(case, "2026-03-10", outcome=OutcomeCode.PROCESS, fields=fields)


def test_reason_under_another_article_is_not_drafted(desk, case):
    assert refused(draft, desk, case, UNFIT) == ("article_unfit",)
    assert case.letters.filter(kind="withheld").count() == 0


def test_reason_under_another_article_is_not_revised_in(desk, case):
    letter = draft(desk, case, FIT)

    assert refused(letters.revise, letter.pk, fields=UNFIT, actor=desk.clerk, at=AT) == (
        "article_unfit",
    )
    assert Letter.objects.get(pk=letter.pk).fields == FIT


def test_letter_under_another_article_is_not_signed_and_uses_up_no_number(desk, case):
    letter = draft(desk, case, FIT)
    letters.submit(letter.pk, actor=desk.clerk, at=AT)
    # As it would be had the table of outcomes changed while the letter waited.
    Letter.objects.filter(pk=letter.pk).update(outcome=OutcomeCode.THIRD_PARTY.value)

    codes = refused(letters.approve, letter.pk, actor=desk.head, at=AT)

    assert codes == ("outcome_field_missing", "article_unfit")
    assert not NumberSeries.objects.filter(series="answer", last__gt=0).exists()
