"""What is handed over: taken in, registered, signed for, fetched by the applicant alone, withheld again."""

import hashlib
import io
from datetime import date

import pikepdf
import pytest

from requests_app.domain.application import WayWanted
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.papers import PaperKind
from requests_app.models import (
    AccessRecord,
    Attachment,
    Letter,
    OfficeSettings,
    Redaction,
    ReleasedFile,
)
from requests_app.selectors import dossiers, letter_facts
from requests_app.selectors import releases as files_of
from requests_app.services import answers, entries, letters, messages, reissues, releases
from tests import factories
from tests.factories import refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

PARTIAL = {"provided": "听证报告", "how_given": "随本答复书网上提供"}
PLACE = {"page": 2, "what": "住址", "ground": "internal", "reason": "只涉及值班"}


def pdf(pages=1, *, font=False, note=False):
    """Return a PDF of so many pages; with text on the first, or a black note lying on it."""
    made, drawn = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    if font:
        made.pages[0].obj.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(Type=pikepdf.Name.Font))
        )
    if note:
        square = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[0, 0, 9, 9]
        )
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(square)])
    made.save(drawn)
    return drawn.getvalue()


def given(name="听证报告.pdf", content=None):
    return factories.paper(PaperKind.RELEASED, name, pdf(3) if content is None else content)


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def add(desk, case, *files, redacted=False, on="2026-03-05", **changes):
    asked = {"actor": desk.clerk, "at": moment(on)} | changes
    return releases.add(case.pk, files=files or (given(),), redacted=redacted, **asked)


def redact(desk, case, row, **changes):
    asked = PLACE | {"actor": desk.clerk, "at": moment("2026-03-05")} | changes
    return releases.redact(row.pk, case_id=case.pk, **asked)


def draft(desk, case, outcome=OutcomeCode.DISCLOSED, fields=None, on="2026-03-06"):
    return answers.draft(
        case.pk,
        outcome=outcome,
        fields=fields or factories.DISCLOSED,
        actor=desk.clerk,
        at=moment(on),
    )


def fetch(row, case, on="2026-03-10"):
    return releases.fetch(row.pk, case_id=case.pk, at=moment(on))


def test_files_go_with_the_answer_and_no_earlier(desk, case):
    (row,) = add(desk, case)
    before = refused(fetch, row, case)
    letter = draft(desk, case)
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-06"))
    letters.approve(letter.pk, actor=desk.head, at=moment("2026-03-06"))
    signed = refused(fetch, row, case)
    letters.render(letter.pk, at=moment("2026-03-06"))
    _, got = fetch(row, case)

    assert (before, signed) == (("no_such_file",), ("no_such_file",))
    letter.refresh_from_db()
    listed = f"听证报告.pdf（3页；SHA-256：{row.attachment.sha256}）"
    assert letter.text["attachments"] == [listed]
    assert row.attachment.sha256 == hashlib.sha256(got).hexdigest()
    kept = [{"name": "听证报告.pdf", "pages": 3, "sha256": row.attachment.sha256}]
    assert case.events.get(entry="answer_signed").data["files"] == kept
    assert letter_facts.attached(letter)["files"] == kept


def test_each_download_is_logged_and_the_first_proves_arrival_online(desk, case):
    add(desk, case)
    letter = desk.issue(draft(desk, case), "2026-03-06")
    row = ReleasedFile.objects.get()

    for on in ("2026-03-09", "2026-03-10"):
        fetch(row, case, on)

    letter.refresh_from_db()
    assert (letter.status, letter.delivery.delivered_on, letter.delivery.delivered_proof) == (
        "delivered",
        date(2026, 3, 9),
        "申请人凭查询码下载答复书所附文件",
    )
    logged = AccessRecord.objects.filter(what__startswith="提供的文件").order_by("pk")
    assert [(each.what, each.staff_id, each.reason) for each in logged] == [
        ("提供的文件：听证报告.pdf", None, "申请人凭查询码下载")
    ] * 2


