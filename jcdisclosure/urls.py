"""Which part of the application answers which address."""

from django.urls import include, path

from requests_app.admin.site import site as desk
from requests_app.public import health

urlpatterns = [
    path("admin/", desk.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("health", health.watch, name="health"),
    path("reports/", include("requests_app.reports.urls")),
    path("", include("requests_app.public.urls")),
]
handler400 = "requests_app.public.views.errors.bad_request"
handler403 = "requests_app.public.views.errors.not_allowed"
handler404 = "requests_app.public.views.errors.not_found"
handler500 = "requests_app.public.views.errors.server_error"
