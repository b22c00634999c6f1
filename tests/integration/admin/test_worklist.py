import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from requests_app.domain.access import Role
from requests_app.domain.ledger import Entry
from requests_app.domain.lights import Light
from requests_app.models import CalendarNotice, Case, Department
from requests_app.selectors import calendars, worklist_details, worklist_flags, worklists
from requests_app.selectors import offices as selector
from requests_app.selectors.worklist_flags import Flag
from requests_app.selectors.worklists import Day, Query, Tab
from requests_app.services import assignments, closings, corrections, entries, projections
from tests import offices

CORRECTION = {"points": "哪一年的清单", "guidance": "请写明年份", "correction_days": "10"}


def day(on="2026-03-12"):
    return Day(offices.moment(on).date(), calendars.current())


def numbers(response):
    return [row.number for row in response.context["rows"]]


@pytest.fixture
def several(office):
    """Cases in several states: overdue, near, far, with a department, withdrawn."""
    made = [
        offices.register(office, offices.moment(on))
        for on in ("2026-02-05", "2026-02-12", "2026-03-02", "2026-03-11", "2026-03-10")
    ]
    at = offices.moment("2026-03-11")
    clerk = office.clerk.as_actor()
    department = Department.objects.get(code="zjj")
    assignments.assign(made[2].pk, department_id=department.pk, clerk_id=None, actor=clerk, at=at)
    corrections.request(made[3].pk, fields=CORRECTION, actor=clerk, at=at)
    closings.withdraw(made[4].pk, on=at.date(), reason="来信撤回", actor=clerk, at=at)
    return [Case.objects.get(pk=each.pk) for each in made]


def test_list_begins_with_overdue_then_fewest_days_left(at_desk, several):
    response = at_desk.get(reverse("admin:index"))

    assert [(row.number, row.standing.figure) for row in response.context["rows"]] == [
        ("2026-0001", "+1"),
        ("2026-0002", "4"),
        ("2026-0003", "12"),
        ("2026-0004", "19"),
    ]


@pytest.mark.parametrize("tab", Tab)
def test_count_of_a_tab_is_the_length_of_its_list(office, several, tab):
    clerk = office.clerk.as_actor()
    counts = worklists.count(clerk, query=Query(tab=tab), day=day())

    found = worklists.rows(clerk, query=Query(tab=tab), day=day())

    assert counts.tabs[tab] == len(found)


def test_every_tab_shows_what_belongs_there(office, several):
    counts = worklists.count(office.clerk.as_actor(), query=Query(), day=day())

    assert dict(counts.tabs) == {
        Tab.LIVE: 4,
        Tab.TO_ASSIGN: 4,
        Tab.TODAY: 1,
        Tab.APPLICANT: 0,
        Tab.CONSULTING: 0,
        Tab.PAYMENT: 0,
        Tab.DEPARTMENT: 0,
        Tab.APPROVAL: 0,
        Tab.DISPATCH: 0,
        Tab.OVERDUE: 1,
        Tab.WATCHED: 0,
        Tab.CLOSED: 1,
    }


def test_a_light_lists_the_cases_that_show_it(office, several):
    clerk = office.clerk.as_actor()

    listed = {
        light: len(worklists.rows(clerk, query=Query(light=light), day=day()))
        for light in Light
        if light is not Light.NONE
    }

    assert {light: number for light, number in listed.items() if number} == {
        Light.DARKRED: 1,
        Light.YELLOW: 1,
        Light.GREEN: 2,
    }


@pytest.mark.parametrize("flag", worklist_flags.STRIP)
def test_count_of_the_strip_is_the_length_of_its_list(office, several, flag):
    clerk = office.clerk.as_actor()
    counts = worklists.count(clerk, query=Query(), day=day())

    found = worklists.rows(clerk, query=Query(flag=flag), day=day())

    assert counts.flags[flag] == len(found) == (1 if flag is Flag.OVERDUE else 0)


def test_days_left_are_right_although_no_job_ran(at_desk, case):
    Case.objects.filter(pk=case.pk).update(projected_on="2026-03-02", clock_state="running")

    row = at_desk.get(reverse("admin:index")).context["rows"][0]

    assert (row.standing.figure, row.standing.total, row.due) == ("12", 20, "03-30 周一")


def test_case_overdue_since_yesterday_is_overdue_although_stored_as_running(at_desk, office):
    found = offices.register(office, offices.moment("2026-02-05"))
    Case.objects.filter(pk=found.pk).update(projected_on="2026-02-05", clock_state="running")

    response = at_desk.get(reverse("admin:index"), {"tab": "overdue"})

    assert numbers(response) == [found.number]
    assert "超期" in response.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "2026-0001",
        "陈向前",
        "金政办公开受〔2026〕1号",
        "金政办公开受[2026]1号",
        "金政办公开受(2026)第1号",
    ],
)
def test_search_finds_by_number_name_and_document_number(at_desk, case, words):
    assert numbers(at_desk.get(reverse("admin:index"), {"q": words})) == [case.number]


def test_search_that_finds_nothing_says_what_can_be_searched(at_desk, case):
    response = at_desk.get(reverse("admin:index"), {"q": "不在这里"})

    assert numbers(response) == []
    assert "没有找到“不在这里”" in response.content.decode()


def test_search_finds_by_the_end_of_a_phone_number(at_desk, office):
    found = offices.register(office, offices.moment("2026-03-02"), phone="13800006027")

    assert numbers(at_desk.get(reverse("admin:index"), {"q": "6027"})) == [found.number]
    assert numbers(at_desk.get(reverse("admin:index"), {"q": "027"})) == []


