"""Draw a public page: its frame from the settings in force, its look from the visitor's cookie."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils import timezone

from requests_app.domain.errors import Refused
from requests_app.models import OfficeSettings
from requests_app.presenters import section, site
from requests_app.selectors import offices

LOOK_COOKIE: Final = "jc_look"

#: The four schemes of 适老化, by the code tokens.css knows them under; empty is the site's own.
SCHEMES: Final[Mapping[str, str]] = {
    "": "原始配色",
    "wb": "白底黑字蓝链接",
    "by": "蓝底黄字白链接",
    "yb": "黄底黑字蓝链接",
    "ky": "黑底黄字白链接",
}


#: How much larger the words are drawn, by the code public.css knows the step under.
ZOOMS: Final[Mapping[str, str]] = {"": "标准", "1": "放大", "2": "再放大"}


@dataclass(frozen=True)
class Look:
    """How the visitor wants to see the site."""

    scheme: str = ""
    elder: bool = False
    zoom: str = ""
    pointer: bool = False

    @classmethod
    def of(cls, chosen: Mapping[str, str]) -> Look:
        """Read a choice by name; anything unknown counts as the site's own."""
        scheme, zoom = chosen.get("scheme", ""), chosen.get("zoom", "")
        return cls(
            scheme=scheme if scheme in SCHEMES else "",
            elder=chosen.get("size") == "elder",
            zoom=zoom if zoom in ZOOMS else "",
            pointer=chosen.get("pointer") == "big",
        )

    def chosen(self) -> dict[str, str]:
        """Return the look by the names its links use."""
        return {
            "scheme": self.scheme,
            "size": "elder" if self.elder else "",
            "zoom": self.zoom,
            "pointer": "big" if self.pointer else "",
        }

    def packed(self) -> str:
        """Return the look as its cookie holds it."""
        return ".".join(self.chosen().values())


def look_of(request: HttpRequest) -> Look:
    """Read the visitor's look from the cookie; an older, shorter cookie is read as far as it goes."""
    held = request.COOKIES.get(LOOK_COOKIE, "").split(".")
    return Look.of(dict(zip(Look().chosen(), held, strict=False)))


def office_today() -> OfficeSettings:
    """Return the settings in force today; refuses before the office is set up."""
    return offices.settings(on=timezone.localdate())


def office_taking_online() -> OfficeSettings:
    """Return the settings in force today; refuses where the office takes no applications online."""
    office = office_today()
    offices.refuse_unless_online(office)
    return office


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    office: OfficeSettings | None = None,
    status: int = 200,
    private: bool = False,
    published_on: date | None = None,
) -> HttpResponse:
    """Draw ``template`` in the frame of the site. A ``private`` page is kept by no cache.

    ``office`` spares a question to the database where the view has asked it; ``published_on`` dates
    a page that is not as old as the guide.
    """
    if office is None:
        with contextlib.suppress(Refused):  # a site not set up yet still draws its errors
            office = office_today()
    show_unset = settings.DEBUG or settings.DEMO
    about = site.frame(office, bodies=offices.bodies(), show_unset=show_unset)
    route = request.resolver_match.url_name if request.resolver_match else ""
    frame = {
        "site": about,
        "meta": section.meta(
            route or "", site_name=about.name, office=office, published_on=published_on
        ),
        "foot_pages": section.in_foot(),
        "zooms": ZOOMS.items(),
        "look": look_of(request),
        "schemes": SCHEMES.items(),
        "here": request.path,
    }
    response = render_template(request, template, {**frame, **(context or {})}, status=status)
    if private:
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
    return response
