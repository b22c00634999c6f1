"""Who is told in which capacity: by name, by role, and by whom they are stood in for.

Nobody is left unasked: for who is away the cover is told, for who has none the deputy, then the
supervisors, then whoever runs the office. Only an office in which nobody is left gives an empty
answer, and that is an error of the run, not silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.access import Role
from requests_app.domain.escalation import Post


class Duty(StrEnum):
    """A duty in a department, or (with no department) in the working body itself."""

    HEAD = "head"
    DEPUTY = "deputy"
    LEADER = "leader"
    DEPUTY_LEADER = "deputy_leader"


DUTY_LABELS: Final[Mapping[Duty, str]] = MappingProxyType(
    {
        Duty.HEAD: "部门负责人",
        Duty.DEPUTY: "副职（负责人不在时代理）",
        Duty.LEADER: "部门主要负责人",
        Duty.DEPUTY_LEADER: "分管领导",
    }
)

_DUTY_OF: Final[Mapping[Post, Duty]] = MappingProxyType(
    {
        Post.HEAD: Duty.HEAD,
        Post.LEADER: Duty.LEADER,
        Post.DEPUTY_LEADER: Duty.DEPUTY_LEADER,
    }
)

#: A chain of covers longer than this is a mistake in the leave records.
_LONGEST_CHAIN: Final = 5


@dataclass(frozen=True)
class Person:
    """An account in use: its roles and department."""

    id: int
    roles: frozenset[Role]
    department_id: int | None = None


@dataclass(frozen=True)
class Staffing:
    """The office's people on a day. ``away`` maps who is on leave to the cover, if one was named."""

    people: Mapping[int, Person]
    duties: Mapping[tuple[int | None, Duty], tuple[int, ...]] = field(default_factory=dict)
    away: Mapping[int, int | None] = field(default_factory=dict)

    def present(self, wanted: Iterable[int | None]) -> tuple[int, ...]:
        """Return those of ``wanted`` who are at work, or who covers for them; each once, in order."""
        found = (self._stand_in(each) for each in wanted if each is not None)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def holding(self, role: Role, *, department_id: int | None = None) -> tuple[int, ...]:
        """Return who holds a role (in a department), in the order of their accounts."""
        return tuple(
            each.id
            for each in self.people.values()
            if role in each.roles and department_id in {None, each.department_id}
        )

    def _stand_in(self, person: int) -> int | None:
        for _ in range(_LONGEST_CHAIN):
            if person not in self.people:
                return None
            if person not in self.away:
                return person
            cover = self.away[person]
            if cover is None:
                return None
            person = cover
        return None


def told(
    post: Post, *, clerk_id: int | None, department_id: int | None, staffing: Staffing
) -> tuple[int, ...]:
    """Return who is told as ``post`` of a case held by this clerk and department.

    The clerk and the department's handlers are one post: both hold the case. Falls back to the
    deputy of the department or of the working body, then to the supervisors, the heads of the
    working body and the administrators; empty only where none of them is at work.
    """
    for wanted in _candidates(
        post, clerk_id=clerk_id, department_id=department_id, staffing=staffing
    ):
        found = staffing.present(wanted)
        if found:
            return found
    return ()


def _candidates(
    post: Post, *, clerk_id: int | None, department_id: int | None, staffing: Staffing
) -> Iterable[tuple[int | None, ...]]:
    """Give the groups to try, the first with somebody at work wins."""
    heads = staffing.holding(Role.HEAD)
    supervisors = staffing.holding(Role.SUPERVISOR)
    if post is Post.HANDLER:
        handlers: tuple[int, ...] = ()
        if department_id is not None:
            handlers = staffing.holding(Role.HANDLER, department_id=department_id)
        yield (clerk_id, *handlers)
    elif post is Post.OFFICE:
        yield (*heads, *supervisors)
    elif post is not Post.SUPERVISOR:
        yield staffing.duties.get((department_id, _DUTY_OF[post]), ())
        yield staffing.duties.get((None, _DUTY_OF[post]), ())
        if post is Post.HEAD:
            yield heads
        elif post is Post.LEADER:
            yield staffing.duties.get((department_id, Duty.HEAD), ())
            yield heads
    if post is not Post.SUPERVISOR:
        yield staffing.duties.get((department_id, Duty.DEPUTY), ())
        yield staffing.duties.get((None, Duty.DEPUTY), ())
    yield supervisors
    yield heads
    yield staffing.holding(Role.ADMINISTRATOR)
