"""Legal and secrecy review in the office: asked, given, answered; signing waits for them."""

import pytest

from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.papers import PaperKind
from requests_app.domain.reviews import ReviewKind, ReviewVerdict
from requests_app.models import OfficeSettings
from requests_app.selectors import offices, working_papers
from requests_app.selectors import reviews as selector
from requests_app.services import entries, letters, office_setup, releases, reviews
from tests.factories import DISCLOSED, paper, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")
LEGAL, SECRECY = ReviewKind.LEGAL, ReviewKind.SECRECY
YES, CHANGES, NO = ReviewVerdict.CONSENT, ReviewVerdict.CHANGES, ReviewVerdict.OBJECT


@pytest.fixture(autouse=True)
def _secrecy_is_required(desk):
    OfficeSettings.objects.update(secrecy_review_required=True)


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


@pytest.fixture
def draft(desk, case):
    return desk.draft_answer(case, "2026-03-10")


def ask(desk, letter, *kinds, **changes):
    given = {"actor": desk.clerk, "at": AT}
    return reviews.ask(letter.pk, kinds=kinds or (SECRECY,), **(given | changes))


def give(desk, row, verdict=YES, reasons="", **changes):
    given = {"actor": desk.reviewer, "at": AT}
    return reviews.give(row.pk, verdict=verdict, reasons=reasons, **(given | changes))


def sign(desk, letter):
    letter.refresh_from_db()
    if letter.status == "draft":
        letters.submit(letter.pk, actor=desk.clerk, at=AT)
    return letters.approve(letter.pk, actor=desk.head, at=AT)


def last_words(case):
    return case.events.order_by("-seq").first().data["text"]


def test_the_law_s_review_is_required_unless_the_office_says_otherwise():
    OfficeSettings.objects.all().delete()
    office_setup.seed_guide()

    settings = offices.settings(on=AT.date())
    assert (settings.secrecy_review_required, settings.legal_review_required) == (True, False)


def test_what_is_released_is_signed_after_the_review_agreed(desk, case, draft):
    assert refused(sign, desk, draft) == ("review_missing",)

    (row,) = ask(desk, draft)
    assert last_words(case) == "送保密审查（答复书：予以公开）"
    assert refused(sign, desk, draft) == ("review_open",)

    give(desk, row)
    assert last_words(case) == "保密审查（答复书：予以公开）：同意"
    assert sign(desk, draft).number == "金政办公开告〔2026〕1号"


def test_an_answer_that_releases_nothing_needs_no_secrecy_review(desk, case):
    letter = desk.draft_answer(
        case, "2026-03-10", outcome=OutcomeCode.PETITION, fields={"reason": "要求处理投诉"}
    )

    assert sign(desk, letter).status == "signed"


def test_a_refusal_needs_the_legal_review_where_the_office_set_it(desk, case):
    OfficeSettings.objects.update(legal_review_required=True)
    letter = desk.draft_answer(
        case, "2026-03-10", outcome=OutcomeCode.PETITION, fields={"reason": "要求处理投诉"}
    )

    assert refused(sign, desk, letter) == ("review_missing",)


def test_an_opinion_that_does_not_agree_is_answered_with_a_reason_before_signing(desk, case, draft):
    (row,) = ask(desk, draft)
    assert refused(give, desk, row, NO, " ") == ("reasons",)
    give(desk, row, NO, "附件三有未公开的坐标")
    assert refused(sign, desk, draft) == ("review_unanswered",)
    assert refused(reviews.answer, row.pk, text=" ", actor=desk.clerk, at=AT) == ("text",)

    reviews.answer(row.pk, text="坐标已经在市政府网站公开", actor=desk.clerk, at=AT)

    assert last_words(case) == "对保密审查意见的处理：坐标已经在市政府网站公开"
    assert sign(desk, draft).status == "signed"


def test_a_draft_changed_after_the_review_is_reviewed_again(desk, draft):
    (row,) = ask(desk, draft)
    give(desk, row)
    fields = DISCLOSED | {"provided": "另一份清单"}
    letters.revise(draft.pk, fields=fields, actor=desk.clerk, at=AT)

    assert refused(sign, desk, draft) == ("review_outdated",)

    (again,) = ask(desk, draft)
    give(desk, again)
    assert sign(desk, draft).status == "signed"


def test_another_file_to_release_is_reviewed_again(desk, case, draft):
    (row,) = ask(desk, draft)
    give(desk, row)
    releases.add(
        case.pk,
        files=(paper(PaperKind.RELEASED, "清单.jpg"),),
        redacted=False,
        actor=desk.clerk,
        at=AT,
    )

    assert refused(sign, desk, draft) == ("review_outdated",)


def test_a_voluntary_legal_review_is_waited_for_too(desk, draft):
    secrecy, _ = ask(desk, draft, SECRECY, LEGAL)
    give(desk, secrecy)

    assert refused(sign, desk, draft) == ("review_open",)


