"""The seven questions: every way through them ends, every outcome is reached, and refusals say why."""

from datetime import date

import pytest

from requests_app.domain import article_fit, guided_path
from requests_app.domain.access import Act
from requests_app.domain.guided_path import Given, Path
from requests_app.domain.guided_questions import QUESTIONS, Choice, Evidence, Goal, Step
from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OUTCOMES, Ending, OutcomeCode

S = Step


def every_path():
    open_paths, found = [Path()], []
    while open_paths:
        path = open_paths.pop()
        if path.reached is None:
            found.append(path)
            continue
        offered = guided_path.offered(path.reached, path=path)
        assert offered
        open_paths += [path.with_answer(Given(path.reached, code)) for code in offered]
    return found


PATHS = every_path()
TO_GIVE = (("correct", "clear"), ("nature", "yes"), ("whose", "ours"), ("exists", "found"))


def walked(*answers):
    return guided_path.fold(Given(S(step), answer, "依据") for step, answer in answers)


def codes(step, answer, *, path, evidence="依据", refs=()):
    given = Given(S(step), answer, evidence, refs)
    return tuple(reason.code for reason in guided_path.against(given, path=path))


def test_the_questions_are_asked_in_the_order_of_practice():
    assert [QUESTIONS[step].short for step in S] == [
        "补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答",
    ]  # fmt: skip


def test_every_path_ends_and_goes_forward_only():
    order = list(S)

    for path in PATHS:
        steps = [order.index(given.step) for given in path.answers]
        assert path.goal is not None
        assert steps == sorted(set(steps))


def test_every_outcome_of_the_report_is_reached():
    reached = {path.goal.outcome for path in PATHS} - {None}

    assert reached == {code for code, row in OUTCOMES.items() if row.matter is Matter.DISCLOSURE}
    assert OutcomeCode.AMENDED not in reached


def test_every_act_that_must_come_first_is_reached():
    assert {path.goal.act for path in PATHS if path.goal.outcome is None} == {
        Act.ASK_CORRECTION, Act.ASK_REASONS, Act.DELAY, Act.RECORD_SEARCH, Act.CONSULT,
        Act.CHARGE_FEE, Act.EXTEND,
    }  # fmt: skip


def test_the_act_at_the_end_is_the_one_that_ends_a_case_so():
    acts = {
        Ending.ANSWERED: Act.ANSWER,
        Ending.LAPSED: Act.CONFIRM_LAPSE,
        Ending.WITHDRAWN: Act.WITHDRAW,
    }
    for path in PATHS:
        if path.goal.outcome is not None:
            assert path.goal.act is acts[OUTCOMES[path.goal.outcome].ending]


@pytest.mark.parametrize("path", PATHS, ids=guided_path.words)
def test_the_article_of_the_last_answer_is_the_outcomes(path):
    last, code = path.answers[-1].choice, path.goal.outcome
    if code is None or not OUTCOMES[code].articles:
        return
    own = OUTCOMES[code].articles
    places = [place for article in own for place in article_fit.citations(article)]
    cited = article_fit.citations(last.article)

    assert last.article in own or cited
    assert all(any(place.covers(each) for place in places) for each in cited)


def test_every_answer_but_the_withdrawal_rests_on_an_article():
    bare = [
        (step.value, code)
        for step, question in QUESTIONS.items()
        for code, choice in question.choices.items()
        if not choice.article
    ]

    assert bare == [("correct", "withdrawn")]


def test_a_part_is_not_answered_as_a_whole():
    whole = walked(*TO_GIVE, ("give", "all"), ("how", "as_asked"))
    part = walked(*TO_GIVE, ("give", "part"), ("how", "as_asked"))
    against_the_third = walked(*TO_GIVE, ("give", "public_interest"), ("how", "as_asked"))

    assert list(guided_path.offered(S.REPLY, path=whole)) == ["disclosed", "extend"]
    assert list(guided_path.offered(S.REPLY, path=part)) == ["partial", "extend"]
    assert list(guided_path.offered(S.REPLY, path=against_the_third)) == ["disclosed", "extend"]
    assert codes("reply", "disclosed", path=part) == ("answer",)


def test_an_answer_given_again_drops_the_later_ones():
    path = walked(*TO_GIVE, ("nature", "yes"))

    assert [given.step for given in path.answers] == [S.CORRECT, S.NATURE]
    assert path.reached is S.WHOSE
    assert walked(*TO_GIVE, ("correct", "ask")).goal == Goal(Act.ASK_CORRECTION)


