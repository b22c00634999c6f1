"""Identity papers and names; expectations typed by hand from GB 11643 and GB 32100."""

from datetime import date

import pytest

from requests_app.domain import identity
from requests_app.domain.errors import Refused
from requests_app.domain.identity import IdKind

TODAY = date(2026, 3, 2)


def reasons(kind: IdKind, number: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        identity.check_identity(kind, number, today=TODAY)
    return [(reason.code, reason.sentence) for reason in refused.value.reasons]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x", "11010519491231002X"),
        ("440524188001010014", "440524188001010014"),
        ("620302199001010012", "620302199001010012"),
        ("620302200002290023", "620302200002290023"),
        (" 620302 19900101 0012 ", "620302199001010012"),
        ("620302-19900101-0012", "620302199001010012"),
        ("６２０３０２１９９００１０１００１２", "620302199001010012"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
    ],
)
def test_resident_card(typed: str, stored: str) -> None:
    assert identity.check_identity(IdKind.RESIDENT_CARD, typed, today=TODAY) == stored


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", [("id_missing", "请填写居民身份证的号码。")]),
        ("　 ", [("id_missing", "请填写居民身份证的号码。")]),
        (
            "62030219900101001",
            [("id_length", "身份证号码是18位，现在是17位，请看一看有没有漏写或者多写。")],
        ),
        (
            "6203021990010100122",
            [("id_length", "身份证号码是18位，现在是19位，请看一看有没有漏写或者多写。")],
        ),
        (
            "620302900101001",
            [("id_old_card", "15位号码是旧式身份证的，请填写现在18位的公民身份号码。")],
        ),
        (
            "62O302199001010O12",
            [("id_characters", "第3、16位应当是数字（只有最后一位可以是X），请看一看。")],
        ),
        (
            "62030219900101001A",
            [("id_characters", "第18位应当是数字（只有最后一位可以是X），请看一看。")],
        ),
        # Check character right, date impossible.
        (
            "620302198502290011",
            [("id_birth_date", "第7至14位是出生年月日，现在写的这一天不存在，请看一看这8位。")],
        ),
        # Two neighbours changed places.
        (
            "620302199001010021",
            [
                (
                    "id_check",
                    "最后一位与前面17位对不上，多半是其中一位写错或者两位写反了，请对照证件逐位看一看。",
                )
            ],
        ),
    ],
)
def test_resident_card_says_which_part_to_look_at_again(
    typed: str, expected: list[tuple[str, str]]
) -> None:
    assert reasons(IdKind.RESIDENT_CARD, typed) == expected


def test_resident_card_of_someone_not_yet_born() -> None:
    born_on_the_day = date(1990, 1, 1)

    with pytest.raises(Refused) as refused:
        identity.check_identity(
            IdKind.RESIDENT_CARD, "620302199001010012", today=date(1989, 12, 31)
        )

    assert refused.value.codes == ("id_birth_future",)
    assert (
        identity.check_identity(IdKind.RESIDENT_CARD, "620302199001010012", today=born_on_the_day)
        == "620302199001010012"
    )


def test_no_sentence_repeats_the_number_or_calls_it_invalid() -> None:
    numbers = [
        "62030219900101001",
        "62O302199001010O12",
        "620302198502290011",
        "620302199001010021",
    ]

    sentences = [
        sentence for number in numbers for _, sentence in reasons(IdKind.RESIDENT_CARD, number)
    ]

    assert len(sentences) == 4
    assert [s for s in sentences if "无效" in s or "6203" in s or "1990" in s or "1985" in s] == []


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (IdKind.PASSPORT, "e12345678", "E12345678"),
        (IdKind.PASSPORT, "PA 0940443", "PA0940443"),
        (IdKind.HK_MACAO_PERMIT, "H12345678", "H12345678"),
        (IdKind.HK_MACAO_PERMIT, "M1234567800", "M1234567800"),
        (IdKind.TAIWAN_PERMIT, "12345678", "12345678"),
        (IdKind.TAIWAN_PERMIT, "0012345678（B）", "0012345678(B)"),
        (IdKind.HMT_RESIDENCE, "81000019900101001x", "81000019900101001X"),
        (IdKind.FOREIGN_RESIDENCE, "CAN110080010112", "CAN110080010112"),
        (IdKind.FOREIGN_RESIDENCE, "911124198108030024", "911124198108030024"),
        (IdKind.MILITARY, "南字第1234567号", "南字第1234567号"),
        (IdKind.CREDIT_CODE, "91350211m0000xuf46", "91350211M0000XUF46"),
        (IdKind.OTHER, "甘A〔2020〕12", "甘A〔2020〕12"),
    ],
)
def test_other_papers_are_taken_as_they_are(kind: IdKind, typed: str, stored: str) -> None:
    assert identity.check_identity(kind, typed, today=TODAY) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (IdKind.PASSPORT, "E1", "护照号码一般为5至15位数字或字母，请对照护照资料页看一看位数。"),
        (
            IdKind.PASSPORT,
            "E1234<script>",
            "护照号码一般为5至15位数字或字母，请对照护照资料页看一看位数。",
        ),
        (
            IdKind.HK_MACAO_PERMIT,
            "H123",
            "通行证号码一般为一个字母加8位或10位数字，请对照证件正面看一看位数。",
        ),
        (IdKind.TAIWAN_PERMIT, "123", "通行证号码一般为8位数字，请对照证件正面看一看位数。"),
        (IdKind.HMT_RESIDENCE, "8100001990", "居住证号码为18位，请对照证件看一看位数和最后一位。"),
        (
            IdKind.FOREIGN_RESIDENCE,
            "CAN1",
            "永久居留身份证号码为15位或18位，请对照证件看一看位数。",
        ),
        (
            IdKind.MILITARY,
            "某",
            "请照证件上的样子填写编号，例如“某字第0000000号”，4至24个字。",
        ),
        (
            IdKind.OTHER,
            "a\x00b",
            "请照证件上的样子填写号码，2至40个字，只用汉字、字母和数字。",
        ),
    ],
)
def test_other_papers_with_a_strange_number(kind: IdKind, typed: str, sentence: str) -> None:
    assert reasons(kind, typed) == [("id_shape", sentence)]


