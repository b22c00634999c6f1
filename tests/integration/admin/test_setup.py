from datetime import date

import pytest
from django.contrib.admin import ModelAdmin
from django.db import DataError
from django.urls import reverse

from requests_app.models import (
    CalendarNotice,
    Department,
    OfficeSettings,
    ReadingPoint,
    Seal,
    SetupChange,
    StaffUser,
)
from requests_app.selectors import integrity
from requests_app.services import seals
from tests import offices


@pytest.fixture
def at_setup(office, sit_down):
    return sit_down(office.administrator)


def test_settings_that_hold_already_are_not_changed(at_setup):
    row = OfficeSettings.objects.get()

    response = at_setup.post(
        reverse("admin:requests_app_officesettings_change", args=[row.pk]),
        {"phone": "0935-0000000"},
    )

    assert response.status_code == 403


def test_new_version_begins_with_the_words_of_the_last(at_setup):
    form = at_setup.get(reverse("admin:requests_app_officesettings_add")).context["adminform"].form

    assert form["phone"].value() == OfficeSettings.objects.get().phone
    assert form["effective_from"].value() is None


def test_new_version_is_saved_with_its_day(at_setup):
    url = reverse("admin:requests_app_officesettings_add")
    form = at_setup.get(url).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value not in (None, False)}

    at_setup.post(url, typed | {"effective_from": "2026-04-01", "phone": "0935-0000000"})

    assert OfficeSettings.objects.get(effective_from=date(2026, 4, 1)).phone == "0935-0000000"


def test_department_in_use_keeps_its_name(at_setup):
    row = Department.objects.get(code="zjj")

    at_setup.post(
        reverse("admin:requests_app_department_change", args=[row.pk]),
        {"name": "别的名字", "phone": "1", "valid_to": ""},
    )

    row.refresh_from_db()
    assert (row.name, row.phone) == ("市住房和城乡建设局", "1")


def test_account_is_made_with_its_role(at_setup):
    at_setup.post(
        reverse("admin:requests_app_staffuser_add"),
        {
            "username": "zhou",
            "display_name": "周某",
            "usable_password": "true",
            "password1": "a long night train",
            "password2": "a long night train",
            "held_roles-TOTAL_FORMS": "1",
            "held_roles-INITIAL_FORMS": "0",
            "held_roles-0-role": "clerk",
        },
    )

    assert [held.role for held in StaffUser.objects.get(username="zhou").held_roles.all()] == [
        "clerk"
    ]


def test_account_is_never_deleted(at_setup, office):
    url = reverse("admin:requests_app_staffuser_delete", args=[office.clerk.pk])

    assert at_setup.post(url, {"post": "yes"}).status_code == 403


def test_notice_is_recorded_by_one_and_approved_by_another(at_setup, office, sit_down):
    typed = {
        "number": "国办发明电〔2026〕9号",
        "published_on": "2026-03-10",
        "days": "2026-12-30 放假 测试\n2026-12-27 上班 测试",
    }
    response = at_setup.post(reverse("admin:calendars"), typed)
    notice = CalendarNotice.objects.get(number="国办发明电〔2026〕9号")
    page = reverse("admin:calendar_notice", args=[notice.pk])

    own = at_setup.post(page, {"do": "approve"}, follow=True)
    sit_down(office.head).post(page, {"do": "approve"})

    assert response.url == page
    assert "是您自己登记的，请由另一人核对后启用。" in own.content.decode()
    notice.refresh_from_db()
    assert notice.approved_by == office.head


