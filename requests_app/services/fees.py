"""信息处理费: quote it, charge it by item or by page, record the payment (国办函〔2020〕109号)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from requests_app.domain import fee_account, ledger
from requests_app.domain import fees as tariff
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import FormWanted
from requests_app.domain.articles import FEE_MEASURE
from requests_app.domain.clock import WaitKind
from requests_app.domain.errors import Refused
from requests_app.domain.fee_account import FEN_PER_YUAN, Movement, MovementKind
from requests_app.domain.fees import FeeMode, Lens, Offer
from requests_app.domain.ledger import PAYMENT_PROOF, Entry
from requests_app.domain.letters import LetterKind
from requests_app.models import Case, Event, Fee, FeeMovement, Letter
from requests_app.selectors import facts, fee_accounts, fee_counts, offices
from requests_app.selectors.fee_accounts import CaseFee
from requests_app.services import case_file, entries, letters, papers
from requests_app.services.case_file import OpenCase
from requests_app.services.papers import FileGiven


@dataclass(frozen=True)
class Quote:
    """A fee before it is a bill: amount in yuan, how it adds up, where the next price begins."""

    mode: FeeMode
    amount_yuan: int
    lens: Lens
    items_before: int | None = None
    items: int | None = None
    pages: int | None = None


def quote(
    case_id: int, *, mode: FeeMode, items: int | None = None, pages: int | None = None
) -> Quote:
    """Work out a fee without charging it, with the month's earlier items of the same applicant."""
    return _quote(
        Case.objects.select_related("applicant").get(pk=case_id),
        mode=mode,
        items=items,
        pages=pages,
    )


def charge(
    case_id: int,
    *,
    mode: FeeMode,
    actor: Actor,
    at: datetime,
    items: int | None = None,
    pages: int | None = None,
    fields: Mapping[str, str] | None = None,
    offer: Offer | None = None,
    seen_version: int | None = None,
) -> Letter:
    """Draft the fee notice; the head signs it. Refuses a fee of nothing and a second method.

    By page applies only to copies handed over (article 5), so never where the applicant reads on site.
    ``offer`` tells what the applicant was offered instead of a bill; it is kept with the fee and noted
    in the ledger, and refused without a word on how it was told, or why nothing was.
    """
    with case_file.opened(
        case_id, act=Act.CHARGE_FEE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        found = _quote(file.case, mode=mode, items=items, pages=pages)
        if found.amount_yuan == 0:
            sentence = "没有达到收费的数量，不能收费。"
            raise Refused.because("amount", sentence, found.lens.citation)
        if mode is FeeMode.PAGE and file.case.form_wanted == FormWanted.READING:
            sentence = "申请人选择查阅、抄录，不适用按量计收。"
            raise Refused.because("mode", sentence, found.lens.citation)
        fee = Fee(
            case=file.case,
            mode=mode.value,
            items_before=found.items_before,
            items=found.items,
            pages=found.pages,
            amount_fen=found.amount_yuan * FEN_PER_YUAN,
            created_at=at,
        )
        if offer is not None:
            _keep_offer(file, fee, offer=offer)
        given = {**(fields or {}), **_printed(found)}
        fee.letter = letters.draft(file, kind=LetterKind.FEE, act=Act.CHARGE_FEE, fields=given)
        fee.save()
        if found.items is not None:
            file.case.item_count = found.items
        return fee.letter


def _keep_offer(file: OpenCase, fee: Fee, *, offer: Offer) -> None:
    how = case_file.require_text(
        offer.how,
        code="offered_how",
        sentence="请写明怎样告知申请人其他办法；没有告知的，写明原因。",
        citation=FEE_MEASURE,
    )
    told = Offer(offer.ways, how)
    fee.offered = {"ways": [way.value for way in told.ways], "how": how}
    entries.append(
        file.case, entry=Entry.NOTED, on=file.today, actor=file.actor, at=file.at,
        data={"text": told.told},
    )  # fmt: skip


def prove_payment(
    case_id: int, *, files: Sequence[FileGiven], words: str, actor: Actor, at: datetime
) -> Event:
    """Keep the applicant's proof of payment and tell the office of it; refuses without any file.

    It moves no period: the office records the payment once the money is seen to be there.
    """
    limits = offices.settings(on=case_file.local_day(at))
    if not files:
        raise Refused.because("files", "请上传缴款凭证的照片、截图或者PDF。", FEE_MEASURE)
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(case_id, act=Act.PROVE_PAYMENT, actor=actor, at=at) as file,
    ):
        if file.facts.awaited is not WaitKind.PAYMENT and not _fee_open(file.case):
            raise Refused.because("no_fee", "本件没有待缴的信息处理费。", FEE_MEASURE)
        papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        text = "申请人提交了缴费凭证，请核对到账后登记缴费。"
        if words.strip():
            text += f"申请人说明：{words.strip()}"
        return entries.append(
            file.case, entry=Entry.NOTED, on=file.today, actor=actor, at=at,
            data={"text": text, PAYMENT_PROOF: len(taken)},
        )  # fmt: skip