def test_a_number_in_the_name_of_a_file_stands_in_no_record_of_who_fetched_it(desk, case):
    add(desk, case, given("620302199001011234.pdf"))
    desk.issue(draft(desk, case), "2026-03-06")

    fetch(ReleasedFile.objects.get(), case)

    (logged,) = AccessRecord.objects.filter(what__startswith="提供的文件")
    assert "199001" not in logged.what


def test_a_file_fetched_of_a_posted_answer_proves_nothing_of_the_post(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    add(desk, case)
    letter = desk.post(desk.issue(draft(desk, case), "2026-03-06"), "2026-03-06")

    fetch(ReleasedFile.objects.get(), case)

    letter.refresh_from_db()
    assert (letter.status, letter.delivery.way) == ("dispatched", DeliveryWay.EMS)


def test_another_applicant_finds_nothing(desk, case):
    add(desk, case)
    desk.issue(draft(desk, case), "2026-03-06")
    other = desk.file("2026-03-03")

    assert refused(fetch, ReleasedFile.objects.get(), other) == ("no_such_file",)
    assert AccessRecord.objects.filter(what__startswith="提供的文件").count() == 0


def test_a_dispatch_voided_withholds_the_files_again(desk, case):
    add(desk, case)
    letter = desk.issue(draft(desk, case), "2026-03-06")
    row = ReleasedFile.objects.get()
    sent = case.events.get(entry="replied")
    entries.void(case.pk, seq=sent.seq, reason="发错了", actor=desk.clerk, at=moment("2026-03-06"))

    letter.refresh_from_db()
    assert letter.status == "issued"
    assert refused(fetch, row, case) == ("no_such_file",)


def test_a_voided_answer_keeps_its_files_to_itself_and_they_lie_ready_again(desk, case):
    (row,) = add(desk, case, redacted=True)
    redact(desk, case, row)
    letter = desk.issue(draft(desk, case, OutcomeCode.PARTIAL, PARTIAL), "2026-03-06")
    again = reissues.reissue(
        letter.pk, reason="页码写错", actor=desk.clerk, at=moment("2026-03-09")
    )

    assert refused(fetch, row, case) == ("no_such_file",)
    (ready,) = files_of.prepared(case)
    assert (ready.name, [each.what for each in ready.redactions]) == ("听证报告.pdf", ["住址"])
    assert files_of.of(Letter.objects.get(pk=letter.pk)) == (ready,)
    # The old letter's register is its own: a change now touches only the new one.
    releases.take_back_redaction(
        Redaction.objects.order_by("pk").last().pk,
        case_id=case.pk,
        actor=desk.clerk,
        at=moment("2026-03-09"),
    )
    assert files_of.of(Letter.objects.get(pk=letter.pk))[0].redactions != ()
    codes = refused(letters.submit, again.pk, actor=desk.clerk, at=moment("2026-03-09"))
    assert codes == ("redaction_missing",)


def test_redactions_are_the_withheld_parts_of_the_letter(desk, case):
    (row,) = add(desk, case, redacted=True)
    redact(desk, case, row)
    redact(desk, case, row, page=3, what="电话")
    redact(desk, case, row, page=1, what="讨论记录", ground="process", reason="尚未形成意见")

    printed = factories.printed(
        desk.issue(draft(desk, case, OutcomeCode.PARTIAL, PARTIAL), "2026-03-06")
    )

    assert "2. “听证报告.pdf”第2页的住址；“听证报告.pdf”第3页的电话" in printed
    assert "1. “听证报告.pdf”第1页的讨论记录" in printed
    assert "第十六条第一款" in printed
    assert "第十六条第二款" in printed
    assert "只涉及值班" in printed
    assert "部分内容已遮盖" in printed


def test_partial_disclosure_without_a_place_or_a_ground_is_refused(desk, case):
    (row,) = add(desk, case, redacted=True)
    untold = refused(draft, desk, case, OutcomeCode.PARTIAL, PARTIAL)
    whole = refused(draft, desk, case, OutcomeCode.DISCLOSED)
    elsewhere = refused(
        draft, desk, case, OutcomeCode.PETITION, {"reason": "信访", "proper_channel": "信访局"}
    )
    redact(desk, case, row)
    letter = draft(desk, case, OutcomeCode.PARTIAL, PARTIAL)

    assert set(untold) == {"redaction_missing", "outcome_field_missing"}
    assert whole == ("released_files",)
    assert elsewhere == ("released_files",)
    assert letter.pk


def test_a_third_partys_right_is_a_ground_only_once_the_third_party_was_asked(desk, case):
    (row,) = add(desk, case, redacted=True)
    redact(desk, case, row)
    letter = draft(
        desk, case, OutcomeCode.PARTIAL, PARTIAL | {"third_party_position": "不同意公开"}
    )
    redact(desk, case, row, page=3, ground="third_party", reason="隐私")

    at = moment("2026-03-06")
    assert refused(letters.submit, letter.pk, actor=desk.clerk, at=at) == ("outcome",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"page": 4}, "page"),
        ({"page": 0}, "page"),
        ({"what": " "}, "what"),
        ({"what": "长" * 121}, "what"),
        ({"ground": "secret"}, "ground"),
        ({"reason": ""}, "reason"),
        ({"reason": "长" * 301}, "reason"),
    ],
)
def test_a_place_that_is_not_told_is_refused(desk, case, changes, code):
    (row,) = add(desk, case, redacted=True)

    assert refused(redact, desk, case, row, **changes) == (code,)
    assert Redaction.objects.count() == 0


