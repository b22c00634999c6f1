"""Which part of the application answers which address."""

from django.contrib import admin
from django.urls import path

from requests_app.public import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
