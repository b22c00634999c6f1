"""What is done from the work list: several cases at once, kept views, following, the spreadsheet."""

import io

import openpyxl
import pytest
from django.urls import reverse

from requests_app.models import (
    ArchiveRecord,
    Case,
    CaseWatch,
    Department,
    RegisterColumn,
    Reminder,
    SavedFilter,
)
from requests_app.selectors import registers, worklists
from requests_app.services import (
    assignments,
    closings,
    deliveries,
    letters,
    register_import,
    watching,
)
from tests import factories, offices
from tests.offices import moment

AT = moment("2026-03-12")
INDEX = reverse("admin:index")
SEVERAL = reverse("admin:several")


def words_of(page):
    return page.content.decode()


@pytest.fixture
def department(office):
    return Department.objects.get(code="zjj")


@pytest.fixture
def three(office):
    return [
        offices.register(office, moment(on)) for on in ("2026-03-02", "2026-03-03", "2026-03-04")
    ]


def do(browser, act, cases, **more):
    return browser.post(SEVERAL, {"act": act, "case": [case.pk for case in cases], **more})


# --- Several at once ---


def test_several_are_assigned_after_the_department_was_asked_for(
    at_desk, office, three, department
):
    asked = do(at_desk, "assign", three, back="?tab=to_assign")

    assert list(asked.context["ids"]) == [case.pk for case in three]
    assert [each.code for each in asked.context["departments"]] == ["xxgkk", "zjj"]
    assert not Case.objects.filter(department__isnull=False).exists()

    done = do(at_desk, "assign", three, department=department.pk, back="?tab=to_assign")

    assert [case.number for case in done.context["report"].done] == [case.number for case in three]
    assert f'href="{INDEX}?tab=to_assign"' in words_of(done)
    assert set(Case.objects.values_list("department", "status")) == {(department.pk, "assigned")}


def test_what_one_case_refuses_is_said_and_the_others_go_on(at_desk, office, three, department):
    closings.withdraw(
        three[1].pk, on=AT.date(), reason="撤回", actor=office.clerk.as_actor(), at=AT
    )

    page = do(at_desk, "assign", three, department=department.pk)

    report = page.context["report"]
    assert [case.pk for case in report.done] == [three[0].pk, three[2].pk]
    assert [(each.case.pk, each.reasons[0].code) for each in report.failed] == [
        (three[1].pk, "closed")
    ]
    assert "已分办 2 件，没有办成 1 件" in words_of(page)
    assert three[1].number in words_of(page)


def test_a_reminder_goes_out_once_a_day_and_the_page_says_so(at_desk, office, three, department):
    clerk = office.clerk.as_actor()
    assignments.assign(three[0].pk, department_id=department.pk, clerk_id=None, actor=clerk, at=AT)

    first = do(at_desk, "remind", three[:1])
    again = do(at_desk, "remind", three[:1])

    assert [case.pk for case in first.context["report"].done] == [three[0].pk]
    assert Reminder.objects.filter(case=three[0]).exists()
    (failure,) = again.context["report"].failed
    assert "今天" in str(failure.reasons[0])


def archivable(office, issued):
    """Filed online, answered and handed over: nothing compulsory is lacking."""
    from requests_app.services import answers, filing

    case = filing.file_online(factories.application(), at=moment("2026-03-02")).case
    letters.render_due(at=moment("2026-03-02"))
    draft = answers.draft(
        case.pk,
        outcome=factories.OutcomeCode.DISCLOSED,
        fields=factories.DISCLOSED,
        actor=office.clerk.as_actor(),
        at=AT,
    )
    letter = issued(draft)
    deliveries.fetch(letter.pk, case_id=case.pk, at=AT)
    return case