def test_a_whole_file_takes_no_redaction(desk, case):
    (row,) = add(desk, case)

    assert refused(redact, desk, case, row) == ("file",)


def test_files_are_checked_like_every_upload(desk, case):
    script = b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n"
    disguised = refused(add, desk, case, given(content=b"MZ" + bytes(100)))
    broken = refused(add, desk, case, given(content=script))
    nothing = refused(
        releases.add, case.pk, files=(), redacted=False, actor=desk.clerk, at=moment("2026-03-05")
    )

    assert (disguised, broken, nothing) == (("files",), ("files",), ("files",))
    assert Attachment.objects.filter(kind="released").count() == 0


def test_pages_are_counted_or_asked_for(desk, case):
    counted = add(desk, case, given(content=pdf(7)))
    picture = add(desk, case, given("图.jpg", factories.picture()))

    assert [row.pages for row in (*counted, *picture)] == [7, 1]
    assert sum(each.pages for each in files_of.prepared(case)) == 8


def test_what_cannot_be_counted_is_asked_for():
    taken = releases.FileTaken(PaperKind.RELEASED, "表.doc", "application/msword", None, None)

    assert refused(releases._pages, taken, given=None) == ("pages",)
    assert refused(releases._pages, taken, given=0) == ("pages",)
    assert releases._pages(taken, given=12) == 12


def test_nothing_changes_while_the_head_has_the_answer(desk, case):
    (row,) = add(desk, case)
    letter = draft(desk, case)
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-06"))

    late = refused(add, desk, case, on="2026-03-06")
    out = refused(
        releases.remove, row.pk, case_id=case.pk, actor=desk.clerk, at=moment("2026-03-06")
    )
    letters.send_back(letter.pk, reason="补", actor=desk.head, at=moment("2026-03-06"))
    add(desk, case, on="2026-03-06")

    assert (late, out) == (("status",), ("status",))
    assert ReleasedFile.objects.count() == 2


def test_who_prepared_the_files_does_not_sign_them(desk, case):
    add(desk, case, actor=desk.clerk_and_head)
    letter = draft(desk, case)
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-06"))

    at = moment("2026-03-06")
    assert refused(letters.approve, letter.pk, actor=desk.clerk_and_head, at=at) == ("four_eyes",)
    assert letters.approve(letter.pk, actor=desk.head, at=at).number


def test_who_changes_the_files_of_a_draft_is_one_of_its_authors(desk, case):
    letter = draft(desk, case)
    add(desk, case, actor=desk.clerk_too, on="2026-03-06")

    letter.refresh_from_db()
    assert desk.clerk_too.staff_id in letter.revised_by_ids


