"""The query code of a case: which one holds now, and a new one in place of a lost one.

ADR 7: the code is derived, only its hash is stored. A new generation has another code and another
hash; the old one opens nothing from that moment.
"""

from __future__ import annotations

from requests_app.adapters import crypto
from requests_app.models import Case


def of(case: Case) -> str:
    """Return the query code that opens ``case`` now. For its receipt and for its holder alone."""
    return crypto.query_code_for(case.idempotency_key, generation=case.query_code_generation)


def replace(case: Case) -> str:
    """Give a locked case a new query code and return it; the old one is void."""
    case.query_code_generation += 1
    code = of(case)
    case.query_code_hash = crypto.hash_query_code(code)
    case.save(update_fields=["query_code_generation", "query_code_hash"])
    return code
