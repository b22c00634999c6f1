"""The bundle of a case, made and read back: order, numbers, bookmarks, hashes, and what it refuses."""

import hashlib
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from requests_app.adapters import pdf, storage
from requests_app.domain.consultations import Position
from requests_app.domain.dossier import IdentityChoice
from requests_app.domain.papers import PaperKind
from requests_app.models import AccessRecord, Bundle, Case
from requests_app.services import assignments, bundles, consultations, letters
from tests.factories import IDENTITY_NUMBER, code_of, paper, refused
from tests.offices import moment

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

AT = moment("2026-04-20")


def pages(count, words="页"):
    """Return a PDF of ``count`` empty pages."""
    with pikepdf.new() as made:
        for _ in range(count):
            made.add_blank_page(page_size=(595, 842))
        saved = io.BytesIO()
        made.save(saved)
    return saved.getvalue()


@pytest.fixture
def case(desk):
    """An application filed online, corrected, consulted about, answered and fetched."""
    named = paper(PaperKind.IDENTITY, name=f"身份证{IDENTITY_NUMBER}.jpg")
    other = paper(PaperKind.OTHER, name="照片.jpg")
    case = desk.file(
        "2026-03-02", files=(named, other), description=f"我的号码{IDENTITY_NUMBER}，要项目清单"
    )
    desk.ask_correction(case, "2026-03-04", served="2026-03-05")
    desk.correct(case, "2026-03-09")
    desk.assign(case, "2026-03-10")
    assignments.give_opinion(
        case.pk,
        text="可以公开",
        actor=desk.handler,
        at=moment("2026-03-11"),
        files=(paper(PaperKind.OPINION, name="意见.pdf", content=pages(2)),),
    )
    consultation = desk.consult(case, "2026-03-12", served="2026-03-13")
    consultations.record_reply(
        consultation.pk,
        position=Position.AGREES,
        reason="",
        on=date(2026, 3, 18),
        actor=desk.clerk,
        at=moment("2026-03-18"),
        files=(paper(PaperKind.OPINION, name="复函.pdf", content=pages(1)),),
    )
    letters.render_due(at=moment("2026-03-19"))
    letter = desk.answer(case, "2026-03-20")
    desk.fetch(letter, "2026-03-23")
    return Case.objects.get(pk=case.pk)


def make(case, desk, *, identity=IdentityChoice.MASKED, reason=""):
    return bundles.make(case.pk, identity=identity, reason=reason, actor=desk.clerk, at=AT)


def taken(bundle, desk, *, packed):
    return bundles.fetch(bundle.pk, packed=packed, actor=desk.clerk, at=AT)[1]


def text_of(page):
    return re.sub(r"\s", "", page.extract_text())


def outline(items, reader, depth=0):
    for item in items:
        if isinstance(item, list):
            yield from outline(item, reader, depth + 1)
        else:
            yield depth, item.title, reader.get_destination_page_number(item)


def test_bundle_holds_the_papers_in_the_order_of_the_guide(case, desk):
    bundle = make(case, desk)

    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    titles = [(depth, title) for depth, title, _ in outline(reader.outline, reader)]
    numbers = {letter.kind: letter.number for letter in case.letters.all()}
    assert titles == [
        (0, "封面"),
        (0, "卷内目录"),
        (0, "申请表（含信封）"),
        (1, "申请表（登记的申请内容）"),
        (0, "证件及其他证明材料"),
        (1, "身份证明：身份证629999********8512.jpg（说明页）"),
        (0, "申请人提供的其他材料"),
        (1, "其他材料：照片.jpg"),
        (0, "接收回执"),
        (1, f"登记回执（{numbers['receipt']}）"),
        (0, "补正"),
        (1, f"补正告知书（{numbers['correction']}）"),
        (0, "第三方意见征询"),
        (1, "意见：复函.pdf"),
        (1, f"第三方意见征询书（{numbers['consult_third_party']}）"),
        (1, f"征求意见情况告知书（{numbers['consult_notice']}）"),
        (0, "办理单"),
        (1, "办理单"),
        (0, "其他行政机关的协办意见"),
        (1, "意见：意见.pdf"),
        (0, "答复书及附件"),
        (1, f"答复书：予以公开（{numbers['disclosed']}）"),
        (0, "邮寄单据及签收单据"),
        (1, "文书发出和送达登记"),
        (0, "查阅和借阅记录"),
        (1, "查阅和借阅记录"),
        (0, "期限说明"),
        (1, "期限说明"),
    ]


