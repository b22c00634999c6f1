"""What may come in and what may not, with real bytes made here."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import ExifTags, Image

from requests_app.adapters import scanner
from requests_app.adapters.scanner import FileKind
from requests_app.domain.errors import Refused

MEGABYTE = 1024 * 1024
WORD = "http://schemas.openxmlformats.org"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="x">'
    '<Override PartName="/word/document.xml" ContentType="application/xml"/>{more}</Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="x"><Relationship Id="r1" Type="{type}" Target="{target}"{mode}/>'
    "</Relationships>"
)


def picture(form="JPEG", *, size=(60, 40), mode="RGB", **options):
    drawn = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(drawn, form, **options)
    return drawn.getvalue()


def pdf(change=None, *, pages=1, **options):
    written = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        if change:
            change(made)
        made.save(written, **options)
    return written.getvalue()


def docx(parts=None, *, types="", relation=None):
    relation = relation or {"type": f"{WORD}/styles", "target": "styles.xml", "mode": ""}
    content = {
        "[Content_Types].xml": CONTENT_TYPES.format(more=types),
        "word/document.xml": "<document/>",
        "word/_rels/document.xml.rels": RELATIONS.format(**relation),
        **(parts or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return written.getvalue()


def ole(*entries):
    names = "".join(f"{entry}\0" for entry in entries).encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(512)


def inspect(content, name, *, allowed=scanner.OTHER_MATERIAL, max_bytes=MEGABYTE):
    return scanner.inspect(io.BytesIO(content), name=name, allowed=allowed, max_bytes=max_bytes)


def refusal(content, name, **options):
    with pytest.raises(Refused) as caught:
        inspect(content, name, **options)
    return caught.value.codes


# --- What may come in ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "kind", "content_type", "pages"),
    [
        (picture(), "身份证.jpg", FileKind.JPEG, "image/jpeg", None),
        (picture(), "IMG_0001.JPEG", FileKind.JPEG, "image/jpeg", None),
        (picture(mode="L"), "a.jpg", FileKind.JPEG, "image/jpeg", None),
        (picture(mode="CMYK"), "a.jpg", FileKind.JPEG, "image/jpeg", None),
        (picture(size=(3, 2)), "tiny.jpg", FileKind.JPEG, "image/jpeg", None),
        (picture(progressive=True), "a.jpg", FileKind.JPEG, "image/jpeg", None),
        (picture("PNG", mode="RGBA"), "a.png", FileKind.PNG, "image/png", None),
        (pdf(pages=3), "委托书.pdf", FileKind.PDF, "application/pdf", 3),
        (ole("Root Entry", "WordDocument"), "a.doc", FileKind.DOC, "application/msword", None),
        (
            docx(),
            "申请.docx",
            FileKind.DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            None,
        ),
    ],
)
def test_file_that_is_what_it_says_comes_in(content, name, kind, content_type, pages):
    scanned = inspect(content, name)

    assert (scanned.kind, scanned.content_type, scanned.pages) == (kind, content_type, pages)
    assert (scanned.content, scanned.size) == (content, len(content))


def test_picture_of_a_telephone_with_a_second_picture_behind_it_comes_in():
    second = Image.effect_noise((60, 40), 60)
    drawn = io.BytesIO()
    Image.effect_noise((60, 40), 60).save(drawn, "MPO", save_all=True, append_images=[second])

    assert inspect(drawn.getvalue(), "a.jpg").kind is FileKind.JPEG


def test_pdf_that_opens_at_a_page_and_has_a_link_comes_in():
    def change(made):
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])
        link = Dictionary(S=Name.URI, URI=String("https://www.jcs.gov.cn/"))
        made.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=link)])

    assert inspect(pdf(change), "a.pdf").pages == 1


def test_docx_with_a_link_to_the_web_comes_in():
    relation = {
        "type": f"{WORD}/officeDocument/2006/relationships/hyperlink",
        "target": "https://www.jcs.gov.cn/",
        "mode": ' TargetMode="External"',
    }

    assert inspect(docx(relation=relation), "a.docx").kind is FileKind.DOCX


def test_scanned_file_does_not_show_its_content():
    assert "content" not in repr(inspect(picture(), "a.jpg"))


# --- Name, size, kind ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.html", "a.svg", "a.zip", "a.docm", "a", "", "jpg", "a.jpg.exe", "a.jpg\u202e"],
)
def test_ending_not_on_the_list_is_refused(name):
    assert refusal(picture(), name) == ("file_kind_not_allowed",)


def test_word_file_as_identity_paper_is_refused_and_the_kinds_are_named():
    with pytest.raises(Refused) as caught:
        inspect(docx(), "a.docx", allowed=scanner.IDENTITY_PAPERS)

    assert str(caught.value) == "不能接收这种文件，请上传 jpg、png、heic、pdf 格式。"


def test_file_of_exactly_the_limit_comes_in():
    content = picture()

    assert inspect(content, "a.jpg", max_bytes=len(content)).size == len(content)


@pytest.mark.parametrize(
    ("max_bytes", "words"), [(20 * MEGABYTE, "文件超过 20 MB，"), (2048, "文件超过 2 KB，")]
)
def test_file_over_the_limit_is_refused(max_bytes, words):
    with pytest.raises(Refused, match=words) as caught:
        inspect(bytes(max_bytes + 1), "a.pdf", max_bytes=max_bytes)

    assert caught.value.codes == ("file_too_large",)


def test_file_over_the_limit_is_not_read_to_its_end():
    endless = io.BytesIO(bytes(5000))

    with pytest.raises(Refused):
        scanner.inspect(endless, name="a.pdf", allowed=scanner.OTHER_MATERIAL, max_bytes=1000)

    assert endless.tell() == 1001


def test_empty_file_is_refused():
    assert refusal(b"", "a.pdf") == ("file_empty",)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + bytes(200), "a.jpg"),
        (b"<html><script>alert(1)</script></html>", "a.jpg"),
        (picture("PNG"), "a.jpg"),
        (picture("GIF", mode="L"), "a.png"),
        (picture(), "a.pdf"),
        (pdf(), "a.docx"),
        (ole("WordDocument"), "a.docx"),
        (docx(), "a.doc"),
        (b"just a few words", "a.docx"),
        (b"just a few words", "a.png"),
        (b"\0", "a.pdf"),
        (b"junk " * 20 + pdf(), "a.pdf"),
    ],
)
def test_disguised_file_is_refused(content, name):
    assert refusal(content, name) == ("file_disguised",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("身份证 正面.jpg", "身份证 正面.jpg"),
        ("照片.JPEG", "照片.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\王\\扫描件.jpg", "扫描件.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie_ x.jpg"),
        ("发票\u202egpj.exe.jpg", "发票gpj.exe.jpg"),
        ("a\u200bb\x00c.jpg", "abc.jpg"),
        ('<b>"x"|?*.jpg', "_b__x____.jpg"),
        ("...jpg", "未命名.jpg"),
        (".jpg", "未命名.jpg"),
        ("  多  个   空格 .jpg", "多 个 空格.jpg"),
        ("𠮷田\u3000证明.jpg", "𠮷田 证明.jpg"),
        ("e\u0301.jpg", "é.jpg"),
        (f"{'长' * 300}.jpg", f"{'长' * 80}.jpg"),
    ],
)
def test_name_is_cleaned_and_keeps_its_chinese(name, expected):
    assert scanner.clean_name(name, kind=FileKind.JPEG) == expected


# --- Pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_picture_cut_off_is_refused(form, kept):
    content = picture(form, size=(300, 200))

    codes = refusal(content[: int(len(content) * kept)], f"a.{form.lower()}")

    assert codes == ("file_damaged",)


def test_jpeg_header_with_a_script_behind_it_is_refused():
    content = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00<?php system();"

    assert refusal(content, "a.jpg") == ("file_damaged",)


def png_claiming(width, height):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(20000, 20000), (12000, 9000), (10000, 5001)])
def test_picture_with_too_many_pixels_is_refused(width, height):
    content = png_claiming(width, height)

    assert len(content) < 60_000
    assert refusal(content, "a.png") == ("image_too_many_pixels",)
    with pytest.raises(Refused) as caught:
        scanner.strip_image(content)
    assert caught.value.codes == ("image_too_many_pixels",)


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
def test_huge_picture_of_nothing_is_refused_before_it_is_drawn(form, name, monkeypatch):
    drawn = io.BytesIO()
    Image.new("RGB", (5000, 3300)).save(drawn, form, progressive=True)
    monkeypatch.setattr(Image.Image, "load", None)

    assert len(drawn.getvalue()) < 5000 * 3300 * 3 // 200
    assert refusal(drawn.getvalue(), name) == ("image_too_many_pixels",)


def test_huge_scan_of_a_page_comes_in():
    page = Image.effect_noise((620, 877), 90).point(lambda tone: 255 * (tone > 60)).convert("1")
    drawn = io.BytesIO()
    page.resize((4960, 7016)).save(drawn, "PNG")  # A4 at 600 dots an inch

    assert inspect(drawn.getvalue(), "a.png").kind == "png"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    "behind",
    [
        b"<script>alert(1)</script>",
        b"<SCRIPT src=x>",
        b"<?php system($_GET['c']); ?>",
        b"<!DOCTYPE html><p>",
        pdf(),
        docx(),
    ],
)
def test_whole_picture_with_something_behind_it_is_refused(form, behind):
    assert refusal(picture(form) + behind, f"a.{form.lower()}") == ("image_hides_something",)


def test_picture_with_a_script_in_its_comment_is_refused():
    assert refusal(picture(comment=b"<?php phpinfo();"), "a.jpg") == ("image_hides_something",)


def photo_with_place():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "PhoneMaker"
    exif[ExifTags.Base.Orientation] = 6  # taken upright: turn it a quarter clockwise
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (38.0, 31.0, 12.0)
    return picture(size=(60, 40), exif=exif, comment=b"taken at home", icc_profile=b"profile" * 20)


def test_strip_image_leaves_no_place_device_or_comment():
    before = photo_with_place()

    after = scanner.strip_image(before)

    marks = (b"PhoneMaker", b"Exif", b"taken at home", b"ICC_PROFILE")
    assert [mark for mark in marks if mark not in before] == []
    assert [mark for mark in marks if mark in after] == []
    with Image.open(io.BytesIO(after)) as picture_after:
        assert dict(picture_after.getexif()) == {}


@pytest.mark.parametrize("quality", [30, 75, 95])
def test_strip_image_keeps_the_fineness_and_about_the_size_of_a_jpeg(quality):
    before = picture(size=(640, 480), quality=quality)

    after = scanner.strip_image(before)

    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert new.quantization == old.quantization
    assert len(after) < len(before) * 1.02


def test_strip_image_turns_the_picture_upright():
    with Image.open(io.BytesIO(scanner.strip_image(photo_with_place()))) as after:
        assert (after.format, after.size) == ("JPEG", (40, 60))


def test_strip_image_takes_off_what_lies_behind_the_picture():
    assert b"<script>" not in scanner.strip_image(picture() + b"<script>alert(1)</script>")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_strip_image_keeps_png_pixels(mode):
    image = Image.effect_noise((20, 10), 60).convert("RGB" if mode == "LA" else "L")
    image = image.convert("I").convert("I;16") if mode == "I;16" else image.convert(mode)
    before = io.BytesIO()
    image.save(before, "PNG")

    with Image.open(io.BytesIO(scanner.strip_image(before.getvalue()))) as after:
        assert (after.format, after.mode, after.size) == ("PNG", image.mode, (20, 10))
        assert after.tobytes() == image.tobytes()


def test_strip_image_keeps_what_is_transparent():
    before = io.BytesIO()
    image = Image.new("P", (4, 4), 1)
    image.putpixel((0, 0), 0)
    image.save(before, "PNG", transparency=0)

    with Image.open(io.BytesIO(scanner.strip_image(before.getvalue()))) as after:
        corner, other = (
            after.convert("RGBA").getpixel((0, 0)),
            after.convert("RGBA").getpixel((1, 1)),
        )

    assert (corner[3], other[3]) == (0, 255)


def test_strip_image_keeps_a_cmyk_jpeg_a_picture():
    with Image.open(io.BytesIO(scanner.strip_image(picture(mode="CMYK")))) as after:
        assert (after.format, after.size) == ("JPEG", (60, 40))


@pytest.mark.parametrize("content", [b"", b"no picture", picture()[:200], picture("GIF", mode="L")])
def test_strip_image_of_no_picture_is_refused(content):
    with pytest.raises(Refused) as caught:
        scanner.strip_image(content)

    assert caught.value.codes == ("file_damaged",)


# --- PDF -----------------------------------------------------------------------------------------


def run_script(made):
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def launch(made):
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    made.pages[0].AA = Dictionary(O=action)


def named_script(made):
    script = made.make_indirect(Dictionary(S=Name.JavaScript, JS=made.make_stream(b"app.alert(1)")))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def submit_form(made):
    action = Dictionary(S=Name.SubmitForm, F=String("http://example.invalid/"))
    button = Dictionary(Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=Dictionary(U=action))
    made.pages[0].Annots = Array([Array([button])])


def form_of_its_own(made):
    made.Root.AcroForm = Dictionary(XFA=made.make_stream(b"<xdp/>"))


def movie(made):
    made.pages[0].Annots = Array([Dictionary(Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])])


def call_home(made):
    action = Dictionary(S=Name.URI, URI=String("http://example.invalid/"))
    made.Root.OpenAction = made.make_indirect(action)


def call_home_on_a_page(made):
    action = Dictionary(S=Name.URI, URI=String("http://example.invalid/"))
    made.pages[0].AA = Dictionary(O=action)


@pytest.mark.parametrize(
    "change",
    [
        run_script,
        launch,
        named_script,
        submit_form,
        form_of_its_own,
        movie,
        call_home,
        call_home_on_a_page,
    ],
)
@pytest.mark.parametrize("packed", ["disable", "generate"])
def test_pdf_that_acts_is_refused(change, packed):
    content = pdf(change, object_stream_mode=pikepdf.ObjectStreamMode[packed])

    assert refusal(content, "a.pdf") == ("pdf_active_content",)


def attach(made):
    made.attachments["x.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def test_pdf_with_attachment_is_refused():
    assert refusal(pdf(attach), "a.pdf") == ("pdf_has_attachments",)


def test_pdf_with_script_and_attachment_is_refused_for_both():
    def change(made):
        run_script(made)
        attach(made)

    assert refusal(pdf(change), "a.pdf") == ("pdf_active_content", "pdf_has_attachments")


@pytest.mark.parametrize("user", ["", "open sesame"])
def test_pdf_encrypted_is_refused(user):
    locked = pdf(encryption=pikepdf.Encryption(user=user, owner="owner"))

    assert refusal(locked, "a.pdf") == ("file_encrypted",)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(300), pdf()[:120], pdf(pages=0)]
)
def test_pdf_damaged_or_without_pages_is_refused(content):
    assert refusal(content, "a.pdf") == ("file_damaged",)


def pdf_with_object_stream(body):
    """Write a PDF by hand whose object 5 lies inside the packed ``body``."""
    written = bytearray(b"%PDF-1.5\n")
    places = [0]

    def add(content):
        places.append(len(written))
        written.extend(b"%d 0 obj\n%s\nendobj\n" % (len(places) - 1, content))

    add(b"<</Type/Catalog/Pages 2 0 R>>")
    add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    add(b"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 9 9]/AA 5 0 R>>")
    packed = zlib.compress(body, 9)
    kind = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(packed)
    add(b"%s\nstream\n%s\nendstream" % (kind, packed))
    rows = [struct.pack(">BIB", 1 if place else 0, place, 0) for place in places]
    rows += [struct.pack(">BIB", 2, 4, 0), struct.pack(">BIB", 1, len(written), 0)]
    table = b"".join(rows)
    start = len(written)
    kind = b"<</Type/XRef/Size 7/Root 1 0 R/W[1 4 1]/Length %d>>" % len(table)
    written.extend(b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (kind, table))
    written.extend(b"startxref\n%d\n%%%%EOF\n" % start)
    return bytes(written)


def test_pdf_with_script_in_an_object_stream_is_refused():
    content = pdf_with_object_stream(b"5 0 <</O<</S/JavaScript/JS(app.alert)>>>>")

    assert refusal(content, "a.pdf") == ("pdf_active_content",)


def test_pdf_whose_object_stream_explodes_is_refused():
    content = pdf_with_object_stream(b"5 0 " + b" " * (80 * MEGABYTE) + b"<<>>")

    assert len(content) < 100_000
    assert refusal(content, "a.pdf") == ("pdf_too_complex",)


def test_pdf_with_too_many_objects_is_refused(monkeypatch):
    monkeypatch.setattr(scanner.pdf, "MAX_OBJECTS", 3)

    assert refusal(pdf(pages=3), "a.pdf") == ("pdf_too_complex",)


def test_pdf_that_is_an_archive_too_is_refused():
    assert refusal(pdf() + docx(), "a.pdf") == ("pdf_has_attachments",)


# --- Word ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        docx({"word/vbaProject.bin": "x"}),
        docx(types='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
        docx(
            types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        ),
        docx(types='<Override ContentType="application/vnd.ms-office.activeX+xml"/>'),
        docx(types='<Override ContentType="application/x.oleObject"/>'),
        docx(types='<Override ContentType="application/vnd.ms-office.vba&#80;roject"/>'),
    ],
)
def test_docx_with_macro_or_program_is_refused(content):
    assert refusal(content, "a.docx") == ("word_active_content",)


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame"])
def test_docx_that_fetches_something_is_refused(kind):
    relation = {
        "type": f"{WORD}/officeDocument/2006/relationships/{kind}",
        "target": "http://example.invalid/x.dotm",
        "mode": ' TargetMode="&#69;xternal"',
    }

    assert refusal(docx(relation=relation), "a.docx") == ("word_remote_content",)


def test_docx_that_explodes_is_refused_without_unpacking():
    content = docx({"word/media/a.xml": " " * (101 * MEGABYTE)})

    assert len(content) < 200_000
    assert refusal(content, "a.docx") == ("word_too_large_inside",)


def test_docx_packed_too_well_is_refused():
    assert refusal(docx({"word/a.xml": " " * 5 * MEGABYTE}), "a.docx") == ("word_too_large_inside",)


def test_docx_with_too_many_parts_is_refused():
    parts = {f"word/{number}.xml": "x" for number in range(5000)}

    assert refusal(docx(parts), "a.docx", max_bytes=4 * MEGABYTE) == ("word_too_large_inside",)


def test_docx_with_a_huge_list_of_types_is_refused():
    # Not compressible, so that only its own size gives it away.
    more = "".join(f"<x a='{number * 7919 % 999983}{number}'/>" for number in range(300_000))

    content = docx(types=more)

    assert refusal(content, "a.docx", max_bytes=9 * MEGABYTE) == ("word_too_large_inside",)


@pytest.mark.parametrize(
    "content",
    [
        docx()[:-40],
        docx({"[Content_Types].xml": "<Types"}),
        docx({"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "b">]><Types/>'}),
        docx({"/etc/passwd": "x"}),
        docx({"word/../../x": "x"}),
        docx({"a.rels": '<?xml version="1.0" encoding="no-such"?><a/>'}),
        docx({"WORD/document.xml": "<other/>"}),
    ],
)
def test_docx_damaged_is_refused(content):
    assert refusal(content, "a.docx") == ("file_damaged",)


def without_document():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(more=""))
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()


def test_other_office_file_under_the_name_of_word_is_refused():
    assert refusal(without_document(), "a.docx") == ("file_damaged",)


def test_docx_with_locked_parts_is_refused():
    content = bytearray(docx())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1  # "encrypted", in the directory

    assert refusal(bytes(content), "a.docx") == ("file_encrypted",)


def test_docx_under_a_password_is_refused():
    assert refusal(ole("EncryptedPackage"), "a.docx") == ("file_encrypted",)


@pytest.mark.parametrize("entry", ["_VBA_PROJECT", "\x01Ole10Native"])
def test_doc_with_macro_or_packed_program_is_refused(entry):
    assert refusal(ole("WordDocument", entry), "a.doc") == ("word_active_content",)


def test_doc_that_is_another_old_office_file_is_refused():
    assert refusal(ole("Workbook"), "a.doc") == ("file_damaged",)
