"""The application's start: what must be registered once Django is ready."""

from django.apps import AppConfig


class RequestsAppConfig(AppConfig):
    """Names the application and registers its checks and tasks."""

    name = "requests_app"
    verbose_name = "政府信息公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for their registrations: services find a task by its name (adapters.queue), and
        # every sign-in notes what it owes.
        from requests_app import checks, tasks  # noqa: F401
        from requests_app.admin import second_factor  # noqa: F401