def test_a_removed_file_is_kept_and_never_handed_over(desk, case):
    (row,) = add(desk, case)
    releases.remove(row.pk, case_id=case.pk, actor=desk.clerk, at=moment("2026-03-06"))
    letter = desk.issue(draft(desk, case), "2026-03-06")

    again = refused(
        releases.remove, row.pk, case_id=case.pk, actor=desk.clerk, at=moment("2026-03-06")
    )
    assert letter.text["attachments"] == []
    assert refused(fetch, row, case) == ("no_such_file",)
    assert again in {("closed",), ("no_such_file",), ("status",)}
    assert str(row.attachment_id) not in dossiers.load(case, today=date(2026, 3, 9)).papers


def test_files_stay_online_for_the_offices_time(desk, case):
    OfficeSettings.objects.update(release_online_days=180)
    add(desk, case)
    desk.issue(draft(desk, case), "2026-03-06")
    row = ReleasedFile.objects.get()

    # 2026-03-06 and 180 calendar days: 25 in March, 30, 31, 30, 31, 31 to August, 2 in September
    found = files_of.fetchable(row.pk, case_id=case.pk)
    assert files_of.kept_until(found, days=180) == date(2026, 9, 2)
    fetch(row, case, "2026-09-02")
    assert refused(fetch, row, case, "2026-09-03") == ("no_longer_online",)


def test_who_may_not_prepare_is_refused(desk, case):
    assert refused(add, desk, case, actor=desk.head) == ("role",)
    assert refused(add, desk, case, actor=desk.supervisor) == ("role",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(3), ""),
        (pdf(3, font=True), "有1页还有可以选中、复制的文字"),
        (pdf(3, font=True, note=True), "有1页上的遮盖可能只是浮在上面的批注"),
    ],
)
def test_a_careless_redaction_is_warned_of(desk, case, content, words):
    (row,) = add(desk, case, given(content=content), redacted=True)

    assert row.warning.startswith(words)
    assert bool(row.warning) is bool(words)


def test_prepared_files_are_counted_apart_from_what_came_in(desk, case):
    OfficeSettings.objects.update(max_files=1)

    add(desk, case)
    assert refused(add, desk, case) == ("files",)


def test_an_answer_that_hands_nothing_over_is_as_before(desk, case):
    letter = desk.issue(draft(desk, case), "2026-03-06")

    assert letter.text["attachments"] == []
    assert "files" not in case.events.get(entry="answer_signed").data
    assert "files" not in letter_facts.attached(letter)
    assert status(case) == "answered"


def test_who_chose_email_gets_the_files_of_the_answer_and_no_others(desk, mailoutbox):
    case = desk.file("2026-03-02", way_wanted=WayWanted.EMAIL)
    (gone,) = add(desk, case, given("不给.pdf"))
    releases.remove(gone.pk, case_id=case.pk, actor=desk.clerk, at=moment("2026-03-05"))
    add(desk, case)
    letter = desk.issue(draft(desk, case), "2026-03-06")

    messages.send_due(at=moment("2026-03-09"))

    answer = next(mail for mail in mailoutbox if len(mail.attachments) > 1)
    assert [each[0] for each in answer.attachments] == [f"{letter.number}.pdf", "听证报告.pdf"]
    assert all("不给.pdf" not in str(mail.attachments) for mail in mailoutbox)


def test_an_answer_voided_before_its_mail_goes_is_not_mailed(desk, mailoutbox):
    case = desk.file("2026-03-02", way_wanted=WayWanted.EMAIL)
    add(desk, case)
    letter = desk.issue(draft(desk, case), "2026-03-06")
    reissues.reissue(letter.pk, reason="附件放错", actor=desk.clerk, at=moment("2026-03-06"))

    messages.send_due(at=moment("2026-03-09"))

    names = [each[0] for mail in mailoutbox for each in mail.attachments]
    assert "听证报告.pdf" not in names
    assert f"{letter.number}.pdf" not in names
