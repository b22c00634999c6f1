"""Working papers as values: rows in pairs, lists that hold together."""

import pytest

from requests_app.domain.sheets import Cell, Grid, Rows


def test_rows_stand_two_by_two_and_wide_ones_alone():
    a, b, c, d = Cell("甲"), Cell("乙", wide=True), Cell("丙"), Cell("丁")

    assert list(Rows((a, b, c, d)).paired()) == [(a,), (b,), (c, d)]
    assert list(Rows((c, d, a)).paired()) == [(c, d), (a,)]


@pytest.mark.parametrize(
    ("lines", "shares"), [((("甲",),), (50, 50)), ((("甲", "乙"),), (50, 40)), ((), (100,))]
)
def test_a_list_whose_parts_disagree_cannot_be(lines, shares):
    with pytest.raises(ValueError, match="as many cells"):
        Grid(("一", "二"), lines, shares)


def test_a_list_pairs_its_columns_with_their_widths():
    assert Grid(("一", "二"), (), (30, 70)).widths == (("一", 30), ("二", 70))