def test_every_page_after_the_list_of_contents_bears_its_number(case, desk):
    bundle = make(case, desk)

    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    first = next(place for _, title, place in outline(reader.outline, reader) if "申请表" in title)
    stamped = [text_of(page)[-20:] for page in reader.pages[first:]]
    assert len(stamped) == bundle.pages
    for number, tail in enumerate(stamped, start=1):
        assert tail.endswith(f"第{number}页共{bundle.pages}页")
    assert "共" not in text_of(reader.pages[first - 1])[-10:]


def test_list_of_contents_gives_the_pages_the_bookmarks_lead_to(case, desk):
    bundle = make(case, desk)

    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    with zipfile.ZipFile(io.BytesIO(taken(bundle, desk, packed=True))) as archive:
        items = json.loads(archive.read("manifest.json"))["items"]
    marks = [(title, place) for depth, title, place in outline(reader.outline, reader) if depth]
    front = len(reader.pages) - bundle.pages
    assert [item["first_page"] for item in items] == [place - front + 1 for _, place in marks]
    assert items[-1]["last_page"] == bundle.pages
    contents = text_of(reader.pages[1])
    assert all(item["number"] in contents for item in items)


def test_manifest_names_every_original_by_its_hash(case, desk):
    bundle = make(case, desk)

    file, packed = taken(bundle, desk, packed=False), taken(bundle, desk, packed=True)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        named = [item["original"] for item in manifest["items"] if item["original"]]
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(["manifest.json", f"{case.number}.pdf", *named])
        for item in manifest["items"]:
            if item["original"]:
                content = archive.read(item["original"])
                assert hashlib.sha256(content).hexdigest() == item["sha256"]
    letters = {letter.number: letter.sha256 for letter in case.letters.all()}
    assert {i["number"]: i["sha256"] for i in manifest["items"] if i["number"]} == letters
    assert manifest["bundle"] == {
        "file": f"{case.number}.pdf",
        "sha256": hashlib.sha256(file).hexdigest(),
    }
    assert (bundle.pdf_sha256, bundle.zip_sha256) == (
        hashlib.sha256(file).hexdigest(),
        hashlib.sha256(packed).hexdigest(),
    )


def test_identity_number_stands_nowhere(case, desk):
    bundle = make(case, desk)

    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    with zipfile.ZipFile(io.BytesIO(taken(bundle, desk, packed=True))) as archive:
        manifest = archive.read("manifest.json").decode()
        listed = manifest + "".join(archive.namelist())
    front = len(reader.pages) - bundle.pages
    # What was issued is not rewritten; every page made for the bundle masks the number.
    made = {
        front + page - 1
        for item in json.loads(manifest)["items"]
        if not item["number"]
        for page in range(item["first_page"], item["last_page"] + 1)
    }
    words = "".join(text_of(reader.pages[page]) for page in {*range(front), *made})
    assert "629999********8512" in words
    assert IDENTITY_NUMBER not in words
    assert IDENTITY_NUMBER not in listed
    assert not [name for name in listed.split("originals/") if "证件" in name[:12]]
    assert not AccessRecord.objects.filter(what__startswith="身份证明").exists()


def test_query_code_of_the_receipt_is_not_handed_on(case, desk):
    bundle = make(case, desk, identity=IdentityChoice.FULL, reason="行政诉讼")

    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    words = "".join(text_of(page) for page in reader.pages)
    with zipfile.ZipFile(io.BytesIO(taken(bundle, desk, packed=True))) as archive:
        items = json.loads(archive.read("manifest.json"))["items"]
    receipt = next(item for item in items if item["section"] == "接收回执")
    assert code_of(case) not in words
    assert code_of(case).replace("-", "") not in words
    assert (receipt["original"], receipt["note"]) == (
        "",
        "隐去查询码的重印件；原件由本机关保存。",
    )


def test_identity_paper_goes_in_with_a_reason_that_is_kept(case, desk):
    bundle = make(case, desk, identity=IdentityChoice.FULL, reason="行政复议案件答复")

    with zipfile.ZipFile(io.BytesIO(taken(bundle, desk, packed=True))) as archive:
        names = archive.namelist()
    assert "originals/002-证件及其他证明材料.jpg" in names
    looks = AccessRecord.objects.filter(case=case).order_by("pk")
    assert [(each.what, each.reason, each.staff_id) for each in looks] == [
        ("身份证明（装入卷宗）", "行政复议案件答复", desk.clerk.staff_id),
        ("下载卷宗（压缩包）", "行政复议案件答复", desk.clerk.staff_id),
    ]


