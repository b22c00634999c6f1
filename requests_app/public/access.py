"""Which cases this browser may see: those opened by number and code, or filed just now.

The proof lives in the session and ends on its own. The receipt's query code is kept there sealed
for half an hour, so that a reload or the print dialogue does not lose what is shown only once.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Final

from django.http import Http404, HttpRequest

from requests_app.adapters import crypto
from requests_app.models import Case
from requests_app.selectors import cases
from requests_app.services.filing import Filed

OPEN_FOR: Final = 2 * 3600
CODE_SHOWN_FOR: Final = 1800

_CASES: Final = "opened_cases"
_RECEIPT: Final = "receipt"
_CODE: Final = "new_code"


@dataclass(frozen=True)
class Receipt:
    """What the receipt page shows of the application just filed; ``query_code`` empty once shown long enough."""

    case_id: int
    key: uuid.UUID
    query_code: str = field(repr=False)


def open_case(request: HttpRequest, case: Case) -> None:
    """Remember that this session has proved its right to ``case``."""
    # A session id somebody planted before must not open the case to them.
    request.session.cycle_key()
    opened = dict(request.session.get(_CASES, {}))
    opened[str(case.pk)] = [int(time.time()) + OPEN_FOR, case.query_code_generation]
    request.session[_CASES] = opened


def close_all(request: HttpRequest) -> None:
    """Forget everything this session has opened, as at a shared machine; a sign-in at the desk stays."""
    request.session.pop(_CASES, None)
    request.session.pop(_RECEIPT, None)
    request.session.pop(_CODE, None)
    request.session.cycle_key()


def opened_case(request: HttpRequest, case_id: int) -> Case:
    """Return a case this session has opened; 404 for every other, whether it exists or not."""
    proof = request.session.get(_CASES, {}).get(str(case_id))
    until, generation = proof if isinstance(proof, list) else (0, 0)
    if until < time.time():
        raise Http404
    try:
        case = cases.get_for_applicant(case_id=case_id)
    except Case.DoesNotExist:
        raise Http404 from None
    if case.query_code_generation != generation:
        raise Http404  # opened with a code that has been replaced since
    return case


def keep_receipt(request: HttpRequest, filed: Filed, *, key: uuid.UUID) -> None:
    """Keep what the receipt page shows of the application just filed."""
    request.session[_RECEIPT] = {
        "case": filed.case.pk,
        "key": str(key),
        "code": crypto.seal(filed.query_code, bound_to=_binding(key)),
        "until": int(time.time()) + CODE_SHOWN_FOR,
    }


def keep_code(request: HttpRequest, case: Case, *, query_code: str) -> None:
    """Keep a new query code for the page that shows it."""
    key = uuid.uuid4()
    request.session[_CODE] = {
        "case": case.pk,
        "key": str(key),
        "code": crypto.seal(query_code, bound_to=_binding(key)),
        "until": int(time.time()) + CODE_SHOWN_FOR,
    }


def kept_code(request: HttpRequest) -> Receipt | None:
    """Return the new query code this session holds, while it may be shown."""
    held = request.session.get(_CODE)
    if held is None or held["until"] < time.time():
        return None
    key = uuid.UUID(held["key"])
    return Receipt(held["case"], key, crypto.open_sealed(held["code"], bound_to=_binding(key)))


def receipt(request: HttpRequest) -> Receipt | None:
    """Return the receipt this session holds, if there is one."""
    held = request.session.get(_RECEIPT)
    if held is None:
        return None
    key = uuid.UUID(held["key"])
    shown = held["until"] >= time.time()
    code = crypto.open_sealed(held["code"], bound_to=_binding(key)) if shown else ""
    return Receipt(held["case"], key, code)


def _binding(key: uuid.UUID) -> str:
    return f"receipt:{key}:query_code"
