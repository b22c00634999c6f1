import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.models import Case
from tests import factories

URL = "admin:intake"


def given(**changes):
    return {
        "idempotency_key": str(uuid.uuid4()),
        "channel": "counter",
        "arrived_on": "2026-03-12",
        "kind": "person",
        "name": "陈向前",
        "identity_kind": "passport",
        "identity_number": "E12345678",
        "identity_verified": "on",
        "address": "金昌市金川区演示路1号",
        "body_code": "office",
        "description": "2025年金川区老旧小区改造项目清单",
        "form_wanted": "paper",
        "way_wanted": "post",
    } | changes


@pytest.fixture
def body_code(office):
    from requests_app.models import IssuingBody

    return IssuingBody.objects.get(is_default=True).code


@pytest.fixture
def hand_in(at_desk, body_code):
    return lambda **changes: at_desk.post(reverse(URL), given(body_code=body_code, **changes))


@pytest.mark.parametrize(
    ("changes", "received_on"),
    [
        ({"channel": "counter"}, date(2026, 3, 12)),
        (
            {
                "channel": "mail_signed",
                "arrived_on": "2026-03-10",
                "tracking_number": "EK318804275CN",
                "signer": "收发室邓某",
            },
            date(2026, 3, 10),
        ),
        (
            {
                "channel": "mail_unsigned",
                "arrived_on": "2026-03-10",
                "confirmed_on": "2026-03-11",
                "confirmed_with": "本人",
                "confirmed_way": "phone",
                "confirmed_time": "15:20",
                "late_reason": "当日两次去电无人接听",
            },
            date(2026, 3, 11),
        ),
        (
            {
                "channel": "fax",
                "arrived_on": "2026-03-11",
                "confirmed_on": "2026-03-12",
                "confirmed_with": "本人",
                "confirmed_way": "phone",
            },
            date(2026, 3, 12),
        ),
        (
            {"channel": "oral", "filled_by_staff_reason": "书写困难", "read_back": "signature"},
            date(2026, 3, 12),
        ),
    ],
)
def test_day_of_receipt_follows_from_the_channel(hand_in, changes, received_on):
    response = hand_in(**changes)

    assert response.status_code == 302
    case = Case.objects.get()
    assert (case.channel, case.received_on) == (changes["channel"], received_on)


def test_query_code_is_shown_once(at_desk, hand_in):
    hand_in()
    waiting = str(dict(at_desk.session))
    first = at_desk.get(reverse("admin:intake_done"))

    again = at_desk.get(reverse("admin:intake_done"))

    assert first.context["query_code"] in first.content.decode()
    assert len(first.context["query_code"]) == 13
    assert first.context["query_code"] not in waiting
    assert again.url == reverse(URL)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"channel": "fax"}, "confirmed_on", "请写明确认的日期和方式"),
        ({"channel": "mail_signed"}, "signer", "请写明由谁签收"),
        ({"kind": "organisation"}, "organisation_type", "请选择单位性质"),
        ({"channel": "oral"}, "filled_by_staff_reason", "口头申请请写明采用书面形式确有困难的原因"),
        ({"arrived_on": "2026-03-13"}, "arrived_on", "收到的日期不能晚于今天。"),
        ({"arrived_on": "2024-01-02"}, "arrived_on", "收到的日期早于一年前，请核对。"),
        ({"identity_number": ""}, "identity_number", "请填写护照的号码。"),
        ({"way_wanted": "online"}, "way_wanted", "“纸质”可以选择的获取方式是"),
        ({"address": ""}, "phone", "请至少留一种联系方式"),
        ({"description": ""}, "description", ""),
    ],
)
def test_refusal_stands_at_its_field_and_nothing_typed_is_lost(hand_in, changes, field, words):
    response = hand_in(**changes)

    assert response.status_code == 422
    assert words in response.context["form"].errors[field][0]
    assert "金川区老旧小区改造" in response.content.decode() or field == "description"
    assert not Case.objects.exists()


def test_paper_is_needed_where_nobody_saw_the_original(hand_in):
    response = hand_in(identity_verified="")

    assert (
        "请上传有效身份证件的扫描件或者照片。"
        in response.context["form"].errors["identity_paper"][0]
    )


def test_scan_of_the_identity_paper_is_kept(hand_in):
    scan = SimpleUploadedFile("护照.jpg", factories.picture(), content_type="image/jpeg")

    hand_in(identity_verified="", identity_paper=scan)

    assert [paper.kind for paper in Case.objects.get().attachments.all()] == ["identity"]


def test_same_form_sent_twice_is_one_application(at_desk, hand_in):
    key = str(uuid.uuid4())

    hand_in(idempotency_key=key)
    hand_in(idempotency_key=key)

    assert Case.objects.count() == 1


