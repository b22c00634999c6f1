"""The verify page: number, date and hash of a letter, and whether a file is it."""

import io

import pytest

from requests_app.adapters import storage
from requests_app.models import Letter
from requests_app.services import letters
from tests.factories import private_files
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]

UNKNOWN = "2222222222222"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Keep files where no other test running now puts any."""
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def receipt(citizen):
    """The receipt of a case just filed, made and sent."""
    case = citizen.file()
    letters.render_due(at=moment("2026-03-02"))
    citizen.client.cookies.clear()
    return case.letters.get()


def words(answer):
    return "".join(answer.content.decode().split())


def shown(answer):
    """The pairs of the page's list of facts."""
    text = answer.content.decode()
    facts = text[text.index('<dl class="facts">') : text.index("</dl>")]
    names = [part.split("</dt>")[0] for part in facts.split("<dt>")[1:]]
    values = [part.split(">", 1)[1].split("</dd>")[0] for part in facts.split("<dd")[1:]]
    return dict(zip(names, values, strict=True))


def file(content, name="回执.pdf"):
    made = io.BytesIO(content)
    made.name = name
    return made


def test_page_shows_number_date_code_and_hash_and_nothing_else(citizen, receipt):
    answer = citizen.client.get(f"/verify/{receipt.verify_code}/")

    grouped = f"{receipt.verify_code[:4]}-{receipt.verify_code[4:9]}-{receipt.verify_code[9:]}"
    assert answer.status_code == 200
    assert shown(answer) == {
        "文号": receipt.number,
        "成文日期": "2026年3月2日",
        "核验码": grouped,
        "SHA-256": receipt.sha256,
    }
    private = [receipt.case.number, receipt.case.description, "陈向前", "620302199003078512"]
    assert [each for each in private if each in answer.content.decode()] == []
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_the_file_as_issued_is_the_letter(citizen, receipt):
    content = storage.read_file(receipt.path, sha256=receipt.sha256)
    files = private_files()

    answer = citizen.client.post(f"/verify/{receipt.verify_code}/", {"file": file(content)})

    assert "文件与本机关发出的文书完全一致。" in words(answer)
    assert private_files() == files


def test_a_file_changed_by_one_byte_is_not(citizen, receipt):
    content = storage.read_file(receipt.path, sha256=receipt.sha256) + b" "

    answer = citizen.client.post(f"/verify/{receipt.verify_code}/", {"file": file(content)})

    assert "文件与本机关发出的文书不一致" in words(answer)
    assert "完全一致" not in words(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "请选择要比对的文件。"), ({"file": b""}, "这份文件是空的，请重新选择。")],
)
def test_comparing_without_a_file_says_what_is_missing(citizen, receipt, sent, sentence):
    given = {name: file(content) for name, content in sent.items()}

    answer = citizen.client.post(f"/verify/{receipt.verify_code}/", given)

    assert answer.status_code == 422
    assert [line.sentence for line in answer.context["form"].problems()] == [sentence]


def test_a_file_there_was_no_room_for_is_named_and_not_compared(citizen, receipt, settings):
    settings.REQUEST_MAX_BYTES = 300

    answer = citizen.client.post(f"/verify/{receipt.verify_code}/", {"file": file(b"x" * 500)})

    assert answer.status_code == 422
    assert "没有收下" in str(answer.context["form"].errors["file"])
    assert "compared" not in answer.context


def test_a_voided_letter_says_so(citizen, receipt):
    Letter.objects.filter(pk=receipt.pk).update(status="void")

    answer = citizen.client.get(f"/verify/{receipt.verify_code}/")

    assert "这份文书已经作废" in words(answer)


def test_a_letter_not_made_yet_cannot_be_verified(citizen):
    case = citizen.file()
    letter = case.letters.get()
    Letter.objects.filter(pk=letter.pk).update(status="signed", path="", sha256="", issued_at=None)

    assert citizen.client.get(f"/verify/{letter.verify_code}/").status_code == 404


@pytest.mark.parametrize("code", [UNKNOWN, "x", "；drop", "0" * 500])
def test_unknown_code_is_a_page_not_found(citizen, receipt, code):
    assert citizen.client.get(f"/verify/{code}/").status_code == 404


def test_code_as_printed_leads_to_the_one_address(citizen, receipt):
    code = receipt.verify_code
    typed = f"{code[:4]}-{code[4:9]}-{code[9:]}".lower()

    typed_in_page = citizen.client.post("/verify/", {"code": f" {typed} "})
    typed_in_address = citizen.client.get(f"/verify/{typed}/")

    assert [typed_in_page.url, typed_in_address.url] == [f"/verify/{code}/"] * 2


def test_typed_code_that_is_nobodys_is_said(citizen, receipt):
    answer = citizen.client.post("/verify/", {"code": UNKNOWN})

    assert answer.status_code == 422
    assert [line.sentence for line in answer.context["form"].problems()] == [
        "没有找到这个核验码对应的文书，请核对。"
    ]


def test_guessing_is_stopped_for_an_hour(citizen, receipt, clock):
    guesses = [citizen.client.get(f"/verify/{UNKNOWN}/").status_code for _ in range(61)]
    right = citizen.client.get(f"/verify/{receipt.verify_code}/")
    typed = citizen.client.post("/verify/", {"code": receipt.verify_code})

    assert guesses == [404] * 60 + [429]
    assert (right.status_code, typed.status_code) == (429, 429)
    assert receipt.sha256 not in right.content.decode()
    clock.to("2026-03-02", "11:01")
    assert citizen.client.get(f"/verify/{receipt.verify_code}/").status_code == 200
