"""The guided path of seven questions: what is asked, what may be answered, and where it ends.

补不补 → 是不是 → 谁负责 → 有没有 → 给不给 → 怎么给 → 怎么答. Each answer rests on an article and on
evidence; an answer leads to the next question, to an outcome of the one table (``outcomes``), or to an
act that must come first (补正, 征求意见, 收费, 延期). The questions themselves stand in ``guided_questions``.
The path is a view of the answers kept: an answer given again makes the later ones void.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain.errors import Reason
from requests_app.domain.guided_questions import (
    QUESTIONS,
    Choice,
    Evidence,
    Goal,
    Step,
)
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode

ORDER: Final = tuple(Step)


@dataclass(frozen=True)
class Given:
    """One answer kept: to which question, which, on what it rests. ``refs`` are kinds of evidence in the case."""

    step: Step
    answer: str
    evidence: str = ""
    refs: tuple[Evidence, ...] = ()
    on: date | None = None

    @property
    def choice(self) -> Choice:
        """Return the answer as the question offers it."""
        return QUESTIONS[self.step].choices[self.answer]


@dataclass(frozen=True)
class Path:
    """The answers that stand, in order; ``reached`` is the question to be asked now, None at the end."""

    answers: tuple[Given, ...] = ()

    @property
    def goal(self) -> Goal | None:
        """Return where the path has ended; None while a question is open."""
        return self.answers[-1].choice.goal if self.answers else None

    @property
    def reached(self) -> Step | None:
        """Return the question to be asked now."""
        if not self.answers:
            return ORDER[0]
        return self.answers[-1].choice.leads_to

    @property
    def open_to_answer(self) -> frozenset[Step]:
        """Return the questions that may be answered: those answered, anew, and the one reached."""
        answered = {each.step for each in self.answers}
        return frozenset(answered if self.reached is None else answered | {self.reached})

    def before(self, step: Step) -> Path:
        """Return the path as it stood when ``step`` was asked."""
        place = ORDER.index(step)
        return Path(tuple(each for each in self.answers if ORDER.index(each.step) < place))

    def with_answer(self, given: Given) -> Path:
        """Return the path with one more answer, or with a changed one and no later ones."""
        return Path((*self.before(given.step).answers, given))

    @property
    def said(self) -> Mapping[Step, str]:
        """Return the answers by their questions."""
        return {each.step: each.answer for each in self.answers}


def fold(given: Iterable[Given]) -> Path:
    """Fold every answer ever kept, oldest first, into the path that stands.

    An answer the questions no longer offer is asked again, with all that came after it.
    """
    path = Path()
    for each in given:
        known = each.answer in offered(each.step, path=path)
        path = path.with_answer(each) if known else path.before(each.step)
    return path


def offered(step: Step, *, path: Path) -> Mapping[str, Choice]:
    """Return the answers ``step`` offers after what was answered before it."""
    said = path.before(step).said
    return {
        code: choice
        for code, choice in QUESTIONS[step].choices.items()
        if choice.after is None or said.get(choice.after.step) in choice.after.answers
    }


def against(given: Given, *, path: Path) -> tuple[Reason, ...]:
    """Return what stands against keeping an answer now: not reached, unknown, without its evidence."""
    question = QUESTIONS[given.step]
    if given.step not in path.open_to_answer:
        sentence = f"还没有问到“{question.short}”，请先答前面的问题。"
        return (Reason("question", sentence),)
    choice = offered(given.step, path=path).get(given.answer)
    if choice is None:
        sentence = f"“{question.short}”没有这个答案，请从列出的答案里选一个。"
        return (Reason("answer", sentence),)
    reasons = []
    if not given.evidence.strip() and not given.refs:
        sentence = "请写明依据的事实，或者选出案卷里的材料；没有依据的回答不能留存。"
        reasons.append(Reason("evidence", sentence, choice.article))
    if choice.needs is not None and choice.needs not in given.refs:
        sentence = f"回答“{choice.label}”，要选出案卷里的{choice.needs.label}。"
        reasons.append(Reason("refs", sentence, choice.article))
    return tuple(reasons)


def against_outcome(path: Path, outcome: str) -> tuple[Reason, ...]:
    """Return why an answer of ``outcome`` does not follow from the path; a warning, it stops nothing.

    A case without a path is not judged.
    """
    if not outcome or not path.answers:
        return ()
    drafted, last, goal = OUTCOMES[OutcomeCode(outcome)], path.answers[-1], path.goal
    if goal is None and path.reached is not None:
        sentence = (
            f"七步办理思路还没有走完，停在“{QUESTIONS[path.reached].short}”；"
            f"拟答复“{drafted.label}”没有留下依据。"
        )
        return (Reason("guided_path_open", sentence),)
    if goal is not None and goal.outcome is drafted.code:
        return ()
    where = f"“{QUESTIONS[last.step].short}”一步答的是“{last.choice.label}”"
    sentence = f"与办理思路不一致：{where}，应当{_named(goal)}；这份文书按“{drafted.label}”起草。"
    return (Reason("guided_path_differs", sentence, last.choice.article),)


def against_age(path: Path, *, since: date | None) -> tuple[Reason, ...]:
    """Return a warning where the request was put anew (补正, 重新办理) after the path was begun."""
    given = [each.on for each in path.answers if each.on is not None]
    if since is None or not given or min(given) >= since:
        return ()
    sentence = f"{since}补正或者重新办理以后，申请内容变了；在那以前的回答请重新核对。"
    return (Reason("guided_path_outdated", sentence),)


def _named(goal: Goal | None) -> str:
    return "继续往下答" if goal is None else goal.label


def words(path: Path) -> str:
    """Return the path in one line: each question with its answer, and where it ended."""
    steps = (f"{QUESTIONS[each.step].short}：{each.choice.label}" for each in path.answers)
    line = " → ".join(steps)
    return line if path.goal is None else f"{line} → {path.goal.label}"
