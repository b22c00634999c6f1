"""Prepare what an answer hands over: files in, blacked-out places registered, frozen at signing.

Nothing here reaches the applicant by itself: the files go with the answer, under the head's
signature (条例 17), and are theirs to fetch once that letter is out. A voided letter takes its files
with it; they lie ready again for the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from requests_app.adapters import scanner, storage
from requests_app.domain import outcomes, releases
from requests_app.domain.access import APPLICANT, Act, Actor
from requests_app.domain.articles import ART_32, ART_45
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.grounds import Ground
from requests_app.domain.identity import conceal
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Letter, Redaction, ReleasedFile
from requests_app.selectors import consulted, offices
from requests_app.selectors import releases as files_of
from requests_app.services import access_log, case_file, deliveries, papers
from requests_app.services.case_file import OpenCase
from requests_app.services.papers import FileGiven, FileTaken

#: The proof a fetched file leaves of the letter it came with.
FETCHED_WITH_FILE: Final = "申请人凭查询码下载答复书所附文件"
_FETCHED: Final = "申请人凭查询码下载"
_MOST_PAGES: Final = 100_000
_LONGEST_WHAT: Final = 60


def add(
    case_id: int,
    *,
    files: Sequence[FileGiven],
    redacted: bool,
    pages: int | None = None,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> list[ReleasedFile]:
    """Take in files to hand over with the answer, checked and hashed like every upload.

    The pages of a PDF are counted; a photograph is one; of anything else ``pages`` says how many.
    Refuses none, a page count that is missing or no count, and any change while the head has the
    answer or it is signed.
    """
    limits = offices.settings(on=case_file.local_day(at))
    if not files:
        raise Refused.because("files", "请选择要提供的文件。")
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(
            case_id, act=Act.PREPARE_RELEASE, actor=actor, at=at, seen_version=seen_version
        ) as file,
    ):
        counted = [_pages(each, given=pages) for each in taken]
        rows = papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        made = [
            ReleasedFile(
                attachment=row,
                redacted=redacted,
                pages=count,
                warning=_look_under(each) if redacted else "",
                added_at=at,
                added_by_id=actor.staff,
            )
            for row, each, count in zip(rows, taken, counted, strict=True)
        ]
        _name_authors(file)
        return ReleasedFile.objects.bulk_create(made)


def remove(file_id: int, *, case_id: int, actor: Actor, at: datetime) -> None:
    """Take a prepared file out again; the upload stays in the case, the applicant never gets it."""
    with case_file.opened(case_id, act=Act.PREPARE_RELEASE, actor=actor, at=at) as file:
        row = _loose(file, file_id)
        row.removed_at, row.removed_by_id = at, actor.staff
        row.save(update_fields=["removed_at", "removed_by"])
        _name_authors(file)


def redact(
    file_id: int,
    *,
    case_id: int,
    page: int,
    what: str,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Redaction:
    """Register one blacked-out place: page, what, ground, reason. Refuses each that is missing.

    A third party's rights are a ground only once the third party was asked (条例 32).
    """
    with case_file.opened(case_id, act=Act.PREPARE_RELEASE, actor=actor, at=at) as file:
        row = _loose(file, file_id)
        refuse_if_any(
            releases.check_redaction(
                files_of.value(row), page=page, what=what, ground=ground, reason=reason
            )
        )
        made = Redaction(
            file=row,
            page=page,
            what=what.strip(),
            ground=ground,
            reason=reason.strip(),
            added_at=at,
            added_by_id=actor.staff,
        )
        case_file.refuse_too_long(made)
        made.save()
        _name_authors(file)
        return made


def take_back_redaction(redaction_id: int, *, case_id: int, actor: Actor, at: datetime) -> None:
    """Strike one blacked-out place from the register of a file that is not signed for yet."""
    with case_file.opened(case_id, act=Act.PREPARE_RELEASE, actor=actor, at=at) as file:
        row = Redaction.objects.filter(
            pk=redaction_id, file__in=files_of.loose(file.case), removed_at__isnull=True
        ).first()
        if row is None:
            raise Refused.because("no_such_redaction", "没有这一处遮盖，或者它已经随答复签发。")
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        _name_authors(file)


def check(letter: Letter, file: OpenCase) -> None:
    """Refuse an answer that its files contradict: outcome, redactions, the third party not asked."""
    if Act(letter.act) is not Act.ANSWER:
        return
    found = files_of.of(letter)
    outcome = OutcomeCode(letter.outcome)
    reasons = list(releases.against(outcome, found, typed=letter.fields))
    if outcome is OutcomeCode.PARTIAL:
        parts = releases.withheld(found, typed=letter.fields)
        grounds = outcomes.grounds_of(outcome, given=parts)
        if Ground.THIRD_PARTY in grounds and not consulted.third_party_asked(file.case):
            sentence = "涉及第三方合法权益的，应当先书面征求第三方的意见。"
            reasons.append(Reason("outcome", sentence, ART_32))
    refuse_if_any(tuple(reasons))


def check_signer(letter: Letter, *, actor: Actor) -> None:
    """Refuse the signature of who prepared the files or the redactions: four eyes on what goes out."""
    if actor.staff_id in files_of.prepared_by(letter):
        sentence = "准备提供的文件、登记遮盖的人不能签发这份答复，请由另一位负责人签发。"
        raise Refused.because("four_eyes", sentence, ART_45)


def freeze(letter: Letter) -> list[dict[str, object]]:
    """Give the prepared files to the letter that was just signed; return what the ledger keeps of them."""
    rows = list(files_of.loose(letter.case))
    ReleasedFile.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)
    return [
        {"name": row.attachment.name, "pages": row.pages, "sha256": row.attachment.sha256}
        for row in rows
    ]


def lay_ready_again(letter: Letter) -> None:
    """Let the files of a signed answer that is voided lie ready for the next; the old ones stay its own."""
    if letter.status != LetterStatus.VOID.value:
        message = "only a voided letter lets go of its files"
        raise ValueError(message)
    for row in files_of.rows_of(letter):
        redactions = list(row.redactions.all())
        row.pk, row.letter = None, None
        row.save(force_insert=True)
        Redaction.objects.bulk_create(
            Redaction(
                file=row, page=each.page, what=each.what, ground=each.ground, reason=each.reason,
                added_at=each.added_at, added_by_id=each.added_by_id,
            )
            for each in redactions
        )  # fmt: skip


def fetch(file_id: int, *, case_id: int, at: datetime) -> tuple[ReleasedFile, bytes]:
    """Hand a released file to its applicant, who opened the case by number and code; each time is logged.

    A file of another case, of a letter that is not out or was voided, is not found. Where the answer
    went out online, the first file fetched proves like the letter itself that it arrived.
    """
    row = files_of.fetchable(file_id, case_id=case_id)
    if row is None or row.letter is None:
        raise Refused.because("no_such_file", "没有这份文件，或者它现在不提供。")
    today = case_file.local_day(at)
    until = files_of.kept_until(row, days=offices.settings(on=today).release_online_days)
    if until is not None and today > until:
        sentence = f"网上保留到{until}，现在已经过了。还需要的，请和我们联系。"
        raise Refused.because("no_longer_online", sentence)
    attachment = row.attachment
    content = storage.read_file(attachment.path, sha256=attachment.sha256)
    access_log.keep(
        case_id,
        what=f"提供的文件：{conceal(attachment.name)}"[:_LONGEST_WHAT],
        reason=_FETCHED,
        actor=APPLICANT,
        at=at,
    )
    letter = row.letter
    online = letter.delivery.way == DeliveryWay.ONLINE.value
    if online and letter.status == LetterStatus.DISPATCHED.value:
        deliveries.prove_fetched(letter, at=at, proof=FETCHED_WITH_FILE)
    return row, content


def _loose(file: OpenCase, file_id: int) -> ReleasedFile:
    row = files_of.loose(file.case).filter(pk=file_id).first()
    if row is None:
        raise Refused.because("no_such_file", "没有这份文件，或者它已经随答复签发、已经移除。")
    return row


def _pages(taken: FileTaken, *, given: int | None) -> int:
    """Return the A4 sides of a file: counted where it can be, else as the clerk says."""
    if taken.pages is not None:
        return taken.pages
    if taken.content_type.startswith("image/"):
        return 1
    if given is None or not 1 <= given <= _MOST_PAGES:
        sentence = f"“{taken.name}”数不出页数，请填写它的A4单面页数；几个文件的，请分开上传。"
        raise Refused.because("pages", sentence)
    return given


def _look_under(taken: FileTaken) -> str:
    if taken.content_type != "application/pdf":
        return ""
    content = storage.read_file(taken.stored.path, sha256=taken.stored.sha256)
    return scanner.look_under(content).sentence


def _name_authors(file: OpenCase) -> None:
    """Count who changes the files of a drafted answer among its authors, who do not sign it."""
    drafts = file.case.letters.filter(act=Act.ANSWER.value, status=LetterStatus.DRAFT.value)
    for letter in drafts:
        letter.revised_by_ids = sorted({*letter.revised_by_ids, file.actor.staff})
        letter.save(update_fields=["revised_by_ids"])
