"""The electronic file of the archive: what is in the ZIP, that it never changes, that it gets made."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from requests_app.adapters import pdf, storage
from requests_app.domain import chain
from requests_app.domain.papers import PaperKind
from requests_app.models import AccessRecord, ArchiveFile
from requests_app.services import additions, archive_files, archives, entries, job_runs, letters
from tests import archive, factories
from tests.factories import paper, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-12")
needs_paper = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))


@pytest.fixture
def quick_sheets(monkeypatch, quick_pdf):
    """Stand in for the drawing of sheets by an empty page of A4."""
    import pikepdf

    def draw(*_, **__):
        blank = pikepdf.new()
        blank.add_blank_page(page_size=(595, 842))
        saved = io.BytesIO()
        blank.save(saved, deterministic_id=True)
        return saved.getvalue()

    monkeypatch.setattr(pdf, "render_sheet", draw)
    monkeypatch.setattr(pdf, "render_letter", draw)


@pytest.fixture
def owed(desk, quick_sheets, settings):
    settings.NUDGE = False
    return put_away(desk)


def put_away(desk):
    case = desk.file("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(case, "2026-03-10"), "2026-03-10")
    additions.add(
        case.pk,
        files=(paper(PaperKind.PROOF, "回执.jpg"),),
        actor=desk.clerk,
        at=moment("2026-03-11"),
    )
    archives.put_away(case.pk, actor=desk.archivist, at=AT)
    return ArchiveFile.objects.get(record__case=case)


def opened(file):
    file.refresh_from_db()
    content = storage.read_file(file.path, sha256=file.sha256)
    return content, zipfile.ZipFile(io.BytesIO(content))


def test_the_sweep_makes_what_is_owed_once(owed):
    job_runs.sweep(at=moment("2026-03-12", "10:01"))
    owed.refresh_from_db()
    first = (owed.path, owed.sha256, owed.made_at)

    assert archive_files.make(owed.pk, at=moment("2026-03-13")) is False
    job_runs.sweep(at=moment("2026-03-13", "11:00"))

    owed.refresh_from_db()
    assert (owed.path, owed.sha256, owed.made_at) == first
    assert (bool(owed.path), owed.tries, owed.problem) == (True, 1, "")


def test_every_part_stands_in_the_manifest_with_its_hash(desk, owed):
    archive_files.make(owed.pk, at=AT)

    _, packed = opened(owed)
    manifest = json.loads(packed.read("manifest.json"))
    assert (manifest["file_number"], manifest["case"], manifest["archived_on"]) == (
        owed.record.number,
        "2026-0001",
        "2026-03-12",
    )
    told = {part["file"]: part["sha256"] for part in manifest["parts"]}
    told[manifest["index"]["file"]] = manifest["index"]["sha256"]
    told[manifest["ledger"]["file"]] = manifest["ledger"]["sha256"]
    for part in manifest["parts"]:
        if part["original"]:
            told[part["original"]] = part["original_sha256"]
    found = {
        name: hashlib.sha256(packed.read(name)).hexdigest()
        for name in packed.namelist()
        if name != "manifest.json"
    }
    assert found == told
    assert len(manifest["parts"]) == owed.parts
    sections = [part["section"] for part in manifest["parts"]]
    assert sections[0] == "申请表（含信封）"
    assert (sections.index("接收回执") < sections.index("答复书及附件"), sections[-1]) == (
        True,
        "期限说明",
    )


def test_the_ledger_goes_along_with_a_chain_anybody_can_check(desk, owed):
    entries.note(owed.record.case_id, text="以后的备注", actor=desk.clerk, at=moment("2026-03-13"))
    archive_files.make(owed.pk, at=moment("2026-03-14"))

    _, packed = opened(owed)
    manifest = json.loads(packed.read("manifest.json"))
    rows = json.loads(packed.read("ledger.json"))["entries"]
    assert [row["seq"] for row in rows] == list(range(1, owed.seq + 1))
    assert (rows[-1]["entry"], rows[-1]["chain"]) == (
        "archived",
        manifest["ledger"]["chain_head"],
    )
    previous = chain.start(f"case:{owed.record.case_id}")
    for row in rows:
        link = row.pop("chain")
        previous = chain.link(previous, row)
        assert previous == link


def test_no_identity_paper_and_no_query_code_goes_into_it(desk, owed):
    archive_files.make(owed.pk, at=AT)

    content, packed = opened(owed)
    scan = owed.record.case.attachments.get(kind="identity")
    manifest = json.loads(packed.read("manifest.json"))
    (part,) = [each for each in manifest["parts"] if each["section"] == "证件及其他证明材料"]
    assert (part["title"], part["original"]) == ("身份证明：身份证.jpg（说明页）", "")
    original = storage.read_file(scan.path, sha256=scan.sha256)
    assert original not in content
    assert factories.IDENTITY_NUMBER.encode() not in content
    code = factories.code_of(owed.record.case)
    assert code.encode() not in content
    assert scan.sha256 not in {
        hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist()
    }


def test_the_same_facts_give_the_same_bytes(owed):
    once, again = archive_files._pack(owed), archive_files._pack(owed)

    assert once == again


def test_a_picture_is_made_fit_for_keeping_and_its_original_goes_along(owed):
    archive_files.make(owed.pk, at=AT)

    _, packed = opened(owed)
    manifest = json.loads(packed.read("manifest.json"))
    (part,) = [each for each in manifest["parts"] if each["title"].startswith("送达凭证")]
    assert (part["pdf_a"], part["original"].endswith(".jpg")) == ("2B", True)
    assert packed.read(part["file"]).startswith(b"%PDF")


def test_what_fails_is_told_and_tried_again_later(owed, monkeypatch):
    def full(*_, **__):
        raise storage.StorageFull

    with monkeypatch.context() as patched:
        patched.setattr(storage, "save", full)
        tally = archive_files.make_due(at=AT)

    owed.refresh_from_db()
    assert (tally.seen, tally.changed, tally.failed) == (1, 0, 1)
    assert (owed.path, owed.problem) == ("", storage.StorageFull.sentence)
    assert archive_files.make_due(at=moment("2026-03-12", "10:05")).seen == 0
    assert archive_files.make_due(at=moment("2026-03-12", "10:11")).changed == 1
    owed.refresh_from_db()
    assert owed.problem == ""


def test_a_fault_nobody_foresaw_is_named_and_holds_up_no_other(desk, owed, monkeypatch):
    other = put_away(desk)
    real = archive_files._freeze

    def freeze(file, *, at):
        if file.pk == owed.pk:
            raise KeyError("x")
        real(file, at=at)

    monkeypatch.setattr(archive_files, "_freeze", freeze)

    tally = archive_files.make_due(at=AT)

    owed.refresh_from_db()
    other.refresh_from_db()
    assert (tally.changed, tally.failed, owed.problem, bool(other.path)) == (1, 1, "KeyError", True)


def test_a_claim_taken_over_leaves_one_file_on_disk(owed, monkeypatch):
    real = storage.save
    before = factories.private_files()

    def late(*args, **kwargs):
        stored = real(*args, **kwargs)
        ArchiveFile.objects.filter(pk=owed.pk).update(claimed_at=moment("2026-03-12", "11:00"))
        return stored

    monkeypatch.setattr(storage, "save", late)

    assert archive_files.make(owed.pk, at=AT) is False
    assert factories.private_files() == before


def test_taking_the_file_is_recorded_and_for_archive_and_clerk_only(desk, owed):
    assert refused(archive_files.fetch, owed.pk, actor=desk.archivist, at=AT) == ("no_such_file",)
    archive_files.make(owed.pk, at=AT)

    for who in (desk.supervisor, desk.head, desk.handler, desk.administrator):
        assert refused(archive_files.fetch, owed.pk, actor=who, at=AT) == ("role",)
    _, content = archive_files.fetch(owed.pk, actor=desk.archivist, at=AT)

    owed.refresh_from_db()
    assert hashlib.sha256(content).hexdigest() == owed.sha256
    record = AccessRecord.objects.order_by("pk").last()
    assert (record.what, record.staff_id) == ("下载电子档案", desk.archivist.staff_id)


def test_the_command_makes_everything_owed(desk, owed, capsys):
    put_away(desk)

    call_command("make_archive_files")

    assert capsys.readouterr().out == "已制2，未成0\n"
    assert not ArchiveFile.objects.filter(path="").exists()


def test_the_command_fails_where_a_file_was_not_made(owed, monkeypatch):
    def full(*_, **__):
        raise storage.StorageFull

    monkeypatch.setattr(storage, "save", full)

    with pytest.raises(CommandError, match="1 files not made"):
        call_command("make_archive_files")


@needs_paper
@pytest.mark.long
@pytest.mark.skipif(bool(archive.MISSING), reason=archive.MISSING)
def test_what_the_office_draws_and_pictures_pass_the_judge_of_pdf_a(desk, settings, tmp_path):
    settings.NUDGE = False
    file = put_away(desk)
    archive_files.make(file.pk, at=AT)

    _, packed = opened(file)
    manifest = json.loads(packed.read("manifest.json"))
    asked = []
    for part in manifest["parts"]:
        path = tmp_path / f"{part['place']}.pdf"
        path.write_bytes(packed.read(part["file"]))
        asked.append((part["pdf_a"].lower(), path))

    assert {level for level, _ in asked} == {"2b", "3a"}
    assert archive.failures(*asked) == [[] for _ in asked]