def test_notice_page_lists_the_dates_it_moves(at_setup, office, case, sit_down):
    typed = {
        "number": "国办发明电〔2026〕9号",
        "published_on": "2026-03-10",
        "days": "2026-03-30 放假 测试",
    }
    at_setup.post(reverse("admin:calendars"), typed)
    notice = CalendarNotice.objects.get(number="国办发明电〔2026〕9号")

    impact = at_setup.get(reverse("admin:calendar_notice", args=[notice.pk])).context["impact"]

    assert [(move.number, move.old, move.new, move.earlier) for move in impact.changed] == [
        (case.number, date(2026, 3, 30), date(2026, 3, 31), False)
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("2026-02-30 放假 春节", "第1行“2026-02-30 放假 春节”看不懂"),
        ("2026-12-30 休息 测试", "第1行“2026-12-30 休息 测试”看不懂"),
        ("2026-12-30 放假 测试\n2026-12-30 放假 测试", "2026-12-30在同一通知中重复出现。"),
    ],
)
def test_notice_with_an_impossible_day_is_refused(at_setup, days, words):
    typed = {"number": "国办发明电〔2026〕9号", "published_on": "2026-03-10", "days": days}

    response = at_setup.post(reverse("admin:calendars"), typed)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not CalendarNotice.objects.filter(number="国办发明电〔2026〕9号").exists()


def test_waiting_notice_can_be_removed(at_setup):
    typed = {
        "number": "国办发明电〔2026〕9号",
        "published_on": "2026-03-10",
        "days": "2026-12-30 放假 测试",
    }
    at_setup.post(reverse("admin:calendars"), typed)
    notice = CalendarNotice.objects.get(number="国办发明电〔2026〕9号")

    at_setup.post(reverse("admin:calendar_notice", args=[notice.pk]), {"do": "discard"})

    assert not CalendarNotice.objects.filter(pk=notice.pk).exists()


@pytest.mark.parametrize("typed", ["held_roles__role=%00", "q=%00", "p=x&o=%00"])
def test_filter_no_database_understands_leads_to_a_list(at_setup, typed):
    url = reverse("admin:requests_app_staffuser_changelist")

    assert at_setup.get(f"{url}?{typed}", follow=True).status_code == 200


def test_filter_refused_by_the_database_leads_to_the_whole_list(at_setup, monkeypatch):
    def refuse(*args, **kwargs):
        raise DataError("invalid regular expression")

    monkeypatch.setattr(ModelAdmin, "changelist_view", refuse)
    url = reverse("admin:requests_app_staffuser_changelist")

    assert at_setup.get(f"{url}?username__regex=(").url == url
    with pytest.raises(DataError):
        at_setup.get(url)


def test_department_does_not_end_before_it_begins(at_setup):
    row = Department.objects.first()
    url = reverse("admin:requests_app_department_change", args=[row.pk])

    answer = at_setup.post(url, {"phone": "", "valid_to": "1900-01-01"})

    assert answer.status_code == 200
    assert "停用日期不能早于启用日期" in answer.content.decode()
    assert Department.objects.get(pk=row.pk).valid_to is None


def test_row_nobody_can_mean_deletes_nothing(at_setup):
    url = reverse("admin:requests_app_readingpoint_changelist")
    asked = {"action": "delete_selected", "_selected_action": ["9" * 30, "x"], "index": "0"}

    assert at_setup.post(url, asked).url == url


def roles_form(person, role):
    return {
        "username": person.username,
        "display_name": person.display_name,
        "is_active": "on",
        "held_roles-TOTAL_FORMS": "1",
        "held_roles-INITIAL_FORMS": "0",
        "held_roles-0-user": person.pk,
        "held_roles-0-role": role,
    }


@pytest.mark.parametrize(
    ("who", "roles"),
    [("administrator", ["administrator"]), ("clerk", ["clerk", "supervisor"])],
)
def test_administrator_gives_roles_to_others_and_none_to_himself(office, at_setup, who, roles):
    person = getattr(office, who)
    url = reverse("admin:requests_app_staffuser_change", args=[person.pk])

    answer = at_setup.post(url, roles_form(person, "supervisor"))

    assert answer.status_code == 302
    assert sorted(person.held_roles.values_list("role", flat=True)) == roles