def _fee_open(case: Case) -> bool:
    return case.fees.filter(paid_on__isnull=True).exists()


def record_payment(
    case_id: int,
    *,
    on: date,
    bill_number: str,
    actor: Actor,
    at: datetime,
    amount_fen: int | None = None,
    note: str = "",
    seen_version: int | None = None,
) -> Event:
    """Record money that came in on ``on``: all that is owed unless ``amount_fen`` says otherwise.

    Paid in full, a new period of 20 working days starts the day after the last of the money came
    in. Until then it is only recorded, and the applicant's time goes on. Refuses a day before the
    notice, an amount of nothing and a payment without its bill.
    """
    with case_file.opened(
        case_id, act=Act.RECORD_PAYMENT, actor=actor, at=at, on=on, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            bill_number, code="bill_number", sentence="请填写财政票据号。", citation=FEE_MEASURE
        )
        found = next((each for each in reversed(accounts(file)) if each.account.due), None)
        if found is None or found.account.owed_fen == 0:
            raise Refused.because("no_fee", "本件没有待缴的信息处理费。", FEE_MEASURE)
        amount = found.account.owed_fen if amount_fen is None else amount_fen
        fee_account.check_amount(amount)
        movement = Movement(MovementKind.RECEIVED, on, amount, kept, note.strip())
        left = found.account.owed_fen - amount
        if left > 0:
            told = f"收到{fee_account.yuan(amount)}元，尚欠{fee_account.yuan(left)}元，答复期限不重新计算"
            return move(file, fee=found.fee, movement=movement, entry=Entry.FEE_RECEIVED, told=told)
        # Paid in full is the day on which the last of it came in, in whatever order it is entered.
        paid_on = max([on, *(each.on for each in found.account.movements)])
        found.fee.paid_on, found.fee.bill_number = paid_on, kept
        case_file.refuse_too_long(found.fee)
        found.fee.save(update_fields=["paid_on", "bill_number"])
        told = ""
        if left < 0:
            told = f"收到{fee_account.yuan(amount)}元，多缴{fee_account.yuan(-left)}元，应当退还"
        elif found.account.movements:
            told = f"收到{fee_account.yuan(amount)}元，连同以前收到的，已经缴清"
        return move(
            file, fee=found.fee, movement=movement, entry=Entry.PAID, told=told, entered_on=paid_on
        )


def move(
    file: OpenCase,
    *,
    fee: Fee,
    movement: Movement,
    entry: Entry,
    told: str,
    entered_on: date | None = None,
) -> Event:
    """Enter money that came in or went back in the ledger, and beside it in the account of its fee.

    Refuses money before the notice that asked for it.
    """
    noticed_on = fee.letter.delivery.dispatched_on if fee.letter else movement.on
    if movement.on < noticed_on:
        sentence = f"日期{movement.on}早于收费通知发出之日（{noticed_on}），请核对日期。"
        raise Refused.because("day_out_of_order", sentence, FEE_MEASURE)
    row = FeeMovement(
        fee=fee,
        kind=movement.kind.value,
        on=movement.on,
        amount_fen=movement.amount_fen,
        bill_number=movement.bill_number,
        note=movement.note,
        recorded_at=file.at,
    )
    case_file.refuse_too_long(row)
    data = {"bill_number": movement.bill_number, "amount_fen": movement.amount_fen}
    text = "；".join(part for part in (told, movement.note) if part)
    event = entries.append(
        file.case, entry=entry, on=entered_on or movement.on, actor=file.actor, at=file.at,
        data=data | ({"text": text} if text else {}),
    )  # fmt: skip
    row.seq = event.seq
    row.save()
    return event


def accounts(file: OpenCase) -> tuple[CaseFee, ...]:
    """Return the fees of an opened case with their money, first first."""
    return fee_accounts.of(file.case, standing=ledger.standing(facts.entries(file.case)))


def _quote(case: Case, *, mode: FeeMode, items: int | None, pages: int | None) -> Quote:
    if mode is FeeMode.ITEM:
        if items is None or pages is not None:
            raise Refused.because(
                "items", "按件计收的，请填写件数，不填页数。", tariff.BY_ITEM.citation
            )
        before = fee_counts.items_before(case)
        lens = tariff.look_at_items(before, items)
        return Quote(mode, lens.fee, lens, items_before=before, items=items)
    if pages is None or items is not None:
        raise Refused.because(
            "pages", "按量计收的，请填写页数，不填件数。", tariff.BY_PAGE.citation
        )
    lens = tariff.look_at_pages(pages)
    return Quote(mode, lens.fee, lens, pages=pages)


def _printed(found: Quote) -> dict[str, str]:
    """Write out what the notice must state: basis, method, how the sum adds up, the sum in yuan."""
    rows = [
        f"{row.label}：{row.count}{row.unit}，每{row.unit}{row.price}元，计{row.amount}元"
        for row in found.lens.rows
    ]
    return {
        "fee_basis": found.lens.citation,
        "fee_mode": tariff.FEE_MODE_LABELS[found.mode],
        "fee_rows": "\n".join(rows),
        "amount": str(found.amount_yuan),
    }
