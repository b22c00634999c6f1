"""Several who apply together, a child with a guardian, a place to read, words nobody can see."""

import pytest

from requests_app.domain.applicants import GuardianRelation
from requests_app.domain.application import ApplicantKind, FormWanted, WayWanted
from requests_app.domain.errors import Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PaperKind
from requests_app.models import CoApplicant, Guardian, OfficeSettings, ReadingPoint
from requests_app.selectors import applicants as names
from requests_app.selectors import application_forms
from requests_app.services import access_log, applicants
from requests_app.services.applications import GuardianGiven, PartnerGiven
from tests import factories
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

CHILD = "629999201503040010"
READING = {"form_wanted": FormWanted.READING, "way_wanted": WayWanted.READ_ON_SITE}


def partner(**changes):
    given = {
        "kind": ApplicantKind.PERSON,
        "name": "李四",
        "identity_kind": IdKind.RESIDENT_CARD,
        "identity_number": factories.OTHER_IDENTITY_NUMBER,
    }
    return PartnerGiven(**(given | changes))


def company():
    return partner(
        kind=ApplicantKind.ORGANISATION,
        name="金昌演示有限公司",
        identity_kind=IdKind.CREDIT_CODE,
        identity_number="91620300MA0000000X",
        representative="赵甲",
    )


def guardian(**changes):
    given = {
        "name": "陈母",
        "relation": GuardianRelation.MOTHER,
        "identity_kind": IdKind.RESIDENT_CARD,
        "identity_number": factories.IDENTITY_NUMBER,
        "consents": True,
    }
    return GuardianGiven(**(given | changes))


def child(**changes):
    # Made up: 2015-03-04, with the check character GB 11643 wants.
    return factories.person(name="陈小明", identity_number=_with_check(CHILD), **changes)


