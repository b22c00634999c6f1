"""The application form: its questions, its room, and what it never asks."""

from requests_app.domain import application_form, form_fields
from requests_app.domain.sheets import Option, Rows

CONTACT = application_form.Contact(
    issuer="某市人民政府办公室",
    unit="信息公开科",
    address="某市新华路1号",
    postcode="700000",
    phone="0900-1111111",
    fax="0900-2222222",
    hours="周一至周五8:30-12:00",
    envelope_note="政府信息公开申请",
    website="http://www.example.cn/",
)
BODIES = {"office": "某市人民政府办公室", "government": "某市人民政府"}


def words(sheet):
    found = [sheet.title, sheet.issuer, sheet.number, *sheet.foot]
    for block in sheet.blocks:
        found.append(block.head)
        if isinstance(block, Rows):
            for cell in block.cells:
                found += [cell.label, cell.value, cell.note, *(each.label for each in cell.options)]
        else:
            found += block.paragraphs
    return "\n".join(found)


def test_blank_form_asks_what_the_catalogue_lists_in_its_groups():
    sheet = application_form.blank(CONTACT, bodies=BODIES)

    asked = [(block.head, [cell.label for cell in block.cells]) for block in sheet.blocks[:8]]
    assert asked == [
        ("申请人为公民的", ["姓名＊", "证件号码＊", "证件类型＊"]),
        (
            "申请人为法人或者其他组织的",
            [
                "单位名称＊",
                "统一社会\n信用代码",
                "单位性质",
                "法定代表人\n或者负责人＊",
                "联系人＊",
            ],
        ),
        (
            "共同申请人（几个人一起申请的填写，写不下另附纸）",
            ["姓名（名称）\n证件类型\n证件号码"],
        ),
        (
            "监护人（申请人不满14周岁的填写）",
            ["姓名", "电话", "证件类型", "证件号码", "关系", "监护人同意"],
        ),
        (
            "联系方式（一起申请的，写第一个申请人的）",
            ["电话", "电子邮箱", "通信地址", "邮政编码", "需要什么帮助", "需要帮助"],
        ),
        ("代理人（有代理人的填写）", ["姓名", "电话", "证件类型", "证件号码"]),
        ("所需政府信息", ["向谁申请", "要哪些文件、\n哪些内容＊", "文件名称", "文号", "年份"]),
        ("形式和获取方式", ["要什么样的＊", "怎么拿到＊", "查阅点", "传真", "换一种方式"]),
    ]


def test_blank_form_tells_where_it_goes_and_asks_for_no_purpose():
    text = words(application_form.blank(CONTACT, bodies=BODIES))

    told = ("700000　某市新华路1号，信息公开科收", "0900-1111111", "0900-2222222", "不用说明用途")
    assert [each for each in told if each not in text] == []
    assert "工作单位" not in text
    assert text.count("用途") == 1


def test_filled_form_ticks_what_was_chosen_and_leaves_other_groups_out():
    sheet = application_form.filled(
        {"name": "陈向前", "form_wanted": "paper", "description": "清单", "body_code": "office"},
        bodies=BODIES,
        number="2026-0001",
        issuer="某市人民政府办公室",
        received="当面提交",
        organisation=False,
        others=(),
    )

    assert [block.head for block in sheet.blocks] == [
        "申请人为公民的",
        "联系方式（一起申请的，写第一个申请人的）",
        "所需政府信息",
        "形式和获取方式",
    ]
    assert sheet.blocks[3].cells[0].options == (
        Option("电子文件"),
        Option("纸质", ticked=True),
        Option("光盘"),
        Option("查阅、抄录"),
    )
    assert sheet.blocks[0].cells[0].value == "陈向前"


def test_every_field_of_the_catalogue_is_named_once():
    labels = [(field.group, field.label) for field in form_fields.FIELDS.values()]

    assert len(set(labels)) == len(labels)
    assert form_fields.label("name") == "姓名或者单位名称"
