"""The pages of docs/reference: the domain's own tables, written out for readers.

The tables are the documentation; these pages only show them, so nothing is said here that the
code does not do. `manage.py render_docs` writes them, `./jc check` compares them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from requests_app.domain.access import ACT_LABELS, ALLOWED, ROLE_LABELS, Act, Role
from requests_app.domain.jobs import JOBS
from requests_app.domain.ledger import ENTRY_LABELS, MOVES, STATUS_LABELS, Status
from requests_app.domain.outcomes import OUTCOMES
from requests_app.domain.placeholders import PLACEHOLDERS
from requests_app.domain.rules import RULES, UNIT_LABELS
from requests_app.domain.workflow import SOURCES

NOTICE = "<!-- Made by `./jc manage render_docs`; change the table in the code, not this page. -->"


class Variable(Protocol):
    """One environment variable, as the settings declare it."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def sample(self) -> str: ...

    @property
    def says(self) -> str: ...


def pages() -> Mapping[str, str]:
    """Write every page of docs/reference; the file's name gives its text."""
    writers: Mapping[str, Callable[[], str]] = {
        "acts.md": _acts,
        "jobs.md": _jobs,
        "outcomes.md": _outcomes,
        "periods.md": _periods,
        "placeholders.md": _placeholders,
        "roles.md": _roles,
        "workflow.md": _workflow,
    }
    return {name: write() for name, write in writers.items()}


def environment_sample(variables: Iterable[Variable]) -> str:
    """Write the sample of an environment file: every variable, commented out, with its default."""
    lines = [
        "# Every variable this project reads, with its default. Copy to .env and change what you need.",
        "# Made by `./jc manage render_docs` from jcdisclosure/settings.py.",
    ]
    for variable in variables:
        lines += ["", f"# {variable.says} ({variable.kind})", f"#{variable.name}={variable.sample}"]
    return "\n".join(lines) + "\n"


def _jobs() -> str:
    rows = [(_code(spec.job), spec.label, spec.schedule) for spec in JOBS.values()]
    return _page(
        "Jobs",
        "What runs behind the pages. Rows are the truth: a job that is lost or runs twice changes "
        "nothing in the end.",
        _table(("Job", "任务", "时间"), rows),
    )


def _roles() -> str:
    roles = [role for role in Role if ALLOWED[role]]
    rows = [
        (ACT_LABELS[act], _code(act), *("●" if act in ALLOWED[role] else "" for role in roles))
        for act in Act
    ]
    return _page(
        "Who may do what",
        "A person may hold several roles. Whoever drafted a letter never signs it, whatever roles "
        "that person holds.",
        _table(("办理动作", "Act", *(ROLE_LABELS[role] for role in roles)), rows),
    )


def _workflow() -> str:
    rows = [
        (
            ENTRY_LABELS[move.entry],
            _code(move.entry),
            _statuses(move.sources),
            STATUS_LABELS[move.target],
        )
        for move in MOVES
    ]
    return _page(
        "How the status follows from the ledger",
        "The status of a case is a fold over the entries that stand. An entry without a line here "
        "is kept and moves nothing.",
        _table(("事项", "Entry", "原环节", "新环节"), rows),
    )


def _acts() -> str:
    rows = [(ACT_LABELS[act], _code(act), _statuses(sources)) for act, sources in SOURCES.items()]
    return _page(
        "Where an act may begin",
        "Beside these, each act has conditions of the law that are asked on the day; a refusal "
        "names its reason and the article.",
        _table(("办理动作", "Act", "可以办理的环节"), rows),
    )


def _outcomes() -> str:
    rows = [
        (
            outcome.label,
            _code(outcome.code),
            "；".join(outcome.articles),
            _code(outcome.letter_kind),
            outcome.remedies.value.upper(),
            outcome.report_row.value if outcome.report_row else "不计入",
            "；".join(need.label for need in outcome.required_fields),
        )
        for outcome in OUTCOMES.values()
    ]
    return _page(
        "How a case ends",
        "One line joins the outcome, the article, the letter, the remedies paragraph and the row of "
        "the annual report (table 三).",
        _table(("结果", "Outcome", "依据", "Letter", "救济", "年报行", "必填"), rows),
    )


def _periods() -> str:
    rows = [
        (
            _code(rule.id),
            rule.citation,
            f"{rule.days}{UNIT_LABELS[rule.unit]}" if rule.days else "",
            f"{rule.in_force_from} – {rule.in_force_to or ''}".strip(),
            rule.sentence,
        )
        for rule in RULES
    ]
    return _page(
        "The periods of the law",
        "Each length is written once, in `requests_app/domain/rules.py`.",
        _table(("Rule", "依据", "期限", "施行", "规则"), rows),
    )


def _placeholders() -> str:
    rows = [
        (_code(name), placeholder.label, placeholder.sample.replace("\n", " "))
        for name, placeholder in PLACEHOLDERS.items()
    ]
    return _page(
        "What the wording of a letter may name",
        "Any other name is refused when a wording is saved. The samples are those of the preview.",
        _table(("Name", "含义", "示例"), rows),
    )


def _statuses(statuses: frozenset[Status]) -> str:
    if statuses == frozenset(Status):
        return "任何环节"
    return "、".join(STATUS_LABELS[status] for status in Status if status in statuses)


def _code(value: str) -> str:
    """Mark a stable code as such."""
    return f"`{value}`"


def _page(title: str, introduction: str, table: str) -> str:
    return f"{NOTICE}\n\n# {title}\n\n{introduction}\n\n{table}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
