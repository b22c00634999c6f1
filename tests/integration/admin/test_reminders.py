"""Pages of the ladder: my reminders, leave, 督办单, owed and sent, jobs, settings, the reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from requests_app.domain.jobs import JOBS
from requests_app.models import (
    Absence,
    EscalationSettings,
    JobRun,
    LateReason,
    Reminder,
    SupervisionOrder,
)
from requests_app.selectors import reminders
from requests_app.services import escalation
from tests import offices

LATE = offices.moment("2026-03-12", "08:30")


@pytest.fixture(autouse=True)
def _quick_sheet(monkeypatch):
    from requests_app.adapters import pdf

    monkeypatch.setattr(pdf, "render_sheet", lambda sheet: b"%PDF-1.7 " + sheet.number.encode())


@pytest.fixture
def late(office):
    """Received on 2 February, due 9 March, three working days ago; told of this morning."""
    case = offices.register(office, offices.moment("2026-02-02"))
    escalation.run(at=LATE)
    return case


def page(browser, name, *args, status=200):
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_my_reminders_are_listed_and_acknowledged(late, office, sit_down):
    browser = sit_down(office.clerk)
    html = page(browser, "admin:reminders")
    assert "红牌" in html
    assert late.number in html
    assert "陈向前" not in html

    own = Reminder.objects.filter(recipient=office.clerk, sent_at__isnull=False)
    answer = browser.post(
        reverse("admin:reminders"), {"reminder": [row.pk for row in own]}, follow=True
    )

    assert f"已签收{own.count()}条提醒。" in answer.content.decode()
    assert not own.filter(acknowledged_at=None).exists()


def test_acknowledging_nothing_says_so(late, at_desk):
    answer = at_desk.post(reverse("admin:reminders"), {"reminder": ["x", "999"]}, follow=True)

    assert "这些提醒已经签收" in answer.content.decode()


def test_the_last_reminder_of_a_page_of_cases_is_one_query(late, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = reminders.last_sent([late.pk, 10**6])

    told = found[late.pk]
    assert set(found) == {late.pk}
    assert (told.label, told.sent_at, told.acknowledged) == ("红牌", LATE, 0)


def test_leave_is_recorded_shown_and_called_off(office, sit_down):
    browser = sit_down(office.clerk)
    given = {
        "person": office.clerk.pk,
        "first_on": "2026-03-12",
        "last_on": "2026-03-20",
        "cover": "",
    }
    wrong = browser.post(reverse("admin:absences"), {**given, "last_on": "2026-03-01"})
    assert (wrong.status_code, "结束日期不能早于开始日期" in wrong.content.decode()) == (422, True)

    browser.post(reverse("admin:absences"), given)
    assert "请假中" in page(browser, "admin:absences")

    browser.post(reverse("admin:absences"), {"cancel": Absence.objects.get().pk})
    assert "没有人请假" in page(browser, "admin:absences")


def test_owed_and_sent_names_what_came_late_and_why(late, office, sit_down):
    html = page(sit_down(office.supervisor), "reports:reminders")

    assert "条提醒因系统没有运行而迟发" in html
    assert "当日没有运行，恢复后补发" in html
    assert "陈向前" not in html


def test_owed_and_sent_is_the_supervisors(late, office, sit_down):
    page(sit_down(office.clerk), "reports:reminders", status=403)


@pytest.mark.parametrize("count", [1, 3])
def test_owed_and_sent_asks_the_same_for_one_and_for_many(
    office, sit_down, count, django_assert_max_num_queries
):
    for _ in range(count):
        offices.register(office, offices.moment("2026-02-02"))
    escalation.run(at=LATE)
    browser = sit_down(office.supervisor)
    page(browser, "reports:reminders")

    with django_assert_max_num_queries(24):
        page(browser, "reports:reminders")


def test_an_order_is_listed_opened_and_answered(late, office, sit_down):
    browser = sit_down(office.supervisor)
    order = SupervisionOrder.objects.get()
    assert order.number in page(browser, "reports:orders")
    assert "登记反馈" in page(browser, "reports:order", order.pk)
    answer = browser.get(reverse("reports:order_pdf", args=[order.pk]))
    assert answer.content == b"%PDF-1.7 " + order.number.encode()

    here = reverse("reports:order", args=[order.pk])
    wrong = browser.post(here, {"on": "2026-03-01", "reply": "已办"})
    assert (wrong.status_code, "反馈日期应当在" in wrong.content.decode()) == (422, True)
    browser.post(here, {"on": "2026-03-12", "reply": "已办结"})

    order.refresh_from_db()
    assert (order.replied_on, order.reply) == (date(2026, 3, 12), "已办结")
    assert "没有等反馈的督办单" in page(browser, "reports:orders")


def test_an_order_of_another_department_does_not_exist(late, office, sit_down):
    order = SupervisionOrder.objects.get()

    page(sit_down(office.handler), "reports:order", order.pk, status=404)


def test_a_supervisor_issues_an_order_by_hand(case, office, sit_down):
    browser = sit_down(office.supervisor)
    here = reverse("reports:order_new", args=[case.pk])
    assert here in page(browser, "admin:case", case.pk)
    assert here not in page(sit_down(office.clerk), "admin:case", case.pk)
    browser = sit_down(office.supervisor)
    assert "请加快办理" in page(browser, "reports:order_new", case.pk)

    browser.post(here, {"asked": "请三日内报进展"})

    assert SupervisionOrder.objects.get().asked == "请三日内报进展"
    assert browser.post(here, {"asked": ""}).status_code == 422


def test_a_version_of_the_thresholds_is_decided_on_its_page(office, sit_down):
    browser = sit_down(office.administrator)
    html = page(browser, "reports:escalation_settings")
    assert "初始设置" in html
    from dataclasses import asdict

    from requests_app.domain.escalation import Thresholds

    given = {**asdict(Thresholds()), "effective_from": "2026-03-12", "reason": "节前提前一天"}
    wrong = browser.post(reverse("reports:escalation_settings"), {**given, "urge": 5})
    assert (wrong.status_code, "应当小于" in wrong.content.decode()) == (422, True)

    browser.post(reverse("reports:escalation_settings"), {**given, "urge": 4})

    assert EscalationSettings.objects.get().urge == 4
    assert "节前提前一天" in page(browser, "reports:escalation_settings")


def test_a_missing_job_shows_a_banner_to_who_answers_for_it(office, sit_down):
    offices.was_set_up_at(LATE - timedelta(hours=27))
    assert "后台任务超过26小时" in page(sit_down(office.supervisor), "admin:index")
    assert "后台任务超过26小时" in page(sit_down(office.supervisor), "reports:jobs")
    assert "后台任务超过26小时" not in page(sit_down(office.clerk), "admin:index")

    for job, spec in JOBS.items():
        if spec.periodic:
            JobRun.objects.create(job=job, started_at=LATE, ended_at=LATE)
    assert "后台任务超过26小时" not in page(sit_down(office.supervisor), "admin:index")


def test_the_page_of_jobs_says_in_words_what_went_wrong(office, sit_down):
    JobRun.objects.create(
        job="escalate", started_at=LATE, ended_at=LATE, seen=3, failed=1, error="KeyError (x.py:1)"
    )
    JobRun.objects.create(job="flag_due", started_at=LATE)

    html = page(sit_down(office.administrator), "reports:jobs")

    assert "运行中断：KeyError (x.py:1)。十五分钟后自动重试" in html
    assert "没有结束" in html


def test_the_reason_is_asked_on_the_case_of_a_late_one_only(late, case, office, sit_down):
    browser = sit_down(office.clerk)
    assert "说明超期原因" in page(browser, "admin:case", late.pk)
    assert "说明超期原因" not in page(browser, "admin:case", case.pk)
    here = reverse("admin:act", args=[late.pk, "explain_late"])

    wrong = browser.post(here, {"days_search": "2"})
    assert (wrong.status_code, "请写明“检索、整理”耽误的原因" in wrong.content.decode()) == (
        422,
        True,
    )
    browser.post(here, {"days_search": "2", "text_search": "库房搬迁"})

    assert LateReason.objects.get().text == "库房搬迁"
    html = page(sit_down(office.supervisor), "reports:cases")
    assert "检索、整理2个工作日：库房搬迁" in html
