"""Pages of the reviews: asking, the reviewer's list, the opinion, how it was met."""

import pytest
from django.urls import reverse

from requests_app.domain.access import Role
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import OfficeSettings, Review, StaffUser
from requests_app.services import answers, letters
from tests import offices
from tests.factories import DISCLOSED, staff

AT = offices.moment("2026-03-12")


@pytest.fixture
def draft(office, case):
    OfficeSettings.objects.update(secrecy_review_required=True)
    return answers.draft(
        case.pk,
        outcome=OutcomeCode.DISCLOSED,
        fields=DISCLOSED,
        actor=office.clerk.as_actor(),
        at=AT,
    )


@pytest.fixture
def reviewer(office):
    return StaffUser.objects.get(pk=staff("reviewer", "审查己", Role.REVIEWER).staff_id)


def page(browser, name, *args, query="", status=200):
    answer = browser.get(reverse(f"admin:{name}", args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(browser, case, act, query="", **data):
    return browser.post(reverse("admin:act", args=[case.pk, act]) + query, data)


def test_a_review_is_asked_given_answered_and_shown(case, draft, reviewer, office, sit_down):
    browser = sit_down(office.clerk)
    assert "送法制、保密审查" in page(browser, "case", case.pk)
    form = page(browser, "act", case.pk, "ask_review")
    assert 'value="secrecy" id="id_kinds_1" checked' in form.replace(' class=""', "")
    assert post(browser, case, "ask_review", kinds=["secrecy"]).status_code == 302

    browser = sit_down(reviewer)
    assert case.number in page(browser, "asked_of_me")
    row = Review.objects.get()
    query = f"?review={row.pk}"
    refusal = post(browser, case, "give_review", query, verdict="object", reasons="")
    assert refusal.status_code == 422
    assert "“不同意”必须写明理由" in refusal.content.decode()
    given = post(browser, case, "give_review", query, verdict="object", reasons="附件三涉密")
    assert given.status_code == 302
    assert "没有等您提意见的" in page(browser, "asked_of_me")

    browser = sit_down(office.clerk)
    letters.submit(draft.pk, actor=office.clerk.as_actor(), at=AT)
    panel = page(browser, "case", case.pk).partition('id="reviews"')[2]
    assert "附件三涉密" in panel
    assert f"do/answer_review/?review={row.pk}" in panel
    assert "请先说明怎样处理" in page(sit_down(office.head), "letter", draft.pk)

    browser = sit_down(office.clerk)
    assert post(browser, case, "answer_review", query, text="附件三不提供").status_code == 302
    assert "处理：附件三不提供" in page(browser, "case", case.pk)


def test_without_the_review_chosen_the_open_ones_are_listed(
    case, draft, reviewer, sit_down, office
):
    post(sit_down(office.clerk), case, "ask_review", kinds=["secrecy"])

    html = page(sit_down(reviewer), "act", case.pk, "give_review")

    assert f"?review={Review.objects.get().pk}" in html


def test_who_is_no_reviewer_does_not_see_the_list(office, sit_down):
    page(sit_down(office.clerk), "asked_of_me", status=403)
