"""Remedies word for word, and the last days of W7 to W10 and E8; all typed by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from requests_app.domain import remedies
from requests_app.domain.errors import Refused
from requests_app.domain.remedies import DocumentWord, IssuingBody, RemedyOffice, RemedyVariant

OFFICE = RemedyOffice(
    review_body="金昌市人民政府",
    court="甲法院",
    online_channel="https://review.example.gov.cn",
)


def write(
    variant: RemedyVariant,
    *,
    office: RemedyOffice = OFFICE,
    online: bool = False,
    word: DocumentWord = DocumentWord.REPLY,
) -> tuple[str, ...]:
    return remedies.paragraph(variant, office=office, served_online=online, document_word=word)


class Days:
    """A calendar that knows weekends and the rest days named to it."""

    def __init__(self, *rest: date, works: tuple[date, ...] = ()) -> None:
        self.rest, self.works = set(rest), set(works)

    def roll(self, day: date, /) -> date:
        while day in self.rest or (day.weekday() >= 5 and day not in self.works):
            day += timedelta(days=1)
        return day


# 国庆 2026 (off 10-01 to 10-07) and 春节 2015 (off 02-18 to 02-24).
NATIONAL_DAY_2026 = Days(*(date(2026, 10, day) for day in range(1, 8)))
SPRING_FESTIVAL_2015 = Days(*(date(2015, 2, day) for day in range(18, 25)))


def test_r0_says_nothing() -> None:
    assert write(RemedyVariant.R0, office=RemedyOffice("", ""), online=True) == ()


def test_r1_leaves_the_choice() -> None:
    assert write(RemedyVariant.R1) == (
        (
            "如不服本答复，可以自收到本答复书之日起60日内向金昌市人民政府申请行政复议，"
            "也可以自收到本答复书之日起6个月内依法向甲法院提起行政诉讼。"
        ),
    )


def test_r1_names_the_document_by_its_word() -> None:
    assert write(RemedyVariant.R1, word=DocumentWord.NOTICE) == (
        (
            "如不服本告知，可以自收到本告知书之日起60日内向金昌市人民政府申请行政复议，"
            "也可以自收到本告知书之日起6个月内依法向甲法院提起行政诉讼。"
        ),
    )


def test_r2_puts_review_first_and_says_so() -> None:
    assert write(RemedyVariant.R2, word=DocumentWord.DECISION) == (
        (
            "如不服本决定，依照《中华人民共和国行政复议法》第二十三条的规定，"
            "应当先自收到本决定书之日起60日内向金昌市人民政府申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向甲法院提起行政诉讼；"
            "行政复议机关逾期不作决定的，可以自行政复议期限届满之日起15日内依法向甲法院提起行政诉讼。"
        ),
    )


def test_r3_puts_review_first_for_the_withheld_part_only() -> None:
    assert write(RemedyVariant.R3) == (
        (
            "对本答复中不予公开的部分不服的，依照《中华人民共和国行政复议法》第二十三条的规定，"
            "应当先自收到本答复书之日起60日内向金昌市人民政府申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向甲法院提起行政诉讼；"
            "行政复议机关逾期不作决定的，可以自行政复议期限届满之日起15日内依法向甲法院提起行政诉讼。"
        ),
        (
            "对本答复的其他部分不服的，可以自收到本答复书之日起60日内向金昌市人民政府申请行政复议，"
            "也可以自收到本答复书之日起6个月内依法向甲法院提起行政诉讼。"
        ),
    )


def test_switched_r1_mentions_the_suit_by_default() -> None:
    assert write(RemedyVariant.R1_SWITCHED) == write(RemedyVariant.R1)


def test_switched_r1_without_the_suit() -> None:
    office = replace(OFFICE, print_suit_for_inadmissible=False)

    assert write(RemedyVariant.R1_SWITCHED, office=office, word=DocumentWord.NOTICE) == (
        "如不服本告知，可以自收到本告知书之日起60日内向金昌市人民政府申请行政复议。",
    )


@pytest.mark.parametrize("variant", [RemedyVariant.R1, RemedyVariant.R2, RemedyVariant.R3])
def test_the_switch_touches_no_other_variant(variant: RemedyVariant) -> None:
    assert write(variant, office=replace(OFFICE, print_suit_for_inadmissible=False)) == write(
        variant
    )


def test_served_online_gives_the_channel() -> None:
    assert write(RemedyVariant.R1, online=True)[1:] == (
        "网上提交行政复议申请的渠道：https://review.example.gov.cn。",
    )


def test_review_address_is_given_when_set() -> None:
    office = replace(OFFICE, review_address="甘肃省金昌市金川区延安路103号金昌市司法局")

    assert write(RemedyVariant.R1, office=office)[1:] == (
        "行政复议申请材料的提交地址：甘肃省金昌市金川区延安路103号金昌市司法局。",
    )


def test_nothing_set_is_refused_with_all_that_is_missing() -> None:
    with pytest.raises(Refused) as refused:
        write(RemedyVariant.R1, office=RemedyOffice(review_body=" ", court=""), online=True)

    assert [(r.code, r.citation) for r in refused.value.reasons] == [
        ("review_body_missing", "《中华人民共和国行政复议法》第二十三条第二款"),
        ("court_missing", "《中华人民共和国行政诉讼法》第四十六条"),
        ("online_channel_missing", "《中华人民共和国行政复议法》第二十二条第二款"),
    ]


def test_no_variant_prints_the_old_suit_period() -> None:
    printed = "".join("".join(write(variant, online=True)) for variant in RemedyVariant)

    assert "6个月" in printed
    assert "3个月" not in printed
    assert "三个月" not in printed


def test_who_reviews_follows_the_issuer() -> None:
    assert remedies.remedy_office_for(IssuingBody.GOVERNMENT) == RemedyOffice(
        review_body="甘肃省人民政府", court="有管辖权的中级人民法院"
    )
    assert remedies.remedy_office_for(IssuingBody.OFFICE) == RemedyOffice(
        review_body="金昌市人民政府", court="有管辖权的人民法院"
    )


def test_fee_notice_cannot_be_challenged_alone() -> None:
    assert remedies.FEE_NOTICE_SENTENCES == (
        "不能单独就本收费通知申请行政复议或者提起行政诉讼。",
        "对缴费期满后不再处理申请的决定不服的，可以依法投诉、举报、申请行政复议或者提起行政诉讼。",
    )


def test_w7_reply_served_on_30_march() -> None:
    served = date(2026, 3, 30)

    assert remedies.review_until(served, calendar=Days()) == date(2026, 5, 29)
    assert remedies.suit_until(served, calendar=Days()) == date(2026, 9, 30)


def test_w8_sixtieth_day_in_a_holiday() -> None:
    served = date(2026, 8, 3)

    assert remedies.review_until(served, calendar=NATIONAL_DAY_2026) == date(2026, 10, 8)
    assert remedies.suit_until(served, calendar=NATIONAL_DAY_2026) == date(2027, 2, 3)


def test_w9_month_without_a_corresponding_day() -> None:
    served = date(2026, 8, 31)

    assert remedies.review_until(served, calendar=NATIONAL_DAY_2026) == date(2026, 10, 30)
    assert remedies.suit_until(served, calendar=NATIONAL_DAY_2026) == date(2027, 3, 1)


def test_w10_suit_after_review() -> None:
    assert remedies.suit_after_review_until(date(2026, 9, 18), calendar=NATIONAL_DAY_2026) == date(
        2026, 10, 8
    )


def test_e8_suit_after_review_over_spring_festival() -> None:
    assert remedies.suit_after_review_until(
        date(2015, 2, 6), calendar=SPRING_FESTIVAL_2015
    ) == date(2015, 2, 25)


def test_last_day_on_a_make_up_working_day_stays() -> None:
    saturday = date(2026, 10, 10)

    assert remedies.review_until(date(2026, 8, 11), calendar=Days(works=(saturday,))) == saturday


@pytest.mark.parametrize(
    "compute", [remedies.review_until, remedies.suit_until, remedies.suit_after_review_until]
)
def test_dates_at_the_end_of_time_are_refused(compute) -> None:
    with pytest.raises(Refused) as refused:
        compute(date(9999, 12, 31), calendar=Days())

    assert refused.value.codes == ("date_out_of_range",)
