"""Sealed text and files, the blind index, query codes."""

import base64
import uuid

import pytest

from requests_app.adapters import crypto
from requests_app.domain.errors import Refused

ROW = "applicant:7:id_number"
NUMBER = "11010519491231002X"  # the example of GB 11643, nobody's

FORM = uuid.UUID("7b0e2f60-3a53-4b43-9d2c-0f7f6a1f0b11")


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.SEAL_KEYS = {1: b"1" * 32}
    settings.INDEX_KEY = b"i" * 32


def flip(sealed: str, *, place: int) -> str:
    number, _, encoded = sealed.partition(":")
    raw = bytearray(base64.b64decode(encoded))
    raw[place] ^= 1
    return f"{number}:{base64.b64encode(bytes(raw)).decode()}"


def test_seal_and_open_same_row():
    assert crypto.open_sealed(crypto.seal("张三 110", bound_to=ROW), bound_to=ROW) == "张三 110"


def test_seal_empty_text():
    assert crypto.open_sealed(crypto.seal("", bound_to=ROW), bound_to=ROW) == ""


def test_seal_twice_looks_different():
    assert crypto.seal(NUMBER, bound_to=ROW) != crypto.seal(NUMBER, bound_to=ROW)


def test_sealed_value_of_another_row_does_not_open():
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(crypto.seal(NUMBER, bound_to=ROW), bound_to="applicant:8:id_number")


@pytest.mark.parametrize("place", [0, 12, -1])
def test_sealed_value_with_one_bit_changed_does_not_open(place):
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(flip(crypto.seal(NUMBER, bound_to=ROW), place=place), bound_to=ROW)


@pytest.mark.parametrize("stored", ["", "1", "1:", "1:AAAA", "1:not base64", "x:AAAA", ":AAAA"])
def test_sealed_value_not_in_its_form_is_refused(stored):
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(stored, bound_to=ROW)


def test_seal_uses_newest_key_and_old_keys_still_open(settings):
    old = crypto.seal(NUMBER, bound_to=ROW)
    settings.SEAL_KEYS = {1: b"1" * 32, 12: b"2" * 32, 3: b"3" * 32}

    new = crypto.seal(NUMBER, bound_to=ROW)

    assert (crypto.key_number(old), crypto.key_number(new)) == (1, 12)
    assert crypto.open_sealed(old, bound_to=ROW) == crypto.open_sealed(new, bound_to=ROW) == NUMBER


def test_sealed_value_under_a_key_taken_away_names_the_key(settings):
    sealed = crypto.seal(NUMBER, bound_to=ROW)
    settings.SEAL_KEYS = {2: b"2" * 32}

    with pytest.raises(crypto.UnknownKey, match="sealing key 1 is not configured"):
        crypto.open_sealed(sealed, bound_to=ROW)


def test_sealed_value_relabelled_to_another_key_does_not_open(settings):
    settings.SEAL_KEYS = {1: b"1" * 32, 2: b"2" * 32}
    sealed = crypto.seal(NUMBER, bound_to=ROW).replace("2:", "1:", 1)

    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(sealed, bound_to=ROW)


def test_seal_without_keys_is_refused(settings):
    settings.SEAL_KEYS = {}

    with pytest.raises(crypto.NoKey):
        crypto.seal(NUMBER, bound_to=ROW)


def test_seal_bound_to_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="bound to its row"):
        crypto.seal(NUMBER, bound_to="")


def test_key_number_of_garbage_is_refused():
    with pytest.raises(crypto.Tampered):
        crypto.key_number("garbage")


def test_seal_errors_hold_neither_text_nor_key():
    sealed = flip(crypto.seal(NUMBER, bound_to=ROW), place=20)

    with pytest.raises(crypto.Tampered) as caught:
        crypto.open_sealed(sealed, bound_to=ROW)

    said = repr(caught.value) + str(caught.value)
    assert caught.value.__suppress_context__
    assert [secret for secret in (NUMBER, "1" * 32, sealed) if secret in said] == []


def test_file_sealed_and_opened():
    content = bytes(range(256)) * 999

    sealed = crypto.seal_file(content, bound_to="ab/cd/x.jpg")

    assert crypto.open_sealed_file(sealed, bound_to="ab/cd/x.jpg") == content
    assert content[:64] not in sealed