def test_several_are_archived_each_with_its_number_or_its_reasons(at_desk, office, three, issued):
    ready = archivable(office, issued)

    page = do(at_desk, "archive", [ready, three[0]], back=f"case:{ready.pk}")

    report = page.context["report"]
    assert [case.pk for case in report.done] == [ready.pk]
    assert [each.case.pk for each in report.failed] == [three[0].pk]
    assert ArchiveRecord.objects.get().case_id == ready.pk
    assert f'href="{reverse("admin:case", args=[ready.pk])}"' in words_of(page)


def test_what_lacks_papers_is_not_archived_in_bulk_and_says_which(at_desk, office, three):
    case = three[0]
    letters.render_due(at=AT)
    closings.withdraw(case.pk, on=AT.date(), reason="撤回", actor=office.clerk.as_actor(), at=AT)
    letters.render_due(at=AT)

    page = do(at_desk, "archive", [case])

    assert page.context["report"].done == ()
    assert "没有申请表（申请书）原件的扫描件" in words_of(page)
    assert not ArchiveRecord.objects.exists()


@pytest.mark.parametrize("act", ["assign", "remind", "archive"])
def test_nothing_chosen_leads_back_with_a_sentence(at_desk, case, act):
    page = at_desk.post(SEVERAL, {"act": act, "back": "?tab=overdue"}, follow=True)

    assert page.redirect_chain == [(f"{INDEX}?tab=overdue", 302)]
    assert "请先选择申请。" in words_of(page)


@pytest.mark.parametrize(
    "given",
    [
        {"act": "burn", "case": ["1"]},
        {"case": ["1"]},
    ],
)
def test_an_act_nobody_knows_is_not_found(at_desk, case, given):
    assert at_desk.post(SEVERAL, given).status_code == 404


@pytest.mark.parametrize("chosen", ["x", "9" * 30, "-1", "１"])
def test_a_case_nobody_can_mean_is_nothing_chosen(at_desk, case, chosen):
    page = at_desk.post(SEVERAL, {"act": "archive", "case": [chosen]}, follow=True)

    assert page.status_code == 200
    assert not ArchiveRecord.objects.exists()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "case:x", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_elsewhere(at_desk, case, back):
    answer = at_desk.post(SEVERAL, {"act": "archive", "back": back})

    assert answer.url.startswith(INDEX)


def test_who_may_not_do_it_is_told_and_nothing_happens(office, three, sit_down, department):
    page = sit_down(office.supervisor).post(
        SEVERAL, {"act": "assign", "case": [three[0].pk], "department": department.pk}, follow=True
    )

    assert "您现在的岗位不能办理" in words_of(page)
    assert Case.objects.get(pk=three[0].pk).department_id is None


def test_bulk_acts_are_not_done_by_looking(at_desk, case):
    assert at_desk.get(SEVERAL, {"act": "archive", "case": case.pk}).status_code == 405


# --- Kept views and following ---


def save(browser, name, query):
    url = reverse("admin:save_filter")
    return browser.post(url, {"name": name, "query": query}, follow=True)


def test_a_view_is_kept_shown_and_passed_on(at_desk, office, three, sit_down):
    page = save(at_desk, "快到期的", "?tab=live&light=yellow&nonsense=1")

    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.name, kept.query) == (
        office.clerk,
        "快到期的",
        "?tab=live&light=yellow",
    )
    assert "已存为常用筛选“快到期的”" in words_of(page)
    assert "快到期的" in words_of(at_desk.get(INDEX))
    # The address alone is enough for a colleague; the name is one's own.
    other = sit_down(office.supervisor).get(INDEX + kept.query)
    assert other.status_code == 200
    assert "快到期的" not in words_of(other)


def test_the_same_name_is_the_new_view(at_desk):
    save(at_desk, "我的", "?tab=overdue")
    save(at_desk, "我的", "?tab=today")

    assert SavedFilter.objects.get().query == "?tab=today"