def _with_check(number):
    from requests_app.domain.identity import _CHECKS, _WEIGHTS

    total = sum(int(char) * weight for char, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[:17] + _CHECKS[total % 11]


def refused(desk, on="2026-03-02", **changes):
    with pytest.raises(Refused) as caught:
        desk.file(on, **changes)
    return [(each.code, each.sentence) for each in caught.value.reasons]


def test_everybody_is_written_down_sealed_and_in_order(desk):
    case = desk.file("2026-03-02", partners=[partner(), company()])

    rows = list(case.co_applicants.values_list("position", "kind", "name", "representative"))
    assert rows == [
        (2, "person", "李四", ""),
        (3, "organisation", "金昌演示有限公司", "赵甲"),
    ]
    assert (case.applicant_count, names.names(case)) == (
        3,
        ("陈向前", "李四", "金昌演示有限公司"),
    )
    second = case.co_applicants.first()
    assert (
        factories.OTHER_IDENTITY_NUMBER not in f"{second.identity_sealed}{second.identity_masked}"
    )
    assert applicants.open_number(second) == factories.OTHER_IDENTITY_NUMBER


def test_letters_speak_to_all_of_them(desk):
    case = desk.file("2026-03-02", partners=[partner()])

    receipt = case.letters.get(kind=LetterKind.RECEIPT.value)

    words = str(receipt.text)
    assert "陈向前、李四" in words
    assert "你们" in words


def test_the_filled_form_lists_them_with_masked_numbers(desk):
    case = desk.file("2026-03-02", partners=[partner()])

    (block,) = [b for b in application_forms.filled(case).blocks if "共同" in b.head]
    assert block.cells[0].value == "李四，居民身份证　629999********242X"


def test_revealing_the_number_names_each(desk):
    case = desk.file("2026-03-02", partners=[partner()])

    told = access_log.reveal_identity(
        case.pk, reason="核对", actor=desk.clerk, at=moment("2026-03-03")
    )

    assert told == (f"陈向前　{factories.IDENTITY_NUMBER}；李四　{factories.OTHER_IDENTITY_NUMBER}")


@pytest.mark.parametrize(
    ("partners", "expected"),
    [
        ([partner(name=" ")], [("partner_2_name", "请填写姓名或者名称。")]),
        (
            [partner(), partner(name="王五", identity_number="")],
            [("partner_3_identity_number", "请填写居民身份证的号码。")],
        ),
        ([partner(identity_kind=None)], [("partner_2_identity_kind", "请选择证件类型。")]),
        (
            [partner(name="陈向前", identity_number=factories.IDENTITY_NUMBER)],
            [("partner_2_name", "这个申请人前面已经写过了，请移除重复的一个。")],
        ),
        (
            [partner(name="王😀")],
            [("partner_2_name", "这些符号印不到文书上，请去掉或者换成文字：😀。")],
        ),
    ],
)
def test_a_slip_of_one_of_them_is_told_at_their_field(desk, partners, expected):
    assert refused(desk, partners=partners) == expected
    assert not CoApplicant.objects.exists()


def test_more_than_twenty_choose_somebody(desk):
    crowd = [partner(name=f"申请人{n}", identity_number="") for n in range(20)]

    codes = [code for code, _ in refused(desk, partners=crowd)]

    assert codes[0] == "partners"


def test_a_child_applies_with_the_consent_of_a_guardian(desk):
    case = desk.file(
        "2026-03-02",
        applicant=child(),
        guardian=guardian(),
        files=(factories.paper(), factories.paper(PaperKind.GUARDIANSHIP, "户口簿.jpg")),
    )

    row = case.guardian
    assert (row.name, row.relation, row.consented_at) == ("陈母", "mother", moment("2026-03-02"))
    assert applicants.open_number(row) == factories.IDENTITY_NUMBER
    assert sorted(case.attachments.values_list("kind", flat=True)) == ["guardianship", "identity"]
    # A paper of the guardian's is as private as one of the applicant's.
    assert all(each.path.endswith(".sealed") for each in case.attachments.all())


@pytest.mark.parametrize(
    ("given", "files", "expected"),
    [
        (None, (), ["guardian_name"]),
        (guardian(consents=False), ("户口簿.jpg",), ["guardian_consent"]),
        (guardian(relation=None), ("户口簿.jpg",), ["guardian_relation"]),
        (guardian(identity_number="1"), ("户口簿.jpg",), ["guardian_identity_number"]),
        (guardian(), (), ["guardian_paper"]),
    ],
    ids=["nobody", "no consent", "no relation", "wrong number", "no paper"],
)
def test_a_child_does_not_apply_without(desk, given, files, expected):
    papers = tuple(factories.paper(PaperKind.GUARDIANSHIP, name) for name in files)

    reasons = refused(desk, applicant=child(), guardian=given, files=(factories.paper(), *papers))

    assert [code for code, _ in reasons] == expected
    assert not Guardian.objects.exists()


def test_a_guardian_of_somebody_grown_up_is_turned_down_kindly(desk):
    ((code, sentence),) = refused(desk, guardian=guardian(), files=(
        factories.paper(), factories.paper(PaperKind.GUARDIANSHIP, "户口簿.jpg"),
    ))  # fmt: skip

    assert code == "guardian_name"
    assert "已满14周岁" in sentence


def test_another_paper_counts_as_said(desk):
    grown = factories.person(identity_kind=IdKind.PASSPORT, identity_number="E12345678")
    small = factories.person(
        identity_kind=IdKind.PASSPORT, identity_number="E12345679", under_14=True
    )

    assert desk.file("2026-03-02", applicant=grown).guardian is None
    assert [code for code, _ in refused(desk, applicant=small)] == ["guardian_name"]


def test_a_place_to_read_is_chosen_and_kept_by_name(desk):
    ReadingPoint.objects.filter(name="市图书馆").update(address="新华路2号")

    case = desk.file("2026-03-02", reading_point="市图书馆（新华路2号）", **READING)
    ReadingPoint.objects.all().delete()

    case.refresh_from_db()
    assert case.reading_point == "市图书馆（新华路2号）"


@pytest.mark.parametrize("place", ["", "月球"])
def test_a_place_nobody_knows_is_asked_for_again(desk, place):
    assert refused(desk, reading_point=place, **READING) == [("reading_point", "请选一个查阅点。")]


def test_a_place_is_not_kept_for_another_way(desk):
    assert desk.file("2026-03-02", reading_point="市图书馆").reading_point == ""


def test_help_is_kept_with_what_it_is(desk):
    asks = factories.person(needs_help=True, help_wanted="请打电话念给我听")

    assert desk.file("2026-03-02", applicant=asks).applicant.help_wanted == "请打电话念给我听"


def test_what_nobody_can_see_is_taken_out_of_a_text(desk):
    typed = "\ufeff供热\u200b价格\u202e\x00 批复\r\n第二行\u2028第三行\x07 "

    case = desk.file(
        "2026-03-02", description=typed, document_name="a\nb\u200d", document_year=" 2024 "
    )

    assert case.description == "供热价格 批复\n第二行\n第三行"
    assert (case.document_name, case.document_year) == ("a b", "2024")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("phone", {"phone": "没有"}),
        ("fax", {"fax": "12"}),
        ("address", {"address": "金昌😀"}),
        ("name", {"name": "张\u202e三"}),
    ],
)
def test_a_field_that_cannot_be_used_is_told(desk, field, changes):
    assert [code for code, _ in refused(desk, applicant=factories.person(**changes))] == [field]


def test_a_guide_without_the_website_takes_nothing_online(desk):
    OfficeSettings.objects.update(takes_online=False)

    assert refused(desk) == [("online_closed", "现在不接收网上申请。")]
    assert desk.register("2026-03-02").pk
