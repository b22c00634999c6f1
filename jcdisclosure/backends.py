"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from requests_app.models import StaffUser


class StaffBackend(ModelBackend):
    """Sign-in by name and password, closed to demo accounts wherever JC_DEMO is off.

    A database first filled for a demonstration may end up in production; its known passwords
    must not open anything there.
    """

    def user_can_authenticate(self, user: StaffUser | AnonymousUser | None) -> bool:
        if isinstance(user, StaffUser) and user.is_demo and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