@pytest.mark.parametrize(
    ("name", "words"), [(" ", "请给这个筛选起个名字。"), ("名" * 31, "最多30字")]
)
def test_a_view_that_cannot_be_kept_is_told(at_desk, name, words):
    assert words in words_of(save(at_desk, name, "?tab=overdue"))
    assert not SavedFilter.objects.exists()


def test_one_view_too_many_is_told(at_desk):
    for place in range(watching.MOST_FILTERS):
        save(at_desk, f"第{place}个", "?tab=overdue")

    assert "常用筛选最多20个" in words_of(save(at_desk, "再一个", "?tab=today"))


def test_a_view_is_forgotten_by_its_owner_alone(at_desk, office, sit_down):
    save(at_desk, "我的", "?tab=overdue")
    url = reverse("admin:forget_filter", args=[SavedFilter.objects.get().pk])

    sit_down(office.supervisor).post(url)
    assert SavedFilter.objects.count() == 1
    sit_down(office.clerk).post(url)
    assert SavedFilter.objects.count() == 0


def test_a_case_is_followed_and_left(at_desk, office, case):
    url = reverse("admin:watch", args=[case.pk])

    at_desk.post(url, {"following": "yes", "back": "?tab=watched"})
    assert [row.number for row in at_desk.get(INDEX, {"tab": "watched"}).context["rows"]] == [
        case.number
    ]
    at_desk.post(url, {"following": "no"})

    assert not CaseWatch.objects.exists()


def test_a_case_of_another_department_is_not_followed(office, case, sit_down):
    url = reverse("admin:watch", args=[case.pk])

    assert sit_down(office.handler).post(url, {"following": "yes"}).status_code == 404


def filtered(browser, **asked):
    return [row.number for row in browser.get(INDEX, asked).context["rows"]]


def test_each_filter_narrows_the_list(at_desk, office, three, department):
    clerk = office.clerk.as_actor()
    assignments.assign(
        three[1].pk, department_id=department.pk, clerk_id=office.clerk.pk, actor=clerk, at=AT
    )
    offices.register(
        office,
        moment("2026-03-05"),
        kind=factories.ApplicantKind.ORGANISATION,
        name="金昌演示有限公司",
        identity_kind=None,
        identity_number="",
        organisation_type=factories.OrganisationType.BUSINESS,
        representative="赵甲",
        contact_person="钱乙",
    )
    numbers = [case.number for case in three]

    assert filtered(at_desk, department=department.pk) == [numbers[1]]
    assert filtered(at_desk, status="assigned") == [numbers[1]]
    assert filtered(at_desk, kind="business") == ["2026-0004"]
    assert filtered(at_desk, kind="person") == numbers
    assert filtered(at_desk, received_from="2026-03-03", received_to="2026-03-03") == [numbers[1]]
    assert filtered(at_desk, due_to="2026-03-30") == [numbers[0]]
    assert filtered(at_desk, channel="mail_signed") == []
    assert filtered(at_desk, received_from="31.2.2026") == [*numbers, "2026-0004"]


# --- The spreadsheet ---


def sheet(browser, **asked):
    answer = browser.get(reverse("admin:register"), asked)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return answer, [[cell.value for cell in row] for row in book.active.iter_rows()]


def table(rows):
    """Return the lines of the register by the name of their column."""
    head = next(place for place, row in enumerate(rows) if "申请编号" in row or "编号" in row)
    return rows[head], [
        dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if any(row)
    ]


def test_the_spreadsheet_holds_what_the_list_shows_under_the_usual_headings(at_desk, three):
    answer, rows = sheet(at_desk)
    head, lines = table(rows)

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="register-20260312.xlsx"'
    )
    assert head[:4] == ["序号", "申请编号", "受文机关", "收到日期"]
    assert [
        (line["序号"], line["申请编号"], str(line["收到日期"])[:10], line["剩余工作日"])
        for line in lines
        if line["申请编号"]
    ] == [
        (1, "2026-0001", "2026-03-02", "12/20"),
        (2, "2026-0002", "2026-03-03", "13/20"),
        (3, "2026-0003", "2026-03-04", "14/20"),
    ]


