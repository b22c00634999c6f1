"""Who may do what, to read and to print: the table the software itself asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from requests_app.admin import shell
from requests_app.presenters import role_matrix


def view(request: HttpRequest) -> HttpResponse:
    """Show the table role × act to everybody who works here."""
    person, today = shell.actor(request), shell.today()
    return shell.page(request, "admin/desk/roles.html", matrix=role_matrix.of(person), as_of=today)