def test_page_derives_the_dates_before_anything_is_typed(at_desk):
    response = at_desk.get(reverse(URL))

    assert response.context["derived"] | {"rule": None} == {
        "rule": None,
        "received": "2026-03-12 周四",
        "first": "2026-03-13 周五",
        "correction": "2026-03-23 周一",
        "reply": "2026-04-10 周五",
        "provisional": False,
        "amends": False,
        "days": 20,
    }


def test_page_asks_for_no_purpose(at_desk):
    assert "用途" not in at_desk.get(reverse(URL)).content.decode()


def test_preview_says_the_day_with_its_reason_and_keeps_nothing(at_desk, case, body_code):
    typed = given(
        body_code=body_code,
        preview="yes",
        channel="fax",
        arrived_on="2026-03-10",
        confirmed_on="2026-03-11",
        name="",
        identity_kind="resident_card",
        identity_number=factories.IDENTITY_NUMBER,
    )

    response = at_desk.post(reverse(URL), typed)
    fragment = at_desk.post(reverse(URL), typed, headers={"x-requested-with": "fetch"})

    assert response.status_code == 200
    assert response.context["derived"]["received"] == "2026-03-11 周三"
    assert not response.context["form"].errors
    assert "2025年金川区老旧小区改造项目清单" in response.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "双方确认之日" in fragment.content.decode()
    assert [each.number for each, _ in response.context["alike"].similar] == [case.number]
    assert Case.objects.count() == 1


def test_register_of_other_mail_is_kept_apart(at_desk, office):
    sent = {
        "idempotency_key": str(uuid.uuid4()),
        "kind": "question",
        "way": "phone",
        "arrived_on": "2026-03-12",
        "summary": "问怎么申请",
        "answered_how": "电话答复",
    }
    wrong = at_desk.post(reverse("admin:stray"), sent | {"arrived_on": "2026-03-13"})
    done = at_desk.post(reverse("admin:stray"), sent, follow=True)

    assert (wrong.status_code, wrong.context["form"]["summary"].value()) == (422, "问怎么申请")
    assert "到达的日子不能晚于今天。" in wrong.content.decode()
    assert "已记下，并按电话答复告知。" in done.content.decode()
    assert not Case.objects.exists()


def test_a_handler_registers_nothing(office, sit_down):
    browser = sit_down(office.handler)

    assert [browser.get(reverse(f"admin:{name}")).status_code for name in ("intake", "stray")] == [
        403,
        403,
    ]


def test_registering_several_and_a_guardian_off_paper(hand_in):
    hand_in(
        partners="李四，居民身份证，62999919881111242X\n金昌演示有限公司,统一社会信用代码,91620300MA0000000X\n某商会｜单位",
        under_14="on",
        guardian_name="陈母",
        guardian_relation="mother",
        guardian_identity_kind="passport",
        guardian_identity_number="E7654321",
        guardian_consent="on",
        document_year="2025",
    )

    case = Case.objects.get()
    assert [(row.position, row.kind, row.name) for row in case.co_applicants.all()] == [
        (2, "person", "李四"),
        (3, "organisation", "金昌演示有限公司"),
        (4, "organisation", "某商会"),
    ]
    assert (case.guardian.name, case.document_year, case.applicant_count) == ("陈母", "2025", 4)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("李四", "第1行没有写明证件类型"),
        ("李四，护照，E1234567，多的", "第1行的内容多于三项"),
        ("李四，居民身份证，123", "身份证号码是18位"),
    ],
)
def test_a_line_that_cannot_be_read_is_told(hand_in, typed, sentence):
    answer = hand_in(partners=typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Case.objects.exists()


AMENDMENT = {
    "matter": "amendment",
    "document_name": "《城镇住房保障对象登记表》（2021年）",
    "description": "家庭人口数登记为2人，应当是3人",
}


def test_a_record_to_put_right_comes_in_on_paper_as_its_own_kind_of_case(hand_in, at_desk):
    answer = hand_in(**AMENDMENT)

    case = Case.objects.get()
    assert (answer.status_code, case.matter) == (302, "amendment")
    assert case.letters.get().kind == "amendment_receipt"
    assert case.events.get(entry="received").data["target_days"] == 20
    assert '<span class="tag b">更正</span>' in at_desk.get(reverse("admin:index")).content.decode()


def test_a_record_to_put_right_must_be_named(hand_in):
    answer = hand_in(**AMENDMENT | {"document_name": " "})

    assert list(answer.context["form"].errors) == ["document_name"]
    assert "第四十一条" in str(answer.context["form"].errors["document_name"])


def test_the_day_of_a_record_to_put_right_is_the_offices_own(hand_in):
    page = hand_in(**AMENDMENT, preview="yes").content.decode()

    assert ("本机关自定的答复日" in page, "补正最迟告知" in page) == (True, False)


def test_a_matter_that_is_none_is_told_at_its_field(hand_in):
    assert list(hand_in(matter="alien").context["form"].errors) == ["matter"]