def test_a_request_made_by_mistake_is_voided(desk, case, draft):
    secrecy, legal = ask(desk, draft, SECRECY, LEGAL)
    give(desk, secrecy)
    asked = case.events.get(data__review=legal.pk)

    entries.void(case.pk, seq=asked.seq, reason="送错了", actor=desk.clerk, at=AT)

    assert sign(desk, draft).status == "signed"
    assert refused(give, desk, legal) == ("no_such_review",)


def test_an_objection_is_not_lost_with_the_asking(desk, case, draft):
    (legal,) = ask(desk, draft, LEGAL)
    give(desk, legal, NO, "依据不对")
    asked = case.events.filter(data__review=legal.pk).order_by("seq").first()
    changes = {"reason": "送错了", "actor": desk.clerk, "at": AT}

    assert refused(entries.void, case.pk, seq=asked.seq, **changes) == ("depended_on",)
    legal.refresh_from_db()
    assert (legal.verdict, legal.cancelled_at) == ("object", None)


def test_a_voided_opinion_is_awaited_again(desk, case, draft):
    (row,) = ask(desk, draft)
    give(desk, row)
    given = case.events.get(entry="opinion_given")

    entries.void(case.pk, seq=given.seq, reason="看错了文书", actor=desk.clerk, at=AT)

    assert refused(sign, desk, draft) == ("review_open",)
    give(desk, row, CHANGES, "删去第二段")


@pytest.mark.parametrize("who", ["clerk", "handler", "head", "supervisor"])
def test_only_a_reviewer_gives_the_opinion(desk, draft, who):
    (row,) = ask(desk, draft)

    assert refused(give, desk, row, actor=getattr(desk, who))[0] in {"role", "no_such_case"}


def test_who_drafted_does_not_review(desk, case):
    both = desk_person_of_two_roles()
    letter = desk.draft_answer(case, "2026-03-10")
    letter.drafted_by_id = both.staff_id
    letter.save()
    (row,) = ask(desk, letter)

    assert refused(give, desk, row, actor=both) == ("four_eyes",)
    assert list(selector.awaited(both)) == []


def test_who_prepared_what_is_handed_over_does_not_review_it(desk, case):
    both = desk_person_of_two_roles()
    files = [paper(PaperKind.RELEASED, "平面图.jpg")]
    releases.add(case.pk, files=files, redacted=False, actor=both, at=AT)
    letter = desk.draft_answer(case, "2026-03-10")
    (row,) = ask(desk, letter)

    assert refused(give, desk, row, actor=both) == ("four_eyes",)
    assert give(desk, row).verdict == "consent"


def desk_person_of_two_roles():
    from requests_app.domain.access import Role
    from tests.factories import staff

    return staff("clerk-reviewer", "兼审", Role.CLERK, Role.REVIEWER)


def test_what_makes_no_sense_is_refused(desk, case, draft):
    (row,) = ask(desk, draft)

    assert refused(ask, desk, draft) == ("kinds",)
    assert refused(reviews.ask, draft.pk, kinds=(), actor=desk.clerk, at=AT) == ("kinds",)
    assert refused(reviews.ask, 10**6, kinds=(LEGAL,), actor=desk.clerk, at=AT) == (
        "no_such_letter",
    )
    assert refused(reviews.answer, row.pk, text="好", actor=desk.clerk, at=AT) == ("not_negative",)
    assert refused(reviews.answer, 10**6, text="好", actor=desk.clerk, at=AT) == ("no_such_review",)
    give(desk, row, NO, "不能公开")
    assert refused(give, desk, row) == ("review_given",)
    reviews.answer(row.pk, text="已删去", actor=desk.clerk, at=AT)
    assert refused(reviews.answer, row.pk, text="再写", actor=desk.clerk, at=AT) == (
        "review_answered",
    )


def test_without_a_draft_there_is_nothing_to_review(desk, case):
    receipt = case.letters.get()

    assert refused(ask, desk, receipt) == ("no_draft",)


def test_a_signed_answer_is_not_reviewed_any_more(desk, case, draft):
    (row,) = ask(desk, draft)
    give(desk, row)
    sign(desk, draft)

    assert refused(ask, desk, draft) == ("no_draft",)
    assert list(selector.awaited(desk.reviewer)) == []


def test_the_reviewer_finds_what_waits_and_the_slip_names_what_was_said(desk, case, draft):
    (row,) = ask(desk, draft, question="附件三能不能给")
    assert [each.pk for each in selector.awaited(desk.reviewer)] == [row.pk]
    assert list(selector.awaited(desk.clerk)) == []

    give(desk, row, NO, "附件三不能给")
    reviews.answer(row.pk, text="附件三不提供", actor=desk.clerk, at=AT)

    slip = working_papers.sheet(
        case, working_papers.WorkingPaper.APPROVAL_SLIP, applicant="陈", today=AT.date()
    )
    lines = [line for block in slip.blocks if getattr(block, "head", "") == "各方意见"
             for line in block.lines]  # fmt: skip
    assert lines == [
        (
            "法制、保密审查（保密审查）",
            "审查庚",
            "2026-03-10",
            "保密审查（答复书：予以公开）：不同意。附件三不能给",
        ),
        (
            "经办对审查意见的处理",
            "经办甲",
            "2026-03-10",
            "对保密审查意见的处理：附件三不提供",
        ),
    ]