def test_the_spreadsheet_follows_the_filters_and_takes_all_pages(at_desk, three, monkeypatch):
    monkeypatch.setattr(worklists, "PAGE_SIZE", 1)

    _, whole = sheet(at_desk)
    _, one = sheet(at_desk, received_from="2026-03-04", after="0_x_1")

    assert len([line for line in table(whole)[1] if line["申请编号"]]) == 3
    assert [line["申请编号"] for line in table(one)[1] if line["申请编号"]] == ["2026-0003"]


def test_the_office_chooses_columns_order_and_headings(at_desk, case):
    RegisterColumn.objects.create(code="description", heading="申请内容", position=2)
    RegisterColumn.objects.create(code="number", heading="编号", position=1)

    head, lines = table(sheet(at_desk)[1])

    assert [each for each in head if each] == ["编号", "申请内容"]
    assert lines[0]["编号"] == case.number


def test_no_identity_number_address_or_phone_is_in_it(at_desk, office):
    offices.register(office, moment("2026-03-02"), phone="13800006027")

    said = str(sheet(at_desk)[1])

    assert "陈向前" in said
    for secret in ("E12345678", "13800006027", "chen@example.com", "演示路1号"):
        assert secret not in said


def test_words_that_a_spreadsheet_would_run_are_only_words(at_desk, office):
    offices.register(office, moment("2026-03-02"), name="=1+1")
    answer = at_desk.get(reverse("admin:register"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells if "1+1" in str(cell.value)} <= {"s"}


def test_too_many_for_one_sheet_is_said(at_desk, three, monkeypatch):
    monkeypatch.setattr(registers, "MOST_ROWS", 2)

    answer = at_desk.get(reverse("admin:register"))

    assert answer.status_code == 422
    assert "一次最多导出2件" in words_of(answer)


def test_a_handler_takes_only_the_own_department_along(office, three, sit_down, department):
    assignments.assign(
        three[0].pk,
        department_id=department.pk,
        clerk_id=None,
        actor=office.clerk.as_actor(),
        at=AT,
    )

    _, lines = table(sheet(sit_down(office.handler))[1])

    assert [line["申请编号"] for line in lines if line["申请编号"]] == [three[0].number]


# --- Many rows ---


def bring_in(office, count, first=1):
    head = "编号,收到日期,申请人,申请内容\n"
    rows = "".join(
        f"2026-{place:04d},2026-03-{2 + place % 9:02d},李{place},第{place}项的合同\n"
        for place in range(first, first + count)
    )
    register_import.take_in(
        (head + rows).encode(),
        file_name=f"{first}.csv",
        actor=office.clerk.as_actor(),
        at=AT,
    )


def test_three_hundred_rows_ask_as_many_questions_as_three(
    at_desk, office, django_assert_num_queries
):
    # Three that are alike, so that the question about alike cases is asked from the start.
    bring_in(office, 3)
    at_desk.get(INDEX)
    with django_assert_num_queries(27):
        assert len(at_desk.get(INDEX).context["rows"]) == 3
    bring_in(office, 297, first=4)

    with django_assert_num_queries(27):
        page = at_desk.get(INDEX)

    assert (len(page.context["rows"]), page.context["tabs"][0][1]) == (worklists.PAGE_SIZE, 300)
    assert page.context["next_page"]


def test_a_spreadsheet_of_three_hundred_asks_as_many_questions_as_one(
    at_desk, office, django_assert_num_queries
):
    bring_in(office, 1)
    at_desk.get(INDEX)
    with django_assert_num_queries(11):
        sheet(at_desk)
    bring_in(office, 299, first=2)

    with django_assert_num_queries(11):
        _, rows = sheet(at_desk)

    assert len([line for line in table(rows)[1] if line["申请编号"]]) == 300
