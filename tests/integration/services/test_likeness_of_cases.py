"""Cases that ask for the same: found, merged, and put to the office for publication."""

import pytest

from requests_app.domain.errors import Refused
from requests_app.models import Case, CaseLikeness, CaseLink, CaseText, PublicationDecision
from requests_app.selectors import likenesses, relations
from requests_app.services import entries, merging, publication, text_index
from tests import factories
from tests.factories import OTHER_IDENTITY_NUMBER, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db

TEXT = "2025年金川区老旧小区改造项目清单和每个项目的合同金额"
NEARLY = "请提供2025年金川区老旧小区改造项目清单，以及每个项目的合同金额。"
OTHER = "市第一中学周边道路交通影响评价报告全文"


def ask(desk, on, text, **changes):
    return desk.register(on, description=text, **changes)


def another():
    return factories.person(
        name="孙丙", identity_number=OTHER_IDENTITY_NUMBER, phone="13811112222", email=""
    )


def test_a_case_is_compared_with_all_that_came_before(desk):
    first = ask(desk, "2026-03-02", TEXT)
    ask(desk, "2026-03-03", OTHER)
    later = ask(desk, "2026-03-04", NEARLY, applicant=another())

    pair = CaseLikeness.objects.get()

    assert (pair.case_id, pair.other_id, pair.same_applicant) == (later.pk, first.pk, False)
    assert pair.percent >= 60
    assert [each.case.pk for each in likenesses.of(first, actor=desk.clerk)] == [later.pk]


def test_the_same_person_is_known_by_the_blind_index(desk):
    ask(desk, "2026-03-02", TEXT)
    ask(desk, "2026-03-04", NEARLY, applicant=factories.person(phone="13700000001", email=""))

    assert CaseLikeness.objects.get().same_applicant is True


def test_a_name_alone_makes_no_two_people_one(desk):
    given = {"identity_number": "", "email": "", "address": "", "representative": "赵甲"}
    ask(desk, "2026-03-02", TEXT, applicant=factories.organisation(**given))
    ask(
        desk,
        "2026-03-04",
        TEXT,
        applicant=factories.organisation(**given | {"phone": "0935-1111111"}),
    )

    assert CaseLikeness.objects.get().same_applicant is False


def test_a_handler_sees_no_case_of_another_department_among_the_like(desk):
    first = ask(desk, "2026-03-02", TEXT)
    desk.assign(first, "2026-03-03")
    ask(desk, "2026-03-04", TEXT)

    assert likenesses.of(first, actor=desk.handler) == ()


def test_cases_of_before_the_index_are_caught_up_with(desk):
    first, later = ask(desk, "2026-03-02", TEXT), ask(desk, "2026-03-04", TEXT)
    CaseLikeness.objects.all().delete()
    CaseText.objects.all().delete()
    for case in (first, later):
        case.pieces.all().delete()

    done = text_index.catch_up()
    again = text_index.catch_up()

    assert (done.changed, again.changed) == (2, 0)
    assert CaseLikeness.objects.get().percent == 100


def test_marks_of_many_cases_cost_two_queries(desk, django_assert_num_queries):
    made = [ask(desk, f"2026-03-{day:02}", TEXT) for day in (2, 3)]
    made.append(ask(desk, "2026-03-04", TEXT, applicant=another()))

    for number in (1, 3):
        with django_assert_num_queries(2):
            found = likenesses.marks([case.pk for case in made[:number]])
        assert (found[made[0].pk].same_applicant, found[made[0].pk].others) == (1, 1)


def test_a_duplicate_ends_in_the_case_received_first(desk):
    first, twice = ask(desk, "2026-03-02", TEXT), ask(desk, "2026-03-04", TEXT)

    merging.merge(
        twice.pk, into_id=first.pk, reason="先网上后邮寄", actor=desk.clerk, at=moment("2026-03-05")
    )

    twice.refresh_from_db()
    assert (twice.status, twice.clock_state, twice.due_on, twice.outcome) == (
        "merged",
        "merged",
        None,
        "",
    )
    assert twice.closed_on.isoformat() == "2026-03-05"
    assert relations.of(first, actor=desk.clerk).merged_from == [twice]
    assert relations.of(twice, actor=desk.clerk).merged_into == first


def test_a_merger_is_undone_by_voiding_it(desk):
    first, twice = ask(desk, "2026-03-02", TEXT), ask(desk, "2026-03-04", TEXT)
    at = moment("2026-03-05")
    event = merging.merge(twice.pk, into_id=first.pk, reason="重复", actor=desk.clerk, at=at)

    entries.void(twice.pk, seq=event.seq, reason="看错了", actor=desk.clerk, at=at)

    twice.refresh_from_db()
    assert (twice.status, twice.due_on.isoformat()) == ("received", "2026-04-01")
    assert not CaseLink.objects.exists()


def test_only_the_same_person_is_merged_and_only_into_the_earlier(desk):
    first, twice = ask(desk, "2026-03-02", TEXT), ask(desk, "2026-03-04", TEXT)
    stranger = ask(desk, "2026-03-03", TEXT, applicant=another())
    given = {"reason": "重复", "actor": desk.clerk, "at": moment("2026-03-05")}

    def words(case, into):
        with pytest.raises(Refused) as refusal:
            merging.merge(case.pk, into_id=into.pk, **given)
        return [str(reason) for reason in refusal.value.reasons]

    assert words(twice, stranger) == [
        "只有同一申请人重复提交的申请才能合并；不同的人申请同样的内容，分别答复。（《政府信息公开条例》第二十九条）"
    ]
    assert words(first, twice) == ["请并入先收到的那一件：2026-0002收到在后，期限会因此变晚。"]
    assert words(first, first) == ["不能并入它自己。"]
    assert refused(merging.merge, twice.pk, into_id=first.pk, **given | {"reason": " "}) == (
        "reason",
    )
    assert refused(merging.merge, twice.pk, into_id=9999, **given) == ("into",)
    assert not Case.objects.filter(status="merged").exists()


def test_a_duplicate_with_a_letter_under_way_is_not_merged(desk, quick_pdf):
    first, twice = ask(desk, "2026-03-02", TEXT), ask(desk, "2026-03-04", TEXT)
    desk.draft_answer(twice, "2026-03-05")

    codes = refused(
        merging.merge,
        twice.pk,
        into_id=first.pk,
        reason="重复",
        actor=desk.clerk,
        at=moment("2026-03-05"),
    )

    assert codes == ("letters_waiting",)


def test_two_people_asking_for_the_same_raise_the_question_of_publishing(desk):
    first = ask(desk, "2026-03-02", TEXT)
    ask(desk, "2026-03-04", TEXT, applicant=another())
    assert likenesses.marks([first.pk])[first.pk].for_publication

    publication.decide(
        first.pk, publish=True, reason="不涉及第三方", actor=desk.clerk, at=moment("2026-03-05")
    )

    assert not likenesses.marks([first.pk])[first.pk].for_publication
    assert PublicationDecision.objects.get().publish is True
    assert first.events.last().data["text"] == "多人申请同样信息：转为主动公开"


def test_nobody_decides_on_publishing_what_one_person_asked(desk):
    first = ask(desk, "2026-03-02", TEXT)
    ask(desk, "2026-03-04", TEXT)
    given = {"publish": True, "actor": desk.clerk, "at": moment("2026-03-05")}

    assert refused(publication.decide, first.pk, reason="多人申请", **given) == ("nobody_else",)
    assert refused(publication.decide, first.pk, reason="", **given) == ("reason",)
