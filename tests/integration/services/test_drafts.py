"""A draft keeps everything typed, sealed, until it is filed, discarded or old."""

import io

import pytest

from requests_app.adapters import storage
from requests_app.domain.errors import Refused
from requests_app.domain.papers import PaperKind
from requests_app.models import Case, DraftFile, FilingDraft
from requests_app.selectors import drafts as kept_drafts
from requests_app.services import drafts
from requests_app.services.papers import FileGiven
from tests import factories
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk", "quick_pdf")]

ANSWERS = {
    "kind": "person",
    "name": "陈向前",
    "identity_kind": "resident_card",
    "identity_number": factories.IDENTITY_NUMBER,
    "phone": "13900000000",
    "description": "2025年金川区老旧小区改造项目清单",
    "form_wanted": "electronic",
    "way_wanted": "online",
}
AT = moment("2026-03-02")


def keep(key=None, **changes):
    given = {"answers": ANSWERS, "files": [factories.paper()], "at": AT} | changes
    return drafts.keep(key, **given)


def test_keep_begins_a_draft_that_could_be_filed():
    kept = keep()

    assert (kept.refused_files, kept.missing) == ((), ())
    assert kept.draft.answers == ANSWERS
    assert [row.name for row in kept.draft.files] == ["身份证.jpg"]


def test_keep_adds_to_what_was_answered_before():
    first = keep(answers={"name": "陈向前", "phone": "1"}, files=[])

    second = keep(first.draft.key, answers={"phone": "2"}, files=[])

    assert second.draft.answers == {"name": "陈向前", "phone": "2"}
    assert FilingDraft.objects.count() == 1


def test_keep_with_a_key_that_is_gone_begins_anew():
    kept = keep()
    drafts.discard(kept.draft.key)

    again = keep(kept.draft.key, files=[])

    assert again.draft.key != kept.draft.key


def test_keep_refuses_what_would_exceed_the_whole_and_leaves_no_file(settings, tmp_path):
    from requests_app.models import OfficeSettings

    settings.PRIVATE_ROOT = tmp_path
    OfficeSettings.objects.update(max_case_mb=0)

    kept = keep()

    assert [reason.code for reason in kept.refused_files] == ["identity_paper"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_missing_names_the_fields():
    kept = keep(answers={"kind": "person"}, files=[])

    assert [reason.code for reason in kept.missing] == [
        "name",
        "identity_kind",
        "phone",
        "description",
        "identity_paper",
    ]


def test_submit_files_once_and_deletes_the_draft_with_its_files():
    kept = keep()
    (row,) = kept.draft.files

    filed = drafts.submit(kept.draft.key, at=AT)

    assert (filed.case.number, filed.repeated) == ("2026-0001", False)
    assert not FilingDraft.objects.exists()
    # The case takes the file over as it lies: it was looked into when it came.
    (paper,) = filed.case.attachments.all()
    assert (paper.path, paper.sha256, paper.content_type) == (row.path, row.sha256, "image/jpeg")
    storage.read_file(row.path, sha256=row.sha256)


def test_submit_after_a_lost_answer_gives_the_same_case():
    kept = keep()
    first = drafts.submit(kept.draft.key, at=AT)
    FilingDraft.objects.create(
        pk=kept.draft.key,
        answers_sealed=kept.draft.row.answers_sealed,
        started_at=AT,
        touched_at=AT,
    )

    second = drafts.submit(kept.draft.key, at=moment("2026-03-03"))

    assert (second.case, second.query_code, second.repeated) == (first.case, first.query_code, True)
    assert Case.objects.count() == 1


def test_submit_of_an_unfinished_draft_refuses_and_keeps_it():
    kept = keep(files=[])

    with pytest.raises(Refused) as refusal:
        drafts.submit(kept.draft.key, at=AT)

    assert refusal.value.codes == ("identity_paper",)
    assert FilingDraft.objects.filter(pk=kept.draft.key).exists()
    assert not Case.objects.exists()


def test_submit_of_a_draft_that_is_gone_refuses():
    kept = keep()
    drafts.discard(kept.draft.key)

    with pytest.raises(Refused) as refusal:
        drafts.submit(kept.draft.key, at=AT)

    assert refusal.value.codes == ("draft_gone",)


def test_old_drafts_go_with_their_files():
    old = keep()
    young = keep(at=moment("2026-03-04"))

    tally = drafts.discard_old(at=moment("2026-03-05", "10:01"))

    assert (tally.seen, tally.changed, tally.failed) == (1, 1, 0)
    assert list(FilingDraft.objects.all()) == [young.draft.row]
    with pytest.raises(storage.FileMissing):
        storage.open_file(old.draft.files[0].path)


def test_a_draft_sealed_under_a_lost_key_counts_as_gone():
    kept = keep()
    FilingDraft.objects.update(answers_sealed="9:AAAA")

    assert kept_drafts.find(kept.draft.key) is None


def test_answers_stay_out_of_the_repr():
    assert factories.IDENTITY_NUMBER not in repr(keep().draft)


def test_a_file_that_is_not_what_it_says_is_named():
    bad = FileGiven(PaperKind.IDENTITY, "照片.jpg", io.BytesIO(b"MZ"))

    kept = keep(files=[bad])

    assert [(reason.code, reason.sentence[:6]) for reason in kept.refused_files] == [
        ("identity_paper", "“照片.jp")
    ]
    assert not DraftFile.objects.exists()
