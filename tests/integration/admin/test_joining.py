"""Split a letter, merge a duplicate: the pages, what they offer, what they refuse."""

import pytest
from django.urls import reverse

from requests_app.models import Case, CaseLink
from requests_app.services import assignments
from tests import offices
from tests.offices import moment

AT = moment("2026-03-12")


def words_of(page):
    return page.content.decode()


def act(browser, case, name, **given):
    url = reverse("admin:act", args=[case.pk, name])
    page = browser.get(url)
    seen = page.context["form"]["seen_version"].value() if page.context["form"] else ""
    return browser.post(url, {"seen_version": seen, **given})


def split(browser, case, **changes):
    given = {
        "kept": "改造项目清单",
        "parts": "道路评价报告\r\n\r\n年度预算\r\n第二行",
        "reason": "由不同部门办理",
    }
    return act(browser, case, "split", **(given | changes))


def test_split_page_begins_with_what_the_letter_says(at_desk, case):
    page = at_desk.get(reverse("admin:act", args=[case.pk, "split"]))

    assert page.context["form"]["kept"].value() == case.description


def test_a_letter_is_split_one_case_a_paragraph(at_desk, case):
    answer = split(at_desk, case)

    texts = list(Case.objects.order_by("pk").values_list("number", "description", "received_on"))
    assert texts == [
        ("2026-0001", "改造项目清单", case.received_on),
        ("2026-0002", "道路评价报告", case.received_on),
        ("2026-0003", "年度预算\n第二行", case.received_on),
    ]
    page = words_of(at_desk.get(answer.url))
    assert "已拆出2026-0002、2026-0003，查询码印在各件的登记回执上。" in page
    for other in Case.objects.exclude(pk=case.pk):
        assert reverse("admin:case", args=[other.pk]) in page
    assert CaseLink.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parts": "\r\n\r\n"}, "parts"),
        ({"parts": "改造项目清单"}, "parts"),
        ({"parts": "\n\n".join(str(n) for n in range(21))}, "parts"),
        ({"reason": ""}, "reason"),
        ({"kept": ""}, "kept"),
    ],
    ids=["nothing", "the-kept", "too-many", "no-reason", "nothing-kept"],
)
def test_a_split_refused_keeps_what_was_typed(at_desk, case, changes, field):
    answer = split(at_desk, case, **changes)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form["kept"].value() == changes.get("kept", "改造项目清单")
    assert Case.objects.count() == 1


def test_a_split_on_an_old_page_tells_what_changed_and_splits_nothing(at_desk, office, case):
    url = reverse("admin:act", args=[case.pk, "split"])
    seen = at_desk.get(url).context["form"]["seen_version"].value()
    assignments.assign(
        case.pk,
        department_id=None,
        clerk_id=office.clerk.pk,
        actor=office.clerk.as_actor(),
        at=AT,
    )

    answer = at_desk.post(
        url, {"seen_version": seen, "kept": "一", "parts": "二", "reason": "两件事"}
    )

    assert answer.status_code == 409
    assert "刚被他人办理过" in words_of(answer)
    assert answer.context["form"]["parts"].value() == "二"
    assert Case.objects.count() == 1


@pytest.mark.parametrize("name", ["split", "merge"])
def test_only_clerks_split_and_merge(office, case, sit_down, name):
    url = reverse("admin:act", args=[case.pk, name])

    assert sit_down(office.supervisor).get(url).status_code == 403
    assert sit_down(office.supervisor).post(url, {"reason": "x"}).status_code == 403


# --- Merging ---


@pytest.fixture
def twice(office):
    """The same person and the same request, by hand on Monday and again on Wednesday."""
    return [offices.register(office, moment(on)) for on in ("2026-03-02", "2026-03-04")]


def merge(browser, case, into, **changes):
    return act(browser, case, "merge", **({"into": into, "reason": "同一申请来了两次"} | changes))


def test_merge_offers_the_earlier_case_of_the_same_person(at_desk, office, twice):
    offices.register(
        office, moment("2026-03-05"), name="孙丙", identity_number="E87654321",
        email="sun@example.com", address="",
    )  # fmt: skip

    page = at_desk.get(reverse("admin:act", args=[twice[1].pk, "merge"]))

    offered = [pk for pk, _ in page.context["form"].fields["into"].choices if pk]
    assert offered[0] == str(twice[0].pk)


def test_a_duplicate_ends_and_the_earlier_case_goes_on(at_desk, twice):
    answer = merge(at_desk, twice[1], twice[0].pk)

    page = words_of(at_desk.get(answer.url))
    assert f"{twice[1].number}已并入，不再单独办理。" in page
    assert twice[0].number in page
    assert list(Case.objects.order_by("pk").values_list("status", "due_on")) == [
        ("received", twice[0].due_on),
        ("merged", None),
    ]
    assert [row.number for row in at_desk.get(reverse("admin:index")).context["rows"]] == [
        twice[0].number
    ]


def test_the_earlier_case_is_not_merged_into_the_later(at_desk, twice):
    answer = merge(at_desk, twice[0], twice[1].pk)

    assert answer.status_code == 422
    assert "请并入先收到的那一件" in words_of(answer)
    assert not Case.objects.filter(status="merged").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"into": ""}, "into"), ({"into": "9" * 30}, "into"), ({"into": "x"}, "into"), ({"reason": " "}, "reason")],
)  # fmt: skip
def test_a_merge_refused_says_where(at_desk, twice, changes, field):
    answer = merge(at_desk, twice[1], **({"into": twice[0].pk} | changes))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_two_peoples_cases_are_not_one(at_desk, office, case):
    other = offices.register(
        office, moment("2026-03-05"), name="孙丙", identity_number="E87654321",
        email="sun@example.com", address="金昌市",
    )  # fmt: skip

    answer = merge(at_desk, other, case.pk)

    assert answer.status_code == 422
    assert Case.objects.get(pk=other.pk).status == "received"
