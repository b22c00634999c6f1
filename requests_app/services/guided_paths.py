"""Answer one of the seven questions about a case. An answer is never edited: a changed one is a new row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from requests_app.domain import guided_path
from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.guided_path import Given, Path
from requests_app.domain.guided_questions import QUESTIONS, Step
from requests_app.domain.ledger import Entry
from requests_app.models import GuidedAnswer
from requests_app.selectors import guided_paths as selector
from requests_app.selectors.guided_paths import Piece
from requests_app.services import case_file, entries
from requests_app.services.case_file import Conflict, OpenCase


@dataclass(frozen=True)
class AnswerGiven:
    """An answer as somebody gives it: to which question, which, on what facts and which papers of the case.

    ``refs`` are the codes of ``selectors.guided_paths.pieces``.
    """

    step: Step
    answer: str
    evidence: str = ""
    refs: Sequence[str] = ()


def answer(
    case_id: int, given: AnswerGiven, *, actor: Actor, at: datetime, seen: int | None = None
) -> GuidedAnswer:
    """Keep one answer; with the last one, note in the ledger where the path came to.

    Refuses a question that is not reached, an answer it does not offer, missing evidence, papers that
    are not of this case, and an answer given on a page older than the last one (``seen``).
    """
    with case_file.opened(case_id, act=Act.GUIDE, actor=actor, at=at) as file:
        known = selector.of(file.case)
        if seen is not None and seen != known.last_id:
            sentence = "刚有人回答过这件申请的问题，请看最新的回答以后再答。您填写的内容还在。"
            raise Conflict.because("conflict", sentence)
        chosen = _chosen(file, given.refs)
        kept = Given(
            step=given.step,
            answer=given.answer,
            evidence=given.evidence.strip(),
            refs=tuple(dict.fromkeys(piece.kind for piece in chosen)),
            on=file.today,
        )
        refuse_if_any(guided_path.against(kept, path=known.path))
        choice = QUESTIONS[given.step].choices[given.answer]
        row = GuidedAnswer(
            case=file.case,
            step=given.step.value,
            answer=given.answer,
            label=choice.label,
            article=choice.article,
            evidence=kept.evidence,
            refs=[
                {"kind": piece.kind.value, "id": piece.pk, "words": piece.words} for piece in chosen
            ],
            given_by_id=actor.staff,
            given_at=at,
        )
        case_file.refuse_too_long(row)
        row.save()
        path = known.path.with_answer(kept)
        if path.goal is not None:
            _note_end(file, path)
        return row


def _chosen(file: OpenCase, codes: Sequence[str]) -> tuple[Piece, ...]:
    if not codes:
        return ()
    offered = {piece.code: piece for piece in selector.pieces(file.case)}
    if any(code not in offered for code in codes):
        raise Refused.because("refs", "选出的材料有一项不在案卷里，或者已经作废，请重新选。")
    return tuple(offered[code] for code in dict.fromkeys(codes))


def _note_end(file: OpenCase, path: Path) -> None:
    """Note in the chained ledger where the path came to, with the hash of the answers it rests on."""
    rows = selector.of(file.case).kept
    entries.append(
        file.case,
        entry=Entry.NOTED,
        on=file.today,
        actor=file.actor,
        at=file.at,
        data={
            "text": f"按七步判断：{guided_path.words(path)}",
            "guided": [row.pk for row in rows],
            "digest": _digest(rows),
        },
    )


def _digest(rows: Sequence[GuidedAnswer]) -> str:
    read = [[row.step, row.answer, row.label, row.article, row.evidence, row.refs] for row in rows]
    packed = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()