@pytest.mark.parametrize("cut", [0, 3, 7, 8, 19, 25, -1])
def test_file_cut_off_does_not_open(cut):
    sealed = crypto.seal_file(b"paper", bound_to="ab/cd/x.jpg")

    with pytest.raises(crypto.Tampered):
        crypto.open_sealed_file(sealed[:cut], bound_to="ab/cd/x.jpg")


def test_file_moved_to_another_path_does_not_open():
    sealed = crypto.seal_file(b"paper", bound_to="ab/cd/x.jpg")

    with pytest.raises(crypto.Tampered):
        crypto.open_sealed_file(sealed, bound_to="ab/cd/y.jpg")


def test_blind_index_is_known_and_ignores_case_spaces_and_width():
    expected = "a43aadcf4a3260d948e18381540b3feb94e07201a18dcb0854c1cb67ed177e27"

    found = {
        crypto.blind_index(typed)
        for typed in (NUMBER, NUMBER.lower(), " 110105 19491231 002x ", "１１０１０５19491231002Ｘ")
    }

    assert found == {expected}


def test_blind_index_depends_on_the_key(settings):
    before = crypto.blind_index(NUMBER)
    settings.INDEX_KEY = b"j" * 32

    assert crypto.blind_index(NUMBER) != before


def test_blind_index_and_query_code_hash_of_one_text_differ():
    assert crypto.blind_index("K7QF2M9XA4TBN") != crypto.hash_query_code("K7QF2M9XA4TBN")


def test_blind_index_without_key_is_refused(settings):
    settings.INDEX_KEY = b""

    with pytest.raises(crypto.NoKey):
        crypto.blind_index(NUMBER)


def test_new_query_code_has_13_characters_without_look_alikes():
    codes = [crypto.new_query_code() for _ in range(400)]

    assert {len(code) for code in codes} == {13}
    assert len(set(codes)) == 400
    assert "".join(sorted(set("".join(codes)))) == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_query_code_for_a_filing_is_known_and_has_the_usual_form():
    codes = [crypto.query_code_for(uuid.UUID(int=number)) for number in range(400)]

    assert codes[0] == "NC3606H8SZE0T"
    assert {len(code) for code in codes} == {13}
    assert len(set(codes)) == 400
    assert "".join(sorted(set("".join(codes)))) == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_query_code_for_a_filing_depends_on_the_key_outside_the_database(settings):
    before = crypto.query_code_for(FORM)
    settings.INDEX_KEY = b"j" * 32

    assert crypto.query_code_for(FORM) != before


def test_format_query_code_in_groups():
    assert crypto.format_query_code("K7QF2M9XA4TBN") == "K7QF-2M9XA-4TBN"


@pytest.mark.parametrize(
    "typed",
    [
        "K7QF-2M9XA-40B1",
        "k7qf2m9xa40b1",
        " K7QF 2M9XA 40B1 ",
        "K7QF—2M9XA—40B1",
        "Ｋ７ＱＦ-２Ｍ９ＸＡ-４０Ｂ１",
        "K7QF-2M9XA-4OBI",
        "k7qf-2m9xa-4obl",
    ],
)
def test_query_code_typed_differently_is_the_same(typed):
    stored = crypto.hash_query_code("K7QF2M9XA40B1")

    assert crypto.normalise_query_code(typed) == "K7QF2M9XA40B1"
    crypto.check_query_code(typed, stored=stored)


@pytest.mark.parametrize(
    "typed", ["", "K7QF-2M9XA-40B2", "K7QF-2M9XA-40B", "张三", "K7QF-2M9XA-40B11"]
)
def test_query_code_wrong_is_refused_with_its_reason(typed):
    stored = crypto.hash_query_code("K7QF2M9XA40B1")

    with pytest.raises(Refused) as caught:
        crypto.check_query_code(typed, stored=stored)

    assert caught.value.codes == ("query_code_wrong",)
    assert str(caught.value) == "申请编号与查询码不相符，请核对后再试。"


def test_query_code_of_a_case_that_does_not_exist_is_refused_in_the_same_words():
    with pytest.raises(Refused, match="申请编号与查询码不相符，请核对后再试。"):
        crypto.check_query_code("K7QF-2M9XA-40B1", stored="")


def test_query_code_is_not_stored_in_the_clear():
    assert "K7QF2M9XA40B1" not in crypto.hash_query_code("K7QF2M9XA40B1")
