"""Sign-in for staff. Throttling and lock-out are django-axes' (settings); here is only the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator

from requests_app.models import StaffUser


class StaffSignIn(AuthenticationForm):
    """Lets in whoever holds a role; an account without one has no business here."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "用户名或者密码不对。连续输错5次，登录会暂停15分钟。",
        "no_role": "这个账号还没有分配岗位，不能登录。请联系系统管理员。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django gives the length to browsers alone; the count of failed sign-ins has no room for more.
        most = self.fields["username"].max_length  # type: ignore[attr-defined]
        self.fields["username"].validators.append(
            MaxLengthValidator(most, message=self.error_messages["invalid_login"])
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "inp"

    def confirm_login_allowed(self, user: StaffUser) -> None:
        super().confirm_login_allowed(user)
        if not user.as_actor().roles:
            raise forms.ValidationError(self.error_messages["no_role"], code="no_role")
