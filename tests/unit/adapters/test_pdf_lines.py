"""Where the lines of a letter end."""

from hypothesis import given
from hypothesis import strategies as st

from requests_app.adapters.pdf import lines

HAN = "依法行政为民服务公开透明高效便捷规范有序持续改进申请答复处理意见"
FORBIDDEN_STARTS = "、。，．：；？！）］｝〕】》〉」』”’…%％℃"
FORBIDDEN_ENDS = "（［｛〔【《〈「『“‘￥"


def width(character):
    return 500 if character < "\x7f" else 1000


def texts(broken):
    return [line.text for line in broken]


def test_paragraph_of_full_characters_has_26_then_28_on_a_line():
    broken = lines.break_lines(HAN * 2, width=width)

    assert [len(line.text) for line in broken] == [26, 28, 10]


def test_closing_mark_hangs_instead_of_beginning_a_line():
    text = "一" * 26 + "，" + "二" * 5

    assert texts(lines.break_lines(text, width=width)) == ["一" * 26 + "，", "二" * 5]


def test_opening_mark_goes_down_with_what_it_opens():
    text = "一" * 25 + "《条例》" + "二" * 5

    assert texts(lines.break_lines(text, width=width)) == ["一" * 25, "《条例》二二二二二"]


def test_number_stays_with_its_unit():
    text = "一" * 23 + "2026年3月5日答复"

    assert texts(lines.break_lines(text, width=width)) == ["一" * 23 + "2026年", "3月5日答复"]


def test_document_number_is_not_torn():
    text = "一" * 20 + "金政办公开告〔2026〕12号收悉"

    assert texts(lines.break_lines(text, width=width)) == [
        "一" * 20 + "金政办公开告",
        "〔2026〕12号收悉",
    ]


def test_dash_and_ellipsis_are_not_torn():
    text = "一" * 25 + "——二……三"

    assert texts(lines.break_lines(text, width=width)) == ["一" * 24, "一——二……三"]


def test_amount_with_grouped_digits_is_not_torn():
    text = "一" * 22 + "共3 846.52万元整"

    assert texts(lines.break_lines(text, width=width)) == ["一" * 22 + "共", "3 846.52万元整"]


def test_address_breaks_after_its_slashes():
    text = "一" * 20 + "https://www.example.gov.cn/zfxxgk/index.html查阅"

    assert texts(lines.break_lines(text, width=width)) == [
        "一" * 20 + "https://",
        "www.example.gov.cn/zfxxgk/index.html查阅",
    ]


def test_endless_word_is_cut_at_the_edge():
    broken = lines.break_lines("1234567890" * 12, width=width)

    assert "".join(texts(broken)) == "1234567890" * 12
    assert len(broken) == 3


def test_short_line_is_spread_to_the_edge():
    text = "一" * 25 + "《条例》" + "二" * 40

    first, second, _ = lines.break_lines(text, width=width)

    assert first == lines.Line("一" * 25, spread=(26 - 25) * 987 // 24)
    assert second.spread == 0


def test_line_that_would_gape_stays_short():
    text = "一" * 10 + "abcdefghijklmnopqrstuvwxyz" * 2 + "二" * 5

    assert lines.break_lines(text, width=lambda _: 1000)[0].spread == 0


def test_single_character_gets_company_on_the_last_line():
    text = "一" * 26 + "二" * 28 + "。"

    broken = lines.break_lines("一" * 26 + "二" * 28 + "三。", width=width)

    assert texts(broken) == ["一" * 26, "二" * 27, "二三。"]
    assert texts(lines.break_lines(text, width=width)) == ["一" * 26, "二" * 28 + "。"]


def test_title_breaks_into_even_lines():
    title = "关于金昌市金川区老旧小区改造工程质量问题政府信息公开申请的答复"

    balanced = lines.balance(title, width=lambda _: 1013, line=20_000)

    assert [len(row) for row in balanced] == [16, 15]


def test_title_keeps_its_own_line_ends():
    assert lines.balance("关于甲的\n答复", width=width, line=20_000) == ("关于甲的", "答复")


pieces = st.one_of(
    st.text(HAN, min_size=1, max_size=9),
    st.sampled_from("，。、；：？！"),
    st.sampled_from(["《条例》", "（一）", "“引号”", "——", "……", "〔2026〕第7号", "”。", "》、"]),
    st.integers(1, 99_999).map(str),
    st.sampled_from(["2026年", "38元", "12.5%", "A-12", "word", " ", "https://a.cn/b?c=d"]),
)


@given(st.lists(pieces, min_size=1, max_size=60).map("".join))
def test_no_character_is_lost(text):
    assert "".join(texts(lines.break_lines(text, width=width))) == text


@given(st.lists(pieces, min_size=1, max_size=60).map("".join))
def test_no_line_begins_or_ends_with_a_forbidden_mark(text):
    text = "始" + text.rstrip(FORBIDDEN_ENDS) + "终"  # what the paragraph itself begins with stays

    broken = texts(lines.break_lines(text, width=width))

    assert [line for line in broken[1:] if line[0] in FORBIDDEN_STARTS] == []
    assert [line for line in broken[:-1] if line.rstrip()[-1] in FORBIDDEN_ENDS] == []


@given(st.lists(pieces, min_size=1, max_size=60).map("".join))
def test_no_line_is_wider_than_the_type_area_and_one_hanging_mark(text):
    for number, line in enumerate(lines.break_lines(text, width=width)):
        room = (28 if number else 26) * 987
        visible = line.text.rstrip(" ")
        if visible[-1:] in lines.HANGING:
            room += 987
        used = sum(width(character) - 13 + line.spread for character in visible)

        assert used <= room + 2 * line.spread
