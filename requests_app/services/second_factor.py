"""The second factor of a member of staff: set up, check, renew, take away.

Codes, clocks and the growing wait after wrong ones are django-otp's; here is who may do what, and that
it is kept (个人信息保护法 51).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models, transaction
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from requests_app.domain.access import Actor, Role
from requests_app.domain.errors import Refused
from requests_app.domain.second_factor import RECOVERY_CODES
from requests_app.models import StaffUser
from requests_app.services import seals

_TELEPHONE: Final = "手机验证器"
_CODES: Final = "备用码"


def is_set_up(user: StaffUser) -> bool:
    """Tell whether a person has a confirmed device."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def set_up_by(user: models.OuterRef) -> models.Exists:
    """Return the question ``is_set_up`` for a list of people."""
    return models.Exists(TOTPDevice.objects.filter(user=user, confirmed=True))


def begin(user: StaffUser) -> TOTPDevice:
    """Return the device a person is about to confirm; the same one until then.

    Refuses who has one already: it is taken away first, by an administrator or with a code.
    """
    if is_set_up(user):
        raise Refused.because("second_factor", "您已经设置过第二步验证。换手机请先停用原来的。")
    device, _ = TOTPDevice.objects.get_or_create(user=user, name=_TELEPHONE, confirmed=False)
    return device


@transaction.atomic
def confirm(user: StaffUser, *, token: str, at: datetime) -> tuple[str, ...]:
    """Confirm the device by its first code; return the recovery codes, never shown again.

    Refuses a code that is wrong; the device then waits on.
    """
    device = begin(user)
    if not device.verify_token(_digits(token)):
        raise Refused.because("token", "验证码不对。请填验证器现在显示的6位数字；手机时间要准。")
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    seals.record_change(user, before={_TELEPHONE: ""}, after={_TELEPHONE: "启用"}, by=user, at=at)
    return renew_codes(user)


def renew_codes(user: StaffUser) -> tuple[str, ...]:
    """Make new recovery codes, each good for one sign-in; the old ones open nothing any more."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=_CODES, confirmed=True)
        codes = tuple(StaticToken.random_token() for _ in range(RECOVERY_CODES))
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def codes_left(user: StaffUser) -> int:
    """Return how many recovery codes a person has not used."""
    return int(StaticToken.objects.filter(device__user=user).count())


def check(user: StaffUser, *, token: str) -> None:
    """Take a code of the telephone or a recovery code; refuses a wrong one, and any too soon after."""
    if match_token(user, _digits(token)) is None:
        raise Refused.because(
            "token", "验证码不对，或者刚才输错过，要等一会儿再试。也可以填一个备用码。"
        )


@transaction.atomic
def stop(user: StaffUser, *, token: str, at: datetime) -> None:
    """Let a person give up the own device, by a code of it or a recovery code."""
    check(user, token=token)
    _remove(user, by=user, at=at)


@transaction.atomic
def take_away(user_id: int, *, by: StaffUser, actor: Actor, at: datetime) -> StaffUser:
    """Let an administrator take away a lost device, so that its owner sets up another.

    Refuses anybody else, and the administrator's own: a stolen session must not open itself.
    """
    if Role.ADMINISTRATOR not in actor.roles:
        raise Refused.because("role", "只有系统管理岗位可以停用他人的第二步验证。")
    if user_id == actor.staff_id:
        raise Refused.because("own", "自己的第二步验证请用验证码停用，或者请另一位系统管理员停用。")
    user = StaffUser.objects.get(pk=user_id)
    if not is_set_up(user):
        raise Refused.because("none", f"{user}没有设置第二步验证。")
    _remove(user, by=by, at=at)
    return user


def _remove(user: StaffUser, *, by: StaffUser, at: datetime) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    seals.record_change(user, before={_TELEPHONE: "启用"}, after={_TELEPHONE: "停用"}, by=by, at=at)


def _digits(token: str) -> str:
    return "".join(token.split())
