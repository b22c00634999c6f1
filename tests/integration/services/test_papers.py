"""Files come in whole and looked into, or not at all."""

import io
from datetime import date

import pytest
from PIL import ExifTags, Image

from requests_app.adapters import storage
from requests_app.domain.papers import PaperKind
from requests_app.models import OfficeSettings
from requests_app.selectors import offices
from requests_app.services import corrections, papers
from tests.factories import paper, picture, private_files, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    made = desk.file("2026-03-02")
    desk.ask_correction(made, "2026-03-04", served="2026-03-04")
    return made


def answer(desk, case, *files):
    return corrections.answer(
        case.pk,
        text="改造",
        files=files,
        on=date(2026, 3, 5),
        actor=desk.clerk,
        at=moment("2026-03-05"),
    )


def limits():
    return offices.settings(on=date(2026, 3, 5))


def correction(name="补正.jpg", content=None):
    return paper(PaperKind.CORRECTION, name, content)


def test_a_photograph_loses_where_and_when_it_was_taken(desk, case):
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif[ExifTags.Base.Make] = "a telling camera"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)

    answer(desk, case, correction(content=written.getvalue()))

    kept = case.attachments.get(kind="correction")
    content = storage.read_file(kept.path, sha256=kept.sha256)
    assert b"a telling camera" in written.getvalue()
    assert b"a telling camera" not in content


def test_a_case_holds_no_more_files_than_the_office_allows(desk, case):
    OfficeSettings.objects.update(max_files=2)
    before = private_files()

    assert refused(answer, desk, case, correction(), correction("二.jpg")) == ("files",)
    assert private_files() == before
    answer(desk, case, correction())
    assert case.attachments.count() == 2


def test_a_case_holds_no_more_bytes_than_the_office_allows(desk, case):
    OfficeSettings.objects.update(max_case_mb=0)
    before = private_files()

    assert refused(answer, desk, case, correction()) == ("files",)
    assert private_files() == before


def test_an_act_that_is_refused_keeps_no_file(desk, case):
    answer(desk, case, correction())
    before = private_files()

    assert refused(answer, desk, case, correction()) == ("status",)
    assert private_files() == before


def test_each_bad_file_is_named(desk):
    files = (
        paper(PaperKind.OTHER, "一.exe", b"MZ\x90\x00 program"),
        paper(PaperKind.OTHER, "二.jpg", picture()),
        paper(PaperKind.OTHER, "三.pdf", b"%PDF-1.4 broken"),
    )
    before = private_files()

    with pytest.raises(papers.Refused) as refusal, papers.taken_in(files, limits=limits()):
        pytest.fail("the block must not run")

    assert refusal.value.codes == ("files", "files")
    named = [reason.sentence.split("：")[0] for reason in refusal.value.reasons]
    assert named == ["“一.exe”", "“三.pdf”"]
    assert private_files() == before


def test_only_sensitive_papers_are_sealed(desk):
    before = private_files()
    files = (paper(), paper(PaperKind.OTHER, "说明.jpg"))

    with papers.taken_in(files, limits=limits()) as taken:
        paths = [each.stored.sealed for each in taken]

    assert paths == [True, False]
    assert len(private_files() - before) == 2
