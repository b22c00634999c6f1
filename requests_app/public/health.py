"""What a machine asks: whether this process answers, and whether what it stands on holds.

No names, numbers or versions: anybody may ask.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from requests_app.selectors import health


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; ask nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say which of the parts hold; 503 when pages cannot be served."""
    standing = health.standing(at=timezone.now())
    return JsonResponse(standing.as_dict(), status=200 if standing.ready else 503)
