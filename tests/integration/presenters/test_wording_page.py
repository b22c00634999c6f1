"""What the page of a wording shows: names that may be used, what is demanded, what changed."""

import pytest

from requests_app.domain.letters import KINDS, LetterKind
from requests_app.presenters import wording_page
from requests_app.presenters.wording_page import Change, Piece


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_name_that_is_demanded_is_offered(kind):
    rules = wording_page.rules(kind)

    offered = {name.code for name in rules.names if name.demanded}

    assert [
        words for words in KINDS[kind].must_say if words not in {*offered, *rules.must_say}
    ] == []


def test_partial_answer_offers_its_parts_as_one():
    codes = [name.code for name in wording_page.rules(LetterKind.PARTIAL).names]

    assert "{withheld_parts}" in codes
    assert [
        code for code in codes if code.startswith(("{withheld_2", "{ground", "{withheld}"))
    ] == []


def test_names_that_are_put_in_by_the_system_are_not_offered():
    codes = [name.code for name in wording_page.rules(LetterKind.DISCLOSED).names]

    assert "{decided_again}" in codes
    assert {"{decision_number}", "{decision_on}", "{replaced_number}"} & set(codes) == set()


def test_record_that_is_never_printed_is_not_offered():
    codes = [name.code for name in wording_page.rules(LetterKind.NOT_EXIST).names]

    assert "{searched_by}" not in codes


def test_lines_are_compared_and_changed_characters_marked():
    found = wording_page.changes("甲\n可以公开。\n乙\n", "甲\n予以公开。\n乙\n丙\n")

    assert found == (
        Change("same", (Piece("甲", marked=False),)),
        Change("gone", (Piece("可", marked=True), Piece("以公开。", marked=False))),
        Change("new", (Piece("予", marked=True), Piece("以公开。", marked=False))),
        Change("same", (Piece("乙", marked=False),)),
        Change("new", (Piece("丙", marked=True),)),
    )


def test_lines_that_are_gone_are_marked_whole():
    assert wording_page.changes("甲\n乙\n", "甲\n") == (
        Change("same", (Piece("甲", marked=False),)),
        Change("gone", (Piece("乙", marked=True),)),
    )