def test_every_kind_has_a_label() -> None:
    assert {kind: identity.ID_KIND_LABELS[kind] for kind in IdKind} == {
        IdKind.RESIDENT_CARD: "居民身份证",
        IdKind.PASSPORT: "护照",
        IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
        IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
        IdKind.HMT_RESIDENCE: "港澳台居民居住证",
        IdKind.FOREIGN_RESIDENCE: "外国人永久居留身份证",
        IdKind.MILITARY: "军官证、士兵证",
        IdKind.CREDIT_CODE: "统一社会信用代码",
        IdKind.OTHER: "其他有效证件",
    }


def test_birth_date() -> None:
    assert identity.birth_date("620302200002290023") == date(2000, 2, 29)


@pytest.mark.parametrize("number", ["", "620302198502290011", "62030２", "620302abcdefgh0011"])
def test_birth_date_refused(number: str) -> None:
    with pytest.raises(Refused) as refused:
        identity.birth_date(number)

    assert refused.value.codes == ("id_birth_date",)


@pytest.mark.parametrize(
    ("born", "today", "under"),
    [
        (date(2012, 3, 3), date(2026, 3, 2), True),
        (date(2012, 3, 2), date(2026, 3, 2), False),
        (date(2012, 2, 29), date(2026, 2, 28), True),
        (date(2012, 2, 29), date(2026, 3, 1), False),
        (date(1990, 1, 1), date(2026, 3, 2), False),
    ],
)
def test_under_14(born: date, today: date, under: bool) -> None:
    assert identity.is_under_14(born, today=today) is under


@pytest.mark.parametrize(
    "code",
    [
        "91110000101623741K",
        "911101066976941872",
        "91620300MA70001510",
        "91620300MA7000141Y",
        "91620300ma7000141y",
    ],
)
def test_credit_code_in_order(code: str) -> None:
    assert identity.check_credit_code(code) == ()


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("91350211M0000XUF46", ("credit_check",)),
        ("91110000101623741", ("credit_length",)),
        ("9111000010162374IK", ("credit_characters",)),
        ("91A10000101623741K", ("credit_region", "credit_check")),
        ("91620300MA70001511", ("credit_check",)),
    ],
)
def test_credit_code_only_warns(code: str, codes: tuple[str, ...]) -> None:
    assert tuple(reason.code for reason in identity.check_credit_code(code)) == codes


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("620302199001010012", "620302********0012"),
        ("CAN110080010112", "CAN1********112"),
        ("E12345678", "E1*****78"),
        ("123456", "1****6"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_mask(number: str, masked: str) -> None:
    assert identity.mask(number) == masked


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  张三\n", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("王䶮", "王䶮"),
        ("李𬭚", "李𬭚"),
        # Extension H (2022), which the tables of this Python do not know yet.
        ("赵\U00031350", "赵\U00031350"),
        ("Jean  Paul　Dupont", "Jean Paul Dupont"),
        ("金昌某某（集团）有限公司", "金昌某某（集团）有限公司"),
        ("José Álvarez", "José Álvarez"),
    ],
)
def test_name_is_kept(typed: str, stored: str) -> None:
    assert identity.clean_name(typed) == stored


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", [("name_missing", "请填写姓名或者名称。")]),
        (
            "张\u202e三",
            [
                (
                    "name_invisible",
                    "第2个字是看不见的控制字符，多半是复制时带进来的，请删去后重新输入。",
                )
            ],
        ),
        (
            "张三\u200b丰",
            [
                (
                    "name_invisible",
                    "第3个字是看不见的控制字符，多半是复制时带进来的，请删去后重新输入。",
                )
            ],
        ),
        (
            "张\x00三",
            [
                (
                    "name_invisible",
                    "第2个字是看不见的控制字符，多半是复制时带进来的，请删去后重新输入。",
                )
            ],
        ),
        (
            "张\n三",
            [
                (
                    "name_invisible",
                    "第2个字是看不见的控制字符，多半是复制时带进来的，请删去后重新输入。",
                )
            ],
        ),
        (
            "王\ue863",
            [
                (
                    "name_private_character",
                    "第2个字是自造字，换一台机器就显示不对，请用输入法重新输入；打不出来的请与我们联系。",
                )
            ],
        ),
        ("某" * 121, [("name_too_long", "姓名或者名称最长120个字，现在是121个字。")]),
    ],
)
def test_name_refused(typed: str, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused) as refused:
        identity.clean_name(typed)

    assert [(reason.code, reason.sentence) for reason in refused.value.reasons] == expected