def test_a_change_is_kept_with_before_and_after(at_setup, office):
    row = Department.objects.get(code="zjj")
    at_setup.post(
        reverse("admin:requests_app_department_change", args=[row.pk]),
        {"phone": "0935-1111111", "valid_to": ""},
    )

    kept = SetupChange.objects.get()
    assert (kept.staff, kept.table, kept.row) == (office.administrator, "部门", row.name)
    assert (kept.before["电话"], kept.after["电话"]) == (row.phone, "0935-1111111")
    listed = at_setup.get(reverse("admin:requests_app_setupchange_changelist"))
    assert f"电话：{row.phone or '（空）'} → 0935-1111111" in listed.content.decode()


def test_a_password_set_by_another_is_kept_and_not_told(at_setup, office):
    old = office.clerk.password
    at_setup.post(
        reverse("admin:auth_user_password_change", args=[office.clerk.pk]),
        {
            "usable_password": "true",
            "password1": "a slow night boat",
            "password2": "a slow night boat",
        },
    )

    kept = SetupChange.objects.get()
    assert set(kept.before) == set(kept.after)
    assert [label for label in kept.after if kept.before[label] != kept.after[label]] == ["密码"]
    assert old not in str(kept.before)
    assert "night boat" not in str(kept.after)


def test_roles_given_are_kept(at_setup):
    test_account_is_made_with_its_role(at_setup)

    kept = SetupChange.objects.get()
    assert (kept.before, "经办" in kept.after["岗位"]) == ({}, True)


@pytest.mark.parametrize("table", ["setupchange", "seal"])
def test_what_the_software_keeps_is_only_read(at_setup, sit_down, office, table):
    assert at_setup.post(reverse(f"admin:requests_app_{table}_add"), {}).status_code == 403
    assert at_setup.get(reverse(f"admin:requests_app_{table}_changelist")).status_code == 200
    at_the_case = sit_down(office.clerk)
    assert at_the_case.get(reverse(f"admin:requests_app_{table}_changelist")).status_code == 403


def test_a_row_deleted_is_kept_as_it_was(at_setup, office):
    row = ReadingPoint.objects.create(name="市文化馆", address="新华路9号", position=9)
    url = reverse("admin:requests_app_readingpoint_delete", args=[row.pk])

    assert at_setup.get(url).status_code == 200
    assert not SetupChange.objects.exists()
    at_setup.post(url, {"post": "yes"})

    assert not ReadingPoint.objects.filter(pk=row.pk).exists()
    kept = SetupChange.objects.get()
    assert (kept.staff, kept.table, kept.row, kept.row_id) == (
        office.administrator,
        "查阅点",
        "市文化馆",
        row.pk,
    )
    assert (kept.before["查阅点"], kept.before["地址"], kept.after) == ("市文化馆", "新华路9号", {})
    listed = at_setup.get(reverse("admin:requests_app_setupchange_changelist"))
    assert "地址：新华路9号 → （空）" in listed.content.decode()


def test_every_row_of_several_deleted_at_once_is_kept(at_setup):
    chosen = list(ReadingPoint.objects.order_by("pk")[:2])
    url = reverse("admin:requests_app_readingpoint_changelist")
    asked = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in chosen],
        "post": "yes",
    }

    at_setup.post(url, asked)

    kept = SetupChange.objects.order_by("pk")
    assert [(each.row, each.after) for each in kept] == [(row.name, {}) for row in chosen]


def test_a_deletion_kept_stands_in_the_nights_seal(at_setup):
    row = ReadingPoint.objects.create(name="市文化馆", position=9)
    at_setup.post(reverse("admin:requests_app_readingpoint_delete", args=[row.pk]), {"post": "yes"})

    seals.seal(at=offices.moment("2026-03-13", "02:30"))

    assert Seal.objects.get().last_change == SetupChange.objects.get().pk
    assert list(integrity.faults()) == []
