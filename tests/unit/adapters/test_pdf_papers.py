"""Working papers can be archived and read aloud: PDF/A-3a and PDF/UA-1, judged by another program."""

import pytest

from requests_app.adapters import pdf
from requests_app.domain.sheets import Cell, Cover, Grid, Label, Option, Rows, Sheet, Words
from tests import archive

pytestmark = pytest.mark.skipif(
    bool(pdf.problems() or archive.MISSING), reason="; ".join([*pdf.problems(), archive.MISSING])
)

SHEET = Sheet(
    title="政府信息公开申请表",
    issuer="某市人民政府办公室",
    blocks=(
        Rows((Cell("姓名＊"), Cell("证件", options=(Option("护照", ticked=True),))), head="申请人"),
        Rows((Cell("意见", lines=3, wide=True, signed=True),), head="第二页", new_page=True),
        Grid(("一", "二"), (("甲", "乙🏠"),) * 60, (50, 50), head="列表"),
        Grid(("一",), (), (100,)),
        Words(("说明。",), small=True),
    ),
    number="申请编号：2026-0001",
    foot=("依据。",),
)
LABEL = Label(
    service="邮政EMS",
    postcode="",
    address="某市演示路1号",
    name="陈向前",
    phone="",
    reference="某公开补〔2026〕1号",
    contents="补正告知书",
    sender_postcode="700000",
    sender_address="某市新华路1号",
    sender_name="信息公开科",
    sender_phone="0900-1111111",
)
COVER = Cover("某市人民政府办公室", "卷宗", "项目清单", (("编号", "1"),), (("全宗号", ""),))


def test_papers_are_archivable_and_accessible(tmp_path):
    drawn = {
        "sheet": pdf.render_sheet(SHEET),
        "label": pdf.render_label(LABEL),
        "cover": pdf.render_cover(COVER),
    }
    asked = []
    for name, content in drawn.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        asked += [("3a", path), ("ua1", path)]

    assert archive.failures(*asked) == [[]] * 6


def test_same_paper_gives_the_same_bytes():
    pdf.render_sheet.cache_clear()
    first = pdf.render_sheet(SHEET)
    pdf.render_sheet.cache_clear()

    assert pdf.render_sheet(SHEET) == first
