"""What an answer hands over: the register of redactions as parts of the letter, and every refusal."""

import pytest

from requests_app.domain import outcomes, releases
from requests_app.domain.grounds import Ground
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.releases import Redaction, Released

HASH = "ab" * 32
WHOLE = Released("批复.pdf", 6, HASH)
ADDRESS = Redaction(12, "住址", Ground.THIRD_PARTY, "第三方不同意公开，理由合理")
PHONE = Redaction(3, "联系电话", Ground.THIRD_PARTY, "第三方不同意公开，理由合理")
MINUTES = Redaction(20, "讨论记录", Ground.PROCESS, "尚未形成意见")
BLACKED = Released("听证报告.pdf", 30, HASH, redacted=True, redactions=(ADDRESS, PHONE, MINUTES))
UNTOLD = Released("名册.pdf", 2, HASH, redacted=True)


def test_a_file_is_listed_with_name_pages_and_hash():
    assert WHOLE.listed == f"批复.pdf（6页；SHA-256：{HASH}）"
    assert BLACKED.listed == f"听证报告.pdf（30页，部分内容已遮盖；SHA-256：{HASH}）"


def test_pages_add_up_and_the_list_comes_before_what_was_typed():
    assert releases.pages((WHOLE, BLACKED)) == 36
    assert releases.attachments((WHOLE,), typed="光盘一张") == f"{WHOLE.listed}\n光盘一张"
    assert releases.attachments((), typed="光盘一张") == "光盘一张"


def test_places_with_one_ground_and_one_reason_are_one_part():
    assert releases.withheld((BLACKED,), typed={}) == {
        "withheld": "“听证报告.pdf”第3页的联系电话；“听证报告.pdf”第12页的住址",
        "ground": "third_party",
        "withheld_reason": "第三方不同意公开，理由合理",
        "withheld_2": "“听证报告.pdf”第20页的讨论记录",
        "ground_2": "process",
        "withheld_reason_2": "尚未形成意见",
    }


def test_what_was_typed_follows_what_the_register_has():
    typed = {"withheld_3": "附录全文", "ground_3": "internal", "withheld_reason_3": "只涉及值班"}

    found = releases.withheld((BLACKED,), typed=typed)

    assert (found["withheld_3"], found["ground_3"]) == ("附录全文", "internal")
    assert releases.count_of_parts((BLACKED,), typed=typed) == 3
    # Typed in the seventh place and nothing registered: it moves up, and leaves nothing behind.
    seventh = {"withheld_7": "附录", "ground_7": "internal", "withheld_reason_7": "值班"}
    moved = releases.withheld((), typed=seventh)
    assert (moved["withheld"], moved["withheld_7"]) == ("附录", "")


def test_a_part_typed_as_the_register_has_it_is_one_part():
    own = releases.withheld((BLACKED,), typed={})

    assert releases.withheld((BLACKED,), typed=own) == own


def codes(outcome, *files, typed=None):
    found = releases.against(outcome, files, typed=typed or {})
    return tuple(reason.code for reason in found)


@pytest.mark.parametrize(
    ("outcome", "files", "refused"),
    [
        (OutcomeCode.DISCLOSED, (), ()),
        (OutcomeCode.DISCLOSED, (WHOLE,), ()),
        (OutcomeCode.DISCLOSED, (WHOLE, BLACKED), ("released_files",)),
        (OutcomeCode.PARTIAL, (), ()),
        (OutcomeCode.PARTIAL, (WHOLE,), ()),
        (OutcomeCode.PARTIAL, (WHOLE, BLACKED), ()),
        (OutcomeCode.PARTIAL, (BLACKED, UNTOLD), ("redaction_missing",)),
        (OutcomeCode.NOT_EXIST, (WHOLE,), ("released_files",)),
        (OutcomeCode.THIRD_PARTY, (BLACKED,), ("released_files",)),
    ],
)
def test_what_files_say_against_an_outcome(outcome, files, refused):
    assert codes(outcome, *files) == refused


def test_a_blacked_out_file_in_full_disclosure_is_refused_with_the_article():
    (reason,) = releases.against(OutcomeCode.DISCLOSED, (BLACKED,), typed={})

    assert reason.citation == "《中华人民共和国政府信息公开条例》第三十七条"
    assert "部分公开" in reason.sentence


def test_more_parts_than_a_letter_has_room_for_are_refused():
    places = tuple(Redaction(1, "住址", Ground.INTERNAL, f"理由{n}") for n in range(21))
    many = Released("册.pdf", 1, HASH, redacted=True, redactions=places)

    assert codes(OutcomeCode.PARTIAL, many) == ("too_many_parts",)


def test_a_partial_disclosure_without_any_ground_stays_refused():
    found = outcomes.missing(
        OutcomeCode.PARTIAL,
        given={"provided": "批复", "how_given": "下载"} | releases.withheld((WHOLE,), typed={}),
    )

    assert {reason.code for reason in found} == {"outcome_field_missing"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"page": 0}, "page"),
        ({"page": 31}, "page"),
        ({"what": " "}, "what"),
        ({"ground": ""}, "ground"),
        ({"ground": "我不想给"}, "ground"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_redaction_names_page_words_ground_and_reason(changes, code):
    given = {"page": 3, "what": "住址", "ground": "third_party", "reason": "隐私"}

    assert releases.check_redaction(BLACKED, **given) == ()
    found = releases.check_redaction(BLACKED, **(given | changes))
    assert tuple(reason.code for reason in found) == (code,)


def test_a_file_given_whole_has_no_redactions():
    found = releases.check_redaction(
        WHOLE, page=1, what="住址", ground="third_party", reason="隐私"
    )

    assert tuple(reason.code for reason in found) == ("file",)
