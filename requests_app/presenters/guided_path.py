"""The guided path as pages show it: the seven steps, the answers kept, where it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils import timezone

from requests_app.domain import guided_path, workflow
from requests_app.domain.access import Actor
from requests_app.domain.articles import shortened
from requests_app.domain.case_facts import CaseFacts
from requests_app.domain.errors import Reason
from requests_app.domain.guided_path import Path
from requests_app.domain.guided_questions import QUESTIONS, Choice, Goal, Step
from requests_app.models import GuidedAnswer, Letter
from requests_app.presenters import desk_dates
from requests_app.selectors import guided_paths
from requests_app.selectors.guided_paths import Walked


@dataclass(frozen=True)
class Stage:
    """One of the seven on the trail: answered (and may be changed), asked now, or still to come."""

    step: Step
    short: str
    state: str


@dataclass(frozen=True)
class Cell:
    """One of the seven on the strip of the case page, with what was answered."""

    short: str
    label: str
    state: str


@dataclass(frozen=True)
class Kept:
    """One answer kept, as a line."""

    step: Step
    short: str
    label: str
    article: str
    evidence: str
    refs: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class End:
    """Where the path came to: the act that follows, its address, and what stands against it now."""

    label: str
    act: str
    query: str
    against: tuple[Reason, ...]
    warnings: tuple[Reason, ...]


@dataclass(frozen=True)
class Panel:
    """The path on the pages of the case and of its letters."""

    cells: tuple[Cell, ...]
    kept: tuple[Kept, ...]
    goal: str
    asked_now: str
    warnings: tuple[Reason, ...]


def stages(path: Path, *, asked: Step | None) -> tuple[Stage, ...]:
    """Return the seven steps; one that the path does not come to is still to come."""
    answered = {each.step for each in path.answers}
    return tuple(
        Stage(
            step,
            QUESTIONS[step].short,
            "now" if step is asked else "done" if step in answered else "later",
        )
        for step in Step
    )


def kept(walked: Walked, *, today: date) -> tuple[Kept, ...]:
    """Return the answers that stand, in the order of the questions."""
    return tuple(_kept(row, today=today) for row in walked.kept)


def panel(walked: Walked, *, since: date | None, today: date) -> Panel:
    """Return the path for a panel: its answers, and the question asked now or the end."""
    path = walked.path
    answered = {each.step: each.choice.label for each in path.answers}
    return Panel(
        cells=tuple(
            Cell(each.short, answered.get(each.step, ""), each.state)
            for each in stages(path, asked=path.reached)
        ),
        kept=kept(walked, today=today),
        goal="" if path.goal is None else path.goal.label,
        asked_now="" if path.reached is None else QUESTIONS[path.reached].short,
        warnings=guided_path.against_age(path, since=since),
    )


def of_letter(letter: Letter, *, today: date) -> Panel | None:
    """Return the path beside the answer it led to; other letters have none."""
    if not letter.outcome:
        return None
    return panel(guided_paths.of(letter.case), since=None, today=today)


def end(goal: Goal, *, facts: CaseFacts, actor: Actor) -> End:
    """Return the end of a path with the address of its act, judged as of now."""
    verdict = workflow.check(goal.act, facts=facts, actor=actor)
    asked = {}
    if goal.outcome is not None:
        asked["outcome"] = goal.outcome.value
    if goal.asks is not None:
        asked["kind"] = goal.asks.value
    late = verdict.needs_override
    return End(
        label=goal.label,
        act=goal.act.value,
        query=f"?{urlencode(asked)}" if asked else "",
        against=() if late else verdict.reasons,
        warnings=verdict.reasons + verdict.warnings if late else verdict.warnings,
    )


def leads_to(choice: Choice) -> str:
    """Return where an answer leads, in words."""
    if choice.leads_to is not None:
        return f"接着问“{QUESTIONS[choice.leads_to].short}”"
    return "" if choice.goal is None else choice.goal.label


def articles(rows: Sequence[Choice]) -> tuple[str, ...]:
    """Return the articles of answers, the regulation by its short name."""
    return tuple(shortened(each.article) for each in rows)


def _kept(row: GuidedAnswer, *, today: date) -> Kept:
    on = desk_dates.short(timezone.localtime(row.given_at).date(), today=today)
    return Kept(
        step=Step(row.step),
        short=QUESTIONS[Step(row.step)].short,
        label=row.label,
        article=shortened(row.article),
        evidence=row.evidence,
        refs=tuple(each["words"] for each in row.refs),
        by=f"{row.given_by} {on}",
    )
