"""An issued letter proves itself: seal, code, case data, signature, and its hash in the ledger."""

import io
import json
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from requests_app.adapters import crypto, pdf, signature, storage
from requests_app.adapters.pdf import process
from requests_app.domain import letters as catalogue
from requests_app.domain.ledger import Entry
from requests_app.models import Letter
from requests_app.services import corrections, evidence, letters
from tests import factories, seal_server
from tests.factories import CORRECTION
from tests.offices import moment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems())),
]

AT = moment("2026-03-10")
SEAL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 42"><circle cx="21" cy="21" r="7"/></svg>'


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Keep files where no other test running now puts any."""
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def certificate(settings, tmp_path):
    settings.SIGNING_CERTIFICATE = str(tmp_path / "office.p12")
    signature.make_test_certificate(
        tmp_path / "office.p12", office="金昌市人民政府办公室", at=moment("2026-03-01")
    )


@pytest.fixture
def answered(desk, certificate):
    """An answer issued with everything an issued letter has."""
    case = desk.file("2026-03-02")
    return desk.issue(desk.draft_answer(case, "2026-03-10"), "2026-03-10")


@pytest.fixture
def waiting(desk):
    """A signed letter whose file is still to be made."""
    case = desk.file("2026-03-02")
    draft = corrections.request(case.pk, fields=CORRECTION, actor=desk.clerk, at=AT)
    return letters.submit(draft.pk, actor=desk.clerk, at=AT)


def content(letter):
    return storage.read_file(letter.path, sha256=letter.sha256)


def attached(file):
    with pikepdf.open(io.BytesIO(file)) as opened:
        return json.loads(opened.attachments["case.json"].get_file().read_bytes())


def test_issued_file_holds_the_facts_of_the_case_and_no_person(answered):
    file = content(answered)

    facts = attached(file)
    text_hash = facts.pop("text_sha256")
    assert facts == {
        "schema": "jcdisclosure/letter/1",
        "number": "金政办公开告〔2026〕1号",
        "case_number": "2026-0001",
        "issuer": "金昌市人民政府办公室",
        "kind": {
            "code": "disclosed",
            "label": catalogue.KINDS[catalogue.LetterKind.DISCLOSED].label,
        },
        "outcome": {"code": "disclosed", "label": "予以公开"},
        "articles": [
            "《中华人民共和国政府信息公开条例》第三十六条第（二）项",
            "《中华人民共和国政府信息公开条例》第四十条",
        ],
        "dates": {"received_on": "2026-03-02", "dated_on": "2026-03-10", "signed_on": "2026-03-10"},
        "verify_code": answered.verify_code,
        "template_version": answered.template_version,
    }
    assert len(text_hash) == 64


def test_receipt_has_its_query_code_on_paper_and_not_in_its_data(desk):
    case = desk.file("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))
    receipt = case.letters.get(kind="receipt")

    code = crypto.query_code_for(case.idempotency_key)
    data = json.dumps(attached(content(receipt)), ensure_ascii=False)
    assert [each for each in (code, crypto.format_query_code(code)) if each in data] == []
    assert [each for each in factories_secrets() if each in data] == []
    assert receipt.verify_code != code


def factories_secrets():
    return [factories.IDENTITY_NUMBER, "陈向前", "chen@example.com"]


def test_file_is_signed_as_the_office_and_the_ledger_knows_its_hash(answered):
    file = content(answered)

    (embedded,) = PdfFileReader(io.BytesIO(file)).embedded_signatures
    sent = answered.case.events.get(entry=Entry.REPLIED.value)
    assert embedded.sig_object["/Reason"] == "金政办公开告〔2026〕1号"
    assert answered.signer == "CN=金昌市人民政府办公室（演示证书，无效）,C=CN"
    assert sent.data["sha256"] == answered.sha256


def test_preview_of_a_signed_letter_is_what_is_issued_byte_for_byte(desk, answered):
    shown = letters.preview(answered.pk, actor=desk.clerk, at=moment("2026-05-01"))

    assert content(answered).startswith(shown)


def test_drawing_twice_gives_the_same_bytes_also_from_another_renderer(waiting):
    letter = Letter.objects.select_related("case__body").get(pk=waiting.pk)
    first = evidence.draw(letter)
    process.shared.stop()

    assert evidence.draw(letter) == first


def test_letter_leads_to_the_verify_page(waiting, settings, monkeypatch):
    settings.PUBLIC_BASE_URL = "https://disclosure.example.cn"
    drawn = []
    monkeypatch.setattr(pdf, "render_letter", lambda *_, **known: drawn.append(known["marks"]))

    evidence.draw(waiting)

    assert (drawn[0].scan_url, drawn[0].scan_words) == (
        f"https://disclosure.example.cn/verify/{waiting.verify_code}/",
        "扫码核验",
    )


def test_receipt_leads_to_where_its_case_is_followed_and_has_a_code_of_its_own(
    desk, settings, monkeypatch
):
    settings.PUBLIC_BASE_URL = "https://disclosure.example.cn"
    drawn = []
    monkeypatch.setattr(
        pdf, "render_letter", lambda *_, **known: drawn.append(known) or b"%PDF-1.7"
    )
    for _ in range(2):
        desk.file("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))

    codes = list(Letter.objects.values_list("verify_code", flat=True))
    assert [(known["marks"].scan_url, known["marks"].scan_words) for known in drawn] == [
        ("https://disclosure.example.cn/status/?number=2026-0001", "扫码查进度"),
        ("https://disclosure.example.cn/status/?number=2026-0002", "扫码查进度"),
    ]
    assert [known["marks"].verify_code.replace("-", "") for known in drawn] == codes
    assert (len(set(codes)), {len(code) for code in codes}) == (2, {13})


def test_signature_that_cannot_be_made_keeps_the_letter_back_and_costs_no_try(
    waiting, settings, tmp_path
):
    settings.SIGNING_CERTIFICATE = str(tmp_path / "broken.p12")
    (tmp_path / "broken.p12").write_bytes(b"no certificate")

    made = letters.render(waiting.pk, at=AT)

    waiting.refresh_from_db()
    assert (made, waiting.status, waiting.render_attempts, waiting.path) == (False, "signed", 0, "")
    assert waiting.render_error == f"签名证书{tmp_path / 'broken.p12'}打不开，请核对文件和口令。"


def test_letter_waits_for_a_seal_service_that_is_down_and_goes_out_once_it_is_back(
    waiting, settings
):
    settings.SIGNER = "requests_app.adapters.seal_service.SealServiceSigner"
    before = factories.private_files()
    told = []
    with seal_server.serving(seal_server.SealServer()) as server:
        settings.SEAL_SERVICE = server.service
        for minute, behave in enumerate((500, "a broken signature", "hanging up", "")):
            server.behave = behave
            # A letter that waits is asked for again when its claim has run out.
            letters.render(waiting.pk, at=AT + timedelta(minutes=5 * minute))
            waiting.refresh_from_db()
            told.append((waiting.status, waiting.render_attempts, waiting.render_error))
            if behave:
                assert (waiting.path, factories.private_files()) == ("", before)

    assert told == [
        ("signed", 0, "电子印章服务应答500，文书暂不能签名，稍后自动重试。"),
        ("signed", 0, "电子印章服务返回的签名与文书或者证书不符，已弃用该签名。"),
        ("signed", 0, "连接不上电子印章服务（RemoteDisconnected），文书暂不能签名，稍后自动重试。"),
        ("dispatched", 1, ""),
    ]
    assert waiting.signer == "CN=金昌市人民政府办公室"
    [embedded] = PdfFileReader(io.BytesIO(content(waiting))).embedded_signatures
    assert embedded.sig_object["/Reason"] == waiting.number


def test_without_a_certificate_the_letter_goes_out_unsigned(waiting):
    letters.render(waiting.pk, at=AT)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.signer) == ("dispatched", "")
    assert PdfFileReader(io.BytesIO(content(waiting))).embedded_signatures == []


def marks_of(letter, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        pdf, "render_letter", lambda *_, **known: drawn.append(known) or b"%PDF-1.7"
    )
    evidence.draw(Letter.objects.select_related("case__body").get(pk=letter.pk))
    return drawn[0]["marks"]


def test_seal_of_the_body_is_taken_from_its_file(waiting, settings, tmp_path, monkeypatch):
    settings.SEALS_DIR = tmp_path
    (tmp_path / f"{waiting.case.body.code}.svg").write_text(SEAL, encoding="utf-8")

    seal = marks_of(waiting, monkeypatch).seal

    assert seal.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 42"><title>金昌市'
    )


def test_without_a_seal_file_a_demo_says_so_and_an_office_stamps_by_hand(
    waiting, settings, monkeypatch
):
    assert "演示专用，无效" in marks_of(waiting, monkeypatch).seal
    settings.DEMO = False
    assert marks_of(waiting, monkeypatch).seal == ""


def test_seal_file_that_is_none_keeps_the_letter_back(waiting, settings, tmp_path):
    settings.SEALS_DIR = tmp_path
    (tmp_path / f"{waiting.case.body.code}.svg").write_text("<html/>", encoding="utf-8")

    letters.render(waiting.pk, at=AT)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.render_attempts) == ("signed", 0)
    assert waiting.render_error == "印章文件office.svg不能使用：不是带viewBox的SVG文件。"


def test_renderer_killed_in_the_middle_leaves_nothing_and_the_next_try_is_whole(
    waiting, monkeypatch
):
    before = factories.private_files()
    wait = process._wait

    def kill_before_the_answer(deadline, **direction):
        if "to_read" in direction and process.shared._process is not None:
            process.shared._process.kill()
        wait(deadline, **direction)

    process.shared.start()
    monkeypatch.setattr(process, "_wait", kill_before_the_answer)
    killed = letters.render(waiting.pk, at=AT)
    monkeypatch.undo()
    left = factories.private_files()
    made = letters.render(waiting.pk, at=AT + timedelta(minutes=5))

    waiting.refresh_from_db()
    assert (killed, left, made, waiting.status) == (False, before, True, "dispatched")
    assert pikepdf.open(io.BytesIO(content(waiting))).pages


def test_worker_killed_between_drawing_and_storing_leaves_one_right_letter(waiting, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_, **__):
        raise Killed

    before = factories.private_files()
    issue = letters._issue
    monkeypatch.setattr(letters, "_issue", die)
    with pytest.raises(Killed):
        letters.render(waiting.pk, at=AT)
    monkeypatch.setattr(letters, "_issue", issue)
    left = factories.private_files()
    # The claim of the dead worker runs out; the letter is made then, once.
    made = [letters.render(waiting.pk, at=AT + timedelta(minutes=each)) for each in (1, 4, 8)]

    waiting.refresh_from_db()
    assert left == before
    assert (made, waiting.status) == ([False, True, False], "dispatched")
