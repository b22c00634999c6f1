"""What a machine asks: whether this process answers, and whether what it stands on holds.

No names, numbers or versions: anybody may ask.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from requests_app.selectors import health, job_health


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


@require_safe
@never_cache
def watch(request: HttpRequest) -> JsonResponse:
    """Fail when something needs a person: pages cannot be served, or a periodic job is missing.

    For the office's monitoring. A proxy asks ``readyz`` instead: the site is right with every
    worker down, and must not be taken off for that.
    """
    at = timezone.now()
    standing = health.standing(at=at)
    missing = [job.value for job in job_health.missing_jobs(at=at)] if standing.ready else []
    well = standing.ready and not missing
    answer = {"well": well, **standing.as_dict(), "missing": missing}
    return JsonResponse(answer, status=200 if well else 503)
