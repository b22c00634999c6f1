"""The office's own wordings: proposed, approved by another, in force from a day, taken back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from requests_app.domain import letters as catalogue
from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterKind
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.wordings import WORDINGS
from requests_app.models import LetterWording
from requests_app.selectors import wordings as selector
from requests_app.services import letters, wordings
from tests import factories
from tests.factories import printed, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")
KIND = LetterKind.DISCLOSED
OWN = (
    "{you}的申请（{case_number}）本机关已经收到。\n"
    "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现提供：\n{provided}\n{how_given}\n"
)


def propose(desk, text=OWN, *, actor=None, at=AT, kind=KIND, note="写得简单些"):
    return wordings.propose(kind, text=text, note=note, actor=actor or desk.reviewer, at=at)


def approve(desk, row, on="2026-03-10", *, at=AT):
    return wordings.approve(row.pk, valid_from=date.fromisoformat(on), actor=desk.head, at=at)


def in_force(on):
    return selector.in_force(KIND, on=date.fromisoformat(on)).name


def test_a_proposal_changes_no_letter_before_it_is_approved(desk):
    row = propose(desk)

    assert (row.name, row.approved_at) == ("disclosed/1", None)
    assert selector.in_force(KIND, on=date(2026, 3, 10)) == selector.Wording(
        KIND, catalogue.WORDING_VERSION
    )


def test_an_approved_wording_is_printed_and_named_on_the_letter(desk):
    case = desk.file("2026-03-02")
    approve(desk, propose(desk))

    letter = desk.answer(case, "2026-03-10")

    assert letter.template_version == "disclosed/1"
    assert [each["text"] for each in letter.text["paragraphs"]] == [
        f"您的申请（{case.number}）本机关已经收到。",
        "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现提供：",
        "2025年老旧小区改造项目清单",
        "随本答复书网上提供",
    ]
    assert "60日内向" in letter.text["remedies"][0]


def test_a_letter_signed_before_keeps_its_words(desk):
    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10")
    before = printed(letter)

    approve(desk, propose(desk))

    assert (printed(letter), letter.template_version) == (before, catalogue.WORDING_VERSION)


def test_a_draft_gets_the_words_in_force_when_it_is_signed(desk):
    case = desk.file("2026-03-02")
    draft = desk.draft_answer(case, "2026-03-09")
    approve(desk, propose(desk))

    assert desk.issue(draft, "2026-03-10").template_version == "disclosed/1"


def test_a_version_holds_from_its_day_until_the_next_ones(desk):
    approve(desk, propose(desk), "2026-03-12")
    approve(desk, propose(desk, OWN + "特此答复。\n"), "2026-04-01")

    assert [in_force(day) for day in ("2026-03-11", "2026-03-12", "2026-03-31", "2026-04-01")] == [
        catalogue.WORDING_VERSION, "disclosed/1", "disclosed/1", "disclosed/2",
    ]  # fmt: skip
    every = selector.all_in_force(on=date(2026, 4, 1))
    assert every[KIND].name == "disclosed/2"
    assert {kind for kind, found in every.items() if found.own is None} == set(LetterKind) - {KIND}


def test_a_withdrawn_version_gives_way_to_the_one_before(desk):
    approve(desk, propose(desk))
    second = approve(desk, propose(desk, OWN + "特此答复。\n"))
    wordings.withdraw(second.pk, reason="写错了", actor=desk.head, at=moment("2026-03-20"))

    assert [in_force(day) for day in ("2026-03-19", "2026-03-20")] == ["disclosed/2", "disclosed/1"]


@pytest.mark.parametrize("name", ["clerk", "handler", "head", "supervisor", "archivist"])
def test_others_propose_nothing(desk, name):
    assert refused(propose, desk, actor=getattr(desk, name)) == ("role",)
    assert LetterWording.objects.count() == 0


@pytest.mark.parametrize("name", ["administrator", "reviewer"])
def test_reviewer_and_administrator_propose_and_do_not_approve(desk, name):
    row = propose(desk, actor=getattr(desk, name))

    assert refused(
        wordings.approve, row.pk, valid_from=date(2026, 3, 10), actor=getattr(desk, name), at=AT
    ) == ("role",)


def test_nobody_approves_the_own_proposal(desk):
    from requests_app.domain.access import Role

    both = factories.staff("reviewing-head", "兼任", Role.REVIEWER, Role.HEAD)
    row = propose(desk, actor=both)

    assert refused(wordings.approve, row.pk, valid_from=date(2026, 3, 10), actor=both, at=AT) == (
        "four_eyes",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterWording.objects.filter(pk=row.pk).update(
            approved_at=AT, approved_by=both.staff_id, valid_from=date(2026, 3, 10)
        )


def test_a_second_proposal_waits_for_the_first(desk):
    first = propose(desk)

    assert refused(propose, desk, OWN + "特此答复。\n") == ("wording_waiting",)
    wordings.withdraw(first.pk, reason="另写", actor=desk.reviewer, at=AT)
    assert propose(desk, OWN + "特此答复。\n").version == 2


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ("must_say", "must_say", "must_say", "article_missing")),
        (OWN + "{colour}", ("unknown_placeholder",)),
        (OWN + "不予受理", ("forbidden_word",)),
        (OWN + "{", ("stray_brace",)),
        (OWN.replace("{how_given}", ""), ("must_say",)),
        (OWN + "依照条例第三十七条。", ("article_unfit",)),
    ],
)
def test_words_that_cannot_stand_are_refused(desk, text, codes):
    assert refused(propose, desk, text) == codes
    assert LetterWording.objects.count() == 0


@pytest.mark.parametrize("text", [WORDINGS[KIND], WORDINGS[KIND].replace("\n", "\r\n") + "  \r\n"])
def test_words_that_change_nothing_are_refused(desk, text):
    assert refused(propose, desk, text) == ("text",)


def test_a_proposal_without_a_note_is_refused(desk):
    assert refused(propose, desk, note=" ") == ("note",)
    assert refused(propose, desk, note="长" * 301) == ("note",)


def test_no_wording_begins_before_today(desk):
    row = propose(desk)

    assert refused(approve, desk, row, "2026-03-09") == ("valid_from",)


def test_what_was_decided_is_not_decided_again(desk):
    row = approve(desk, propose(desk))
    assert refused(approve, desk, row) == ("wording_decided",)

    wordings.withdraw(row.pk, reason="写错了", actor=desk.head, at=AT)
    assert refused(wordings.withdraw, row.pk, reason="又", actor=desk.head, at=AT) == (
        "wording_decided",
    )
    assert refused(wordings.withdraw, 999_999, reason="又", actor=desk.head, at=AT) == (
        "no_such_wording",
    )


def test_a_proposal_is_taken_back_by_who_made_it_or_the_head_with_a_reason(desk):
    row = propose(desk)

    assert refused(wordings.withdraw, row.pk, reason="?", actor=desk.administrator, at=AT) == (
        "role",
    )
    assert refused(wordings.withdraw, row.pk, reason=" ", actor=desk.head, at=AT) == ("reason",)
    assert wordings.withdraw(row.pk, reason="不需要", actor=desk.head, at=AT).withdrawn_at == AT


def test_an_approved_version_is_taken_back_by_the_head_alone(desk):
    row = approve(desk, propose(desk))

    assert refused(wordings.withdraw, row.pk, reason="?", actor=desk.reviewer, at=AT) == ("role",)


def test_a_wording_that_no_longer_passes_is_not_approved(desk, monkeypatch):
    row = propose(desk)
    monkeypatch.setattr(
        catalogue,
        "check_wording",
        lambda *_: (_ for _ in ()).throw(Refused.because("must_say", "条例改了。")),
    )

    assert refused(approve, desk, row) == ("must_say",)


@pytest.mark.parametrize("change", [{"text": "别的"}, {"kind": "partial"}, {"version": 7}])
def test_the_database_keeps_the_words_of_a_version(desk, change):
    row = propose(desk)

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterWording.objects.filter(pk=row.pk).update(**change)


def test_a_version_is_never_deleted(desk):
    with pytest.raises(TypeError, match="withdraw it"):
        propose(desk).delete()


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_can_be_previewed_with_samples(desk, kind, quick_pdf):
    content = wordings.preview(kind, text=WORDINGS[kind], actor=desk.administrator, at=AT)

    assert content.startswith(b"%PDF")
    assert (quick_pdf[-1]["number"], quick_pdf[-1]["issuer"]) == ("", "金昌市人民政府办公室")


@pytest.mark.parametrize("kind", [k for k in LetterKind if k is not LetterKind.STILL_UNCLEAR])
def test_every_kind_can_be_previewed_on_a_real_case(desk, kind, quick_pdf):
    case = desk.file("2026-03-02")

    wordings.preview(kind, text=WORDINGS[kind], actor=desk.reviewer, at=AT, case_number=case.number)

    drawn = quick_pdf[-1]
    assert case.number in str(drawn)
    assert (drawn["number"], case.letters.count()) == ("", 1)


def test_a_letter_the_case_cannot_have_is_not_previewed_on_it(desk):
    case, kind = desk.file("2026-03-02"), LetterKind.STILL_UNCLEAR

    assert refused(
        wordings.preview, kind, text=WORDINGS[kind], actor=desk.head, at=AT, case_number=case.number
    ) == ("missing_corrected_on",)


def test_a_preview_on_a_case_takes_the_words_its_clerk_typed(desk, quick_pdf):
    case = desk.file("2026-03-02")
    desk.draft_answer(case, "2026-03-10")

    wordings.preview(KIND, text=OWN, actor=desk.head, at=AT, case_number=case.number)

    first, *_ = [each["text"] for each in quick_pdf[-1]["paragraphs"]]
    assert first == f"您的申请（{case.number}）本机关已经收到。"
    assert "2025年老旧小区改造项目清单" in str(quick_pdf[-1])


def test_a_preview_shows_nobody_a_case_they_may_not_see(desk):
    case = desk.file("2026-03-02")
    tries = [(desk.administrator, case.number), (desk.reviewer, "2026-9999")]

    assert [
        refused(wordings.preview, KIND, text=OWN, actor=who, at=AT, case_number=number)
        for who, number in tries
    ] == [("case_number",), ("case_number",)]
    assert refused(wordings.preview, KIND, text=OWN, actor=desk.clerk, at=AT) == ("role",)


def test_a_preview_of_words_that_cannot_stand_is_refused(desk):
    assert refused(wordings.preview, KIND, text=OWN + "{", actor=desk.reviewer, at=AT) == (
        "stray_brace",
    )


def test_words_are_compared_with_the_version_they_were_written_against(desk):
    first = approve(desk, propose(desk))
    second = propose(desk, OWN + "特此答复。\n")

    assert selector.words_before(first) == WORDINGS[KIND]
    assert selector.words_before(second) == OWN
    assert list(selector.waiting()) == [second]
    assert list(selector.versions(KIND)) == [second, first]


def test_an_answer_after_a_review_decision_names_it_whatever_the_wording(desk):
    from requests_app.services import closings

    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10")
    letters.render(letter.pk, at=AT)
    closings.reopen(
        case.pk,
        on=date(2026, 5, 11),
        decision="甘政复决字〔2026〕12号",
        decided_on=date(2026, 5, 6),
        actor=desk.clerk,
        at=moment("2026-05-11"),
    )
    sentence = "本机关于2026年5月11日收到2026年5月6日作出的行政复议决定书（甘政复决字〔2026〕12号），依照其要求对该申请重新办理。"
    with_built_in = desk.draft_answer(
        case, "2026-05-12", outcome=OutcomeCode.ALREADY_PUBLIC, fields={"where_public": "门户网站"}
    )
    approve(desk, propose(desk, at=moment("2026-05-11")), "2026-05-12", at=moment("2026-05-12"))
    letters.discard(
        with_built_in.pk, reason="改为予以公开", actor=desk.clerk, at=moment("2026-05-12")
    )

    with_own = desk.answer(case, "2026-05-12")

    assert sentence not in printed(letter)
    assert sentence in printed(with_own).split("\n")
    assert with_own.template_version == "disclosed/1"