def test_filters_narrow_list_and_counts_alike(at_desk, several):
    department = Department.objects.get(code="zjj")

    response = at_desk.get(reverse("admin:index"), {"department": department.pk})

    assert numbers(response) == ["2026-0003"]
    assert response.context["tabs"][0][1] == 1


def test_nonsense_in_the_address_is_ignored(at_desk, case):
    asked = {
        "tab": "nowhere",
        "light": "pink",
        "department": "x",
        "clerk": "9" * 40,
        "channel": "pigeon",
    }

    assert numbers(at_desk.get(reverse("admin:index"), asked)) == [case.number]


def test_pages_follow_each_other_without_gap_or_double(at_desk, several, monkeypatch):
    monkeypatch.setattr(worklists, "PAGE_SIZE", 3)
    first = at_desk.get(reverse("admin:index"))

    second = at_desk.get(reverse("admin:index") + first.context["next_page"])

    assert numbers(first) == ["2026-0001", "2026-0002", "2026-0003"]
    assert numbers(second) == ["2026-0004"]
    assert second.context["next_page"] == ""


def test_page_key_nobody_made_leads_back_to_the_first_page(at_desk, case):
    response = at_desk.get(reverse("admin:index"), {"after": "0_somewhere_1"})

    assert numbers(response) == [case.number]
    assert "没有这一页，请回到第一页。" in response.content.decode()


def test_closed_cases_stand_newest_first(at_desk, several):
    assert numbers(at_desk.get(reverse("admin:index"), {"tab": "closed"})) == ["2026-0005"]


def test_list_asks_as_many_questions_for_three_cases_as_for_one(
    at_desk, office, case, django_assert_num_queries
):
    url = reverse("admin:index")
    at_desk.get(url)
    with django_assert_num_queries(27):
        assert len(at_desk.get(url).context["rows"]) == 1
    for on in ("2026-03-03", "2026-03-04"):
        offices.register(office, offices.moment(on))

    with django_assert_num_queries(27):
        assert len(at_desk.get(url).context["rows"]) == 3


def test_handler_sees_only_the_cases_of_the_own_department(office, several, sit_down):
    response = sit_down(office.handler).get(reverse("admin:index"))

    assert numbers(response) == ["2026-0003"]


def test_row_masks_the_name(at_desk, case):
    text = at_desk.get(reverse("admin:index")).content.decode()

    assert "陈*前" in text
    assert "陈向前" not in text


def test_next_step_is_one_the_reader_may_do(office, several, sit_down):
    department = Department.objects.get(code="zjj").pk
    asked = {"department": department}

    steps = {
        role: sit_down(getattr(office, role))
        .get(reverse("admin:index"), asked)
        .context["rows"][0]
        .step.label
        for role in ("clerk", "handler", "supervisor")
    }

    assert steps == {"clerk": "改派", "handler": "签收", "supervisor": "查看"}


def test_marks_count_what_stands_and_forget_what_was_voided(office, case):
    at, clerk = offices.moment("2026-03-12"), office.clerk.as_actor()
    with transaction.atomic():
        told = entries.append(
            case, entry=Entry.EXTENSION_NOTIFIED, on=at.date(), actor=clerk, at=at
        )
    settings = selector.settings(on=at.date())
    before = worklist_details.of([case], day=day(), settings=settings)[case.pk]
    entries.void(case.pk, seq=told.seq, reason="登记错了", actor=clerk, at=at)

    after = worklist_details.of([case], day=day(), settings=settings)[case.pk]

    assert (before.extensions, after.extensions) == (1, 0)


def test_pause_that_ran_out_overnight_is_no_longer_shown_as_one(sit_down, office, case):
    sent, clerk = offices.moment("2026-03-03"), office.clerk.as_actor()
    with transaction.atomic():
        for entry in (Entry.CONSULT_SENT, Entry.CONSULT_DELIVERED):
            entries.append(case, entry=entry, on=sent.date(), actor=clerk, at=sent, ref="1")
        projections.refresh(case, today=sent.date())
    assert Case.objects.get().clock_state == "paused"

    with time_machine.travel(offices.moment("2026-04-15"), tick=False):
        row = sit_down(office.clerk).get(reverse("admin:index")).context["rows"][0]

    # 3 March counted, 4 to 24 March excluded, 19 more days from 25 March: 21 April.
    assert (row.standing.paused, row.standing.figure, row.due) == (False, "4", "04-21 周二")


def test_administrator_is_led_to_the_settings(office, case, sit_down):
    response = sit_down(office.administrator).get(reverse("admin:index"))

    assert response.status_code == 302
    assert response.url == reverse("admin:setup")
    assert Role.ADMINISTRATOR in office.administrator.as_actor().roles


@pytest.mark.parametrize("name", ["index", "intake", "approvals"])
def test_page_without_a_calendar_says_what_is_missing(office, case, sit_down, name):
    CalendarNotice.objects.update(approved_at=None)
    person = office.head if name == "approvals" else office.clerk

    response = sit_down(person).get(reverse(f"admin:{name}"))

    assert response.status_code == 422
    assert "还没有启用的工作日历，不能计算期限。" in response.content.decode()


def test_a_character_no_database_keeps_finds_what_the_rest_finds(at_desk, case):
    answer = at_desk.get(reverse("admin:index"), {"q": f"{case.number}\0"})

    assert numbers(answer) == [case.number]
