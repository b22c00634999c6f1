"""The guided path in the office: answers kept with their evidence, refused, changed, never edited."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from requests_app.domain.errors import Refused
from requests_app.domain.guided_questions import Step
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import GuidedAnswer
from requests_app.selectors import guided_paths as paths
from requests_app.services import guided_paths
from requests_app.services.case_file import Conflict
from requests_app.services.guided_paths import AnswerGiven
from tests.factories import ledger_of, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")
TO_EXISTS = (("correct", "clear"), ("nature", "yes"), ("whose", "ours"))


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def answer(
    desk, case, step, code, *, evidence="申请表第2页", refs=(), at=AT, actor=None, seen=None
):
    return guided_paths.answer(
        case.pk,
        AnswerGiven(Step(step), code, evidence, refs),
        actor=actor or desk.clerk,
        at=at,
        seen=seen,
    )


def walk(desk, case, *answers):
    for step, code in answers:
        answer(desk, case, step, code)


def test_an_answer_is_kept_with_its_evidence_article_person_and_moment(desk, case):
    row = answer(desk, case, "correct", "clear")

    assert (row.step, row.answer, row.label, row.article) == (
        "correct",
        "clear",
        "齐全、明确，不用补正",
        "《中华人民共和国政府信息公开条例》第二十九条第二款",
    )
    assert (row.evidence, row.refs, row.given_by_id, row.given_at) == (
        "申请表第2页", [], desk.clerk.staff_id, AT,
    )  # fmt: skip
    assert paths.of(case).path.reached is Step.NATURE


def test_an_answer_may_rest_on_what_the_case_holds(desk, case):
    search = desk.search(case, "2026-03-09")
    walk(desk, case, *TO_EXISTS)

    row = answer(desk, case, "exists", "not_exist", evidence="", refs=[f"search-{search.pk}"])

    (ref,) = row.refs
    assert (ref["kind"], ref["id"]) == ("search", search.pk)
    assert ref["words"].startswith(
        "2026-03-09 公文系统、档案室2024年至2025年文书卷，以“老旧小区改造”"
    )
    assert paths.of(case).path.goal.outcome is OutcomeCode.NOT_EXIST


def test_the_end_of_the_path_stands_in_the_ledger_with_the_hash_of_its_answers(desk, case):
    before = len(ledger_of(case))
    walk(desk, case, *TO_EXISTS[:2])
    assert len(ledger_of(case)) == before

    answer(desk, case, "whose", "not_ours")

    event = case.events.order_by("seq").last()
    assert (event.entry, event.on) == ("noted", date(2026, 3, 10))
    assert event.data["text"] == (
        "按七步判断：补不补：齐全、明确，不用补正 → 是不是：是，要的是政府信息"
        " → 谁负责：不由本机关负责公开 → 答复“不属于本机关负责公开”"
    )
    assert event.data["guided"] == list(
        GuidedAnswer.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert len(event.data["digest"]) == 64


def test_a_changed_answer_is_a_new_row_and_the_later_ones_are_asked_again(desk, case):
    walk(desk, case, *TO_EXISTS)
    answer(desk, case, "nature", "petition", evidence="要求处理投诉", at=moment("2026-03-11"))

    known = paths.of(case)
    assert GuidedAnswer.objects.filter(case=case).count() == 4
    assert [(row.step, row.answer) for row in known.kept] == [
        ("correct", "clear"),
        ("nature", "petition"),
    ]
    assert known.path.goal.outcome is OutcomeCode.PETITION


@pytest.mark.parametrize(
    ("given", "more", "codes"),
    [
        (("correct", "maybe"), {}, ("answer",)),
        (("nature", "yes"), {}, ("question",)),
        (("correct", "clear"), {"evidence": " "}, ("evidence",)),
        (("correct", "clear"), {"refs": ["search-99"]}, ("refs",)),
        (("correct", "clear"), {"evidence": "很" * 2001}, ("evidence",)),
    ],
)
def test_an_answer_that_will_not_do_is_refused(desk, case, given, more, codes):
    with pytest.raises(Refused) as refusal:
        answer(desk, case, *given, **more)

    assert refusal.value.codes == codes
    assert not GuidedAnswer.objects.exists()


def test_that_nothing_exists_rests_on_a_search(desk, case):
    walk(desk, case, *TO_EXISTS)

    assert refused(answer, desk, case, "exists", "not_exist") == ("refs",)


def test_a_search_of_another_case_is_no_evidence(desk, case):
    other = desk.search(desk.file("2026-03-02"), "2026-03-09")
    walk(desk, case, *TO_EXISTS)

    assert refused(answer, desk, case, "exists", "not_exist", refs=[f"search-{other.pk}"]) == (
        "refs",
    )


@pytest.mark.parametrize("who", ["head", "handler"])
def test_only_the_clerk_answers(desk, case, who):
    desk.assign(case, "2026-03-03")

    assert refused(answer, desk, case, "correct", "clear", actor=getattr(desk, who)) == ("role",)


def test_two_clerks_at_one_question_one_is_told(desk, case):
    answer(desk, case, "correct", "clear", seen=0)

    with pytest.raises(Conflict):
        answer(desk, case, "correct", "ask", seen=0)


def test_nobody_changes_the_path_while_the_answer_is_signed(desk, case):
    from requests_app.services import letters

    letter = desk.draft_answer(case, "2026-03-10")
    letters.submit(letter.pk, actor=desk.clerk, at=AT)

    assert refused(answer, desk, case, "correct", "clear") == ("status",)


def test_a_draft_that_contradicts_the_path_is_warned_about(desk, case):
    assert paths.against_outcome(case, "disclosed") == ()
    walk(desk, case, *TO_EXISTS[:1], ("nature", "petition"))

    codes = {
        outcome: [reason.code for reason in paths.against_outcome(case, outcome)]
        for outcome in ("", "petition", "disclosed")
    }

    assert codes == {"": [], "petition": [], "disclosed": ["guided_path_differs"]}
    assert desk.draft_answer(case, "2026-03-10").outcome == "disclosed"


def test_answers_from_before_a_correction_are_to_be_checked(desk, case):
    answer(desk, case, "correct", "ask", at=moment("2026-03-03"))
    desk.ask_correction(case, "2026-03-03", served="2026-03-03")
    desk.correct(case, "2026-03-05")

    found = [reason.code for reason in paths.against_outcome(case, "disclosed")]

    assert found == ["guided_path_differs", "guided_path_outdated"]


def test_an_answer_is_never_changed_or_deleted(desk, case):
    row = answer(desk, case, "correct", "clear")

    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    for statement in (
        "UPDATE requests_app_guidedanswer SET label = 'x'",
        "DELETE FROM requests_app_guidedanswer",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert GuidedAnswer.objects.get().label == "齐全、明确，不用补正"


def test_an_answer_without_evidence_is_refused_by_the_database_too(desk, case):
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidedAnswer.objects.create(
            case=case, step="correct", answer="clear", label="x",
            given_by_id=desk.clerk.staff_id, given_at=AT,
        )  # fmt: skip
