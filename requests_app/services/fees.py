"""信息处理费: quote it, charge it by item or by page, record the payment (国办函〔2020〕109号)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from requests_app.domain import fees as tariff
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import FormWanted
from requests_app.domain.articles import FEE_MEASURE
from requests_app.domain.clock import WaitKind
from requests_app.domain.errors import Refused
from requests_app.domain.fees import FeeMode, Lens
from requests_app.domain.ledger import PAYMENT_PROOF, Entry
from requests_app.domain.letters import LetterKind
from requests_app.models import Case, Event, Fee, Letter
from requests_app.selectors import fee_counts, offices
from requests_app.services import case_file, entries, letters, papers
from requests_app.services.papers import FileGiven

FEN_PER_YUAN: Final = 100


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
    seen_version: int | None = None,
) -> Letter:
    """Draft the fee notice; the head signs it. Refuses a fee of nothing and a second method.

    By page applies only to copies handed over (article 5), so never where the applicant reads on site.
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
        given = {**(fields or {}), **_printed(found)}
        fee.letter = letters.draft(file, kind=LetterKind.FEE, act=Act.CHARGE_FEE, fields=given)
        fee.save()
        if found.items is not None:
            file.case.item_count = found.items
        return fee.letter


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
    case_id: int, *, on: date, bill_number: str, actor: Actor, at: datetime
) -> Event:
    """Record the full payment; a new period of 20 working days starts the day after ``on``."""
    with case_file.opened(case_id, act=Act.RECORD_PAYMENT, actor=actor, at=at, on=on) as file:
        kept = case_file.require_text(
            bill_number, code="bill_number", sentence="请填写财政票据号。", citation=FEE_MEASURE
        )
        fee = file.case.fees.filter(paid_on__isnull=True).order_by("-pk").first()
        if fee is None:
            raise Refused.because("no_fee", "本件没有待缴的信息处理费。", FEE_MEASURE)
        fee.paid_on, fee.bill_number = on, kept
        case_file.refuse_too_long(fee)
        fee.save(update_fields=["paid_on", "bill_number"])
        data = {"bill_number": kept, "amount_fen": fee.amount_fen}
        return entries.append(file.case, entry=Entry.PAID, on=on, actor=actor, at=at, data=data)


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