def test_an_answered_question_may_be_answered_again_a_later_one_not_yet():
    path = walked(("correct", "clear"), ("nature", "yes"))

    assert path.open_to_answer == {S.CORRECT, S.NATURE, S.WHOSE}
    assert codes("correct", "ask", path=path) == ()
    assert codes("exists", "found", path=path) == ("question",)
    assert codes("whose", "ours", path=walked(("correct", "ask"))) == ("question",)


@pytest.mark.parametrize(
    ("path", "answer", "more", "found"),
    [
        ((), ("correct", "perhaps"), {}, ("answer",)),
        ((), ("correct", "clear"), {"evidence": " "}, ("evidence",)),
        ((), ("correct", "clear"), {"evidence": "", "refs": (Evidence.PAPER,)}, ()),
        (TO_GIVE[:3], ("exists", "not_exist"), {}, ("refs",)),
        (TO_GIVE[:3], ("exists", "not_exist"), {"evidence": ""}, ("evidence", "refs")),
        (TO_GIVE[:3], ("exists", "not_exist"), {"refs": (Evidence.SEARCH,)}, ()),
        (TO_GIVE, ("give", "third_party"), {"refs": (Evidence.SEARCH,)}, ("refs",)),
        (TO_GIVE, ("give", "third_party"), {"refs": (Evidence.THIRD_PARTY,)}, ()),
        (TO_GIVE, ("give", "public_interest"), {}, ("refs",)),
    ],
)  # fmt: skip
def test_an_answer_is_refused_with_the_reason(path, answer, more, found):
    assert codes(*answer, path=walked(*path), **more) == found


@pytest.mark.parametrize(
    ("answers", "outcome", "found"),
    [
        ((), OutcomeCode.DISCLOSED, ()),
        ((("correct", "clear"),), "", ()),
        ((("correct", "clear"),), OutcomeCode.DISCLOSED, ("guided_path_open",)),
        ((("correct", "ask"),), OutcomeCode.DISCLOSED, ("guided_path_differs",)),
        ((*TO_GIVE, ("give", "internal")), OutcomeCode.INTERNAL, ()),
        ((*TO_GIVE, ("give", "internal")), OutcomeCode.PROCESS, ("guided_path_differs",)),
    ],
)
def test_a_draft_is_held_against_the_path(answers, outcome, found):
    reasons = guided_path.against_outcome(walked(*answers), outcome)

    assert tuple(reason.code for reason in reasons) == found


def test_the_warning_says_what_was_answered_and_what_was_drafted():
    path = walked(*TO_GIVE[:2], ("whose", "not_ours"))

    (reason,) = guided_path.against_outcome(path, OutcomeCode.DISCLOSED)

    assert reason.sentence == (
        "与办理思路不一致：“谁负责”一步答的是“不由本机关负责公开”，"
        "应当答复“不属于本机关负责公开”；这份文书按“予以公开”起草。"
    )
    assert reason.citation == "《中华人民共和国政府信息公开条例》第三十六条第（五）项"


def test_an_answer_leads_somewhere_and_only_there():
    with pytest.raises(ValueError, match="leads to"):
        Choice("没有下文", "")
    with pytest.raises(ValueError, match="leads to"):
        Choice("两处", "", leads_to=S.HOW, goal=Goal(Act.EXTEND))


def test_an_answer_that_is_no_longer_offered_is_asked_again():
    kept = [Given(S.CORRECT, "clear", "依据"), Given(S.NATURE, "an_old_code", "依据")]

    assert guided_path.fold(kept).reached is S.NATURE


def test_answers_older_than_the_request_are_to_be_checked_again():
    path = Path((Given(S.CORRECT, "clear", "依据", on=date(2026, 3, 3)),))

    assert guided_path.against_age(path, since=date(2026, 3, 3)) == ()
    assert guided_path.against_age(path, since=None) == ()
    assert [each.code for each in guided_path.against_age(path, since=date(2026, 3, 4))] == [
        "guided_path_outdated"
    ]


def test_the_path_in_words():
    assert guided_path.words(walked(("correct", "clear"), ("nature", "petition"))) == (
        "补不补：齐全、明确，不用补正 → 是不是：是信访、投诉、举报等活动"
        " → 答复“信访、投诉、举报类，不作为政府信息公开申请处理”"
    )
    assert guided_path.words(walked(("correct", "lapsed"))).endswith(
        "按“无正当理由逾期不补正，不再处理”办结"
    )