def test_identity_paper_left_out_leaves_no_page(case, desk):
    bundle = make(case, desk, identity=IdentityChoice.LEFT_OUT)

    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    assert "证件及其他证明材料" not in [title for _, title, _ in outline(reader.outline, reader)]


def test_who_made_it_is_noted_in_the_ledger(case, desk):
    bundle = make(case, desk)

    note = case.events.order_by("-seq").first()
    assert (note.entry, note.recorded_by_id, note.recorded_at) == ("noted", desk.clerk.staff_id, AT)
    assert note.data == {
        "text": f"制作卷宗：{bundle.items}件{bundle.pages}页，身份材料以说明页代替，证件号码只印一部分。",
        "bundle": bundle.pk,
        "sha256": bundle.pdf_sha256,
    }


def test_missing_papers_are_named(case, desk):
    bundle = make(case, desk)

    numbers = {letter.kind: letter.number for letter in case.letters.all()}
    assert bundle.missing == [
        f"登记回执（{numbers['receipt']}）没有送达的登记。",
        f"征求意见情况告知书（{numbers['consult_notice']}）没有送达的登记。",
        "邮寄了1份文书，邮寄、签收单据的扫描件只有0份。",
    ]


def test_unreadable_file_is_named_and_a_page_stands_for_it(case, desk):
    row = case.attachments.get(kind=PaperKind.OTHER)
    Path(settings.PRIVATE_ROOT, row.path).unlink()
    opinion = case.attachments.get(name="意见.pdf")
    Path(settings.PRIVATE_ROOT, opinion.path).write_bytes(b"not what was saved")

    bundle = make(case, desk)

    assert bundle.notes == [
        "其他材料：照片.jpg：文件不存在，请联系系统管理员。",
        "意见：意见.pdf：文件与保存时不一致，已停止使用，请联系系统管理员。",
    ]
    reader = PdfReader(io.BytesIO(taken(bundle, desk, packed=False)))
    words = "".join(text_of(page) for page in reader.pages)
    assert "没有装入的原因文件不存在" in words


def test_bundle_of_two_hundred_pages_is_made(desk):
    case = desk.file(
        "2026-03-02",
        files=(paper(), paper(PaperKind.OTHER, name="长件.pdf", content=pages(200))),
    )

    bundle = make(Case.objects.get(pk=case.pk), desk)

    assert bundle.pages > 200


def test_nothing_is_left_behind_where_the_disk_is_full(case, desk, monkeypatch):
    count, save, kept = case.events.count(), storage.save, []

    def full(*args, **kwargs):
        if kept:
            raise storage.StorageFull
        kept.append(save(*args, **kwargs))
        return kept[0]

    monkeypatch.setattr(storage, "save", full)

    with pytest.raises(storage.StorageFull):
        make(case, desk)

    assert not Path(settings.PRIVATE_ROOT, kept[0].path).exists()
    assert (Bundle.objects.count(), case.events.count()) == (0, count)


def test_bundle_refuses_who_may_not_and_what_is_not_theirs(case, desk):
    def codes(case_id, actor, identity=IdentityChoice.MASKED, reason=""):
        return refused(bundles.make, case_id, identity=identity, reason=reason, actor=actor, at=AT)

    assert codes(case.pk, desk.handler) == ("role",)
    assert codes(case.pk, desk.handler_elsewhere) == ("role",)
    assert codes(case.pk, desk.supervisor) == ("role",)
    assert codes(0, desk.clerk) == ("no_such_case",)
    assert codes(case.pk, desk.clerk, IdentityChoice.FULL, " ") == ("reason",)
    assert codes(case.pk, desk.archivist, IdentityChoice.FULL, "归档") == ("role",)
    assert Bundle.objects.count() == 0


def test_bundle_refuses_too_much(case, desk, monkeypatch):
    monkeypatch.setattr(bundles, "MAX_PAGES", 3)
    assert refused(make, case, desk) == ("too_many_pages",)

    monkeypatch.setattr(bundles, "MAX_SOURCE_BYTES", 100)
    assert refused(make, case, desk) == ("too_large",)


def test_fetching_refuses_what_is_not_there_and_identity_to_others(case, desk):
    bundle = make(case, desk, identity=IdentityChoice.FULL, reason="行政诉讼")

    assert refused(bundles.fetch, 0, packed=True, actor=desk.clerk, at=AT) == ("no_such_bundle",)
    assert refused(bundles.fetch, bundle.pk, packed=True, actor=desk.archivist, at=AT) == ("role",)
    assert refused(bundles.fetch, bundle.pk, packed=True, actor=desk.supervisor, at=AT) == ("role",)
